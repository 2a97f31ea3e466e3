package dev.kuar.practice.etcd.grpc;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;

/** What etcd says beside gRPC: its health and its version. */
final class PlainPages {
    private static final String JSON = "application/json";

    private final Heads heads;

    PlainPages(Heads heads) {
        this.heads = heads;
    }

    void answer(HttpServerExchange exchange) {
        String minor = heads.version().replaceFirst("\\.\\d+$", ".0");
        boolean full = heads.etcd().figures().full();
        switch (exchange.getRequestPath()) {
            case "/health" ->
                say(
                        exchange,
                        full ? 503 : 200,
                        JSON,
                        full
                                ? "{\"health\":\"false\",\"reason\":\"ALARM NOSPACE\"}"
                                : "{\"health\":\"true\",\"reason\":\"\"}");
            case "/livez", "/readyz" -> say(exchange, 200, "text/plain; charset=utf-8", "ok\n");
            case "/version" ->
                say(
                        exchange,
                        200,
                        JSON,
                        "{\"etcdserver\":\"" + heads.version() + "\",\"etcdcluster\":\"" + minor + "\",\"storage\":\""
                                + minor + "\"}");
            default -> {
                String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
                boolean grpc = type != null && type.startsWith("application/grpc");
                exchange.getResponseHeaders().put(new HttpString("X-Content-Type-Options"), "nosniff");
                say(
                        exchange,
                        grpc ? 505 : 404,
                        "text/plain; charset=utf-8",
                        grpc ? "gRPC requires HTTP/2\n" : "404 page not found\n");
            }
        }
    }

    private static void say(HttpServerExchange exchange, int code, String type, String body) {
        exchange.setStatusCode(code).getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }
}
