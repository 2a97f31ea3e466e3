package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ingress controller of the project ingress-nginx: sends requests where the Ingresses of its classes say, and writes its
 * address into their status.
 *
 * <p>Modelled: hosts with wildcards, the three path types, the longest path first, default backends, {@code rewrite-target},
 * the redirect to HTTPS. It reads the API with its account's rights, a second after a change at the latest.
 */
final class IngressProxy implements HttpHandler {
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    private static final String API = "/apis/networking.k8s.io/v1";
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final String REWRITE = "nginx.ingress.kubernetes.io/rewrite-target";
    private static final String REDIRECT = "nginx.ingress.kubernetes.io/ssl-redirect";
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Set<String> HOP = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        HOP.addAll(List.of("Connection", "Keep-Alive", "Upgrade", "Transfer-Encoding", "Content-Length"));
    }

    private final Task task;
    private final boolean tls;
    private Instant read = Instant.MIN;
    private List<Way> ways = List.of();

    /** One path of one rule. */
    private record Way(String host, String path, String type, String url, String rewrite, boolean secure) {
        boolean fits(String asked, String target) {
            boolean here = host.isEmpty()
                    || host.equals(asked)
                    || host.startsWith("*.")
                            && asked.endsWith(host.substring(1))
                            && asked.indexOf('.') == asked.length() - host.length() + 1;
            return here && (rewrite.contains("$") ? pattern().matcher(target).find() : below(target));
        }

        private boolean below(String target) {
            String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return type.equals("Exact")
                    ? target.equals(path)
                    : target.equals(prefix) || target.startsWith(prefix + "/") || path.isEmpty();
        }

        Pattern pattern() {
            return Pattern.compile("^" + path, Pattern.CASE_INSENSITIVE);
        }
    }

    IngressProxy(Task task, boolean tls) {
        this.task = task;
        this.tls = tls;
        if (!tls) {
            task.container().runtime().execute(this::keepStatus);
        }
    }

    private void keepStatus() {
        if (!task.isOver()) {
            ways();
            task.container()
                    .clock()
                    .after(FRESH, () -> task.container().runtime().execute(this::keepStatus));
        }
    }

    private String argument(String name, String otherwise) {
        return task.args().stream()
                .filter(each -> each.startsWith("--" + name + "="))
                .map(each -> each.substring(name.length() + 3))
                .findFirst()
                .orElse(otherwise);
    }

    private synchronized List<Way> ways() {
        Instant now = task.container().clock().now();
        if (read.plus(FRESH).isBefore(now)) {
            read = now;
            Set<String> classes = new TreeSet<>();
            boolean whole = Boolean.parseBoolean(argument("watch-ingress-without-class", "false"));
            for (Map<String, Object> each :
                    api("GET", API + "/ingressclasses", null).maps("items")) {
                KubeObject known = KubeObject.of(each);
                if (known.text("spec", "controller").equals(argument("controller-class", "k8s.io/ingress-nginx"))) {
                    classes.add(known.name());
                }
            }
            List<Way> found = new ArrayList<>();
            for (Map<String, Object> each : api("GET", API + "/ingresses", null).maps("items")) {
                KubeObject ingress = KubeObject.of(each);
                String chosen = ingress.text("spec", "ingressClassName");
                String annotated = ingress.annotations().getOrDefault(CLASS, "");
                boolean mine = chosen.isEmpty() && annotated.isEmpty()
                        ? whole
                        : classes.contains(chosen)
                                || chosen.isEmpty() && annotated.equals(argument("ingress-class", "nginx"));
                if (mine) {
                    add(ingress, found);
                    publish(ingress);
                }
            }
            found.sort(Comparator.comparing((Way way) -> way.host().isEmpty())
                    .thenComparing(way -> way.host().startsWith("*"))
                    .thenComparing(way -> !way.type().equals("Exact"))
                    .thenComparing(way -> -way.path().length()));
            ways = found;
        }
        return ways;
    }

    private void add(KubeObject ingress, List<Way> found) {
        Set<String> secure = new TreeSet<>();
        ingress.maps("spec", "tls")
                .forEach(each -> secure.addAll(KubeObject.of(each).texts("hosts")));
        boolean redirects = !"false".equals(ingress.annotations().get(REDIRECT));
        String rewrite = ingress.annotations().getOrDefault(REWRITE, "");
        for (Map<String, Object> each : ingress.maps("spec", "rules")) {
            KubeObject rule = KubeObject.of(each);
            String host = rule.text("host");
            for (Map<String, Object> entry : rule.maps("http", "paths")) {
                KubeObject path = KubeObject.of(entry);
                String url = url(ingress, KubeObject.of(path.map("backend")));
                found.add(new Way(
                        host,
                        path.text("path"),
                        path.text("pathType"),
                        url,
                        rewrite,
                        redirects && secure.contains(host)));
            }
        }
        if (ingress.at("spec", "defaultBackend") != null) {
            String url = url(ingress, KubeObject.of(ingress.map("spec", "defaultBackend")));
            found.add(new Way("", "", "Prefix", url, "", false));
        }
    }

    private String url(KubeObject ingress, KubeObject backend) {
        String name = backend.text("service", "name");
        long port = backend.number(0, "service", "port", "number");
        if (port == 0) {
            KubeObject service = api("GET", "/api/v1/namespaces/" + ingress.namespace() + "/services/" + name, null);
            port = service.maps("spec", "ports").stream()
                    .map(KubeObject::of)
                    .filter(each -> each.text("name").equals(backend.text("service", "port", "name")))
                    .mapToLong(each -> each.number(0, "port"))
                    .findFirst()
                    .orElse(0);
        }
        return "http://" + name + "." + ingress.namespace() + ".svc.cluster.local:" + port;
    }

    /** Writes the address that clients reach this controller by, as its flags say. */
    private void publish(KubeObject ingress) {
        Map<String, Object> address = address();
        List<Object> wanted = address.isEmpty() ? List.of() : List.of(address);
        if (!wanted.isEmpty() && !wanted.equals(ingress.maps("status", "loadBalancer", "ingress"))) {
            KubeObject changed = ingress.copy();
            changed.set("networking.k8s.io/v1", "apiVersion");
            changed.set("Ingress", "kind");
            changed.set(wanted, "status", "loadBalancer", "ingress");
            api(
                    "PUT",
                    API + "/namespaces/" + ingress.namespace() + "/ingresses/" + ingress.name() + "/status",
                    changed);
        }
    }

    private Map<String, Object> address() {
        String fixed = argument("publish-status-address", "");
        if (!fixed.isEmpty()) {
            return fixed.matches("[0-9.]+") ? Map.of("ip", fixed) : Map.of("hostname", fixed);
        }
        String[] service = argument("publish-service", "").split("/");
        if (service.length != 2) {
            return Map.of();
        }
        KubeObject found = api("GET", "/api/v1/namespaces/" + service[0] + "/services/" + service[1], null);
        List<Map<String, Object>> balanced = found.maps("status", "loadBalancer", "ingress");
        if (!balanced.isEmpty()) {
            return new TreeMap<>(Map.of("ip", KubeObject.of(balanced.get(0)).text("ip")));
        }
        boolean pending = found.text("spec", "type").equals("LoadBalancer");
        return pending || found.text("spec", "clusterIP").isEmpty()
                ? Map.of()
                : Map.of("ip", found.text("spec", "clusterIP"));
    }

    private KubeObject api(String method, String path, @Nullable KubeObject body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Authorization", "Bearer " + task.container().readFile(TOKEN).strip());
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        byte[] sent = body == null ? new byte[0] : JsonWriter.write(body.tree());
        HttpResponse response = new ApiFromContainer(task).handle(new HttpRequest(method, path, headers, sent, ""));
        try {
            return KubeObject.of(JsonReader.readMap(response.body()));
        } catch (RuntimeException noJson) {
            return KubeObject.of(new LinkedHashMap<>());
        }
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        String host = request.header("Host").replaceFirst(":\\d+$", "");
        for (Way way : ways()) {
            if (way.fits(host, request.path())) {
                return way.secure() && !tls ? redirect("https://" + host + request.target()) : pass(way, host, request);
            }
        }
        return page(404, "404 Not Found");
    }

    private HttpResponse pass(Way way, String host, HttpRequest request) {
        String target = request.target();
        if (!way.rewrite().isEmpty()) {
            Matcher matcher = way.pattern().matcher(request.path());
            String query = target.substring(request.path().length());
            target = (way.rewrite().contains("$") && matcher.find()
                            ? matcher.replaceFirst(way.rewrite())
                            : way.rewrite())
                    + query;
        }
        WebClient client = new WebClient(task);
        WebClient.Target to = client.target(way.url() + target);
        if (to.ip().isEmpty()) {
            return page(503, "503 Service Temporarily Unavailable");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (!HOP.contains(name)) {
                headers.put(name, value);
            }
        });
        headers.put("X-Real-IP", request.peer());
        headers.put("X-Forwarded-For", request.peer());
        headers.put("X-Forwarded-Host", host);
        headers.put("X-Forwarded-Proto", tls ? "https" : "http");
        try {
            HttpResponse response = client.send(to, request.method(), headers, request.body());
            return response.status() == 0 ? page(502, "502 Bad Gateway") : response;
        } catch (Unreachable gone) {
            return switch (gone.cause()) {
                case REFUSED -> page(503, "503 Service Temporarily Unavailable");
                case TIMED_OUT -> page(504, "504 Gateway Time-out");
                default -> page(502, "502 Bad Gateway");
            };
        }
    }

    private static HttpResponse redirect(String to) {
        HttpResponse page = page(308, "308 Permanent Redirect");
        Map<String, String> headers = new LinkedHashMap<>(page.headers());
        headers.put("Location", to);
        return new HttpResponse(308, headers, page.body());
    }

    private static HttpResponse page(int status, String title) {
        return HttpResponse.text(
                status,
                "text/html",
                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                        + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }
}
