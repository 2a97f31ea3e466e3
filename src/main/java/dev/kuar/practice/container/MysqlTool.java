package dev.kuar.practice.container;

import dev.kuar.practice.sql.Lexer;
import dev.kuar.practice.sql.MySqlClient;
import dev.kuar.practice.sql.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** mysql and mariadb: statements from {@code -e}, the input or a prompt. */
final class MysqlTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        return new Monitor(task).run();
    }

    /** One run. */
    private static final class Monitor {
        private final Task task;
        private final MysqlLogin login;
        private final boolean maria;
        private final List<String> statements = new ArrayList<>();
        private MySqlClient client;
        private String database = "";
        private boolean executes;
        private boolean heads = true;
        private boolean batch;
        private boolean table;
        private boolean force;
        private boolean upright;

        Monitor(Task task) {
            this.task = task;
            this.login = new MysqlLogin(task);
            this.maria = task.name().startsWith("maria");
            this.client = new MySqlClient(java.io.InputStream.nullInputStream(), new WireStream());
        }

        int run() throws IOException, InterruptedException {
            if (task.args().contains("--version") || task.args().contains("-V")) {
                task.println(task.name() + "  Ver " + Versions.of(task)
                        + " for Linux on x86_64 (MySQL Community Server - GPL)");
                return 0;
            }
            read();
            MysqlLogin.Login made = login.connect(database);
            if (made.failure() != null || made.client() == null) {
                if (made.failure() != null) {
                    task.printError(words(made.failure(), 0));
                }
                return 1;
            }
            client = made.client();
            try {
                if (executes) {
                    return all(String.join(";", statements));
                }
                return task.tty(0) == null ? all(new String(task.readAllInput(), StandardCharsets.UTF_8)) : prompt();
            } catch (java.io.EOFException lost) {
                task.printError("ERROR 2013 (HY000): Lost connection to MySQL server during query\n");
                return 1;
            } finally {
                client.quit();
            }
        }

        private void read() {
            List<String> args = login.rest();
            for (int i = 0; i < args.size(); i++) {
                String word = args.get(i);
                switch (word) {
                    case "-e", "--execute" -> {
                        executes = true;
                        statements.add(++i < args.size() ? args.get(i) : "");
                    }
                    case "-D", "--database" -> database = ++i < args.size() ? args.get(i) : "";
                    case "-N", "--skip-column-names" -> heads = false;
                    case "-B", "--batch", "-s", "--silent" -> batch = true;
                    case "-sN", "-Ns", "-BN", "-NB" -> {
                        batch = true;
                        heads = false;
                    }
                    case "-t", "--table" -> table = true;
                    case "-f", "--force" -> force = true;
                    case "-E", "--vertical" -> upright = true;
                    default -> {
                        if (word.startsWith("-e") || word.startsWith("--execute=")) {
                            executes = true;
                            statements.add(word.replaceFirst("^(--execute=|-e)", ""));
                        } else if (word.startsWith("--database=")) {
                            database = word.substring("--database=".length());
                        } else if (word.startsWith("-sNe")
                                || word.equals("-Ne")
                                || word.equals("-Be")
                                || word.equals("-NBe")) {
                            batch = word.contains("s") || word.contains("B");
                            heads = !word.contains("N");
                            executes = true;
                            statements.add(++i < args.size() ? args.get(i) : "");
                        } else if (!word.startsWith("-")) {
                            database = word;
                        }
                    }
                }
            }
        }

        private static String words(Outcome.Failure failure, int line) {
            return "ERROR " + failure.code() + " (" + failure.state() + ")" + (line > 0 ? " at line " + line : "")
                    + ": " + failure.message() + "\n";
        }

        /** Runs the statements of a script without saying how it went, and stops at the first that fails. */
        private int all(String script) throws IOException {
            boolean framed = table || !batch && task.tty(1) != null && executes;
            int code = 0;
            int from = 0;
            for (String statement : Lexer.statements(script.replace("\\G", ";"), true)) {
                int at = script.indexOf(statement, from);
                int line = 1
                        + (int) script.substring(0, Math.max(0, at))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                from = Math.max(from, at);
                Outcome outcome = send(statement);
                if (outcome instanceof Outcome.Failure failure) {
                    task.printError(words(failure, line));
                    code = 1;
                    if (!force) {
                        return 1;
                    }
                } else if (outcome instanceof Outcome.Rows rows && !rows.rows().isEmpty()) {
                    boolean one = upright || at >= 0 && script.startsWith("\\G", at + statement.length());
                    task.print(
                            one
                                    ? SqlTable.upright(rows)
                                    : framed ? SqlTable.framed(rows, heads) : SqlTable.plain(rows, heads));
                }
            }
            return code;
        }

        private Outcome send(String statement) throws IOException {
            String lower = statement.toLowerCase(Locale.ROOT);
            if (lower.startsWith("use ")) {
                String name = statement.substring(4).strip().replaceAll("[`;]", "");
                Outcome outcome = client.use(name);
                database = outcome instanceof Outcome.Failure ? database : name;
                return outcome;
            }
            return client.query(statement);
        }

        private int prompt() throws IOException {
            String product = maria ? "MariaDB" : "MySQL";
            String comment = maria ? "mariadb.org binary distribution" : "MySQL Community Server - GPL";
            task.print("Welcome to the " + product + " monitor.  Commands end with ; or \\g.\n"
                    + "Your " + product + " connection id is " + client.connection() + "\n"
                    + "Server version: " + client.version() + " " + comment + "\n\n"
                    + "Copyright (c) 2000, "
                    + (maria
                            ? "2018, Oracle, MariaDB Corporation Ab and others.\n\n"
                            : "2025, Oracle and/or its affiliates.\n\n"
                                    + "Oracle is a registered trademark of Oracle Corporation and/or its\naffiliates. Other names may be"
                                    + " trademarks of their respective\nowners.\n\n")
                    + "Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n");
            LineInput input = new LineInput(task.in());
            Tty tty = task.tty(0);
            StringBuilder pending = new StringBuilder();
            while (true) {
                task.print(
                        pending.isEmpty()
                                ? maria ? "MariaDB [" + (database.isEmpty() ? "(none)" : database) + "]> " : "mysql> "
                                : "    -> ");
                if (tty != null) {
                    tty.setPrompting(true);
                }
                String line = input.next();
                if (tty != null) {
                    tty.setPrompting(false);
                }
                String word = line == null
                        ? "exit"
                        : line.strip().replaceFirst(";$", "").toLowerCase(Locale.ROOT);
                if (pending.isEmpty() && List.of("exit", "quit", "\\q").contains(word)) {
                    task.println("Bye");
                    return 0;
                }
                if (line == null || word.endsWith("\\c")) {
                    pending.setLength(0);
                    continue;
                }
                if (pending.isEmpty()
                        && (List.of("status", "\\s", "help", "\\h", "?").contains(word) || word.startsWith("use "))) {
                    command(word, line.strip());
                    continue;
                }
                pending.append(line).append('\n');
                String text = pending.toString().strip();
                boolean vertical = text.endsWith("\\G");
                if (text.endsWith(";") || text.endsWith("\\g") || vertical) {
                    pending.setLength(0);
                    String clean = vertical || text.endsWith("\\g") ? text.substring(0, text.length() - 2) : text;
                    for (String statement : Lexer.statements(clean, true)) {
                        show(send(statement), vertical, statement);
                    }
                } else if (text.isEmpty()) {
                    pending.setLength(0);
                }
            }
        }

        private void command(String word, String line) throws IOException {
            if (word.startsWith("use ")) {
                Outcome outcome = send(line.replaceFirst(";$", ""));
                task.print(outcome instanceof Outcome.Failure failure ? words(failure, 0) : "Database changed\n");
            } else if (word.equals("status") || word.equals("\\s")) {
                task.print("--------------\n" + task.name() + "  Ver " + client.version()
                        + " for Linux on x86_64\n\nConnection id:\t\t"
                        + client.connection() + "\nCurrent database:\t" + database + "\nCurrent user:\t\t"
                        + login.user()
                        + "\nServer version:\t\t" + client.version() + "\nProtocol version:\t10\nConnection:\t\t"
                        + (login.host().equals("localhost")
                                ? "Localhost via UNIX socket"
                                : login.host() + " via TCP/IP")
                        + "\n\n" + client.statistics() + "\n--------------\n\n");
            } else {
                task.print(
                        "\nFor information about MySQL products and services, visit:\n   http://www.mysql.com/\n\n"
                                + "List of all client commands:\nclear     (\\c) Clear the current input statement.\nexit      (\\q) Exit mysql."
                                + " Same as quit.\nstatus    (\\s) Get status information from the server.\nuse       (\\u) Use another database.\n\n");
            }
        }

        private void show(Outcome outcome, boolean vertical, String statement) throws IOException {
            if (outcome instanceof Outcome.Failure failure) {
                task.print(words(failure, 0));
            } else if (outcome instanceof Outcome.Rows rows) {
                int count = rows.rows().size();
                task.print(
                        count == 0
                                ? "Empty set (0.00 sec)\n\n"
                                : (vertical ? SqlTable.upright(rows) : SqlTable.framed(rows, heads)) + count
                                        + (count == 1 ? " row" : " rows") + " in set (0.00 sec)\n\n");
            } else if (outcome instanceof Outcome.Done done) {
                if (statement.toLowerCase(Locale.ROOT).startsWith("use ")) {
                    task.print("Database changed\n");
                } else {
                    task.print("Query OK, " + done.affected() + (done.affected() == 1 ? " row" : " rows")
                            + " affected (0.01 sec)\n" + (done.info().isEmpty() ? "" : done.info() + "\n") + "\n");
                }
            }
        }
    }
}
