package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client's session with a server. One request at a time; its calls wait. */
public final class ZooKeeperClient {
    private static final byte[] END = new byte[0];
    private static final long PATIENCE = 30;
    private static final int PING = 11;

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final BiConsumer<Integer, String> events;
    private final Wire wire;
    private int xid;
    private long session;
    private int timeout;
    private boolean over;

    /** @param events hears of watches that fire: the type as ZooKeeper numbers it and the path */
    public ZooKeeperClient(PortService server, String ip, BiConsumer<Integer, String> events) {
        this.events = events;
        this.wire = server.accept(new Frames(this::arrived, () -> answers.add(END)), ip);
    }

    private void arrived(byte[] frame) {
        Jute.Reader in = new Jute.Reader(frame);
        if (session != 0 && in.left() >= 4) {
            int id = in.number();
            if (id == -1) {
                in.big();
                in.number();
                int type = in.number();
                in.number();
                events.accept(type, in.text());
                return;
            }
            if (id == -2) {
                return;
            }
        }
        answers.add(frame);
    }

    /** Begins a session; false where the server does not want one now. */
    public boolean connect(int wanted) throws InterruptedException {
        wire.send(new Jute.Writer()
                .number(0)
                .big(0)
                .number(wanted)
                .big(0)
                .buffer(new byte[16])
                .flag(false)
                .frame());
        byte[] answer = next();
        if (answer == null) {
            return false;
        }
        Jute.Reader in = new Jute.Reader(answer);
        in.number();
        timeout = in.number();
        session = in.big();
        return session != 0;
    }

    public long session() {
        return session;
    }

    public int timeout() {
        return timeout;
    }

    /** Keeps the session alive until it is closed. */
    public void keepAlive(ClusterClock clock) {
        clock.after(Duration.ofMillis(Math.max(500, timeout / 3)), () -> {
            if (!over) {
                wire.send(new Jute.Writer().number(-2).number(PING).frame());
                keepAlive(clock);
            }
        });
    }

    private byte @Nullable [] next() throws InterruptedException {
        byte[] answer = answers.poll(PATIENCE, TimeUnit.SECONDS);
        return answer == null || answer.length == 0 ? null : answer;
    }

    /** The answer to a request; null where the connection broke. */
    @Nullable
    Answer call(int type, byte[] body) throws InterruptedException {
        wire.send(new Jute.Writer().number(++xid).number(type).raw(body).frame());
        byte[] answer = next();
        if (answer == null) {
            return null;
        }
        Jute.Reader in = new Jute.Reader(answer);
        in.number();
        in.big();
        return new Answer(in.number(), in);
    }

    /** @param error 0 where it went well */
    record Answer(int error, Jute.Reader body) {}

    public void close() throws InterruptedException {
        if (!over) {
            over = true;
            call(Txn.CLOSE_SESSION, new byte[0]);
            wire.end();
        }
    }
}
