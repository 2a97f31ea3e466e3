package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.KeyText;
import dev.kuar.practice.etcd.Leases;
import dev.kuar.practice.etcd.Proto;
import java.util.Map;
import java.util.Optional;

/** {@code etcdserverpb.Lease}. */
final class LeaseService {
    private final Heads heads;
    private final Leases leases;

    private LeaseService(Heads heads) {
        this.heads = heads;
        this.leases = heads.etcd().leases();
    }

    static Map<String, Method> of(Heads heads) {
        LeaseService service = new LeaseService(heads);
        return Map.of(
                "LeaseGrant", new Method.Unary(service::grant),
                "LeaseRevoke", new Method.Unary(service::revoke),
                "LeaseKeepAlive", new Method.Streaming(service::keepAlive),
                "LeaseTimeToLive", new Method.Unary(service::timeToLive),
                "LeaseLeases", new Method.Unary(service::list));
    }

    private byte[] grant(Fields request) {
        long id = leases.grant(request.number(2), request.number(1));
        long seconds = leases.find(id).map(Leases.Lease::granted).orElse(0L);
        return heads.answer().number(2, id).number(3, seconds).toBytes();
    }

    private byte[] revoke(Fields request) {
        if (!leases.revoke(request.number(1))) {
            throw EtcdException.noLease();
        }
        return heads.answer().toBytes();
    }

    private byte[] timeToLive(Fields request) {
        long id = request.number(1);
        Optional<Leases.Lease> found = leases.find(id);
        Proto answer = heads.answer()
                .number(2, id)
                .number(3, found.map(Leases.Lease::left).orElse(-1L))
                .number(4, found.map(Leases.Lease::granted).orElse(0L));
        if (request.flag(2)) {
            found.ifPresent(lease -> lease.keys().forEach(key -> answer.message(5, KeyText.bytes(key))));
        }
        return answer.toBytes();
    }

    private byte[] list(Fields request) {
        Proto answer = heads.answer();
        leases.ids().forEach(id -> answer.message(2, new Proto().number(1, id).toBytes()));
        return answer.toBytes();
    }

    /** One answer for each message; a lease that is not there has no seconds. */
    private Handler keepAlive(GrpcCall call) {
        return new Handler() {
            @Override
            public void message(byte[] message) {
                long id = Fields.of(message).number(1);
                long seconds = leases.keepAlive(id);
                call.send(heads.answer().number(2, id).number(3, seconds).toBytes());
            }

            @Override
            public void end() {
                call.finish(GrpcStatus.OK);
            }
        };
    }
}
