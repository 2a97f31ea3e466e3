package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A follower's part: it writes down what the leader proposes, makes what is agreed upon, and passes its clients' wishes on. */
final class Following {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ZooKeeperServer server;
    private final Ensemble ensemble;
    private final int leader;
    private final Settings.Member member;
    private final Instant since;
    private @Nullable Wire wire;
    private boolean synced;
    private boolean over;
    private int tries;

    Following(ZooKeeperServer server, Ensemble ensemble, int leader, Settings.Member member) {
        this.server = server;
        this.ensemble = ensemble;
        this.leader = leader;
        this.member = member;
        this.since = server.clock().now();
    }

    int leader() {
        return leader;
    }

    void begin() {
        if (over) {
            return;
        }
        try {
            PortService found = server.host().dial(member.host(), member.port());
            if (found != null) {
                connect(found);
                return;
            }
            failed("java.net.UnknownHostException: " + member.host());
        } catch (Unreachable e) {
            failed("java.net.ConnectException: " + e.words() + " (" + e.words() + ")");
        }
    }

    private void connect(PortService found) {
        Wire made = found.accept(
                new Frames(frame -> server.actor().run(() -> heard(new Jute.Reader(frame))), () -> server.actor()
                        .run(this::lost)),
                server.host().ip());
        wire = made;
        made.send(new Jute.Writer()
                .number(Leading.HELLO)
                .number(server.settings().id())
                .big(server.storage().epoch("acceptedEpoch"))
                .big(ensemble.lastZxid())
                .frame());
    }

    private void failed(String why) {
        Settings settings = server.settings();
        long most = (long) settings.tick() * settings.number("initLimit", 10);
        if (since.plusMillis(most).isBefore(server.clock().now())) {
            ensemble.warn("Follower@89", "Exception when following the leader");
            server.host().print(why);
            ensemble.look();
            return;
        }
        if (tries++ % 5 == 4) {
            ensemble.warn(
                    "Learner@237",
                    "Unexpected exception, tries=" + tries / 5 + ", connecting to " + member.host() + ":"
                            + member.port());
            server.host().print(why);
        }
        server.later(PAUSE, this::begin);
    }

    void end() {
        over = true;
        Wire open = wire;
        if (open != null) {
            open.end();
        }
    }

    private void lost() {
        if (!over) {
            ensemble.warn("Follower@89", "Exception when following the leader");
            server.host().print("java.io.EOFException");
            ensemble.info("Follower@166", "shutdown called");
            ensemble.look();
        }
    }

    private void heard(Jute.Reader in) {
        Wire open = wire;
        if (over || open == null) {
            return;
        }
        switch (in.number()) {
            case Leading.SYNC -> {
                long epoch = in.big();
                long zxid = in.big();
                if (synchronise(zxid, in.flag(), in.buffer())) {
                    ensemble.enter(epoch);
                    open.send(new Jute.Writer().number(Leading.ACK).big(zxid).frame());
                }
            }
            case Leading.UP_TO_DATE -> {
                synced = true;
                server.serve(true);
            }
            case Leading.PROPOSAL -> {
                Txn txn = Txn.read(new Jute.Reader(in.buffer()));
                if (server.record(txn)) {
                    ensemble.logged(txn, Request.read(new Jute.Reader(in.buffer())));
                    open.send(new Jute.Writer()
                            .number(Leading.ACK)
                            .big(txn.zxid())
                            .frame());
                }
            }
            case Leading.COMMIT -> {
                if (in.big() == ensemble.lastZxid()) {
                    ensemble.settle();
                }
            }
            default -> open.end();
        }
    }

    private boolean synchronise(long zxid, boolean whole, byte[] snapshot) {
        if (!whole) {
            ensemble.info("Learner@332", "Getting a diff from the leader 0x" + Long.toHexString(zxid));
            ensemble.settle();
            server.tree().reach(zxid);
            return true;
        }
        ensemble.info("Learner@335", "Getting a snapshot from leader 0x" + Long.toHexString(zxid));
        Optional<DataTree> sent = Storage.parsed(snapshot);
        if (sent.isEmpty()) {
            return false;
        }
        ensemble.logged(null, null);
        sent.get().reach(zxid);
        server.replace(sent.get());
        try {
            server.storage().forget();
            String file = server.storage().snapshot(server.tree());
            ensemble.info("FileTxnSnapLog@248", "Snapshotting: 0x" + Long.toHexString(zxid) + " to " + file);
            return true;
        } catch (IOException e) {
            server.host().print("java.io.IOException: " + e.getMessage());
            server.host().end(1);
            return false;
        }
    }

    void submit(Request request) {
        Wire open = wire;
        if (open != null) {
            open.send(new Jute.Writer()
                    .number(Leading.REQUEST)
                    .raw(request.bytes())
                    .frame());
        }
    }

    void tick() {
        Wire open = wire;
        if (!synced || open == null) {
            return;
        }
        List<Long> alive = server.connections().stream()
                .map(Connection::session)
                .filter(id -> id != 0)
                .filter(id -> server.tree().sessions().containsKey(id))
                .filter(id -> !server.touched()
                        .getOrDefault(id, Instant.MIN)
                        .plusMillis(2L * server.settings().tick())
                        .isBefore(server.clock().now()))
                .toList();
        Jute.Writer out = new Jute.Writer().number(Leading.TOUCH).number(alive.size());
        alive.forEach(out::big);
        open.send(out.frame());
    }
}
