package dev.kuar.check;

import dev.kuar.kube.CommandRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands that ran, as the maps that expressions see. */
final class Runs {
    private static final CommandRun NONE = new CommandRun(
            "",
            "",
            List.of(),
            "",
            "",
            "",
            "",
            List.of(),
            Map.of(),
            "",
            -1,
            "",
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            List.of());

    private Runs() {}

    static List<Map<String, Object>> all(List<CommandRun> runs) {
        return runs.stream().map(Runs::tree).toList();
    }

    static Map<String, Object> last(List<CommandRun> runs) {
        return tree(runs.isEmpty() ? NONE : runs.get(runs.size() - 1));
    }

    private static Map<String, Object> tree(CommandRun run) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("line", run.line());
        map.put("tool", run.tool());
        map.put("arguments", run.arguments());
        map.put("verb", run.verb());
        map.put("apiVersion", run.apiVersion());
        map.put("kind", run.kind());
        map.put("namespace", run.namespace());
        map.put("names", run.names());
        map.put("flags", run.flags());
        map.put("context", run.context());
        map.put("exit", (long) run.exit());
        map.put("output", run.output());
        map.put("error", run.error());
        map.put("started", run.started().toString());
        map.put("ended", run.ended().toString());
        map.put("rows", run.rows());
        map.put(
                "help",
                run.flags().containsKey("help")
                        || run.arguments().contains("--help")
                        || run.arguments().contains("-h"));
        return map;
    }
}
