package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.zookeeper.CommandLine;
import dev.kuar.practice.zookeeper.ZooKeeperClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The client that {@code zkCli.sh} runs: one command, or a prompt. */
final class ZkCliTool implements Tool {
    private static final int PATIENCE = 30;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        return new Call(task).run();
    }

    /** One start of the program. */
    private static final class Call {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                        "yyyy-MM-dd HH:mm:ss,SSS", Locale.ROOT)
                .withZone(ZoneOffset.UTC);

        private final Task task;
        private final String version;
        private final List<String> words = new ArrayList<>();
        private String server = "localhost:2181";
        private int timeout = 30_000;

        Call(Task task) {
            this.task = task;
            this.version = task.env("ZOOKEEPER_VERSION").isEmpty() ? "3.4.10" : task.env("ZOOKEEPER_VERSION");
        }

        private boolean isOld() {
            return version.startsWith("3.4");
        }

        private void log(String level, String where, String message) throws IOException {
            Instant now = task.container().clock().now();
            task.println(TIME.format(now) + " [myid:] - " + level + " [" + where + "] - " + message);
        }

        int run() throws IOException, InterruptedException {
            List<String> args = JavaTool.arguments(task);
            for (int i = 0; i < args.size(); i++) {
                if (words.isEmpty() && args.get(i).equals("-server")) {
                    server = ++i < args.size() ? args.get(i) : server;
                } else if (words.isEmpty() && args.get(i).equals("-timeout")) {
                    timeout = ++i < args.size() ? Integer.parseInt(args.get(i)) : timeout;
                } else if (!words.isEmpty() || !args.get(i).equals("-r")) {
                    words.add(args.get(i));
                }
            }
            task.println("Connecting to " + server);
            log("INFO ", "main:Environment@100", "Client environment:zookeeper.version=" + version);
            log(
                    "INFO ",
                    "main:Environment@100",
                    "Client environment:host.name=" + task.container().spec().hostname());
            log(
                    "INFO ",
                    "main:ZooKeeper@438",
                    "Initiating client connection, connectString=" + server + " sessionTimeout=" + timeout
                            + " watcher=org.apache.zookeeper.ZooKeeperMain$MyWatcher@3eb07fd3");
            if (words.isEmpty()) {
                task.println("Welcome to ZooKeeper!");
            }
            ZooKeeperClient client = connect();
            if (client == null) {
                task.printError(
                        "Exception in thread \"main\" org.apache.zookeeper.KeeperException$ConnectionLossException: "
                                + "KeeperErrorCode = ConnectionLoss for "
                                + (words.size() > 1 ? words.get(words.size() > 2 ? 1 : words.size() - 1) : "/") + "\n");
                return 1;
            }
            task.print("\nWATCHER::\n\nWatchedEvent state:SyncConnected type:None path:null\n");
            CommandLine commands = new CommandLine(client, version);
            if (!words.isEmpty()) {
                int code = one(commands, words);
                client.close();
                return code;
            }
            client.keepAlive(task.container().clock());
            try {
                return prompt(commands);
            } finally {
                client.close();
            }
        }

        private int one(CommandLine commands, List<String> command) throws IOException, InterruptedException {
            CommandLine.Outcome outcome = commands.run(command);
            task.print(outcome.output());
            task.printError(outcome.errors());
            return outcome.code();
        }

        /** Tries the servers in turn until one takes the session; null when that takes too long. */
        private @Nullable ZooKeeperClient connect() throws IOException, InterruptedException {
            String[] servers = server.replaceFirst("/.*$", "").split(",");
            Instant end = task.container().clock().now().plusSeconds(PATIENCE);
            for (int i = 0; task.container().clock().now().isBefore(end); i++) {
                String host = servers[i % servers.length].replaceFirst(":\\d+$", "");
                String port =
                        servers[i % servers.length].substring(host.length()).replace(":", "");
                String ip = host.equals("localhost") ? "127.0.0.1" : new Resolver(task).address(host);
                String place = host + "/" + ip + ":" + (port.isEmpty() ? "2181" : port);
                String thread =
                        "main-SendThread(" + host + ":" + (port.isEmpty() ? "2181" : port) + "):ClientCnxn$SendThread";
                try {
                    PortService found = dial(ip, port.isEmpty() ? 2181 : Integer.parseInt(port));
                    log(
                            "INFO ",
                            thread + "@1032",
                            "Opening socket connection to server " + place
                                    + ". Will not attempt to authenticate using SASL (unknown error)");
                    if (found != null) {
                        String from = ip.startsWith("127.")
                                ? ip
                                : task.container().network().ip();
                        ZooKeeperClient client = new ZooKeeperClient(found, from, this::event);
                        log(
                                "INFO ",
                                thread + "@876",
                                "Socket connection established to " + place + ", initiating session");
                        if (client.connect(timeout)) {
                            log(
                                    "INFO ",
                                    thread + "@1299",
                                    "Session establishment complete on server " + place + ", sessionid = 0x"
                                            + Long.toHexString(client.session()) + ", negotiated timeout = "
                                            + client.timeout());
                            return client;
                        }
                        log(
                                "INFO ",
                                thread + "@1158",
                                "Unable to read additional data from server sessionid 0x0, likely server has closed socket,"
                                        + " closing socket connection and attempting reconnect");
                    }
                } catch (Unreachable e) {
                    log(
                            "WARN ",
                            thread + "@1162",
                            "Session 0x0 for server null, unexpected error, closing socket connection and attempting reconnect");
                    task.println("java.net.ConnectException: " + e.words());
                }
                task.container().clock().sleep(Duration.ofSeconds(1));
            }
            return null;
        }

        private @Nullable PortService dial(String ip, int port) throws Unreachable {
            ClusterNetwork network = task.container().runtime().network();
            return ip.isEmpty() || network == null
                    ? null
                    : network.dial(task.container().network(), ip, port);
        }

        private void event(int type, String path) {
            String name = List.of("None", "NodeCreated", "NodeDeleted", "NodeDataChanged", "NodeChildrenChanged")
                    .get(Math.max(0, Math.min(4, type)));
            try {
                task.print("\nWATCHER::\n\nWatchedEvent state:SyncConnected type:" + name + " path:" + path + "\n");
            } catch (IOException gone) {
                return;
            }
        }

        private int prompt(CommandLine commands) throws IOException, InterruptedException {
            LineInput input = new LineInput(task.in());
            Tty tty = task.tty(0);
            task.println("JLine support is " + (tty == null ? "disabled" : "enabled"));
            for (int number = 0; ; number++) {
                if (tty != null) {
                    task.print("[zk: " + server + "(CONNECTED) " + number + "] ");
                    tty.setPrompting(true);
                }
                String line = input.next();
                if (tty != null) {
                    tty.setPrompting(false);
                }
                if (line == null || line.strip().equals("quit")) {
                    if (line != null && isOld()) {
                        task.println("Quitting...");
                    }
                    return 0;
                }
                if (!line.isBlank()) {
                    one(commands, words(line.strip()));
                }
            }
        }

        /** The words of a line; quotes keep what is between them together. */
        private static List<String> words(String line) {
            List<String> found = new ArrayList<>();
            java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)")
                    .matcher(line);
            while (matcher.find()) {
                String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                found.add(quoted != null ? quoted : matcher.group(3));
            }
            return found;
        }
    }
}
