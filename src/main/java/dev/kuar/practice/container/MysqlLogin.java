package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.sql.MySqlClient;
import dev.kuar.practice.sql.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What mysql, mysqladmin and mysqldump have in common: options that say where to go and who one is. */
final class MysqlLogin {
    static final String SOCKET = "/var/run/mysqld/mysqld.sock";

    private final Task task;
    private final List<String> rest = new ArrayList<>();
    private String host = "localhost";
    private int port = 3306;
    private String user;
    private String password = "";
    private boolean asks;
    private boolean exposed;

    /** Takes its options out of the arguments. */
    MysqlLogin(Task task) {
        this.task = task;
        this.user = task.env("USER").isEmpty() ? "root" : task.env("USER");
        this.password = task.env("MYSQL_PWD");
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            String word = args.get(i);
            boolean more = i + 1 < args.size();
            if (word.startsWith("--host=") || word.startsWith("-h") && word.length() > 2) {
                host = word.replaceFirst("^(--host=|-h)", "");
            } else if ((word.equals("-h") || word.equals("--host")) && more) {
                host = args.get(++i);
            } else if (word.startsWith("--port=") || word.startsWith("-P") && word.length() > 2) {
                port = number(word.replaceFirst("^(--port=|-P)", ""));
            } else if ((word.equals("-P") || word.equals("--port")) && more) {
                port = number(args.get(++i));
            } else if (word.startsWith("--user=") || word.startsWith("-u") && word.length() > 2) {
                user = word.replaceFirst("^(--user=|-u)", "");
            } else if ((word.equals("-u") || word.equals("--user")) && more) {
                user = args.get(++i);
            } else if (word.startsWith("--password=") || word.startsWith("-p") && word.length() > 2) {
                password = word.replaceFirst("^(--password=|-p)", "");
                exposed = true;
            } else if (word.equals("-p") || word.equals("--password")) {
                asks = true;
            } else if (!word.startsWith("--protocol")
                    && !word.startsWith("--ssl")
                    && !word.startsWith("--default-")
                    && !word.startsWith("--socket")
                    && !word.startsWith("--connect")) {
                rest.add(word);
            }
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** The words that are no options of these. */
    List<String> rest() {
        return rest;
    }

    String host() {
        return host;
    }

    String user() {
        return user;
    }

    /** What went wrong; null for nothing. */
    record Login(@Nullable MySqlClient client, Outcome.@Nullable Failure failure) {}

    Login connect(String database) throws IOException, InterruptedException {
        if (exposed && !task.name().startsWith("maria")) {
            task.printError(
                    task.name() + ": [Warning] Using a password on the command line interface can be insecure.\n");
        }
        if (asks) {
            password = ask();
            asks = false;
        }
        ClusterNetwork network = task.container().runtime().network();
        boolean local = host.equals("localhost");
        String ip = local ? "127.0.0.1" : new Resolver(task).address(host);
        if (ip.isEmpty() || network == null) {
            return new Login(null, new Outcome.Failure(2005, "HY000", "Unknown MySQL server host '" + host + "' (-2)"));
        }
        try {
            WireStream answers = new WireStream();
            Wire wire = network.dial(task.container().network(), ip, port)
                    .accept(
                            answers,
                            ip.startsWith("127.")
                                    ? ip
                                    : task.container().network().ip());
            MySqlClient client = new MySqlClient(answers, wire);
            return client.login(user, password, database) instanceof Outcome.Failure failure
                    ? new Login(null, failure)
                    : new Login(client, null);
        } catch (Unreachable e) {
            if (e.cause() == Unreachable.Cause.TIMED_OUT) {
                task.container().clock().sleep(Duration.ofSeconds(130));
            }
            int code =
                    switch (e.cause()) {
                        case REFUSED -> 111;
                        case TIMED_OUT -> 110;
                        case NO_ROUTE -> 113;
                    };
            return new Login(
                    null,
                    local
                            ? new Outcome.Failure(
                                    2002,
                                    "HY000",
                                    "Can't connect to local MySQL server through socket '" + SOCKET + "' (2)")
                            : new Outcome.Failure(
                                    2003,
                                    "HY000",
                                    "Can't connect to MySQL server on '" + host + ":" + port + "' (" + code + ")"));
        } catch (IOException e) {
            return new Login(
                    null,
                    new Outcome.Failure(
                            2013,
                            "HY000",
                            "Lost connection to MySQL server at 'reading initial communication packet', system error: 0"));
        }
    }

    private String ask() throws IOException {
        task.printError("Enter password: ");
        Tty tty = task.tty(0);
        if (tty != null) {
            tty.setEcho(false);
        }
        try {
            StringBuilder line = new StringBuilder();
            for (int b = task.in().read(); b >= 0 && b != '\n'; b = task.in().read()) {
                line.append((char) b);
            }
            return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        } finally {
            if (tty != null) {
                tty.setEcho(true);
                task.printError("\n");
            }
        }
    }
}
