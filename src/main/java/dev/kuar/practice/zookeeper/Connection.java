package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.Wire;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection: four letters, or a session with its requests, which are answered in their order. */
final class Connection implements Wire {
    private static final AtomicInteger PORTS = new AtomicInteger(40_000);

    private final ZooKeeperServer server;
    private final Wire back;
    private final String peer;
    private final Frames frames = new Frames(frame -> actor(() -> arrived(frame)), () -> actor(this::hangUp));
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private byte[] first = new byte[0];
    private boolean decided;
    private boolean busy;
    private boolean over;
    private long session;
    private int timeout;
    private long received;
    private long sent;

    Connection(ZooKeeperServer server, Wire back, String peer) {
        this.server = server;
        this.back = back;
        this.peer = "/" + peer.replaceFirst(":\\d+$", "") + ":" + (40_000 + PORTS.getAndIncrement() % 20_000);
    }

    private void actor(Runnable action) {
        server.actor().run(action);
    }

    private String thread() {
        String port = ":" + server.settings().clientPort();
        return server.isOld() ? "NIOServerCxn.Factory:0.0.0.0/0.0.0.0" + port + ":" : "NIOWorkerThread-1:";
    }

    void begin() {
        server.connections().add(this);
        if (server.isOld()) {
            server.log().info(thread() + "NIOServerCnxnFactory@192", "Accepted socket connection from " + peer);
        }
    }

    String peer() {
        return peer;
    }

    long session() {
        return session;
    }

    /** As {@code stat} and {@code cons} show it. */
    String shown(boolean full) {
        String more = full && session != 0 ? ",sid=0x" + Long.toHexString(session) + ",lop=PING,to=" + timeout : "";
        return " " + peer + "[" + (session == 0 ? 0 : 1) + "](queued=0,recved=" + received + ",sent=" + sent + more
                + ")\n";
    }

    @Override
    public void send(byte[] bytes) {
        byte[] begun = begun(bytes);
        if (begun.length == 0) {
            return;
        }
        String word = new String(begun, 0, Math.min(4, begun.length), StandardCharsets.US_ASCII);
        if (begun != bytes && FourLetters.WORDS.contains(word)) {
            actor(() -> letters(word));
        } else {
            frames.send(begun);
        }
    }

    /** What is to be looked at now: all that has come once that are four bytes, later what comes. */
    private synchronized byte[] begun(byte[] bytes) {
        if (decided) {
            return bytes;
        }
        byte[] joined = Arrays.copyOf(first, first.length + bytes.length);
        System.arraycopy(bytes, 0, joined, first.length, bytes.length);
        first = joined;
        decided = first.length >= 4;
        return decided ? joined : new byte[0];
    }

    @Override
    public void end() {
        frames.end();
    }

    private void letters(String word) {
        if (over) {
            return;
        }
        server.log()
                .info(
                        thread() + (server.isOld() ? "NIOServerCnxn@883" : "NIOServerCnxn@507"),
                        "Processing " + word + " command from " + peer);
        back.send(new FourLetters(server).answer(word).getBytes(StandardCharsets.UTF_8));
        hangUp();
    }

    /** Ends the connection; the session goes on until it has not been heard of for its timeout. */
    void hangUp() {
        if (over) {
            return;
        }
        over = true;
        server.connections().remove(this);
        server.watches().forget(this);
        if (server.isOld()) {
            server.log()
                    .info(
                            thread() + "NIOServerCnxn@1044",
                            "Closed socket connection for client " + peer
                                    + (session == 0
                                            ? " (no session established for client)"
                                            : " which had sessionid 0x" + Long.toHexString(session)));
        }
        back.end();
    }

    private void arrived(byte[] frame) {
        if (!over) {
            waiting.add(frame);
            work();
        }
    }

    private void work() {
        while (!busy && !over && !waiting.isEmpty()) {
            received++;
            server.figures().countReceived();
            try {
                Jute.Reader in = new Jute.Reader(waiting.remove());
                if (session == 0) {
                    connect(in);
                } else {
                    server.touch(session);
                    new Requests(server, this).handle(in);
                }
            } catch (UncheckedIOException torn) {
                hangUp();
            }
        }
    }

    private void connect(Jute.Reader in) {
        in.number();
        in.big();
        int wanted = in.number();
        long known = in.big();
        if (!server.isServing()) {
            server.log()
                    .warn(
                            thread() + "NIOServerCnxn@373",
                            "Exception causing close of session 0x0 due to java.io.IOException: ZooKeeperServer not running");
            hangUp();
            return;
        }
        Settings settings = server.settings();
        int granted = Math.max(settings.least(), Math.min(settings.most(), wanted));
        if (known != 0) {
            Integer old = server.tree().sessions().get(known);
            server.log()
                    .info(
                            thread() + "ZooKeeperServer@942",
                            "Client attempting to renew session 0x" + Long.toHexString(known) + " at " + peer);
            established(old == null ? 0 : known, old == null ? 0 : old);
            return;
        }
        server.log().info(thread() + "ZooKeeperServer@942", "Client attempting to establish new session at " + peer);
        busy = true;
        server.ask(server.newSession(), 0, Txn.CREATE_SESSION, "", new byte[0], List.of(), granted, txn -> {
            established(txn.session(), txn.number());
            idle();
        });
    }

    private void established(long id, int granted) {
        session = id;
        timeout = granted;
        Jute.Writer out = new Jute.Writer()
                .number(0)
                .number(granted)
                .big(id)
                .buffer(new byte[16])
                .flag(false);
        post(out.frame());
        if (id == 0) {
            hangUp();
            return;
        }
        server.touch(id);
        server.log()
                .info(
                        "CommitProcessor:" + server.settings().id() + ":ZooKeeperServer@687",
                        "Established session 0x" + Long.toHexString(id) + " with negotiated timeout " + granted
                                + " for client " + peer);
    }

    private void post(byte[] frame) {
        if (!over) {
            sent++;
            server.figures().countSent();
            back.send(frame);
        }
    }

    /** Answers; {@code body} is empty where {@code error} is not 0. */
    void answer(int xid, int error, byte[] body) {
        post(new Jute.Writer()
                .number(xid)
                .big(server.tree().lastZxid())
                .number(error)
                .raw(error == 0 ? body : new byte[0])
                .frame());
    }

    /** The request that is being worked on needs the others' consent. */
    void busy() {
        busy = true;
    }

    void idle() {
        busy = false;
        work();
    }

    void tell(DataTree.Event event) {
        post(new Jute.Writer()
                .number(-1)
                .big(-1)
                .number(0)
                .number(event.type())
                .number(3)
                .text(event.path())
                .frame());
    }
}
