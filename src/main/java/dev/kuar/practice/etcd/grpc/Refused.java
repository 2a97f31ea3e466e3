package dev.kuar.practice.etcd.grpc;

/** Methods that practice does not have, or that have nothing to work on. */
final class Refused {
    private Refused() {}

    static Method method(String why) {
        return method(GrpcStatus.UNIMPLEMENTED, "kuar: " + why);
    }

    static Method method(int code, String why) {
        return new Method.Unary(request -> {
            throw new GrpcException(code, why);
        });
    }
}
