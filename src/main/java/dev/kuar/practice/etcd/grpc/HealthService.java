package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Proto;
import java.util.Map;

/** {@code grpc.health.v1.Health}: whoever answers serves. */
final class HealthService {
    private static final byte[] SERVING = new Proto().number(1, 1).toBytes();
    private static final byte[] UNKNOWN = new Proto().number(1, 3).toBytes();

    private HealthService() {}

    static Map<String, Method> methods() {
        return Map.of("Check", new Method.Unary(HealthService::check), "Watch", new Method.Streaming(Watching::new));
    }

    private static byte[] check(Fields request) {
        if (!request.text(1).isEmpty()) {
            throw new GrpcException(GrpcStatus.NOT_FOUND, "unknown service");
        }
        return SERVING;
    }

    /** Says it once; nothing of it changes until the connection ends. */
    private record Watching(GrpcCall call) implements Handler {
        @Override
        public void message(byte[] message) {
            call.send(Fields.of(message).text(1).isEmpty() ? SERVING : UNKNOWN);
        }

        @Override
        public void end() {}
    }
}
