package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kong without a database: passes requests on to the services of its declarative configuration, the longest path first.
 *
 * <p>Modelled: services with a host, port and protocol; routes with path prefixes and {@code strip_path}. No plug-ins.
 */
final class Gateway implements HttpHandler {
    private static final Set<String> HOP = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        HOP.addAll(List.of("Host", "Connection", "Keep-Alive", "Upgrade", "Transfer-Encoding", "Content-Length"));
    }

    private final Task task;
    private final boolean tls;
    private final List<Way> ways;

    private Gateway(Task task, boolean tls, List<Way> ways) {
        this.task = task;
        this.tls = tls;
        this.ways = ways;
    }

    /** A route: requests below {@code prefix} go to {@code url}. */
    private record Way(String prefix, boolean strip, String url) {}

    /** A gateway by the file at {@code configuration}; one without routes where that can't be read. */
    static Gateway of(Task task, String configuration, boolean tls) {
        List<Way> ways = new ArrayList<>();
        for (Map<String, Object> each :
                ImageCatalogue.tree(task.container().readFile(configuration)).maps("services")) {
            KubeObject service = KubeObject.of(each);
            String protocol = service.text("protocol").isEmpty() ? "http" : service.text("protocol");
            String url = protocol + "://" + service.text("host") + ":" + service.number(80, "port");
            for (Map<String, Object> route : service.maps("routes")) {
                boolean strip = !Boolean.FALSE.equals(route.get("strip_path"));
                KubeObject.of(route).texts("paths").forEach(path -> ways.add(new Way(path, strip, url)));
            }
        }
        ways.sort(Comparator.comparingInt((Way way) -> way.prefix().length()).reversed());
        return new Gateway(task, tls, ways);
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        for (Way way : ways) {
            if (request.path().startsWith(way.prefix())) {
                return pass(way, request);
            }
        }
        return message(404, "no Route matched with those values");
    }

    private HttpResponse pass(Way way, HttpRequest request) {
        WebClient client = new WebClient(task);
        String target = way.strip()
                ? "/" + request.target().substring(way.prefix().length()).replaceFirst("^/", "")
                : request.target();
        WebClient.Target to = client.target(way.url() + target);
        if (to.ip().isEmpty()) {
            return message(503, "name resolution failed");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (!HOP.contains(name)) {
                headers.put(name, value);
            }
        });
        headers.put("X-Forwarded-For", request.peer());
        headers.put("X-Forwarded-Proto", tls ? "https" : "http");
        headers.put("X-Forwarded-Host", request.header("Host"));
        try {
            HttpResponse response = client.send(to, request.method(), headers, request.body());
            if (response.status() == 0) {
                return message(502, "An invalid response was received from the upstream server");
            }
            Map<String, String> answered = new LinkedHashMap<>(response.headers());
            answered.put("Via", "1.1 " + new Template(task).fill("kong/${tag}"));
            return new HttpResponse(response.status(), answered, response.body());
        } catch (Unreachable gone) {
            return gone.cause() == Unreachable.Cause.TIMED_OUT
                    ? message(504, "The upstream server is timing out")
                    : message(502, "An invalid response was received from the upstream server");
        }
    }

    private static HttpResponse message(int status, String text) {
        return HttpResponse.text(status, "application/json; charset=utf-8", "{\n  \"message\":\"" + text + "\"\n}");
    }
}
