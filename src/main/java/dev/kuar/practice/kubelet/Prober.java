package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.ExecSession;
import dev.kuar.practice.container.RuntimeError;
import dev.kuar.practice.kubelet.ProbeLoop.Outcome;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Carries out probes and hooks, from the node, against one pod. */
final class Prober {
    private static final int MOST_OUTPUT = 10 * 1024;

    private final ClusterNetwork network;
    private final NetworkNamespace node;
    private final ClusterClock clock;
    private final Executor executor;
    private final String version;

    Prober(ClusterNetwork network, NetworkNamespace node, ClusterClock clock, Executor executor, String version) {
        this.network = network;
        this.node = node;
        this.clock = clock;
        this.executor = executor;
        this.version = version;
    }

    CompletableFuture<Outcome> probe(KubeObject probe, ContainerRecord record, String podIp) {
        Container container = record.container;
        if (container == null) {
            return CompletableFuture.completedFuture(Outcome.unknown("no container"));
        }
        if (probe.at("exec") != null) {
            return exec(probe, container);
        }
        if (probe.at("httpGet") != null) {
            return CompletableFuture.completedFuture(http(KubeObject.of(probe.map("httpGet")), record, podIp));
        }
        if (probe.at("tcpSocket") != null) {
            KubeObject socket = KubeObject.of(probe.map("tcpSocket"));
            return CompletableFuture.completedFuture(tcp(socket, record, podIp));
        }
        return CompletableFuture.completedFuture(grpc(KubeObject.of(probe.map("grpc")), podIp));
    }

    private CompletableFuture<Outcome> exec(KubeObject probe, Container container) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        try {
            ExecSession session = container.exec(probe.texts("exec", "command"), false, false);
            long seconds = Math.max(1, probe.number(1, "timeoutSeconds"));
            ClusterClock.Timeout limit = clock.after(Duration.ofSeconds(seconds), () -> {
                String command = String.join(" ", probe.texts("exec", "command"));
                if (outcome.complete(
                        Outcome.bad("command timed out: \"" + command + "\" timed out after " + seconds + "s"))) {
                    session.close();
                }
            });
            CompletableFuture<Void> unused = session.exit()
                    .thenAcceptAsync(
                            code -> {
                                limit.cancel();
                                outcome.complete(code == 0 ? Outcome.good(output(session)) : Outcome.bad(output(session)));
                            },
                            executor);
        } catch (RuntimeError e) {
            outcome.complete(Outcome.unknown("rpc error: code = Unknown desc = " + e.getMessage()));
        }
        return outcome;
    }

    private static String output(ExecSession session) {
        try {
            String all = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8)
                    + new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8);
            return all.length() > MOST_OUTPUT ? all.substring(0, MOST_OUTPUT) : all;
        } catch (IOException e) {
            return "";
        }
    }

    private Outcome http(KubeObject get, ContainerRecord record, String podIp) {
        String host = get.text("host").isEmpty() ? podIp : get.text("host");
        int port = port(get, record);
        String scheme = get.text("scheme").equals("HTTPS") ? "https" : "http";
        String path = get.text("path").startsWith("/") ? get.text("path") : "/" + get.text("path");
        String url = scheme + "://" + host + ":" + port + path;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", host + ":" + port);
        headers.put("User-Agent", "kube-probe/" + version);
        headers.put("Accept", "*/*");
        get.maps("httpHeaders")
                .forEach(h -> headers.put(String.valueOf(h.get("name")), String.valueOf(h.get("value"))));
        try {
            PortService service = network.dial(node, host, port);
            HttpHandler handler = service.http();
            if (handler == null) {
                return Outcome.bad(
                        "Get \"" + url + "\": net/http: HTTP/1.x transport connection broken: malformed HTTP response");
            }
            if (service.tls() != scheme.equals("https")) {
                return service.tls()
                        ? Outcome.bad("HTTP probe failed with statuscode: 400")
                        : Outcome.bad("Get \"" + url + "\": http: server gave HTTP response to HTTPS client");
            }
            HttpResponse response = handler.handle(HttpRequest.get(path, headers, node.ip()));
            return response.status() >= 200 && response.status() < 400
                    ? Outcome.good(response.bodyText())
                    : Outcome.bad("HTTP probe failed with statuscode: " + response.status());
        } catch (Unreachable e) {
            return Outcome.bad("Get \"" + url + "\": " + dial(host, port, e));
        }
    }

    private Outcome tcp(KubeObject socket, ContainerRecord record, String podIp) {
        String host = socket.text("host").isEmpty() ? podIp : socket.text("host");
        int port = port(socket, record);
        try {
            network.dial(node, host, port);
            return Outcome.good("");
        } catch (Unreachable e) {
            return Outcome.bad(dial(host, port, e));
        }
    }

    private Outcome grpc(KubeObject grpc, String podIp) {
        int port = (int) grpc.number(0, "port");
        try {
            network.dial(node, podIp, port);
            return Outcome.good("");
        } catch (Unreachable e) {
            return Outcome.bad("timeout: failed to connect service \"" + podIp + ":" + port
                    + "\" within 1s: context deadline exceeded");
        }
    }

    private static String dial(String host, int port, Unreachable e) {
        return "dial tcp " + host + ":" + port + ": "
                + switch (e.cause()) {
                    case REFUSED -> "connect: connection refused";
                    case NO_ROUTE -> "connect: no route to host";
                    case TIMED_OUT -> "i/o timeout";
                };
    }

    /** A number, or the name of one of the container's ports. */
    private static int port(KubeObject action, ContainerRecord record) {
        Object port = action.at("port");
        if (port instanceof Number number) {
            return number.intValue();
        }
        for (Map<String, Object> entry : record.spec().maps("ports")) {
            if (String.valueOf(entry.get("name")).equals(port) && entry.get("containerPort") instanceof Number number) {
                return number.intValue();
            }
        }
        return String.valueOf(port).matches("\\d{1,5}") ? Integer.parseInt(String.valueOf(port)) : 0;
    }

    /** Runs a lifecycle hook; empty when it went well, else what went wrong. */
    CompletableFuture<String> hook(KubeObject hook, ContainerRecord record, String podIp) {
        CompletableFuture<String> done = new CompletableFuture<>();
        Container container = record.container;
        if (hook.at("sleep") != null) {
            clock.after(Duration.ofSeconds(hook.number(0, "sleep", "seconds")), () -> done.complete(""));
        } else if (hook.at("exec") != null && container != null) {
            try {
                ExecSession session = container.exec(hook.texts("exec", "command"), false, false);
                CompletableFuture<Void> unused = session.exit()
                        .thenAccept(code -> done.complete(
                                code == 0
                                        ? ""
                                        : "command '" + String.join(" ", hook.texts("exec", "command"))
                                                + "' exited with " + code + ": " + output(session)));
            } catch (RuntimeError e) {
                done.complete("rpc error: code = Unknown desc = " + e.getMessage());
            }
        } else if (hook.at("httpGet") != null) {
            Outcome outcome = http(KubeObject.of(hook.map("httpGet")), record, podIp);
            done.complete(outcome.good() ? "" : outcome.output());
        } else {
            done.complete("");
        }
        return done;
    }
}
