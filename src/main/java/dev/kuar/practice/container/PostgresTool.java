package dev.kuar.practice.container;

import dev.kuar.practice.sql.PostgresServer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** postgres, with what the image's entry point does before. Its thread ends once it serves. */
final class PostgresTool implements Tool.Waiting {
    private static final int PORT = 5432;

    @Override
    public void begin(Task task) {
        task.container().runtime().execute(() -> {
            try {
                new Start(task, Versions.of(task)).run();
            } catch (IOException | RuntimeException e) {
                give(task, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                task.end(1);
            }
        });
    }

    private static void give(Task task, Exception up) {
        try {
            task.end(task.fail(1, String.valueOf(up.getMessage())));
        } catch (IOException e) {
            task.end(1);
        }
    }

    /** One start. */
    private record Start(Task task, String version) {
        private void log(String text) {
            String stamp = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(task.container().clock().now());
            try {
                task.printError(stamp + " UTC [" + task.pid() + "] LOG:  " + text + "\n");
            } catch (IOException e) {
                return;
            }
        }

        private String variable(String name, String otherwise) {
            String file = task.env(name + "_FILE");
            String value = file.isEmpty()
                    ? task.env(name)
                    : task.files().readText(file).strip();
            return value.isEmpty() ? otherwise : value;
        }

        private void run() throws IOException, InterruptedException {
            if (task.args().contains("--version") || task.args().contains("-V")) {
                task.println("postgres (PostgreSQL) " + version + " (Debian " + version + "-1.pgdg13+1)");
                task.end(0);
                return;
            }
            String directory = variable("PGDATA", "/var/lib/postgresql/data").replaceFirst("/$", "");
            boolean fresh = !task.files().exists(directory + "/PG_VERSION");
            String password = variable("POSTGRES_PASSWORD", "");
            boolean trusts = task.env("POSTGRES_HOST_AUTH_METHOD").equals("trust");
            if (fresh && password.isEmpty() && !trusts) {
                task.printError(
                        "Error: Database is uninitialized and superuser password is not specified.\n       You must"
                                + " specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, \"-e"
                                + " POSTGRES_PASSWORD=password\" on \"docker run\".\n");
                task.end(1);
                return;
            }
            PostgresServer server = PostgresServer.open(
                    new SqlTaskHost(task, version), task.container().clock(), directory, trusts);
            task.atEnd(server::close);
            if (fresh) {
                String user = variable("POSTGRES_USER", "postgres");
                String database = variable("POSTGRES_DB", user);
                task.print(
                        "The files belonging to this database system will be owned by user \"postgres\".\nThis user must"
                                + " also own the server process.\n\nfixing permissions on existing directory "
                                + directory
                                + " ... ok\ncreating subdirectories ... ok\ncreating configuration files ... ok\nrunning bootstrap"
                                + " script ... ok\nperforming post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n");
                server.initialize(user, password, database);
                boolean early = InitScripts.wantServer(task) && listen(server);
                boolean well = InitScripts.run(
                        task,
                        text -> say("/usr/local/bin/docker-entrypoint.sh: " + text),
                        script -> server.runScript(script, database));
                if (early) {
                    task.container().network().release(PORT, server);
                }
                if (!well) {
                    task.end(3);
                    return;
                }
                say("\nPostgreSQL init process complete; ready for start up.\n");
            } else {
                say("\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n");
            }
            log("starting " + server.fullVersion());
            for (int signal : new int[] {Signal.TERM, Signal.INT}) {
                task.handle(signal, unused -> {
                    log(signal == Signal.INT ? "received fast shutdown request" : "received smart shutdown request");
                    server.close();
                    log("database system is shut down");
                    task.end(0);
                });
            }
            if (!listen(server)) {
                log("could not bind IPv4 address \"0.0.0.0\": Address already in use");
                task.end(1);
                return;
            }
            log("listening on IPv4 address \"0.0.0.0\", port 5432");
            log("listening on IPv6 address \"::\", port 5432");
            log("listening on Unix socket \"/var/run/postgresql/.s.PGSQL.5432\"");
            log("database system is ready to accept connections");
        }

        private void say(String text) {
            try {
                task.println(text);
            } catch (IOException e) {
                return;
            }
        }

        private boolean listen(PostgresServer server) {
            if (!task.container().network().listen(PORT, server)) {
                return false;
            }
            task.listensOn("tcp", PORT);
            task.atEnd(() -> task.container().network().release(PORT, server));
            return true;
        }
    }
}
