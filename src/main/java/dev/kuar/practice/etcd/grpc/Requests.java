package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Compare;
import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Request;
import java.util.Arrays;
import java.util.List;

/** Requests of {@code etcdserverpb} as what the store is asked. */
final class Requests {
    private static final byte[] NO_END = {0};
    private static final int MOST_DEPTH = 64;

    private Requests() {}

    /** The end of a range: none for a single zero, behind the key alone where it is not said. */
    static String end(Fields request, int key, int end) {
        byte[] said = request.bytes(end);
        return Arrays.equals(said, NO_END) ? "" : said.length == 0 ? request.key(key) + "\0" : request.key(end);
    }

    static Request.Range range(Fields request) {
        return new Request.Range(
                request.key(1),
                end(request, 1, 2),
                Math.max(0, request.number(4)),
                Math.max(0, request.number(3)),
                sort(Request.Order.values(), request.number(5)),
                sort(Request.Target.values(), request.number(6)),
                request.flag(8),
                request.flag(9),
                new Request.Bounds(request.number(10), request.number(11), request.number(12), request.number(13)));
    }

    private static <T> T sort(T[] values, long number) {
        if (number < 0 || number >= values.length) {
            throw EtcdException.invalid("invalid sort option");
        }
        return values[(int) number];
    }

    static Request.Put put(Fields request) {
        return new Request.Put(
                request.key(1), request.bytes(2), request.number(3), request.flag(4), request.flag(5), request.flag(6));
    }

    static Request.Delete delete(Fields request) {
        return new Request.Delete(request.key(1), end(request, 1, 2), request.flag(3));
    }

    static Request.Transaction transaction(Fields request) {
        return transaction(request, 0);
    }

    private static Request.Transaction transaction(Fields request, int depth) {
        if (depth > MOST_DEPTH) {
            throw EtcdException.invalid("too many operations in txn request");
        }
        return new Request.Transaction(
                request.messages(1).stream().map(Requests::compare).toList(),
                operations(request.messages(2), depth),
                operations(request.messages(3), depth));
    }

    private static List<Request> operations(List<Fields> operations, int depth) {
        return operations.stream().map(each -> operation(each, depth)).toList();
    }

    private static Request operation(Fields operation, int depth) {
        if (operation.has(1)) {
            return range(operation.message(1));
        }
        if (operation.has(2)) {
            return put(operation.message(2));
        }
        if (operation.has(3)) {
            return delete(operation.message(3));
        }
        if (operation.has(4)) {
            return transaction(operation.message(4), depth + 1);
        }
        throw EtcdException.invalid("key not found");
    }

    private static Compare compare(Fields compare) {
        Compare.Target target = choice(Compare.Target.values(), compare.number(2));
        int field =
                switch (target) {
                    case VERSION -> 4;
                    case CREATE -> 5;
                    case MOD -> 6;
                    case VALUE -> 7;
                    case LEASE -> 8;
                };
        return new Compare(
                compare.key(3),
                end(compare, 3, 64),
                target,
                choice(Compare.Relation.values(), compare.number(1)),
                compare.number(field),
                compare.bytes(7));
    }

    private static <T> T choice(T[] values, long number) {
        if (number < 0 || number >= values.length) {
            throw new GrpcException(
                    GrpcStatus.INTERNAL, "grpc: error unmarshalling request: unknown comparison " + number);
        }
        return values[(int) number];
    }
}
