package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.EtcdException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a call ends: a code of gRPC's and words; both are empty where all is well. */
record GrpcStatus(int code, String message) {
    static final GrpcStatus OK = new GrpcStatus(0, "");
    static final int CANCELLED = 1;
    static final int DEADLINE_EXCEEDED = 4;
    static final int NOT_FOUND = 5;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int FAILED_PRECONDITION = 9;
    static final int UNIMPLEMENTED = 12;
    static final int INTERNAL = 13;
    static final int UNAVAILABLE = 14;

    static GrpcStatus of(EtcdException refused) {
        return new GrpcStatus(refused.code().number(), String.valueOf(refused.getMessage()));
    }

    /** The message as a header carries it: printable ASCII but the percent sign, the rest by the byte. */
    String encoded() {
        StringBuilder text = new StringBuilder();
        for (byte each : message.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                text.append((char) each);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", each));
            }
        }
        return text.toString();
    }
}
