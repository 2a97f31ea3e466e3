package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** env and printenv. */
final class EnvTools {
    private EnvTools() {}

    static void addTo(Map<String, Tool> tools) {
        Tool gnu = Options.tool(
                "+iu:0C:S:v",
                Map.of("ignore-environment", 'i', "unset", 'u', "null", '0', "chdir", 'C', "split-string", 'S'),
                125,
                EnvTools::env);
        Tool busybox = Options.tool("+iu:0", EnvTools::env);
        tools.put("env", task -> (Options.gnu(task) ? gnu : busybox).run(task));
        tools.put("printenv", Options.tool("+", "+0", Map.of("null", '0'), 2, EnvTools::printenv));
    }

    private static int env(Task task, Options options) throws IOException, InterruptedException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        int i = 0;
        if (options.has('i') || !words.isEmpty() && words.get(0).equals("-")) {
            task.env().clear();
            i = options.has('i') ? 0 : 1;
        }
        options.values('u').forEach(task.env()::remove);
        while (i < words.size() && words.get(i).contains("=")) {
            String[] pair = words.get(i++).split("=", 2);
            task.env().put(pair[0], pair[1]);
        }
        if (options.has('C')) {
            try {
                task.files().changeDirectory(options.value('C', "."));
            } catch (FileError e) {
                return task.fail(125, "cannot change directory to '" + e.path() + "': " + e.words());
            }
        }
        if (i == words.size() && options.has('S')) {
            words = List.of(options.value('S', "").strip().split("\\s+"));
            i = 0;
        }
        if (i == words.size()) {
            return all(task, options.has('0') ? "\0" : "\n");
        }
        if (gnu && options.has('0')) {
            return Options.usage(task, 125, "cannot specify --null (-0) with command");
        }
        String command = words.get(i);
        Launcher.Found found = task.container().runtime().launcher().find(task.files(), command, task.env("PATH"));
        if (found.tool() == null && found.failure() != Launcher.Failure.UNMODELLED) {
            boolean denied =
                    found.failure() == Launcher.Failure.DENIED || found.failure() == Launcher.Failure.DIRECTORY;
            String reason = denied ? "Permission denied" : "No such file or directory";
            return task.fail(denied ? 126 : 127, (gnu ? "'" : "can't execute '") + command + "': " + reason);
        }
        return SystemTools.runOther(task, words.subList(i, words.size()));
    }

    private static int all(Task task, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        task.env()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append(end));
        return SystemTools.say(task, text.toString());
    }

    private static int printenv(Task task, Options options) throws IOException {
        String end = options.has('0') ? "\0" : "\n";
        if (options.operands().isEmpty()) {
            return all(task, end);
        }
        int code = 0;
        for (String name : options.operands()) {
            if (task.env().containsKey(name)) {
                task.print(task.env(name) + end);
            } else {
                code = 1;
            }
        }
        return code;
    }
}
