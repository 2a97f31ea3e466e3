package dev.kuar.practice.redis;

import dev.kuar.practice.network.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A client of a server: reads commands as the bytes come, and keeps what belongs to the connection. */
final class RedisSession implements Wire {
    private static final int INLINE_LIMIT = 64 * 1024;
    private static final int BULK_LIMIT = 512 << 20;

    private final RedisServer server;
    private final Wire back;
    private final long id;
    private final String peer;
    private final long begun;
    private final Set<String> channels = new TreeSet<>();
    private final Set<String> patterns = new TreeSet<>();
    private final List<Call> queued = new ArrayList<>();
    private final Runnable watcher = this::spoil;
    private final StringBuilder pending = new StringBuilder();
    private int database;
    private boolean authenticated;
    private boolean multi;
    private boolean spoilt;
    private boolean refused;
    private boolean executing;
    private boolean blocked;
    private boolean over;
    private boolean replica;
    private String name = "";
    private String last = "NULL";
    private int listeningPort;
    private long acknowledged;

    RedisSession(RedisServer server, Wire back, long id, String peer) {
        this.server = server;
        this.back = back;
        this.id = id;
        this.peer = peer;
        this.begun = server.keys().now();
        this.authenticated = server.config().text("requirepass").isEmpty();
    }

    @Override
    public void send(byte[] bytes) {
        server.run(() -> {
            pending.append(new String(bytes, StandardCharsets.ISO_8859_1));
            read();
        });
    }

    @Override
    public void end() {
        server.run(() -> close(true));
    }

    /** Runs the commands that have come whole. */
    private void read() {
        while (!over && !blocked && pending.length() > 0) {
            List<String> words;
            try {
                words = next();
            } catch (RedisError broken) {
                reply(new Reply.Failure(broken.text()));
                close(true);
                return;
            }
            if (words == null) {
                return;
            }
            if (!words.isEmpty()) {
                reply(server.execute(this, words));
            }
        }
    }

    /** The next command; null where it is not there yet. */
    private @Nullable List<String> next() {
        if (pending.charAt(0) != '*') {
            return inline();
        }
        int at = pending.indexOf("\r\n");
        if (at < 0) {
            return null;
        }
        int count = size(pending.substring(1, at), "Protocol error: invalid multibulk length", 1024 * 1024);
        List<String> words = new ArrayList<>();
        at += 2;
        for (int i = 0; i < count; i++) {
            int end = pending.indexOf("\r\n", at);
            if (end < 0) {
                return null;
            }
            if (pending.charAt(at) != '$') {
                throw new RedisError("ERR Protocol error: expected '$', got '" + pending.charAt(at) + "'");
            }
            int length = size(pending.substring(at + 1, end), "Protocol error: invalid bulk length", BULK_LIMIT);
            if (length < 0) {
                throw new RedisError("ERR Protocol error: invalid bulk length");
            }
            if (pending.length() < end + 2 + length + 2) {
                return null;
            }
            words.add(pending.substring(end + 2, end + 2 + length));
            at = end + 2 + length + 2;
        }
        pending.delete(0, at);
        return words;
    }

    private static int size(String text, String otherwise, int most) {
        if (!text.matches("-?\\d{1,10}") || Long.parseLong(text) > most) {
            throw new RedisError("ERR " + otherwise);
        }
        return Integer.parseInt(text);
    }

    private @Nullable List<String> inline() {
        int end = pending.indexOf("\n");
        if (end < 0) {
            if (pending.length() > INLINE_LIMIT) {
                throw new RedisError("ERR Protocol error: too big inline request");
            }
            return null;
        }
        String line = pending.substring(0, end);
        pending.delete(0, end + 1);
        List<String> words = Words.split(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (words == null) {
            throw new RedisError("ERR Protocol error: unbalanced quotes in request");
        }
        return words;
    }

    void reply(Reply reply) {
        StringBuilder text = new StringBuilder();
        reply.write(text);
        if (!text.isEmpty() && !over) {
            server.outbox().send(back, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    void raw(byte[] bytes) {
        server.outbox().send(back, bytes);
    }

    /** Hangs up, and forgets all about the client. */
    void close(boolean answer) {
        if (over) {
            return;
        }
        over = true;
        server.forget(this);
        server.keys().unwatch(watcher);
        if (answer) {
            server.outbox().end(back);
        }
    }

    void unblock(Reply reply) {
        blocked = false;
        reply(reply);
        read();
    }

    // Transactions.

    void begin() {
        multi = true;
        refused = false;
    }

    void queue(Call call) {
        queued.add(call);
    }

    /** What was queued, in order; nothing is queued then, and nothing watched. */
    List<Call> finish() {
        List<Call> all = List.copyOf(queued);
        queued.clear();
        multi = false;
        unwatch();
        return all;
    }

    void watch(String key) {
        server.keys().watch(database, key, watcher);
    }

    void unwatch() {
        server.keys().unwatch(watcher);
        spoilt = false;
    }

    private void spoil() {
        spoilt = true;
    }

    /** Whether a watched key was written. */
    boolean isSpoilt() {
        return spoilt;
    }

    boolean isMulti() {
        return multi;
    }

    int queuedCount() {
        return multi ? queued.size() : -1;
    }

    /** Whether a command of the transaction was refused. */
    boolean isRefused() {
        return refused;
    }

    void refuse() {
        refused = true;
    }

    boolean isExecuting() {
        return executing;
    }

    void setExecuting(boolean on) {
        executing = on;
    }

    // The connection.

    long id() {
        return id;
    }

    String peer() {
        return peer;
    }

    /** Milliseconds since 1970. */
    long begun() {
        return begun;
    }

    int database() {
        return database;
    }

    void select(int number) {
        database = number;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    void setAuthenticated(boolean yes) {
        authenticated = yes;
    }

    String name() {
        return name;
    }

    void setName(String text) {
        name = text;
    }

    /** The command that came last, in lower case. */
    String last() {
        return last;
    }

    void setLast(String command) {
        last = command;
    }

    void setBlocked(boolean yes) {
        blocked = yes;
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean isOver() {
        return over;
    }

    Set<String> channels() {
        return channels;
    }

    Set<String> patterns() {
        return patterns;
    }

    boolean isSubscribed() {
        return !channels.isEmpty() || !patterns.isEmpty();
    }

    boolean isReplica() {
        return replica;
    }

    void becomeReplica() {
        replica = true;
    }

    int listeningPort() {
        return listeningPort;
    }

    void setListeningPort(int port) {
        listeningPort = port;
    }

    /** How far the replica has come. */
    long acknowledged() {
        return acknowledged;
    }

    void setAcknowledged(long offset) {
        acknowledged = offset;
    }
}
