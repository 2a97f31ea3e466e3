package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What images of databases do with {@code /docker-entrypoint-initdb.d} when their data directory is new. */
final class InitScripts {
    private static final String FOLDER = "/docker-entrypoint-initdb.d";

    private InitScripts() {}

    /** Whether any of them is a shell's: those want to reach the server. */
    static boolean wantServer(Task task) {
        return names(task).stream().anyMatch(name -> name.endsWith(".sh"));
    }

    private static List<String> names(Task task) {
        try {
            return task.files().isDirectory(FOLDER) ? task.files().list(FOLDER) : List.of();
        } catch (FileError e) {
            return List.of();
        }
    }

    /**
     * Runs them in the order of their names.
     *
     * @param log takes what is said of each
     * @param sql runs a script, and gives what went wrong, empty for nothing
     * @return whether all went well
     */
    static boolean run(Task task, java.util.function.Consumer<String> log, Function<String, String> sql)
            throws IOException, InterruptedException {
        for (String name : names(task)) {
            String path = FOLDER + "/" + name;
            if (task.files().isDirectory(path)) {
                continue;
            }
            if (name.endsWith(".sql")) {
                log.accept("running " + path);
                String failed = sql.apply(task.files().readText(path));
                if (!failed.isEmpty()) {
                    task.printError(failed + "\n");
                    return false;
                }
            } else if (name.endsWith(".sh")) {
                log.accept("sourcing " + path);
                if (shell(task, path) != 0) {
                    return false;
                }
            } else {
                log.accept("ignoring " + path);
            }
        }
        return true;
    }

    private static int shell(Task task, String path) throws IOException, InterruptedException {
        try {
            ExecSession session = task.container().exec(List.of("bash", path), false, false);
            int code = session.exit().get();
            task.print(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8));
            task.printError(new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8));
            return code;
        } catch (RuntimeError | ExecutionException e) {
            task.printError(path + ": " + e.getMessage() + "\n");
            return 1;
        }
    }
}
