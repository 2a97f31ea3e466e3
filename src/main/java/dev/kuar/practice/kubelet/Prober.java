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
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out probes and hooks, from the node, against one pod. */
final class Prober {
    private static final int MOST_OUTPUT = 10 * 1024;
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String TIMED_OUT =
            "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

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
        long seconds = Math.max(1, probe.number(1, "timeoutSeconds"));
        if (probe.at("httpGet") != null) {
            KubeObject get = KubeObject.of(probe.map("httpGet"));
            return within(
                    seconds,
                    () -> http(get, record, podIp),
                    () -> Outcome.bad("Get \"" + url(get, record, podIp) + "\": " + TIMED_OUT));
        }
        if (probe.at("tcpSocket") != null) {
            KubeObject socket = KubeObject.of(probe.map("tcpSocket"));
            return CompletableFuture.completedFuture(tcp(socket, record, podIp));
        }
        return CompletableFuture.completedFuture(grpc(KubeObject.of(probe.map("grpc")), podIp, seconds));
    }

    /** Asks on a thread of its own, for as long as the probe may take. */
    private CompletableFuture<Outcome> within(long seconds, Supplier<Outcome> ask, Supplier<Outcome> late) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ClusterClock.Timeout limit = clock.after(Duration.ofSeconds(seconds), () -> outcome.complete(late.get()));
        executor.execute(() -> {
            try {
                outcome.complete(ask.get());
            } catch (java.lang.RuntimeException failed) {
                outcome.completeExceptionally(failed);
            }
            limit.cancel();
        });
        return outcome;
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
                                outcome.complete(
                                        code == 0 ? Outcome.good(output(session)) : Outcome.bad(output(session)));
                            },
                            executor);
        } catch (RuntimeError e) {
            outcome.complete(Outcome.unknown("rpc error: code = Unknown desc = " + e.getMessage()));
        }
        return outcome;
    }

    private static String output(ExecSession session) {
        String all = read(session.stdout()) + read(session.stderr());
        return all.length() > MOST_OUTPUT ? all.substring(0, MOST_OUTPUT) : all;
    }

    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String url(KubeObject get, ContainerRecord record, String podIp) {
        String host = get.text("host").isEmpty() ? podIp : get.text("host");
        String scheme = get.text("scheme").equals("HTTPS") ? "https" : "http";
        String path = get.text("path").startsWith("/") ? get.text("path") : "/" + get.text("path");
        return scheme + "://" + host + ":" + port(get, record) + path;
    }

    private Outcome http(KubeObject get, ContainerRecord record, String podIp) {
        if (port(get, record) == 0) {
            return Outcome.unknown("couldn't find port: " + get.at("port"));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "kube-probe/" + version);
        headers.put("Accept", "*/*");
        get.maps("httpHeaders")
                .forEach(h -> headers.put(String.valueOf(h.get("name")), String.valueOf(h.get("value"))));
        return http(URI.create(url(get, record, podIp).replace(" ", "%20")), headers, MOST_REDIRECTS);
    }

    /** Follows redirects to the same host; one to another ends it, with a warning. */
    private Outcome http(URI uri, Map<String, String> headers, int redirects) {
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() < 0 ? secure ? 443 : 80 : uri.getPort();
        String head = "Get \"" + uri + "\": ";
        try {
            PortService service = network.dial(node, uri.getHost(), port);
            HttpHandler handler = service.http();
            if (handler == null) {
                return Outcome.bad(head + "net/http: HTTP/1.x transport connection broken: malformed HTTP response");
            }
            if (service.tls() != secure) {
                return service.tls()
                        ? Outcome.bad("HTTP probe failed with statuscode: 400")
                        : Outcome.bad(head + "http: server gave HTTP response to HTTPS client");
            }
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            Map<String, String> sent = new LinkedHashMap<>(headers);
            sent.putIfAbsent("Host", uri.getHost() + ":" + port);
            HttpResponse response = handler.handle(HttpRequest.get(target, sent, node.ip()));
            String location = response.headers().getOrDefault("Location", "");
            if (REDIRECTS.contains(response.status()) && !location.isEmpty()) {
                URI next = uri.resolve(location);
                if (redirects == 0) {
                    return Outcome.bad("Get \"" + next + "\": stopped after 10 redirects");
                }
                if (uri.getHost().equals(next.getHost())) {
                    return http(next, headers, redirects - 1);
                }
            }
            if (response.status() >= 300 && response.status() < 400) {
                return Outcome.doubtful("Probe terminated redirects, Response body: " + response.bodyText());
            }
            return response.status() >= 200 && response.status() < 400
                    ? Outcome.good(response.bodyText())
                    : Outcome.bad("HTTP probe failed with statuscode: " + response.status());
        } catch (Unreachable e) {
            return Outcome.bad(
                    head + (e.cause() == Unreachable.Cause.TIMED_OUT ? TIMED_OUT : dial(uri.getHost(), port, e)));
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

    private Outcome grpc(KubeObject grpc, String podIp, long seconds) {
        int port = (int) grpc.number(0, "port");
        String late = "timeout: failed to connect service \"" + podIp + ":" + port + "\" within " + seconds
                + "s: context deadline exceeded";
        try {
            String health = network.dial(node, podIp, port).health(grpc.text("service"));
            if (health == null) {
                // What speaks something else never finishes the greeting.
                return Outcome.bad(late);
            }
            return switch (health) {
                case "SERVING" -> Outcome.good("service healthy");
                case "NOT_FOUND" ->
                    Outcome.bad("error: health rpc probe failed: rpc error: code = NotFound desc = unknown service");
                default -> Outcome.bad("service unhealthy (responded with \"" + health + "\")");
            };
        } catch (Unreachable e) {
            return Outcome.bad(late);
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
    CompletableFuture<String> hook(KubeObject hook, ContainerRecord record, String podIp, String pod) {
        String where = " for Container \"" + record.name() + "\" in Pod \"" + pod + "\" failed - error: ";
        if (hook.at("sleep") != null) {
            CompletableFuture<String> done = new CompletableFuture<>();
            clock.after(Duration.ofSeconds(hook.number(0, "sleep", "seconds")), () -> done.complete(""));
            return done;
        }
        if (hook.at("exec") != null) {
            return exec(hook.texts("exec", "command"), record.container, where);
        }
        if (hook.at("httpGet") == null) {
            return CompletableFuture.completedFuture("");
        }
        KubeObject get = KubeObject.of(hook.map("httpGet"));
        Outcome outcome = http(get, record, podIp);
        // Any answer will do: the hook asks only whether there is one.
        boolean answered = outcome.good() || outcome.output().startsWith("HTTP probe failed");
        return CompletableFuture.completedFuture(
                answered ? "" : "HTTP lifecycle hook (" + get.text("path") + ")" + where + outcome.output());
    }

    private CompletableFuture<String> exec(List<String> command, @Nullable Container container, String where) {
        CompletableFuture<String> done = new CompletableFuture<>();
        String head = "Exec lifecycle hook ([" + String.join(" ", command) + "])" + where;
        if (container == null) {
            done.complete(head + "container not found");
            return done;
        }
        try {
            ExecSession session = container.exec(command, false, false);
            CompletableFuture<Void> unused = session.exit()
                    .thenAcceptAsync(
                            code -> {
                                String error = code == 0 ? "" : read(session.stderr());
                                String all = code == 0 ? "" : read(session.stdout()) + error;
                                done.complete(
                                        code == 0
                                                ? ""
                                                : head + "command '" + String.join(" ", command) + "' exited with "
                                                        + code + ": " + error + ", message: " + quoted(all));
                            },
                            executor);
        } catch (RuntimeError e) {
            done.complete(head + "rpc error: code = Unknown desc = " + e.getMessage() + ", message: \"\"");
        }
        return done;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
