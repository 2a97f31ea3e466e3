package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.HttpCall;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.container.Container;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain HTTP through the proxy subresources: to a kubelet itself, and to a port of a pod. */
final class KubeletEndpoints {
    private static final String HEALTHY = "[+]ping ok\n[+]log ok\n[+]syncloop ok\nhealthz check passed\n";

    private final ClusterNetwork network;

    KubeletEndpoints(ClusterNetwork network) {
        this.network = network;
    }

    HttpReply ofPod(NodeAgent agent, KubeObject pod, HttpCall call) throws IOException {
        return to(agent, pod.text("status", "podIP"), call.port() > 0 ? call.port() : firstPort(pod), call);
    }

    /** A request to whoever listens there, as seen from a node. */
    HttpReply to(NodeAgent agent, String ip, int port, HttpCall call) throws IOException {
        try {
            PortService service = network.dial(agent.host(), ip, port);
            HttpHandler handler = service.http();
            if (handler == null) {
                throw new IOException("net/http: HTTP/1.x transport connection broken: malformed HTTP response");
            }
            if (call.tls() && !service.tls()) {
                throw new IOException("http: server gave HTTP response to HTTPS client");
            }
            if (service.tls() && !call.tls()) {
                return text(400, "Client sent an HTTP request to an HTTPS server.\n");
            }
            Map<String, String> headers = new LinkedHashMap<>();
            call.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            HttpResponse response = handler.handle(new HttpRequest(
                    call.method(),
                    call.pathAndQuery(),
                    headers,
                    call.body(),
                    agent.host().ip()));
            Map<String, List<String>> answered = new LinkedHashMap<>();
            response.headers().forEach((name, value) -> answered.put(name, List.of(value)));
            return new HttpReply(response.status(), answered, response.body());
        } catch (Unreachable e) {
            throw new IOException(
                    "dial tcp " + ip + ":" + port + ": "
                            + switch (e.cause()) {
                                case REFUSED -> "connect: connection refused";
                                case NO_ROUTE -> "connect: no route to host";
                                case TIMED_OUT -> "i/o timeout";
                            },
                    e);
        }
    }

    private static int firstPort(KubeObject pod) {
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            for (Map<String, Object> port : KubeObject.of(container).maps("ports")) {
                return (int) KubeObject.of(port).number(80, "containerPort");
            }
        }
        return 80;
    }

    HttpReply answer(NodeAgent agent, HttpCall call) {
        String path = call.pathAndQuery().replaceFirst("\\?.*$", "");
        return switch (path) {
            case "/healthz" -> plain(200, isVerbose(call) ? HEALTHY : "ok");
            case "/healthz/ping", "/healthz/log", "/healthz/syncloop" -> text(200, "ok");
            case "/stats/summary" -> json(StatsSummary.of(agent));
            case "/pods", "/pods/", "/runningpods/" -> json(pods(agent));
            case "/metrics/resource" -> text(200, metrics(agent));
            case "/metrics", "/metrics/cadvisor", "/metrics/probes" -> text(200, metrics(agent));
            case "/configz" ->
                json(Map.of(
                        "kubeletconfig",
                        Map.of(
                                "clusterDNS",
                                List.of("10.96.0.10"),
                                "clusterDomain",
                                "cluster.local",
                                "maxPods",
                                110L)));
            default -> plain(404, "404 page not found\n");
        };
    }

    private static boolean isVerbose(HttpCall call) {
        return call.pathAndQuery().matches("[^?]*\\?(.*&)?verbose([=&].*)?");
    }

    /** A text of which a browser shall not guess what it is. */
    private static HttpReply plain(int status, String body) {
        HttpReply text = text(status, body);
        Map<String, List<String>> headers = new LinkedHashMap<>(text.headers());
        headers.put("X-Content-Type-Options", List.of("nosniff"));
        return new HttpReply(status, headers, text.body());
    }

    private static HttpReply text(int status, String body) {
        return new HttpReply(
                status,
                Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpReply json(Object tree) {
        return new HttpReply(200, Map.of("Content-Type", List.of("application/json")), JsonWriter.write(tree));
    }

    private static Map<String, Object> pods(NodeAgent agent) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("kind", "PodList");
        list.put("apiVersion", "v1");
        list.put("metadata", Map.of());
        List<Object> items = new ArrayList<>();
        agent.workers().forEach(worker -> items.add(worker.pod().tree()));
        list.put("items", items);
        return list;
    }

    private static String metrics(NodeAgent agent) {
        StringBuilder text = new StringBuilder();
        Instant now = agent.clock().now();
        long millis = now.toEpochMilli();
        double seconds = now.getEpochSecond() % 100_000_000;
        long nodeMillis = 50;
        double burnt = 0;
        long nodeBytes = 300L << 20;
        StringBuilder cpu = new StringBuilder();
        StringBuilder memory = new StringBuilder();
        for (PodWorker worker : agent.workers()) {
            for (ContainerRecord record : worker.records()) {
                Container container = record.container;
                if (container == null || !record.isRunning()) {
                    continue;
                }
                String labels = "{container=\"" + record.name() + "\",namespace=\""
                        + worker.pod().namespace() + "\",pod=\"" + worker.pod().name() + "\"} ";
                long own = container.spec().image().millicores();
                nodeMillis += own;
                burnt += container.burntSeconds();
                nodeBytes += container.memoryUsage();
                cpu.append("container_cpu_usage_seconds_total")
                        .append(labels)
                        .append(seconds * own / 1000 + container.burntSeconds())
                        .append(' ')
                        .append(millis)
                        .append('\n');
                memory.append("container_memory_working_set_bytes")
                        .append(labels)
                        .append(container.memoryUsage())
                        .append(' ')
                        .append(millis)
                        .append('\n');
            }
        }
        text.append("# TYPE container_cpu_usage_seconds_total counter\n").append(cpu);
        text.append("# TYPE container_memory_working_set_bytes gauge\n").append(memory);
        text.append("# TYPE node_cpu_usage_seconds_total counter\nnode_cpu_usage_seconds_total ")
                .append(seconds * nodeMillis / 1000 + burnt)
                .append(' ')
                .append(millis)
                .append("\n# TYPE node_memory_working_set_bytes gauge\nnode_memory_working_set_bytes ")
                .append(nodeBytes)
                .append(' ')
                .append(millis)
                .append('\n');
        return text.toString();
    }
}
