package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Proto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code etcdserverpb.Cluster}: its members can be read. */
final class ClusterService {
    private ClusterService() {}

    static Map<String, Method> of(Heads heads) {
        Map<String, Method> methods = new HashMap<>();
        methods.put("MemberList", new Method.Unary(request -> list(heads)));
        for (String each : List.of("MemberAdd", "MemberRemove", "MemberUpdate", "MemberPromote")) {
            methods.put(each, Refused.method(each + ": the etcd of a practice cluster has one member, which stays"));
        }
        return methods;
    }

    private static byte[] list(Heads heads) {
        Proto answer = heads.answer();
        for (Member each : heads.members()) {
            Proto member = new Proto().number(1, each.id()).text(2, each.name());
            each.peers().forEach(url -> member.text(3, url));
            each.clients().forEach(url -> member.text(4, url));
            answer.message(2, member.toBytes());
        }
        return answer.toBytes();
    }
}
