package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Proto;
import java.util.Map;

/** {@code etcdserverpb.Cluster}: its members can be read. */
final class ClusterService {
    private ClusterService() {}

    static Map<String, Method> of(Heads heads) {
        return Map.of(
                "MemberList", new Method.Unary(request -> list(heads)),
                "MemberAdd", new Method.Unary(request -> add()),
                "MemberRemove", known(heads, true, "re-configuration failed due to not enough started members"),
                "MemberUpdate", new Method.Unary(request -> update(heads, request)),
                "MemberPromote", known(heads, false, "can only promote a learner member"));
    }

    private static byte[] add() {
        throw new GrpcException(
                GrpcStatus.UNIMPLEMENTED, "kuar: MemberAdd: the etcd of a practice cluster takes no further members");
    }

    private static byte[] update(Heads heads, Fields request) {
        if (!isKnown(heads, request)) {
            heads.etcd().propose();
            throw notFound();
        }
        throw new GrpcException(
                GrpcStatus.UNIMPLEMENTED, "kuar: MemberUpdate: the member of a practice cluster keeps its addresses");
    }

    /** What is refused of each member, and of none. */
    private static Method known(Heads heads, boolean proposed, String why) {
        return new Method.Unary(request -> {
            if (isKnown(heads, request)) {
                throw new GrpcException(GrpcStatus.FAILED_PRECONDITION, "etcdserver: " + why);
            }
            if (proposed) {
                heads.etcd().propose();
            }
            throw notFound();
        });
    }

    private static boolean isKnown(Heads heads, Fields request) {
        return heads.members().stream().anyMatch(each -> each.id() == request.number(1));
    }

    private static GrpcException notFound() {
        return new GrpcException(GrpcStatus.NOT_FOUND, "etcdserver: member not found");
    }

    /** The head of answers about members has no revision. */
    private static byte[] list(Heads heads) {
        Proto answer = new Proto().message(1, heads.head(0));
        for (Member each : heads.members()) {
            Proto member = new Proto().number(1, each.id()).text(2, each.name());
            each.peers().forEach(url -> member.text(3, url));
            each.clients().forEach(url -> member.text(4, url));
            answer.message(2, member.toBytes());
        }
        return answer.toBytes();
    }
}
