package dev.kuar.practice.container;

import dev.kuar.practice.sql.MySqlServer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** mysqld and mariadbd, with what the images' entry points do before. Its thread ends once it serves. */
final class MysqldTool implements Tool.Waiting {
    @Override
    public void begin(Task task) {
        String version = Versions.of(task);
        boolean maria = task.name().startsWith("maria");
        new Start(task, maria ? version + "-MariaDB-ubu2404" : version, maria).later();
    }

    private static void give(Task task, Exception up) {
        try {
            task.end(task.fail(1, String.valueOf(up.getMessage())));
        } catch (IOException e) {
            task.end(1);
        }
    }

    /** One start. */
    private record Start(Task task, String version, boolean maria) {
        private String variable(String name) {
            String own = task.env("MARIADB_" + name);
            return maria && !own.isEmpty() ? own : task.env("MYSQL_" + name);
        }

        private String argument(String name, String otherwise) {
            for (int i = 1; i < task.args().size(); i++) {
                String word = task.args().get(i);
                if (word.startsWith("--" + name + "=")) {
                    return word.substring(name.length() + 3);
                }
                if (word.equals("--" + name) && i + 1 < task.args().size()) {
                    return task.args().get(i + 1);
                }
            }
            return otherwise;
        }

        void later() {
            task.container().runtime().execute(() -> {
                try {
                    run();
                } catch (IOException | RuntimeException e) {
                    give(task, e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    task.end(1);
                }
            });
        }

        private void entry(String text) {
            print("yyyy-MM-dd HH:mm:ssxxx", " [Note] [Entrypoint]: " + text);
        }

        private void system(int code, String text) {
            if (maria) {
                print("yyyy-MM-dd HH:mm:ss", " 0 [Note] " + text);
            } else {
                print(
                        "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
                        " 0 [System] [MY-" + String.format(Locale.ROOT, "%06d", code) + "] [Server] " + text);
            }
        }

        private void print(String pattern, String text) {
            String stamp = DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(task.container().clock().now());
            try {
                task.printError(stamp + text + "\n");
            } catch (IOException e) {
                return;
            }
        }

        private void run() throws IOException, InterruptedException {
            String product = maria ? "MariaDB" : "MySQL";
            if (task.args().contains("--version") || task.args().contains("-V")) {
                task.println("/usr/sbin/" + task.name() + "  Ver " + version
                        + " for Linux on x86_64 (MySQL Community Server - GPL)");
                task.end(0);
                return;
            }
            String directory = argument("datadir", "/var/lib/mysql").replaceFirst("/$", "");
            entry("Entrypoint script for " + product + " Server " + version + (maria ? "" : "-1.el9") + " started.");
            boolean fresh = !task.files().isDirectory(directory + "/mysql");
            String root = variable("ROOT_PASSWORD");
            boolean empty = !variable("ALLOW_EMPTY_PASSWORD").isEmpty()
                    || !variable("ALLOW_EMPTY_ROOT_PASSWORD").isEmpty();
            boolean random = !variable("RANDOM_ROOT_PASSWORD").isEmpty();
            if (fresh && root.isEmpty() && !empty && !random) {
                String prefix = maria ? "MARIADB" : "MYSQL";
                print(
                        "yyyy-MM-dd HH:mm:ssxxx",
                        " [ERROR] [Entrypoint]: Database is uninitialized and password option is not"
                                + " specified\n    You need to specify one of the following as an environment variable:\n    - "
                                + prefix + "_ROOT_PASSWORD\n    - " + prefix
                                + (maria ? "_ALLOW_EMPTY_ROOT_PASSWORD\n    - " : "_ALLOW_EMPTY_PASSWORD\n    - ")
                                + prefix
                                + "_RANDOM_ROOT_PASSWORD");
                task.end(1);
                return;
            }
            MySqlServer server = MySqlServer.open(
                    new SqlTaskHost(task, version), task.container().clock(), directory);
            task.atEnd(server::close);
            int port = Integer.parseInt(argument("port", "3306"));
            boolean early = fresh && InitScripts.wantServer(task);
            if (early) {
                listen(server, port);
            }
            if (fresh && !initialize(server, root.isEmpty() && random ? "generated" : root)) {
                task.end(1);
                return;
            }
            String program = "/usr/sbin/" + task.name();
            system(10116, program + " (mysqld " + version + ") starting as process " + task.pid());
            task.handle(Signal.TERM, signal -> {
                system(
                        13172,
                        "Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: " + version
                                + ").");
                server.close();
                system(10910, program + ": Shutdown complete (mysqld " + version + ")  " + comment() + ".");
                task.end(0);
            });
            if (!early && !listen(server, port)) {
                print(
                        "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
                        " 0 [ERROR] [MY-010262] [Server] Can't start server: Bind on TCP/IP"
                                + " port: Address already in use");
                task.end(1);
                return;
            }
            system(
                    10931,
                    program + ": ready for connections. Version: '" + version
                            + "'  socket: '/var/run/mysqld/mysqld.sock'  port: " + port + "  " + comment() + ".");
        }

        private String comment() {
            return maria ? "mariadb.org binary distribution" : "MySQL Community Server - GPL";
        }

        private boolean listen(MySqlServer server, int port) {
            if (!task.container().network().listen(port, server)) {
                return false;
            }
            task.listensOn("tcp", port);
            task.atEnd(() -> task.container().network().release(port, server));
            return true;
        }

        private boolean initialize(MySqlServer server, String root) throws IOException, InterruptedException {
            entry("Initializing database files");
            entry("Database files initialized");
            entry("Starting temporary server");
            entry("Temporary server started.");
            server.allow("root", "localhost", root, Set.of("*"));
            String from = variable("ROOT_HOST").isEmpty() ? "%" : variable("ROOT_HOST");
            if (!from.equals("localhost")) {
                server.allow("root", from, root, Set.of("*"));
            }
            String database = variable("DATABASE");
            String user = variable("USER");
            if (!database.isEmpty()) {
                entry("Creating database " + database);
                server.runScript("CREATE DATABASE IF NOT EXISTS `" + database + "`", "");
            }
            if (!user.isEmpty() && !variable("PASSWORD").isEmpty()) {
                entry("Creating user " + user);
                if (!database.isEmpty()) {
                    entry("Giving user " + user + " access to schema " + database);
                }
                server.allow(
                        user,
                        "%",
                        variable("PASSWORD"),
                        database.isEmpty() ? Set.of() : Set.of(database.toLowerCase(Locale.ROOT)));
            }
            boolean well = InitScripts.run(
                    task,
                    text -> entry("/usr/local/bin/docker-entrypoint.sh: " + text),
                    script -> server.runScript(script, database.toLowerCase(Locale.ROOT)));
            if (well) {
                entry("Stopping temporary server");
                entry("Temporary server stopped");
                entry((maria ? "MariaDB" : "MySQL") + " init process done. Ready for start up.");
            }
            return well;
        }
    }
}
