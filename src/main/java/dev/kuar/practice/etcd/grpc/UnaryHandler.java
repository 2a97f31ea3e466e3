package dev.kuar.practice.etcd.grpc;

import java.util.function.Function;

/** Answers the one message of a call. */
final class UnaryHandler implements Handler {
    /** What etcd lets through to its log. */
    private static final int MOST = 1536 * 1024;

    private final GrpcCall call;
    private final Function<Fields, byte[]> answer;
    private boolean asked;

    UnaryHandler(GrpcCall call, Function<Fields, byte[]> answer) {
        this.call = call;
        this.answer = answer;
    }

    @Override
    public void message(byte[] message) {
        if (asked) {
            throw new GrpcException(GrpcStatus.INTERNAL, "grpc: a call of one message has two");
        }
        asked = true;
        if (message.length > MOST) {
            throw dev.kuar.practice.etcd.EtcdException.invalid("request is too large");
        }
        call.send(answer.apply(Fields.of(message)));
        call.finish(GrpcStatus.OK);
    }

    @Override
    public void end() {
        if (!asked) {
            throw new GrpcException(GrpcStatus.INTERNAL, "unexpected EOF");
        }
    }
}
