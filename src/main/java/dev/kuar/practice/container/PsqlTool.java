package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.sql.Lexer;
import dev.kuar.practice.sql.PostgresClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** psql and pg_isready. */
final class PsqlTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        return task.name().equals("pg_isready") ? new Session(task).ready() : new Session(task).run();
    }

    /** One run. */
    private static final class Session {
        private final Task task;
        private final List<String> commands = new ArrayList<>();
        private final List<String> operands = new ArrayList<>();
        private PostgresClient client = new PostgresClient(InputStream.nullInputStream(), new WireStream());
        private String host;
        private String port;
        private String user;
        private String database;
        private String file = "";
        private String separator = "|";
        private boolean bare;
        private boolean unaligned;
        private boolean quiet;
        private boolean stops;
        private boolean lists;
        private boolean prompts;

        Session(Task task) {
            this.task = task;
            host = task.env("PGHOST");
            port = task.env("PGPORT").isEmpty() ? "5432" : task.env("PGPORT");
            user = task.env("PGUSER");
            database = task.env("PGDATABASE");
            read(task.args());
            if (!operands.isEmpty() && database.isEmpty()) {
                database = operands.remove(0);
            }
            if (!operands.isEmpty() && user.isEmpty()) {
                user = operands.remove(0);
            }
            if (database.startsWith("postgres://") || database.startsWith("postgresql://")) {
                address(database);
            }
            user = user.isEmpty() ? task.who().uid() == 0 ? "root" : "postgres" : user;
            database = database.isEmpty() ? user : database;
        }

        private void read(List<String> args) {
            for (int i = 1; i < args.size(); i++) {
                String word = args.get(i);
                String name = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
                boolean joined = !name.equals(word)
                        || word.length() > 2
                                && "hpUdcfFvPo".indexOf(word.charAt(1)) >= 0
                                && !word.startsWith("--")
                                && word.startsWith("-");
                String key = joined && name.equals(word) ? word.substring(0, 2) : name;
                boolean takes = List.of(
                                "-h",
                                "--host",
                                "-p",
                                "--port",
                                "-U",
                                "--username",
                                "-d",
                                "--dbname",
                                "-c",
                                "--command",
                                "-f",
                                "--file",
                                "-F",
                                "-v",
                                "--set",
                                "-P",
                                "-o",
                                "--field-separator")
                        .contains(key);
                String value = !takes
                        ? ""
                        : joined
                                ? word.substring(name.equals(word) ? 2 : name.length() + 1)
                                : ++i < args.size() ? args.get(i) : "";
                switch (key) {
                    case "-h", "--host" -> host = value;
                    case "-p", "--port" -> port = value;
                    case "-U", "--username" -> user = value;
                    case "-d", "--dbname" -> database = value;
                    case "-c", "--command" -> commands.add(value);
                    case "-f", "--file" -> file = value;
                    case "-F", "--field-separator" -> separator = value;
                    case "-v", "--set" -> stops |= value.startsWith("ON_ERROR_STOP");
                    case "-l", "--list" -> lists = true;
                    case "-W", "--password" -> prompts = true;
                    default -> {
                        if (!word.startsWith("-")) {
                            operands.add(word);
                        } else if (!word.startsWith("--")) {
                            bare |= word.contains("t");
                            unaligned |= word.contains("A");
                            quiet |= word.contains("q");
                            if (word.endsWith("c") && i + 1 < args.size()) {
                                commands.add(args.get(++i));
                            }
                        } else {
                            bare |= word.equals("--tuples-only");
                            unaligned |= word.equals("--no-align");
                            quiet |= word.equals("--quiet");
                        }
                    }
                }
            }
        }

        private String password = "";

        private void address(String uri) {
            java.util.regex.Matcher parts = java.util.regex.Pattern.compile(
                            "postgres(?:ql)?://(?:([^:@]*)(?::([^@]*))?@)?([^:/]*)(?::(\\d+))?(?:/([^?]*))?.*")
                    .matcher(uri);
            if (parts.matches()) {
                user = parts.group(1) == null ? user : parts.group(1);
                password = parts.group(2) == null ? "" : parts.group(2);
                host = parts.group(3);
                port = parts.group(4) == null ? port : parts.group(4);
                database = parts.group(5) == null ? "" : parts.group(5);
            }
        }

        private boolean local() {
            return host.isEmpty() || host.startsWith("/");
        }

        /** Null where nobody is. */
        private @Nullable PortService dial() throws Unreachable {
            ClusterNetwork network = task.container().runtime().network();
            String ip = local() || host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
            return ip.isEmpty() || network == null || !port.matches("\\d{1,5}")
                    ? null
                    : network.dial(task.container().network(), ip, Integer.parseInt(port));
        }

        int ready() throws IOException {
            String where = (local() ? "/var/run/postgresql" : host) + ":" + port;
            try {
                if (dial() != null) {
                    task.println(where + " - accepting connections");
                    return 0;
                }
            } catch (Unreachable e) {
                task.println(where + " - no response");
                return 2;
            }
            task.println(where + " - no response");
            return 2;
        }

        private boolean connect(String to) throws IOException {
            String where = local()
                    ? "connection to server on socket \"/var/run/postgresql/.s.PGSQL." + port + "\" failed: "
                    : "connection to server at \"" + host + "\"" + address() + ", port " + port + " failed: ";
            try {
                PortService service = dial();
                if (service == null) {
                    task.printError("psql: error: could not translate host name \"" + host
                            + "\" to address: Name or service not known\n");
                    return false;
                }
                WireStream answers = new WireStream();
                boolean here = local() || host.equals("localhost") || host.startsWith("127.");
                Wire wire = service.accept(
                        answers, here ? "127.0.0.1" : task.container().network().ip());
                PostgresClient made = new PostgresClient(answers, wire);
                PostgresClient.Refusal refusal = made.login(user, to, this::password);
                if (refusal != null) {
                    task.printError("psql: error: " + where + refusal.severity() + ":  " + refusal.message() + "\n");
                    return false;
                }
                client = made;
                database = to;
                return true;
            } catch (Unreachable e) {
                task.printError(
                        "psql: error: " + where
                                + (local()
                                        ? "No such file or directory\n\tIs the server running locally and accepting connections on that socket?\n"
                                        : e.words()
                                                + "\n\tIs the server running on that host and accepting TCP/IP connections?\n"));
                return false;
            }
        }

        private String address() {
            String ip = new Resolver(task).address(host);
            return ip.isEmpty() || ip.equals(host) ? "" : " (" + ip + ")";
        }

        private String password() throws IOException {
            String known = password.isEmpty() ? task.env("PGPASSWORD") : password;
            if (!known.isEmpty() && !prompts) {
                return known;
            }
            task.printError("Password for user " + user + ": ");
            Tty tty = task.tty(0);
            if (tty == null) {
                return "";
            }
            tty.setEcho(false);
            try {
                StringBuilder line = new StringBuilder();
                for (int b = task.in().read();
                        b >= 0 && b != '\n';
                        b = task.in().read()) {
                    line.append((char) b);
                }
                return line.toString();
            } finally {
                tty.setEcho(true);
                task.printError("\n");
            }
        }

        int run() throws IOException {
            if (task.args().contains("--version") || task.args().contains("-V")) {
                task.println(
                        "psql (PostgreSQL) " + Versions.of(task) + " (Debian " + Versions.of(task) + "-1.pgdg13+1)");
                return 0;
            }
            if (!connect(lists && database.equals(user) ? "postgres" : database)) {
                return 2;
            }
            try {
                if (lists) {
                    return backslash("\\l") ? 0 : 1;
                }
                if (!commands.isEmpty()) {
                    boolean well = true;
                    for (String command : commands) {
                        well = command.startsWith("\\") ? backslash(command) : send(command);
                    }
                    return well ? 0 : 1;
                }
                if (!file.isEmpty()) {
                    return script(task.files().readText(file));
                }
                return task.tty(0) == null ? script(new String(task.readAllInput(), StandardCharsets.UTF_8)) : prompt();
            } finally {
                client.quit();
            }
        }

        private int script(String text) throws IOException {
            StringBuilder pending = new StringBuilder();
            for (String line : text.split("\n")) {
                if (pending.toString().isBlank() && line.startsWith("\\")) {
                    if (line.strip().equals("\\q")) {
                        return 0;
                    }
                    backslash(line.strip());
                } else {
                    pending.append(line).append('\n');
                    if (line.stripTrailing().endsWith(";") && !all(pending) && stops) {
                        return 3;
                    }
                }
            }
            return all(pending) || !stops ? 0 : 3;
        }

        private boolean all(StringBuilder pending) throws IOException {
            boolean well = true;
            for (String statement : Lexer.statements(pending.toString(), false)) {
                well &= send(statement);
            }
            pending.setLength(0);
            return well;
        }

        /** Sends statements and shows what they come to; false where one was refused. */
        private boolean send(String sql) throws IOException {
            boolean well = true;
            for (PostgresClient.Answer answer : client.query(sql)) {
                PostgresClient.Refusal refusal = answer.refusal();
                if (refusal != null) {
                    well = false;
                    task.printError(refusal.severity() + ":  " + refusal.message() + "\n"
                            + PsqlTable.pointer(sql, refusal.position())
                            + (refusal.detail().isEmpty() ? "" : "DETAIL:  " + refusal.detail() + "\n"));
                } else if (answer.rows() != null) {
                    task.print(
                            unaligned
                                    ? PsqlTable.unaligned(answer.rows(), !bare, separator)
                                    : bare
                                            ? PsqlTable.bare(answer.rows())
                                            : PsqlTable.aligned(answer.rows(), "", true));
                } else if (answer.tag() != null && !quiet) {
                    task.println(answer.tag());
                }
            }
            return well;
        }

        private boolean backslash(String line) throws IOException {
            String[] words = line.strip().split("\\s+");
            String argument = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "\\c", "\\connect" -> {
                    String to = argument.replace(";", "");
                    client.quit();
                    if (!connect(to.isEmpty() ? database : to)) {
                        return connect(database);
                    }
                    task.println("You are now connected to database \"" + database + "\" as user \"" + user + "\".");
                }
                case "\\conninfo" ->
                    task.println("You are connected to database \"" + database + "\" as user \"" + user + "\" "
                            + (local() ? "via socket in \"/var/run/postgresql\"" : "on host \"" + host + "\"")
                            + " at port \"" + port + "\".");
                case "\\x", "\\timing", "\\pset", "\\set", "\\echo" ->
                    task.println(words[0].equals("\\echo") ? argument : "");
                case "\\?", "\\h" -> task.println("General\n  \\q                     quit psql");
                default -> {
                    String text = new PsqlCatalog(client, "postgres").run(words[0], argument);
                    if (text == null) {
                        task.printError("invalid command " + words[0] + "\nTry \\? for help.\n");
                        return false;
                    }
                    task.print(text);
                }
            }
            return true;
        }

        private int prompt() throws IOException {
            task.print("psql (" + client.version() + ")\nType \"help\" for help.\n\n");
            LineInput input = new LineInput(task.in());
            Tty tty = task.tty(0);
            StringBuilder pending = new StringBuilder();
            while (true) {
                String sign = client.state() == 'T' ? "*" : client.state() == 'E' ? "!" : "";
                task.print(database + (pending.isEmpty() ? "=" : "-") + sign + "# ");
                if (tty != null) {
                    tty.setPrompting(true);
                }
                String line = input.next();
                if (tty != null) {
                    tty.setPrompting(false);
                }
                String word = line == null ? "\\q" : line.strip();
                if (pending.isEmpty() && (word.equals("\\q") || word.equals("exit") || word.equals("quit"))) {
                    if (line == null) {
                        task.println("\\q");
                    }
                    return 0;
                }
                if (pending.isEmpty() && word.equals("help")) {
                    task.println("You are using psql, the command-line interface to PostgreSQL.");
                } else if (pending.isEmpty() && word.startsWith("\\")) {
                    backslash(word);
                } else if (line != null) {
                    pending.append(line).append('\n');
                    if (pending.toString().isBlank()) {
                        pending.setLength(0);
                    } else if (word.endsWith(";")) {
                        all(pending);
                    }
                } else {
                    pending.setLength(0);
                }
            }
        }
    }
}
