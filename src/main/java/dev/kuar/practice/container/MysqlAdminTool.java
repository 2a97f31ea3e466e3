package dev.kuar.practice.container;

import dev.kuar.practice.sql.Outcome;
import java.io.IOException;
import java.util.List;

/** mysqladmin: ping, status, version, shutdown, create and drop. */
final class MysqlAdminTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        MysqlLogin login = new MysqlLogin(task);
        List<String> words =
                login.rest().stream().filter(word -> !word.startsWith("-")).toList();
        String command = words.isEmpty() ? "" : words.get(0);
        if (command.isEmpty()) {
            task.println("Usage: " + task.name() + " [OPTIONS] command command....");
            return 1;
        }
        MysqlLogin.Login made = login.connect("");
        Outcome.Failure failure = made.failure();
        if (failure != null || made.client() == null) {
            if (failure != null && failure.code() == 1045 && command.equals("ping")) {
                task.println("mysqld is alive");
                return 0;
            }
            String why = failure == null ? "" : failure.message();
            task.printError("\u0007" + task.name() + ": connect to server at '" + login.host() + "' failed\nerror: '"
                    + why + "'\n");
            if (failure != null && failure.code() == 2002) {
                task.printError(
                        "Check that mysqld is running and that the socket: '" + MysqlLogin.SOCKET + "' exists!\n");
            }
            return 1;
        }
        try {
            return switch (command) {
                case "ping" -> say(task, "mysqld is alive");
                case "status" -> say(task, made.client().statistics());
                case "version" ->
                    say(
                            task,
                            task.name() + "  Ver " + made.client().version()
                                    + " for Linux on x86_64\n\nServer version\t\t"
                                    + made.client().version());
                case "shutdown" -> {
                    Task main = task.container().main();
                    if (main != null && login.host().equals("localhost")) {
                        main.signal(Signal.TERM);
                    }
                    yield 0;
                }
                case "create", "drop" -> {
                    Outcome outcome = made.client().query(command + " database `" + words.get(words.size() - 1) + "`");
                    yield outcome instanceof Outcome.Failure refused
                            ? task.fail(
                                    1,
                                    command.toUpperCase(java.util.Locale.ROOT) + " DATABASE failed; error: '"
                                            + refused.message() + "'")
                            : 0;
                }
                default -> task.fail(1, "Unknown command: '" + command + "'");
            };
        } finally {
            made.client().quit();
        }
    }

    private static int say(Task task, String text) throws IOException {
        task.println(text);
        return 0;
    }
}
