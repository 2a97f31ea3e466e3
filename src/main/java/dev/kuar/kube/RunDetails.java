package dev.kuar.kube;

import java.util.List;
import java.util.Map;

/**
 * What a command asked of a cluster, told by the program that ran it; one for each kind that it asked for.
 *
 * @param verb the command within the tool: {@code get}, {@code create deployment}
 * @param apiVersion of the kind, for instance {@code apps/v1}; empty where no kind is named
 * @param kind as in {@code kind:}; empty where none is named
 * @param namespace the namespace asked for; empty for cluster-wide
 * @param names the object names asked for; empty for all
 * @param flags long names without dashes to values; {@code "true"} for a bare flag
 * @param context the kubeconfig context; empty where none was reached
 * @param rows for reads, the rows that the server answered: lower-case column title to text
 */
public record RunDetails(
        String verb,
        String apiVersion,
        String kind,
        String namespace,
        List<String> names,
        Map<String, String> flags,
        String context,
        List<Map<String, String>> rows) {

    public RunDetails {
        names = List.copyOf(names);
        flags = Map.copyOf(flags);
        rows = List.copyOf(rows);
    }
}
