package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.HttpCall;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code pods/proxy}, {@code services/proxy} and {@code nodes/proxy}: a request passed on to a pod, an endpoint, a kubelet. */
final class ProxyHandler {
    private static final Set<String> OWN =
            Set.of("connection", "transfer-encoding", "content-length", "authorization", "upgrade", "keep-alive");

    /** What a server behind may not grant on this server's behalf. */
    private static final Set<String> CROSS_ORIGIN = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin");

    private final FrontParts parts;

    ProxyHandler(FrontParts parts) {
        this.parts = parts;
    }

    Handled handle(Call call, RequestPath path, KubeObject target) throws IOException {
        ProxyTarget to = ProxyTarget.parse(kind(path), path.name());
        String query = call.exchange().getQueryString();
        String question = query.isEmpty() ? "" : "?" + query;
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        if (path.rest().isEmpty() && reads && !call.path().endsWith("/")) {
            call.setHeader("Location", call.path() + "/" + question);
            Reply.bytes(call, 301, "", new byte[0]);
            return Handled.DONE;
        }
        String rest = (path.rest().isEmpty() ? "/" : path.rest()) + question;
        try {
            HttpReply reply = path.resource().equals("services")
                    ? toService(target, to, path.name(), request(call, target, to, 0, rest))
                    : parts.nodes().get().proxy(request(call, target, to, to.number(), rest));
            String prefix =
                    call.path().substring(0, call.path().length() - path.rest().length());
            ProxiedPage page = new ProxiedPage(prefix.replaceFirst("/$", ""), call.header("Host"));
            boolean rewrites = !path.resource().equals("nodes");
            boolean moved = false;
            boolean html = false;
            for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
                String key = header.getKey().toLowerCase(Locale.ROOT);
                moved |= key.equals("location");
                html |= key.equals("content-type")
                        && header.getValue().get(0).split(";")[0].strip().equals("text/html");
                if (!OWN.contains(key) && !(rewrites && CROSS_ORIGIN.contains(key))) {
                    header.getValue()
                            .forEach(value -> call.addHeader(
                                    header.getKey(), rewrites && key.equals("location") ? page.link(value) : value));
                }
            }
            Reply.sized(
                    call, reply.status(), "", rewrites && html && !moved ? page.rewrite(reply.body()) : reply.body());
            return Handled.DONE;
        } catch (IOException refused) {
            throw unavailable("error trying to reach service: " + refused.getMessage());
        }
    }

    private static HttpCall request(Call call, KubeObject target, ProxyTarget to, int port, String rest) {
        return new HttpCall(
                to.tls(), target.namespace(), target.name(), port, call.method(), rest, headers(call), call.body());
    }

    private HttpReply toService(KubeObject service, ProxyTarget to, String id, HttpCall request) throws IOException {
        String port = to.port();
        if (port.matches("\\d+")) {
            port = service.maps("spec", "ports").stream()
                    .map(KubeObject::of)
                    .filter(each -> Long.toString(each.number(0, "port")).equals(to.port()))
                    .map(each -> each.text("name"))
                    .findFirst()
                    .orElseThrow(() ->
                            unavailable("no service port " + to.port() + " found for service \"" + to.name() + "\""));
        }
        return parts.nodes()
                .get()
                .proxyToService(service, port, request)
                .orElseThrow(() -> unavailable("no endpoints available for service \"" + id + "\""));
    }

    private static ApiException unavailable(String message) {
        return new ApiException(Status.failure(503, "ServiceUnavailable", message));
    }

    /** Which object the path is about: the name in it without scheme and port. */
    static String objectName(RequestPath path) {
        return path.subresource().equals("proxy")
                ? ProxyTarget.parse(kind(path), path.name()).name()
                : path.name();
    }

    private static String kind(RequestPath path) {
        return path.resource().replaceFirst("s$", "");
    }

    static Map<String, List<String>> headers(Call call) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HeaderValues values : call.exchange().getRequestHeaders()) {
            String key = values.getHeaderName().toString();
            if (!OWN.contains(key.toLowerCase(Locale.ROOT))) {
                headers.put(key, new ArrayList<>(values));
            }
        }
        return headers;
    }
}
