package dev.kuar.practice.etcd.grpc;

/** Ends a call with a status. */
final class GrpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GrpcStatus status;

    GrpcException(int code, String message) {
        super(message);
        this.status = new GrpcStatus(code, message);
    }

    GrpcStatus status() {
        return status;
    }
}
