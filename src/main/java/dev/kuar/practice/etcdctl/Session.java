package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Answer;
import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.etcd.EtcdException;
import dev.kuar.practice.etcd.Member;
import dev.kuar.practice.etcd.Request;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of etcdctl that has reached its etcd.
 *
 * @param members of the cluster, in the order of their ids
 * @param self the member that answers
 */
record Session(Host host, Etcd etcd, Line line, List<Member> members, Member self) {
    static Session of(Host host, Etcd etcd, Line line) {
        return new Session(
                host, etcd, line, Member.all(host.server(), host.ip()), Member.self(host.server(), host.ip()));
    }

    Header header() {
        return header(etcd.revision());
    }

    Header header(long revision) {
        return new Header(Member.cluster(members), self.id(), revision, etcd.term());
    }

    boolean modern() {
        return !host.version().startsWith("3.5");
    }

    int say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    int say(byte[] bytes) throws IOException {
        host.out().write(bytes);
        return 0;
    }

    int json(Object tree) throws IOException {
        return say(JsonWriter.text(tree) + "\n");
    }

    /** For a form that a command does not have. */
    Refusal unsupported() {
        return new Refusal(Refusal.BAD_FEATURE, line.form() + " not supported as output format");
    }

    /** A refusal of the server, logged as the client logs it. */
    Refusal refused(String method, String code, String words) throws IOException {
        host.error(Connection.warning(
                host,
                line.endpoints().get(0),
                "etcd-client",
                method,
                "rpc error: code = " + code + " desc = " + words));
        return new Refusal(Refusal.ERROR, words);
    }

    Refusal refused(String method, EtcdException why) throws IOException {
        return refused(method, why.code().text(), String.valueOf(why.getMessage()));
    }

    /** Asks etcd; what it refuses ends the command. */
    Answer asked(Request request, String method) throws IOException, Refusal {
        try {
            return etcd.ask(request);
        } catch (EtcdException refused) {
            throw refused(method, refused);
        }
    }
}
