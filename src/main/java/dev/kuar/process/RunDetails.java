package dev.kuar.process;

import java.util.List;
import java.util.Map;

/**
 * What a tool knows about its own run beyond its words and output; the shell puts it into the run's record.
 *
 * @param verb the command within the tool: {@code get}, {@code create cluster}; empty where there is none
 * @param apiVersion of the kind asked for; empty where no kind is named
 * @param kind the kind asked for, as in {@code kind:}; empty where none is named
 * @param namespace the namespace asked for; empty for cluster-wide
 * @param names the object names asked for; empty for all
 * @param flags long names without dashes to values; {@code "true"} for a bare flag
 * @param context the kubeconfig context it ran against; empty where it reached none
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
    /** Nothing known. */
    public static final RunDetails NONE = new RunDetails("", "", "", "", List.of(), Map.of(), "", List.of());

    public RunDetails {
        names = List.copyOf(names);
        flags = Map.copyOf(flags);
        rows = List.copyOf(rows);
    }
}
