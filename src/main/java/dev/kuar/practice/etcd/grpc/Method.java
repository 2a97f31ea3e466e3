package dev.kuar.practice.etcd.grpc;

import java.util.function.Function;

/** A method of a service. */
sealed interface Method {
    /** One request, one answer; run on a thread that may wait. */
    record Unary(Function<Fields, byte[]> answer) implements Method {}

    /** As many of both as there are. */
    record Streaming(Function<GrpcCall, Handler> open) implements Method {}
}
