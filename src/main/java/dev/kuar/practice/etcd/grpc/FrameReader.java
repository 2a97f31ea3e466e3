package dev.kuar.practice.etcd.grpc;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts what comes in into messages: a flag, the length in four bytes, the message. */
final class FrameReader {
    /** What etcd takes, with what gRPC puts around it. */
    static final int MOST = 1536 * 1024 + 512 * 1024;

    private static final int HEAD = 5;

    private final String encoding;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD);
    private ByteBuffer body = ByteBuffer.allocate(0);

    /** @param encoding what the call says its messages are compressed with; empty where they are not */
    FrameReader(String encoding) {
        this.encoding = encoding;
    }

    /**
     * The next whole message, taken from {@code in}; empty where more has to come first.
     *
     * @throws GrpcException where it is too large or compressed
     */
    Optional<byte[]> next(ByteBuffer in) {
        if (head.hasRemaining()) {
            move(in, head);
            if (head.hasRemaining()) {
                return Optional.empty();
            }
            body = ByteBuffer.allocate(length());
        }
        move(in, body);
        if (body.hasRemaining()) {
            return Optional.empty();
        }
        head.clear();
        return Optional.of(body.array());
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        while (from.hasRemaining() && to.hasRemaining()) {
            int some = Math.min(from.remaining(), to.remaining());
            to.put(from.slice().limit(some));
            from.position(from.position() + some);
        }
    }

    private int length() {
        int flag = head.get(0);
        if (flag == 1) {
            throw encoding.isEmpty() || encoding.equals("identity")
                    ? new GrpcException(
                            GrpcStatus.INTERNAL, "grpc: compressed flag set with identity or empty encoding")
                    : new GrpcException(
                            GrpcStatus.UNIMPLEMENTED,
                            "grpc: Decompressor is not installed for grpc-encoding \"" + encoding + "\"");
        }
        if (flag != 0) {
            throw new GrpcException(GrpcStatus.INTERNAL, "grpc: received unexpected payload format " + (flag & 0xff));
        }
        long length = Integer.toUnsignedLong(head.getInt(1));
        if (length > MOST) {
            throw new GrpcException(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "grpc: received message larger than max (" + length + " vs. " + MOST + ")");
        }
        return (int) length;
    }

    /** Whether a message has begun. */
    boolean isWithin() {
        return head.position() > 0;
    }
}
