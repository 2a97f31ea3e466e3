package dev.kuar.practice.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's part in replication: who follows it, and whom it follows. Guarded by the server's lock. */
final class Replication {
    private final RedisServer server;
    private final Set<RedisSession> replicas = new LinkedHashSet<>();
    private String id = RedisServer.hex(40);
    private String formerId = "0".repeat(40);
    private long offset;
    private int database = -1;
    private @Nullable LeaderLink link;

    Replication(RedisServer server) {
        this.server = server;
    }

    boolean isReplica() {
        return link != null;
    }

    boolean refusesWrites() {
        return link != null && server.config().flag("replica-read-only");
    }

    /** Whether it follows somebody whose data it hasn't got. */
    boolean isStale() {
        LeaderLink known = link;
        return known != null && !known.isUp();
    }

    /** In whose name the leader's commands run; null for a leader. */
    @Nullable
    RedisSession leaderSession() {
        LeaderLink known = link;
        return known == null ? null : known.session();
    }

    @Nullable
    LeaderLink link() {
        return link;
    }

    String id() {
        return id;
    }

    String formerId() {
        return formerId;
    }

    /** How many bytes of commands there have been. */
    long offset() {
        LeaderLink known = link;
        return known == null ? offset : known.offset();
    }

    Set<RedisSession> replicas() {
        return replicas;
    }

    void follow(String host, int port) {
        LeaderLink before = link;
        if (before != null && before.host().equals(host) && before.port() == port) {
            return;
        }
        if (before != null) {
            before.stop();
        }
        server.config().put("replicaof", host + " " + port);
        List.copyOf(replicas).forEach(replica -> replica.close(true));
        LeaderLink made = new LeaderLink(server, host, port);
        link = made;
        server.say('*', "Connecting to MASTER " + host + ":" + port);
        made.begin();
    }

    /** Leads from now on, with the data it has. */
    void lead(RedisSession asked) {
        LeaderLink before = link;
        if (before == null) {
            return;
        }
        offset = before.offset();
        before.stop();
        link = null;
        server.config().put("replicaof", "");
        formerId = id;
        id = RedisServer.hex(40);
        server.say(
                '*',
                "MASTER MODE enabled (user request from 'id=" + asked.id() + " addr=" + asked.peer() + " name="
                        + asked.name() + "')");
    }

    void stop() {
        LeaderLink before = link;
        if (before != null) {
            before.stop();
        }
    }

    /** PSYNC, and SYNC of {@code old}: the client gets all data, and from then on every change. */
    Reply synchronize(RedisSession session, boolean old) {
        String who = session.peer().replaceFirst(":.*", "") + ":" + session.listeningPort();
        server.say('*', "Replica " + who + " asks for synchronization");
        server.say('*', "Full resync requested by replica " + who);
        server.say('*', "Starting BGSAVE for SYNC with target: replicas sockets");
        byte[] data = RdbFile.write(server);
        session.becomeReplica();
        session.setAcknowledged(offset);
        String head = (old ? "" : "+FULLRESYNC " + id + " " + offset + "\r\n") + "$" + data.length + "\r\n";
        session.raw(head.getBytes(StandardCharsets.ISO_8859_1));
        session.raw(data);
        replicas.add(session);
        database = -1;
        server.say('*', "Background RDB transfer terminated with success");
        server.say('*', "Synchronization with replica " + who + " succeeded");
        return Reply.SILENCE;
    }

    void lose(RedisSession session) {
        if (replicas.remove(session)) {
            server.say(
                    '*',
                    "Connection with replica " + session.peer().replaceFirst(":.*", "") + ":" + session.listeningPort()
                            + " lost.");
        }
    }

    /** A command as replicas hear it, with the choice of its database where that changes. */
    byte[] encode(int number, List<String> words) {
        StringBuilder text = new StringBuilder();
        if (number != database) {
            Reply.texts(List.of("SELECT", Integer.toString(number))).write(text);
            database = number;
        }
        Reply.texts(words).write(text);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    void feed(byte[] bytes) {
        if (!replicas.isEmpty() || link == null) {
            offset += replicas.isEmpty() ? 0 : bytes.length;
            replicas.forEach(replica -> replica.raw(bytes.clone()));
        }
    }

    /** The section of INFO. */
    void tell(List<String> lines) {
        LeaderLink known = link;
        lines.add("role:" + (known == null ? "master" : "slave"));
        if (known != null) {
            known.tell(lines);
        }
        lines.add("connected_slaves:" + replicas.size());
        int number = 0;
        for (RedisSession replica : replicas) {
            lines.add("slave" + number++ + ":ip=" + replica.peer().replaceFirst(":.*", "") + ",port="
                    + replica.listeningPort() + ",state=online,offset=" + replica.acknowledged() + ",lag=0");
        }
        lines.add("master_failover_state:no-failover");
        lines.add("master_replid:" + id);
        lines.add("master_replid2:" + formerId);
        lines.add("master_repl_offset:" + offset());
        lines.add("second_repl_offset:-1");
        lines.add("repl_backlog_active:" + (replicas.isEmpty() && known == null ? 0 : 1));
        lines.add("repl_backlog_size:" + server.config().text("repl-backlog-size"));
        lines.add("repl_backlog_first_byte_offset:" + (replicas.isEmpty() ? 0 : 1));
        lines.add("repl_backlog_histlen:" + (replicas.isEmpty() ? 0 : offset));
    }

    /** ROLE. */
    Reply role() {
        LeaderLink known = link;
        if (known != null) {
            return Reply.many(
                    Reply.bulk("slave"),
                    Reply.bulk(known.host()),
                    Reply.whole(known.port()),
                    Reply.bulk(known.isUp() ? "connected" : "connect"),
                    Reply.whole(known.offset()));
        }
        List<Reply> all = new ArrayList<>();
        replicas.forEach(replica -> all.add(Reply.texts(List.of(
                replica.peer().replaceFirst(":.*", ""),
                Integer.toString(replica.listeningPort()),
                Long.toString(replica.acknowledged())))));
        return Reply.many(Reply.bulk("master"), Reply.whole(offset), new Reply.Many(all));
    }

    /** Takes over the leader's name for what it leads. */
    void adopt(String leaderId) {
        id = leaderId;
    }
}
