package dev.kuar.kube;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One command that the learner ran, as checks see it ({@code ran} in CEL).
 *
 * @param line the line as typed, secrets taken out
 * @param tool the program's name, aliases resolved: {@code kubectl}, {@code kind}, {@code gcloud}
 * @param arguments its words, in order
 * @param verb the command within the tool: {@code get}, {@code create cluster}; empty where there is none
 * @param apiVersion of the kind asked for, for instance {@code apps/v1}; empty where no kind is named
 * @param kind the kind asked for, as in {@code kind:}, for instance {@code Node}; empty where none is named
 * @param namespace the namespace asked for; empty for cluster-wide
 * @param names the object names asked for; empty for all
 * @param flags long names without dashes to values; {@code "true"} for a bare flag
 * @param context the kubeconfig context it ran against; empty where it reached none
 * @param exit the exit code
 * @param output standard output, at most 1 MiB, control sequences taken out
 * @param error standard error, likewise
 * @param started when it began
 * @param ended when it ended
 * @param rows for reads, the rows that the server answered: lower-case column title to text; that of the name is always there
 */
public record CommandRun(
        String line,
        String tool,
        List<String> arguments,
        String verb,
        String apiVersion,
        String kind,
        String namespace,
        List<String> names,
        Map<String, String> flags,
        String context,
        int exit,
        String output,
        String error,
        Instant started,
        Instant ended,
        List<Map<String, String>> rows) {

    public CommandRun {
        arguments = List.copyOf(arguments);
        names = List.copyOf(names);
        flags = Map.copyOf(flags);
        rows = List.copyOf(rows);
    }
}
