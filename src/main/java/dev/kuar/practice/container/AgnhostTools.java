package dev.kuar.practice.container;

import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The programs of agnhost that serve nothing: pause, entrypoint-tester, connect, the DNS ones, logs-generator, inclusterclient. */
final class AgnhostTools {
    static final Map<String, String> CONNECT =
            Map.of("timeout", "0", "protocol", "tcp", "udp-data", "hostname", "sctp-data", "hostname");
    static final Map<String, String> LOGS = Map.of("log-lines-total", "0", "t", "0", "run-duration", "0s", "d", "0s");

    private static final Duration PATIENCE = Duration.ofSeconds(127);

    private AgnhostTools() {}

    static void pause(Task task, GoFlags flags) throws IOException {
        task.println("Paused");
        task.handle(Signal.INT, signal -> leave(task, "interrupt", 1));
        task.handle(Signal.TERM, signal -> leave(task, "terminated", 2));
        task.println("Signals registered");
    }

    private static void leave(Task task, String signal, int code) {
        String text = "exiting because of signal \"" + signal + "\"\n";
        try {
            task.files()
                    .write(
                            task.env().getOrDefault("TERMINATION_MESSAGE_PATH", "/dev/termination-log"),
                            text.getBytes(StandardCharsets.UTF_8));
        } catch (FileError e) {
            // As the program does: whoever mounted nothing there gets the line on standard output alone.
        }
        try {
            task.print(text);
        } catch (IOException e) {
            task.end(code);
        }
        task.end(code);
    }

    static void entrypointTester(Task task, GoFlags flags) throws IOException {
        task.println("[" + String.join(" ", task.args()) + "]");
    }

    static void resolvConf(Task task, String word) throws IOException {
        for (String line : task.files().readText("/etc/resolv.conf").split("\n")) {
            if (line.startsWith(word)) {
                task.println(line.substring(word.length()).strip().replace(' ', ','));
                return;
            }
        }
        task.printError("panic: Could not find DNS search list!\n");
        task.end(2);
    }

    static void etcHosts(Task task, GoFlags flags) throws IOException {
        task.println(task.files().readText("/etc/hosts"));
    }

    static void connect(Task task, GoFlags flags) throws IOException, InterruptedException, GoFlags.Wrong {
        if (flags.operands().size() != 1) {
            throw new GoFlags.Wrong(
                    "accepts 1 arg(s), received " + flags.operands().size());
        }
        String target = flags.operands().get(0);
        int colon = target.lastIndexOf(':');
        if (colon < 0 || !target.substring(colon + 1).matches("\\d{1,5}")) {
            fail(task, "UNKNOWN: address " + target + ": missing port in address");
            return;
        }
        String host = target.substring(0, colon);
        int port = Integer.parseInt(target.substring(colon + 1));
        Resolver resolver = new Resolver(task);
        String ip = resolver.address(host);
        ClusterNetwork network = task.container().runtime().network();
        if (ip.isEmpty() || network == null) {
            fail(task, "DNS: lookup " + host + " on " + resolver.server() + ":53: no such host");
            return;
        }
        boolean udp = flags.text("protocol").equals("udp");
        if (!udp && !List.of("", "tcp").contains(flags.text("protocol"))) {
            fail(task, "Unsupported protocol\n" + flags.text("protocol"));
            return;
        }
        Duration limit = flags.duration("timeout").isZero() ? PATIENCE : flags.duration("timeout");
        try {
            if (!udp) {
                network.dial(task.container().network(), ip, port);
                return;
            }
            String peer = task.container().network().ip() + ":" + Sockets.CLIENT_PORT;
            byte[] data = (flags.text("udp-data") + "\n").getBytes(StandardCharsets.UTF_8);
            if (network.dialUdp(task.container().network(), ip, port)
                    .answer(data, peer)
                    .isPresent()) {
                return;
            }
            task.container().clock().sleep(limit);
            fail(task, "TIMEOUT: read udp " + peer + "->" + ip + ":" + port + ": i/o timeout");
        } catch (Unreachable e) {
            switch (e.cause()) {
                case TIMED_OUT -> {
                    task.container().clock().sleep(limit);
                    fail(task, udp ? "TIMEOUT: read udp " + ip + ":" + port + ": i/o timeout" : "TIMEOUT");
                }
                case REFUSED ->
                    fail(task, udp ? "REFUSED: read udp " + ip + ":" + port + ": read: connection refused" : "REFUSED");
                default -> fail(task, "OTHER: dial tcp " + ip + ":" + port + ": connect: no route to host");
            }
        }
    }

    private static void fail(Task task, String text) throws IOException {
        task.printError(text + "\n");
        task.end(1);
    }

    static void logsGenerator(Task task, GoFlags flags) throws IOException, InterruptedException, GoFlags.Wrong {
        int total = flags.number(flags.text("t").equals("0") ? "log-lines-total" : "t");
        Duration all = flags.duration(flags.text("d").equals("0s") ? "run-duration" : "d");
        GoLog log = new GoLog(task);
        if (total <= 0 || all.isZero()) {
            log.klog(
                    'F',
                    "logs_generator.go:65",
                    total <= 0 ? "Invalid total number of lines: " + total : "Invalid duration: " + flags.text("d"));
            task.end(255);
            return;
        }
        List<String> methods = List.of("GET", "POST", "PUT");
        List<String> namespaces = List.of("kube-system", "default", "ns");
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int id = 0; id < total && !task.isOver(); id++) {
            String name = Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
            log.klog(
                    'I',
                    "logs_generator.go:76",
                    id + " " + methods.get(random.nextInt(3)) + " /api/v1/namespaces/"
                            + namespaces.get(random.nextInt(3)) + "/pods/" + name + " " + random.nextInt(200, 600));
            task.container().clock().sleep(all.dividedBy(total));
        }
    }

    static void inClusterClient(Task task, GoFlags flags) throws InterruptedException, GoFlags.Wrong {
        GoLog log = new GoLog(task);
        Duration pause = Duration.ofSeconds(Math.max(1, flags.number("poll-interval")));
        log.klog('I', "main.go:60", "started");
        ApiFromContainer api = new ApiFromContainer(task);
        while (!task.isOver()) {
            task.container().clock().sleep(pause);
            log.klog('I', "main.go:79", "calling /healthz");
            String token = token(task);
            if (token.isEmpty()) {
                log.klog('E', "main.go:97", "authz_header=<empty>");
            } else {
                log.klog('I', "main.go:95", "authz_header=" + hash("salt|Bearer " + token));
            }
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Authorization", "Bearer " + token);
            HttpResponse answer = api.handle(new HttpRequest(
                    "GET",
                    "/healthz",
                    headers,
                    new byte[0],
                    task.container().network().ip()));
            if (answer.status() != 200) {
                log.klog('E', "main.go:82", "status=failed");
                log.klog('E', "main.go:83", "error checking /healthz: " + answer.bodyText());
            }
        }
    }

    static String token(Task task) {
        try {
            return task.files()
                    .readText("/var/run/secrets/kubernetes.io/serviceaccount/token")
                    .strip();
        } catch (FileError e) {
            return "";
        }
    }

    private static String hash(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
