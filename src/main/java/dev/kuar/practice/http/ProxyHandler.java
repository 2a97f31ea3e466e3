package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.HttpCall;
import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import io.undertow.util.HeaderValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code pods/proxy} and {@code nodes/proxy}: a request passed on through the kubelet. */
final class ProxyHandler {
    private static final Set<String> OWN =
            Set.of("connection", "transfer-encoding", "content-length", "authorization", "upgrade", "keep-alive");

    private final FrontParts parts;

    ProxyHandler(FrontParts parts) {
        this.parts = parts;
    }

    Handled handle(Call call, RequestPath path, KubeObject target) throws IOException {
        int port = 0;
        String[] name = path.name().split(":", -1);
        if (name.length > 1) {
            port = port(name[name.length == 3 ? 2 : 1]);
        }
        String query = call.exchange().getQueryString();
        String rest = (path.rest().isEmpty() ? "/" : path.rest()) + (query.isEmpty() ? "" : "?" + query);
        HttpCall request =
                new HttpCall(target.namespace(), target.name(), port, call.method(), rest, headers(call), call.body());
        try {
            HttpReply reply = parts.nodes().get().proxy(request);
            reply.headers().forEach((key, values) -> {
                if (!OWN.contains(key.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> call.addHeader(key, value));
                }
            });
            Reply.sized(call, reply.status(), "", reply.body());
            return Handled.DONE;
        } catch (IOException refused) {
            throw new ApiException(Status.failure(
                    503, "ServiceUnavailable", "error trying to reach service: " + refused.getMessage()));
        }
    }

    private static int port(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException named) {
            throw Statuses.badRequest("invalid port \"" + text + "\"");
        }
    }

    private static Map<String, List<String>> headers(Call call) {
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
