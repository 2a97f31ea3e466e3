package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/** The leader's part: it brings followers up to date, and makes one change after the other once a majority wrote it down. */
final class Leading implements PortService {
    static final int HELLO = 11;
    static final int SYNC = 10;
    static final int ACK = 3;
    static final int UP_TO_DATE = 12;
    static final int PROPOSAL = 2;
    static final int COMMIT = 4;
    static final int REQUEST = 1;
    static final int TOUCH = 6;

    private final ZooKeeperServer server;
    private final Ensemble ensemble;
    private final Settings settings;
    private final Map<Integer, Follower> followers = new TreeMap<>();
    private final Queue<Request> queue = new ArrayDeque<>();
    private final Set<Integer> consent = new HashSet<>();
    private long epoch;
    private long counter;
    private long base;
    private byte[] proposal = new byte[0];
    private boolean proposing;
    private boolean serving;
    private boolean over;

    Leading(ZooKeeperServer server, Ensemble ensemble) {
        this.server = server;
        this.ensemble = ensemble;
        this.settings = server.settings();
    }

    /** Somebody who follows. */
    private static final class Follower {
        private final Wire wire;
        private final long epoch;
        private final long zxid;
        private boolean synced;

        Follower(Wire wire, long epoch, long zxid) {
            this.wire = wire;
            this.epoch = epoch;
            this.zxid = zxid;
        }
    }

    void begin() {
        ensemble.settle();
        base = server.tree().lastZxid();
        server.host().listen(settings.self().port(), this);
        server.later(Duration.ofMillis((long) settings.tick() * settings.number("initLimit", 10)), () -> {
            if (!over && !serving) {
                ensemble.warn("Leader@489", "Timeout while waiting for epoch from quorum");
                ensemble.look();
            }
        });
    }

    void end() {
        if (over) {
            return;
        }
        over = true;
        ensemble.info("Leader@496", "Shutting down");
        server.host().release(settings.self().port(), this);
        followers.values().forEach(follower -> follower.wire.end());
        followers.clear();
    }

    int followers() {
        return (int)
                followers.values().stream().filter(follower -> follower.synced).count();
    }

    @Override
    public Wire accept(Wire back, String peer) {
        int[] id = {0};
        return new Frames(
                frame -> server.actor().run(() -> heard(id, back, new Jute.Reader(frame))),
                () -> server.actor().run(() -> lost(id[0], back)));
    }

    private void heard(int[] id, Wire back, Jute.Reader in) {
        if (over) {
            back.end();
            return;
        }
        switch (in.number()) {
            case HELLO -> {
                id[0] = in.number();
                hello(id[0], new Follower(back, in.big(), in.big()));
            }
            case ACK -> acknowledged(id[0], in.big());
            case REQUEST -> submit(Request.read(in));
            case TOUCH -> {
                for (int left = in.number(); left > 0; left--) {
                    server.touch(in.big());
                }
            }
            default -> back.end();
        }
    }

    private void hello(int id, Follower follower) {
        Follower before = followers.put(id, follower);
        if (before != null) {
            before.wire.end();
        }
        server.log()
                .info(
                        "LearnerHandler-" + id + ":LearnerHandler@346",
                        "Follower sid: " + id + " : info : org.apache.zookeeper.server.quorum.QuorumPeer$QuorumServer@"
                                + Integer.toHexString(id * 0x5e91993f));
        if (epoch > 0) {
            synchronise(id, follower);
        } else if (followers.size() + 1 >= settings.quorum()) {
            epoch = 1
                    + Math.max(
                            server.storage().epoch("acceptedEpoch"),
                            followers.values().stream()
                                    .mapToLong(each -> each.epoch)
                                    .max()
                                    .orElse(0));
            ensemble.enter(epoch);
            server.tree().reach(epoch << 32);
            followers.forEach(this::synchronise);
        }
    }

    private void synchronise(int id, Follower follower) {
        boolean same = follower.zxid == base && counter == 0
                || follower.zxid == server.tree().lastZxid();
        server.log()
                .info(
                        "LearnerHandler-" + id + ":LearnerHandler@" + (same ? "458" : "535"),
                        same
                                ? "Sending DIFF"
                                : "Sending snapshot last zxid of peer is 0x" + Long.toHexString(follower.zxid)
                                        + " zxid of leader is 0x"
                                        + Long.toHexString(server.tree().lastZxid()));
        follower.wire.send(new Jute.Writer()
                .number(SYNC)
                .big(epoch)
                .big(server.tree().lastZxid())
                .flag(!same)
                .buffer(same ? new byte[0] : Storage.bytes(server.tree()))
                .frame());
        byte[] open = proposal;
        if (proposing && open.length > 0) {
            follower.wire.send(open);
        }
    }

    private void acknowledged(int id, long zxid) {
        Follower follower = followers.get(id);
        if (follower == null) {
            return;
        }
        if (!follower.synced) {
            follower.synced = true;
            if (serving) {
                follower.wire.send(new Jute.Writer().number(UP_TO_DATE).frame());
            } else if (followers() + 1 >= settings.quorum()) {
                serving = true;
                ensemble.info(
                        "Leader@964",
                        "Have quorum of supporters, sids: [ " + supporters()
                                + " ]; starting up and setting last processed" + " zxid: 0x"
                                + Long.toHexString(server.tree().lastZxid()));
                server.serve(true);
                followers.values().stream()
                        .filter(each -> each.synced)
                        .forEach(each -> each.wire.send(
                                new Jute.Writer().number(UP_TO_DATE).frame()));
                next();
            }
            return;
        }
        if (proposing && zxid == ensemble.lastZxid()) {
            consent.add(id);
            decide();
        }
    }

    private String supporters() {
        StringBuilder all = new StringBuilder(Integer.toString(settings.id()));
        followers.forEach((id, follower) -> all.insert(0, follower.synced && id < settings.id() ? id + "," : "")
                .append(follower.synced && id > settings.id() ? "," + id : ""));
        return all.toString();
    }

    void submit(Request request) {
        queue.add(request);
        next();
    }

    private void next() {
        if (over || !serving || proposing) {
            return;
        }
        Request request = queue.poll();
        if (request == null) {
            return;
        }
        Txn txn = request.prepare(
                server.tree(), epoch << 32 | ++counter, server.clock().now().toEpochMilli());
        if (!server.record(txn)) {
            return;
        }
        proposing = true;
        ensemble.logged(txn, request);
        consent.clear();
        consent.add(settings.id());
        proposal = new Jute.Writer()
                .number(PROPOSAL)
                .buffer(txn.bytes())
                .buffer(request.bytes())
                .frame();
        followers.values().forEach(follower -> follower.wire.send(proposal.clone()));
        decide();
    }

    private void decide() {
        if (!proposing || consent.size() < settings.quorum()) {
            return;
        }
        proposing = false;
        byte[] commit =
                new Jute.Writer().number(COMMIT).big(ensemble.lastZxid()).frame();
        ensemble.settle();
        followers.values().forEach(follower -> follower.wire.send(commit.clone()));
        server.actor().run(this::next);
    }

    private void lost(int id, Wire back) {
        Follower follower = followers.get(id);
        if (over || follower == null || follower.wire != back) {
            return;
        }
        followers.remove(id);
        server.log().warn("LearnerHandler-" + id + ":LearnerHandler@644", "******* GOODBYE " + id + " ********");
        if (serving && followers() + 1 < settings.quorum()) {
            ensemble.info(
                    "Leader@489", "Not sufficient followers synced, only synced with sids: [ " + supporters() + " ]");
            ensemble.look();
        }
    }
}
