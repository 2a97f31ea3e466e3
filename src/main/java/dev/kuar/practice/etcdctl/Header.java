package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Proto;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The head of each answer: who says it, at which revision and in which term. */
record Header(long cluster, long member, long revision, long term) {
    Map<String, Object> json(boolean hex) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("cluster_id", id(cluster, hex));
        tree.put("member_id", id(member, hex));
        if (revision != 0) {
            tree.put("revision", revision);
        }
        tree.put("raft_term", term);
        return tree;
    }

    static Object id(long id, boolean hex) {
        return hex ? Long.toHexString(id) : unsigned(id);
    }

    static Number unsigned(long id) {
        return id >= 0 ? (Number) id : new BigInteger(Long.toUnsignedString(id));
    }

    String fields() {
        return "\"ClusterID\" : " + Long.toUnsignedString(cluster) + "\n\"MemberID\" : " + Long.toUnsignedString(member)
                + "\n" + (revision == 0 ? "" : "\"Revision\" : " + revision + "\n") + "\"RaftTerm\" : " + term + "\n";
    }

    byte[] proto() {
        return new Proto()
                .number(1, cluster)
                .number(2, member)
                .number(3, revision)
                .number(4, term)
                .toBytes();
    }
}
