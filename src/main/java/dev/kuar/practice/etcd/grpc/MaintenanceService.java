package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Proto;
import java.util.Map;

/** {@code etcdserverpb.Maintenance}. */
final class MaintenanceService {
    private static final int NO_SPACE = 1;
    private static final int ACTIVATE = 1;
    /** What etcd's flag has by default; practice's store grows until the disk is full. */
    private static final long QUOTA = 2L * 1024 * 1024 * 1024;

    private final Heads heads;

    private MaintenanceService(Heads heads) {
        this.heads = heads;
    }

    static Map<String, Method> of(Heads heads) {
        MaintenanceService service = new MaintenanceService(heads);
        return Map.of(
                "Alarm", new Method.Unary(service::alarm),
                "Status", new Method.Unary(service::status),
                "Defragment", new Method.Unary(service::defragment),
                "HashKV", new Method.Unary(service::hashKv),
                "MoveLeader", new Method.Unary(service::moveLeader),
                "Hash", Refused.method("Hash: there is no bbolt file to hash; HashKV hashes the history"),
                "Snapshot",
                        Refused.method("Snapshot: a practice cluster has no bbolt file; save one with etcdctl in its"
                                + " etcd pod, or with kuar cluster snapshot"),
                "Downgrade", Refused.method("Downgrade: the etcd of a practice cluster keeps its version"));
    }

    private byte[] alarm(Fields request) {
        if (request.number(1) == ACTIVATE) {
            throw new GrpcException(
                    GrpcStatus.UNIMPLEMENTED,
                    "kuar: Alarm: NOSPACE comes and goes with the disk's room, nothing else raises it");
        }
        heads.etcd().propose();
        Proto answer = heads.answer();
        if (heads.etcd().figures().full()) {
            answer.message(
                    2,
                    new Proto().number(1, heads.self().id()).number(2, NO_SPACE).toBytes());
        }
        return answer.toBytes();
    }

    private byte[] status(Fields request) {
        Etcd.Figures figures = heads.etcd().figures();
        Proto answer = heads.answer()
                .text(2, heads.version())
                .number(3, figures.bytes())
                .number(4, heads.self().id())
                .number(5, figures.index())
                .number(6, figures.term())
                .number(7, figures.index());
        if (figures.full()) {
            answer.text(8, "memberID:" + Long.toUnsignedString(heads.self().id()) + " alarm:NOSPACE ");
        }
        return answer.number(9, figures.bytesInUse())
                .text(11, heads.version().replaceFirst("\\.\\d+$", ".0"))
                .number(12, QUOTA)
                .message(13, new byte[0])
                .toBytes();
    }

    private byte[] defragment(Fields request) {
        heads.etcd().defragment();
        return heads.answer().toBytes();
    }

    private byte[] hashKv(Fields request) {
        Etcd.Hash hash = heads.etcd().hash(request.number(1));
        return heads.answer()
                .number(2, hash.value())
                .number(3, hash.compactedRevision())
                .number(4, hash.revision())
                .toBytes();
    }

    private byte[] moveLeader(Fields request) {
        if (request.number(1) != heads.self().id()) {
            throw new EtcdException(EtcdException.Code.FAILED_PRECONDITION, "etcdserver: bad leader transferee");
        }
        return heads.answer().toBytes();
    }
}
