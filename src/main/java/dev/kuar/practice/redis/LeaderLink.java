package dev.kuar.practice.redis;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica's connection to its leader, made again each second where it fails. Guarded by the server's lock. */
final class LeaderLink {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RedisServer server;
    private final String host;
    private final int port;
    private final RedisSession session;
    private @Nullable Wire wire;
    private ClusterClock.@Nullable Timeout retry;
    private Stage stage = Stage.CONNECTING;
    private boolean stopped;
    private long offset;
    private long downSince;
    private long heard;

    LeaderLink(RedisServer server, String host, int port) {
        this.server = server;
        this.host = host;
        this.port = port;
        this.session = new RedisSession(server, new Nowhere(), 0, host + ":" + port);
        session.setAuthenticated(true);
        downSince = server.keys().now();
    }

    /** How far the handshake is: which answer comes next. */
    private enum Stage {
        CONNECTING,
        PING,
        AUTH,
        PORT,
        CAPABILITIES,
        PSYNC,
        DATA,
        UP
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    boolean isUp() {
        return stage == Stage.UP;
    }

    long offset() {
        return offset;
    }

    RedisSession session() {
        return session;
    }

    void begin() {
        if (stopped) {
            return;
        }
        stage = Stage.CONNECTING;
        server.outbox().later(this::connect);
    }

    /** Without the lock: who answers may want it. */
    private void connect() {
        Incoming incoming = new Incoming();
        String failure;
        try {
            PortService leader = server.host().dial(host, port);
            if (leader == null) {
                failure = "Unable to connect to MASTER: Invalid argument";
            } else {
                server.run(() -> server.say('*', "MASTER <-> REPLICA sync started"));
                Wire made = leader.accept(incoming, server.host().ip());
                server.run(() -> connected(made, incoming));
                return;
            }
        } catch (Unreachable e) {
            server.run(() -> server.say('*', "MASTER <-> REPLICA sync started"));
            failure = "Error condition on socket for SYNC: "
                    + (e.cause() == Unreachable.Cause.TIMED_OUT ? "Connection timed out" : e.words());
        }
        String words = failure;
        server.run(() -> {
            if (!stopped) {
                server.say('#', words);
                again();
            }
        });
    }

    private void connected(Wire made, Incoming incoming) {
        if (stopped) {
            server.outbox().end(made);
            return;
        }
        wire = made;
        server.say('*', "Non blocking connect for SYNC fired the event.");
        if (incoming.over) {
            lost();
            return;
        }
        stage = Stage.PING;
        say("PING");
    }

    private void again() {
        if (!stopped) {
            stage = Stage.CONNECTING;
            retry = server.clock()
                    .after(
                            PAUSE,
                            () -> server.run(() -> {
                                if (!stopped) {
                                    server.say('*', "Connecting to MASTER " + host + ":" + port);
                                    begin();
                                }
                            }));
        }
    }

    void stop() {
        stopped = true;
        ClusterClock.Timeout timeout = retry;
        if (timeout != null) {
            timeout.cancel();
        }
        hangUp();
    }

    private void hangUp() {
        Wire known = wire;
        if (known != null) {
            server.outbox().end(known);
            wire = null;
        }
    }

    private void say(String... words) {
        Wire known = wire;
        if (known != null) {
            StringBuilder text = new StringBuilder();
            Reply.texts(List.of(words)).write(text);
            server.outbox().send(known, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void lost() {
        if (!stopped && wire != null) {
            if (stage == Stage.UP) {
                server.say('#', "Connection with master lost.");
                server.say('*', "Caching the disconnected master state.");
                server.say('*', "Reconnecting to MASTER " + host + ":" + port);
                downSince = server.keys().now();
            } else {
                server.say('#', "I/O error reading bulk count from MASTER: connection lost");
            }
            wire = null;
            again();
        }
    }

    void tell(List<String> lines) {
        long now = server.keys().now();
        lines.add("master_host:" + host);
        lines.add("master_port:" + port);
        lines.add("master_link_status:" + (isUp() ? "up" : "down"));
        lines.add("master_last_io_seconds_ago:" + (isUp() ? (now - heard) / 1000 % 10 : -1));
        lines.add("master_sync_in_progress:" + (stage == Stage.DATA ? 1 : 0));
        lines.add("slave_read_repl_offset:" + offset);
        lines.add("slave_repl_offset:" + offset);
        if (!isUp()) {
            lines.add("master_link_down_since_seconds:" + (now - downSince) / 1000);
        }
        lines.add("slave_priority:" + server.config().text("replica-priority"));
        lines.add("slave_read_only:" + (server.config().flag("replica-read-only") ? 1 : 0));
        lines.add("replica_announced:1");
    }

    /** What the leader says: lines of the handshake, the data, then commands. */
    private final class Incoming implements Wire {
        private final StringBuilder pending = new StringBuilder();
        private int length = -1;
        private boolean over;

        @Override
        public void send(byte[] bytes) {
            server.run(() -> {
                if (stopped) {
                    return;
                }
                heard = server.keys().now();
                if (stage == Stage.UP) {
                    apply(bytes);
                    return;
                }
                pending.append(new String(bytes, StandardCharsets.ISO_8859_1));
                while (stage != Stage.UP && step()) {
                    continue;
                }
            });
        }

        private void apply(byte[] bytes) {
            offset += bytes.length;
            session.send(bytes);
            say("REPLCONF", "ACK", Long.toString(offset));
        }

        private boolean step() {
            if (length >= 0) {
                if (pending.length() < length) {
                    return false;
                }
                byte[] data = pending.substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
                byte[] rest = pending.substring(length).getBytes(StandardCharsets.ISO_8859_1);
                pending.setLength(0);
                load(data);
                if (rest.length > 0) {
                    apply(rest);
                }
                return false;
            }
            int end = pending.indexOf("\n");
            if (end < 0) {
                return false;
            }
            String line = pending.substring(0, end).strip();
            pending.delete(0, end + 1);
            hear(line);
            return true;
        }

        private void hear(String line) {
            if (line.startsWith("-NOAUTH") || line.startsWith("-WRONGPASS") || line.startsWith("-ERR AUTH")) {
                if (stage == Stage.AUTH) {
                    server.say('#', "Unable to AUTH to MASTER: " + line);
                    fail();
                    return;
                }
                if (stage != Stage.PING) {
                    server.say('#', "MASTER aborted replication with an error: " + line.substring(1));
                    fail();
                    return;
                }
            }
            switch (stage) {
                case PING -> {
                    server.say('*', "Master replied to PING, replication can continue...");
                    String password = server.config().text("masterauth");
                    stage = password.isEmpty() ? Stage.PORT : Stage.AUTH;
                    if (password.isEmpty()) {
                        say("REPLCONF", "listening-port", Integer.toString(server.port()));
                    } else {
                        say("AUTH", password);
                    }
                }
                case AUTH -> {
                    stage = Stage.PORT;
                    say("REPLCONF", "listening-port", Integer.toString(server.port()));
                }
                case PORT -> {
                    stage = Stage.CAPABILITIES;
                    say("REPLCONF", "capa", "eof", "capa", "psync2");
                }
                case CAPABILITIES -> {
                    stage = Stage.PSYNC;
                    server.say('*', "Partial resynchronization not possible (no cached master)");
                    say("PSYNC", "?", "-1");
                }
                case PSYNC -> answered(line);
                default -> {
                    if (line.startsWith("$")) {
                        length = Integer.parseInt(line.substring(1));
                        server.say('*', "MASTER <-> REPLICA sync: receiving " + length + " bytes from master to disk");
                    }
                }
            }
        }

        private void answered(String line) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[0].equals("+FULLRESYNC")) {
                server.say('*', "Full resync from master: " + words[1] + ":" + words[2]);
                server.replication().adopt(words[1]);
                offset = Long.parseLong(words[2]);
                stage = Stage.DATA;
            } else {
                server.say('#', "Unexpected reply to PSYNC from master: " + line);
                fail();
            }
        }

        private void fail() {
            hangUp();
            again();
        }

        private void load(byte[] data) {
            length = -1;
            server.say('*', "MASTER <-> REPLICA sync: Flushing old data");
            for (int i = 0; i < server.keys().count(); i++) {
                server.keys().clear(i);
            }
            server.say('*', "MASTER <-> REPLICA sync: Loading DB in memory");
            RdbFile.read(data, server);
            server.say('*', "MASTER <-> REPLICA sync: Finished with success");
            session.select(0);
            stage = Stage.UP;
        }

        @Override
        public void end() {
            server.run(() -> {
                over = true;
                lost();
            });
        }
    }

    /** The leader hears no answers to its commands. */
    private static final class Nowhere implements Wire {
        @Override
        public void send(byte[] bytes) {
            // Replicas do not answer.
        }

        @Override
        public void end() {
            // Nothing was begun.
        }
    }
}
