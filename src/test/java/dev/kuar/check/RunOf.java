package dev.kuar.check;

import dev.kuar.kube.CommandRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Commands that ran, for tests. */
public final class RunOf {
    private RunOf() {}

    public static CommandRun get(String kind, List<Map<String, String>> rows) {
        return run("kubectl get " + kind, "get", kind, 0, "", rows);
    }

    public static CommandRun run(
            String line, String verb, String kind, int exit, String output, List<Map<String, String>> rows) {
        List<String> words = List.of(line.split(" "));
        return new CommandRun(
                line,
                words.get(0),
                words.subList(1, words.size()),
                verb,
                "v1",
                kind,
                "",
                List.of(),
                Map.of(),
                "fake",
                exit,
                output,
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                rows);
    }
}
