package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Proto;
import java.util.List;

/**
 * Who answers, and the head of each answer.
 *
 * @param members of the cluster in the order of their ids, as they advertise themselves here
 * @param version of etcd, {@code 3.6.5}
 */
record Heads(Etcd etcd, Member self, List<Member> members, String version) {
    byte[] head(long revision) {
        return new Proto()
                .number(1, Member.cluster(members))
                .number(2, self.id())
                .number(3, revision)
                .number(4, etcd.term())
                .toBytes();
    }

    byte[] now() {
        return head(etcd.revision());
    }

    /** An answer that begins with its head and goes on. */
    Proto answer() {
        return new Proto().message(1, now());
    }
}
