package dev.kuar.practice.etcd.grpc;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Finds the method of a call; what is no call of gRPC gets what etcd's plain HTTP would say. */
final class GrpcRoot implements HttpHandler {
    private final Map<String, Map<String, Method>> services;
    private final PlainPages pages;

    /** @param services methods by their names, by the full name of the service */
    GrpcRoot(Map<String, Map<String, Method>> services, PlainPages pages) {
        this.services = services;
        this.pages = pages;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        boolean grpc = type != null && type.toLowerCase(java.util.Locale.ROOT).matches("application/grpc([+;].*)?");
        if (!grpc || !exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
            exchange.dispatch(() -> pages.answer(exchange));
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.setStatusCode(405).getResponseHeaders().put(Headers.ALLOW, "POST");
            exchange.endExchange();
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> begin(exchange));
        }
    }

    private void begin(HttpServerExchange exchange) {
        GrpcCall call = new GrpcCall(exchange);
        try {
            String timeout = exchange.getRequestHeaders().getFirst("grpc-timeout");
            Optional<Duration> deadline = Deadline.of(timeout == null ? "" : timeout);
            Method method = method(exchange.getRequestPath());
            call.start(
                    method instanceof Method.Unary unary
                            ? new UnaryHandler(call, unary.answer())
                            : ((Method.Streaming) method).open().apply(call),
                    deadline);
        } catch (GrpcException refused) {
            call.finish(refused.status());
        }
    }

    private Method method(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 1) {
            throw new GrpcException(GrpcStatus.UNIMPLEMENTED, "malformed method name: \"" + shown(path) + "\"");
        }
        String service = path.substring(1, slash);
        String name = path.substring(slash + 1);
        Map<String, Method> methods = services.get(service);
        if (methods == null) {
            throw new GrpcException(GrpcStatus.UNIMPLEMENTED, "unknown service " + shown(service));
        }
        Method method = methods.get(name);
        if (method == null) {
            throw new GrpcException(
                    GrpcStatus.UNIMPLEMENTED, "unknown method " + shown(name) + " for service " + service);
        }
        return method;
    }

    private static String shown(String given) {
        return new String(
                given.getBytes(StandardCharsets.UTF_8), 0, Math.min(given.length(), 200), StandardCharsets.UTF_8);
    }
}
