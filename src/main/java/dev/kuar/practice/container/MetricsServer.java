package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics server: scrapes every kubelet's {@code /metrics/resource} with its account's token, and serves {@code
 * metrics.k8s.io/v1beta1} from the last two samples.
 */
final class MetricsServer implements HttpHandler {
    private static final String BASE = "/apis/metrics.k8s.io/v1beta1";
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Pattern RESOLUTION = Pattern.compile("--metric-resolution=(\\d+)s");

    private final Task task;
    private final MetricSamples samples = new MetricSamples();
    private final Duration every;

    MetricsServer(Task task) {
        this.task = task;
        Matcher wanted = RESOLUTION.matcher(String.join(" ", task.args()));
        every = Duration.ofSeconds(wanted.find() ? Math.max(1, Long.parseLong(wanted.group(1))) : 60);
        task.container().runtime().execute(this::scrape);
    }

    private void scrape() {
        if (task.isOver()) {
            return;
        }
        try {
            sample(task.container().clock().now());
        } catch (RuntimeException failed) {
            System.getLogger(MetricsServer.class.getName()).log(System.Logger.Level.DEBUG, "scraping", failed);
        }
        // Two samples make a rate: the second follows soon, as the real one's first window is short too.
        Duration next = samples.isReady() || every.compareTo(SOON) < 0 ? every : SOON;
        task.container().clock().after(next, () -> task.container().runtime().execute(this::scrape));
    }

    private void sample(Instant now) {
        for (Map<String, Object> each : api("/api/v1/nodes").maps("items")) {
            KubeObject node = KubeObject.of(each);
            address(node).flatMap(this::kubelet).ifPresent(text -> samples.add(node.name(), text, now));
        }
    }

    private static Optional<String> address(KubeObject node) {
        return node.maps("status", "addresses").stream()
                .map(KubeObject::of)
                .filter(each -> each.text("type").equals("InternalIP"))
                .map(each -> each.text("address"))
                .findFirst();
    }

    private Optional<String> kubelet(String ip) {
        try {
            WebClient client = new WebClient(task);
            HttpResponse response = client.send(
                    client.target("https://" + ip + ":10250/metrics/resource"), "GET", bearer(), new byte[0]);
            return response.status() == 200 ? Optional.of(response.bodyText()) : Optional.empty();
        } catch (Unreachable down) {
            return Optional.empty();
        }
    }

    private Map<String, String> bearer() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Authorization", "Bearer " + task.container().readFile(TOKEN).strip());
        headers.put("Accept", "application/json");
        return headers;
    }

    private KubeObject api(String path) {
        HttpResponse response =
                new ApiFromContainer(task).handle(new HttpRequest("GET", path, bearer(), new byte[0], ""));
        try {
            return KubeObject.of(JsonReader.readMap(response.body()));
        } catch (RuntimeException noJson) {
            return KubeObject.of(new LinkedHashMap<>());
        }
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String path = request.path();
        if (path.equals("/livez") || path.equals("/healthz")) {
            return HttpResponse.text(200, "text/plain; charset=utf-8", "ok");
        }
        if (path.equals("/readyz")) {
            return samples.isReady()
                    ? HttpResponse.text(200, "text/plain; charset=utf-8", "ok")
                    : HttpResponse.text(
                            500,
                            "text/plain; charset=utf-8",
                            "[+]ping ok\n[-]metric-storage-ready failed: reason withheld\nreadyz check failed\n");
        }
        if (request.header("X-Remote-User").isEmpty() && path.startsWith("/apis")) {
            return status(403, "Forbidden", "forbidden: User \"system:anonymous\" cannot get path \"" + path + "\"");
        }
        if (path.equals(BASE)) {
            return json(200, discovery());
        }
        List<String> parts = List.of(path.replaceFirst("^" + BASE + "/?", "").split("/"));
        boolean pods = parts.get(parts.size() > 2 ? 2 : 0).equals("pods");
        String namespace = parts.size() > 2 ? parts.get(1) : "";
        String name = parts.size() == 2 ? parts.get(1) : parts.size() == 4 ? parts.get(3) : "";
        if (!path.startsWith(BASE) || !pods && !parts.get(0).equals("nodes")) {
            return status(404, "NotFound", "the server could not find the requested resource");
        }
        if (!request.method().equals("GET")) {
            return status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
        return name.isEmpty() ? list(request, pods, namespace) : one(request, pods, namespace, name);
    }

    private HttpResponse one(HttpRequest request, boolean pods, String namespace, String name) {
        KubeObject object = api(pods ? "/api/v1/namespaces/" + namespace + "/pods/" + name : "/api/v1/nodes/" + name);
        Optional<Map<String, Object>> found = metrics(pods, object);
        if (found.isEmpty()) {
            String what = pods
                    ? "podmetrics.metrics.k8s.io \"" + namespace + "/" + name
                    : "nodemetrics.metrics.k8s.io \"" + name;
            return status(404, "NotFound", what + "\" not found");
        }
        return wantsTable(request) ? json(200, MetricTables.of(List.of(found.get()))) : json(200, found.get());
    }

    private HttpResponse list(HttpRequest request, boolean pods, String namespace) {
        String path = pods
                ? "/api/v1/" + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/") + "pods"
                : "/api/v1/nodes";
        List<String> selectors = new ArrayList<>();
        for (String each : request.query().split("&")) {
            if (each.startsWith("labelSelector=") || each.startsWith("fieldSelector=")) {
                selectors.add(each);
            }
        }
        List<Map<String, Object>> items = new ArrayList<>();
        KubeObject found = api(selectors.isEmpty() ? path : path + "?" + String.join("&", selectors));
        for (Map<String, Object> each : found.maps("items")) {
            metrics(pods, KubeObject.of(each)).ifPresent(items::add);
        }
        if (wantsTable(request)) {
            return json(200, MetricTables.of(items));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", pods ? "PodMetricsList" : "NodeMetricsList");
        tree.put("apiVersion", "metrics.k8s.io/v1beta1");
        tree.put("metadata", Map.of());
        tree.put("items", items);
        return json(200, tree);
    }

    private static boolean wantsTable(HttpRequest request) {
        return URLDecoder.decode(request.header("Accept"), StandardCharsets.UTF_8)
                .contains("as=Table");
    }

    private Optional<Map<String, Object>> metrics(boolean pods, KubeObject object) {
        if (object.name().isEmpty()) {
            return Optional.empty();
        }
        Optional<MetricSamples.Usage> usage =
                pods ? samples.pod(object.namespace(), object.name()) : samples.node(object.name());
        return usage.map(found -> tree(pods, object, found));
    }

    private Map<String, Object> tree(boolean pods, KubeObject object, MetricSamples.Usage usage) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("name", object.name());
        if (pods) {
            meta.put("namespace", object.namespace());
        }
        meta.put("creationTimestamp", seconds(task.container().clock().now()));
        if (!object.labels().isEmpty()) {
            meta.put("labels", object.labels());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", pods ? "PodMetrics" : "NodeMetrics");
        tree.put("apiVersion", "metrics.k8s.io/v1beta1");
        tree.put("metadata", meta);
        tree.put("timestamp", seconds(usage.at()));
        tree.put("window", String.format(Locale.ROOT, "%.3fs", usage.window().toMillis() / 1000.0));
        if (!pods) {
            tree.put("usage", amounts(usage.total()));
            return tree;
        }
        List<Object> containers = new ArrayList<>();
        usage.parts().forEach((name, amount) -> {
            Map<String, Object> container = new LinkedHashMap<>();
            container.put("name", name);
            container.put("usage", amounts(amount));
            containers.add(container);
        });
        tree.put("containers", containers);
        return tree;
    }

    private static Map<String, Object> amounts(MetricSamples.Amount amount) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("cpu", amount.nanoCores() + "n");
        usage.put("memory", amount.bytes() / 1024 + "Ki");
        return usage;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> discovery() {
        List<Object> resources = new ArrayList<>();
        for (String name : List.of("nodes", "pods")) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("name", name);
            resource.put("singularName", "");
            resource.put("namespaced", name.equals("pods"));
            resource.put("kind", name.equals("pods") ? "PodMetrics" : "NodeMetrics");
            resource.put("verbs", List.of("get", "list"));
            resources.add(resource);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "APIResourceList");
        tree.put("apiVersion", "v1");
        tree.put("groupVersion", "metrics.k8s.io/v1beta1");
        tree.put("resources", resources);
        return tree;
    }

    private static HttpResponse status(int code, String reason, String message) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "Status");
        tree.put("apiVersion", "v1");
        tree.put("metadata", Map.of());
        tree.put("status", "Failure");
        tree.put("message", message);
        tree.put("reason", reason);
        tree.put("code", (long) code);
        return json(code, tree);
    }

    private static HttpResponse json(int status, Map<String, Object> tree) {
        return HttpResponse.text(status, "application/json", JsonWriter.text(tree) + "\n");
    }
}
