package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server's part in an ensemble: it looks for a leader with those whom it reaches, then leads or follows. Who has seen the
 * last change leads, of several the one with the highest number, once a majority is of that mind.
 */
final class Ensemble {
    private static final Duration SETTLE = Duration.ofMillis(200);
    private static final long LONGEST = 3200;

    private final ZooKeeperServer server;
    private final Settings settings;
    private final Map<Integer, Vote> votes = new TreeMap<>();
    private final PortService booth = this::vote;
    private @Nullable Leading leading;
    private @Nullable Following following;
    private @Nullable Request waiting;
    private @Nullable Txn logged;
    private int round;
    private long pause = SETTLE.toMillis();
    private boolean over;

    Ensemble(ZooKeeperServer server) {
        this.server = server;
        this.settings = server.settings();
    }

    /** What a server says in an election; {@code leader} is 0 while it looks for one. */
    private record Vote(int id, int leader, long epoch, long zxid) {
        private static final Comparator<Vote> ORDER = Comparator.comparingLong(Vote::epoch)
                .thenComparingLong(Vote::zxid)
                .thenComparingInt(Vote::id);

        byte[] frame() {
            return new Jute.Writer()
                    .number(id)
                    .number(leader)
                    .big(epoch)
                    .big(zxid)
                    .frame();
        }

        static Vote read(byte[] frame) {
            Jute.Reader in = new Jute.Reader(frame);
            return new Vote(in.number(), in.number(), in.big(), in.big());
        }
    }

    void begin() {
        int port = settings.self().electionPort();
        server.log()
                .info(
                        "ListenerThread:QuorumCnxManager$Listener@739",
                        "My election bind port: " + settings.self().host() + "/"
                                + server.host().ip() + ":" + port);
        server.host().listen(port, booth);
        look();
    }

    void end() {
        over = true;
        leave();
        server.host().release(settings.self().electionPort(), booth);
    }

    private String thread() {
        return "QuorumPeer[myid=" + settings.id() + "]/0.0.0.0:" + settings.clientPort() + ":";
    }

    void info(String where, String message) {
        server.log().info(thread() + where, message);
    }

    void warn(String where, String message) {
        server.log().warn(thread() + where, message);
    }

    String mode() {
        return leading != null ? "leader" : following != null ? "follower" : "looking";
    }

    int followers() {
        Leading mine = leading;
        return mine == null ? 0 : mine.followers();
    }

    /** The last change that it wrote down, agreed upon or not. */
    long lastZxid() {
        Txn last = logged;
        return last == null ? server.tree().lastZxid() : last.zxid();
    }

    /** Notes a change that is written down and not yet agreed upon. */
    void logged(@Nullable Txn txn, @Nullable Request request) {
        logged = txn;
        waiting = request;
    }

    /** What was written down is agreed upon. */
    void settle() {
        Txn txn = logged;
        Request request = waiting;
        logged = null;
        waiting = null;
        if (txn != null) {
            server.commit(txn, request == null ? 0 : request.origin(), request == null ? 0 : request.number());
        }
    }

    private Vote mine() {
        Following other = following;
        int leader = leading != null ? settings.id() : other != null ? other.leader() : 0;
        return new Vote(settings.id(), leader, server.storage().epoch("currentEpoch"), lastZxid());
    }

    private Wire vote(Wire back, String peer) {
        return new Frames(
                frame -> server.actor().run(() -> {
                    Vote heard = Vote.read(frame);
                    votes.put(heard.id(), heard);
                    back.send(mine().frame());
                    back.end();
                }),
                () -> {});
    }

    private void leave() {
        Leading mine = leading;
        Following other = following;
        leading = null;
        following = null;
        if (mine != null) {
            mine.end();
        }
        if (other != null) {
            other.end();
        }
        server.serve(false);
    }

    /** Gives up what it was and looks for a leader. */
    void look() {
        if (over) {
            return;
        }
        leave();
        info("QuorumPeer@865", "LOOKING");
        info(
                "FastLeaderElection@818",
                "New election. My id =  " + settings.id() + ", proposed zxid=0x" + Long.toHexString(lastZxid()));
        pause = SETTLE.toMillis();
        ask();
    }

    private void ask() {
        if (over) {
            return;
        }
        int now = ++round;
        votes.clear();
        settings.members().forEach((id, member) -> {
            if (id != settings.id()) {
                ask(id, member);
            }
        });
        server.later(SETTLE, () -> count(now));
    }

    private void ask(int id, Settings.Member member) {
        try {
            PortService other = server.host().dial(member.host(), member.electionPort());
            if (other == null) {
                unreachable(id, member, "java.net.UnknownHostException: " + member.host());
                return;
            }
            Frames answers = new Frames(
                    frame -> server.actor().run(() -> {
                        Vote heard = Vote.read(frame);
                        votes.put(heard.id(), heard);
                    }),
                    () -> {});
            Wire wire = other.accept(answers, server.host().ip());
            wire.send(mine().frame());
        } catch (Unreachable e) {
            unreachable(id, member, "java.net.ConnectException: " + e.words() + " (" + e.words() + ")");
        }
    }

    private void unreachable(int id, Settings.Member member, String why) {
        server.log()
                .warn(
                        "WorkerSender[myid=" + settings.id() + "]:QuorumCnxManager@588",
                        "Cannot open channel to " + id + " at election address " + member.host() + ":"
                                + member.electionPort());
        server.host().print(why);
    }

    private void count(int of) {
        if (over || of != round || leading != null || following != null) {
            return;
        }
        for (Vote vote : votes.values()) {
            if (vote.leader() == vote.id() && settings.members().containsKey(vote.id())) {
                follow(vote.id());
                return;
            }
        }
        Vote best = mine();
        int minded = 1;
        for (Vote vote : votes.values()) {
            if (vote.leader() == 0 || vote.leader() == settings.id()) {
                minded++;
                best = Vote.ORDER.compare(vote, best) > 0 ? vote : best;
            }
        }
        if (minded < settings.quorum()) {
            pause = Math.min(LONGEST, pause * 2);
            info("FastLeaderElection@852", "Notification time out: " + pause);
            server.later(Duration.ofMillis(pause), () -> {
                if (of == round) {
                    ask();
                }
            });
        } else if (best.id() == settings.id()) {
            lead();
        } else {
            follow(best.id());
        }
    }

    private void lead() {
        info("QuorumPeer@947", "LEADING");
        Leading made = new Leading(server, this);
        leading = made;
        made.begin();
    }

    private void follow(int leader) {
        Settings.Member member = settings.members().get(leader);
        if (member == null) {
            return;
        }
        info("QuorumPeer@935", "FOLLOWING");
        Following made = new Following(server, this, leader, member);
        following = made;
        made.begin();
    }

    void submit(Request request) {
        Leading mine = leading;
        Following other = following;
        if (mine != null) {
            mine.submit(request);
        } else if (other != null) {
            other.submit(request);
        }
    }

    void tick() {
        Following other = following;
        if (other != null) {
            other.tick();
        }
    }

    /** Notes the epoch that it is in from now on. */
    void enter(long epoch) {
        try {
            server.storage().setEpoch("acceptedEpoch", epoch);
            server.storage().setEpoch("currentEpoch", epoch);
        } catch (IOException e) {
            server.host().print("java.io.IOException: " + e.getMessage());
            server.host().end(1);
        }
    }
}
