package dev.kuar.practice.redis;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * A redis server. Costs no thread: commands run where their bytes arrive, one at a time; what comes of time runs on the
 * cluster's clock.
 */
public final class RedisServer implements PortService {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RedisHost host;
    private final ClusterClock clock;
    private final RedisConfig config;
    private final Keyspace keys;
    private final Outbox outbox = new Outbox();
    private final Blocked blocked = new Blocked(this);
    private final Channels channels = new Channels();
    private final Persistence persistence = new Persistence(this);
    private final Replication replication = new Replication(this);
    private final Statistics statistics;
    private final Set<RedisSession> sessions = new LinkedHashSet<>();
    private final CommandTable commands = CommandTable.instance();
    private final String runId;
    private long held;
    private long nextClient = 3;
    private boolean begun;
    private boolean ended;

    private RedisServer(RedisHost host, ClusterClock clock, RedisConfig config) {
        this.host = host;
        this.clock = clock;
        this.config = config;
        this.keys = new Keyspace(clock, (int) Math.max(1, Math.min(config.number("databases"), 1 << 14)));
        this.statistics = new Statistics(clock.now());
        this.runId = hex(40);
    }

    /** A server could not be made of its arguments. */
    public static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NotStarted(String message) {
            super(message);
        }

        /** What goes to standard error; empty where the log says it. */
        public String words() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * A server that has read its configuration and says so, but serves nobody yet.
     *
     * @param args of redis-server: perhaps a file, then {@code --name value}
     */
    public static RedisServer of(RedisHost host, ClusterClock clock, List<String> args) throws NotStarted {
        RedisConfig config = new RedisConfig();
        RedisServer talker = new RedisServer(host, clock, config);
        try {
            config.read(args, host);
        } catch (RedisConfig.Wrong wrong) {
            throw new NotStarted(
                    "\n*** FATAL CONFIG FILE ERROR (Redis " + host.version() + ") ***\n" + wrong.getMessage() + "\n");
        } catch (IOException missing) {
            talker.say(
                    'C',
                    '#',
                    "Fatal error, can't open config file '" + missing.getMessage() + "': No such file or directory");
            throw new NotStarted("");
        }
        if (config.text("dir").equals(".")) {
            config.put("dir", host.directory());
        }
        RedisServer server = new RedisServer(host, clock, config);
        char level = server.isOld() ? '#' : '*';
        server.say('C', level, "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
        server.say(
                'C',
                level,
                "Redis version=" + host.version() + ", bits=64, commit=00000000, modified=0, pid=" + host.pid()
                        + ", just started");
        if (args.isEmpty()) {
            server.say(
                    'C',
                    '#',
                    "Warning: no config file specified, using the default config. In order to specify a"
                            + " config file use redis-server /path/to/redis.conf");
        } else {
            server.say('C', level, "Configuration loaded");
        }
        return server;
    }

    /** Whether it is of a version before 7.2, which calls much of this a warning. */
    private boolean isOld() {
        return host.version().startsWith("6.")
                || host.version().startsWith("5.")
                || host.version().startsWith("7.0");
    }

    public int port() {
        return (int) config.number("port");
    }

    /** Loads what was saved, and says that it serves. */
    public void begin() {
        run(() -> {
            if (!host.version().startsWith("6.0")) {
                say('*', "monotonic clock: POSIX clock_gettime");
            }
            say('*', "Running mode=standalone, port=" + port() + ".");
            say(isOld() ? '#' : '*', "Server initialized");
            if (!persistence.load()) {
                host.end(1);
                return;
            }
            say('*', "Ready to accept connections" + (isOld() ? "" : " tcp"));
            begun = true;
            notifyAll();
            String[] leader = config.text("replicaof").strip().split("\\s+");
            if (leader.length == 2) {
                replication.follow(leader[0], (int) Call.whole(leader[1]));
            }
        });
    }

    /** Ends as after SIGTERM: saves where it is told to save, and ends its process. */
    public void stop(String signal) {
        run(() -> {
            say(isOld() ? '#' : '*', "Received " + signal + " scheduling shutdown...");
            // What was not loaded yet stays as it lies there.
            shutdown(begun && !config.savePoints().isEmpty());
        });
    }

    void shutdown(boolean save) {
        say(isOld() ? '#' : '*', "User requested shutdown...");
        if (save) {
            say('*', "Saving the final RDB snapshot before exiting.");
            if (!persistence.save()) {
                say('#', "Error trying to save the DB, can't exit.");
                return;
            }
        }
        say(isOld() ? '#' : '*', "Redis is now ready to exit, bye bye...");
        outbox.later(() -> host.end(0));
    }

    /** The process has ended, whoever ended it. */
    public void ended() {
        run(() -> {
            ended = true;
            notifyAll();
            replication.stop();
            persistence.close();
            List.copyOf(sessions).forEach(session -> session.close(true));
        });
    }

    /** Waits until the data are loaded; who comes as the process ends is hung up on. */
    @Override
    public Wire accept(Wire back, String peer) {
        RedisSession session;
        synchronized (this) {
            session = new RedisSession(this, back, nextClient++, peer + ":" + (40000 + nextClient % 20000));
            try {
                while (!begun && !ended) {
                    wait();
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            if (begun && !ended) {
                sessions.add(session);
                statistics.connected();
                return session;
            }
        }
        back.end();
        return session;
    }

    /** Runs something under the lock, and sends what came of it afterwards. */
    void run(Runnable action) {
        synchronized (this) {
            if (!ended) {
                action.run();
            }
        }
        if (!Thread.holdsLock(this)) {
            outbox.drain();
        }
    }

    /** One command of a client, in the order of checks of redis. */
    Reply execute(RedisSession session, List<String> words) {
        statistics.commanded();
        Command command = commands.find(words.get(0));
        try {
            if (command == null) {
                throw CommandTable.unknown(words);
            }
            session.setLast(command.fullName(words));
            command.checkArity(words);
            admit(session, command, words);
        } catch (RedisError refusal) {
            session.refuse();
            statistics.failed(refusal.text());
            return new Reply.Failure(refusal.text());
        }
        Call call = new Call(this, session, words);
        if (session.isMulti() && !command.is(Command.AT_ONCE)) {
            session.queue(call);
            return new Reply.Status("QUEUED");
        }
        Reply reply = perform(command, call);
        blocked.serve();
        return reply;
    }

    private void admit(RedisSession session, Command command, List<String> words) {
        if (!session.isAuthenticated() && !command.is(Command.STRANGER)) {
            throw new RedisError("NOAUTH Authentication required.");
        }
        if (session.isSubscribed() && !command.is(Command.LISTENER)) {
            throw new RedisError("ERR Can't execute '" + command.fullName(words)
                    + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }
        if (command.is(Command.WRITE)) {
            if (!session.isReplica() && replication.refusesWrites() && session != replication.leaderSession()) {
                throw new RedisError("READONLY You can't write against a read only replica.");
            }
            if (!Eviction.makeRoom(this) && command.is(Command.GROWS)) {
                throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.");
            }
        }
        if (replication.isStale()
                && !config.flag("replica-serve-stale-data")
                && !command.is(Command.STRANGER)
                && session != replication.leaderSession()) {
            throw new RedisError("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
        }
    }

    /** Runs a command that was let in. */
    Reply perform(Command command, Call call) {
        long before = keys.changes();
        Reply reply;
        try {
            reply = command.run(call);
        } catch (RedisError refusal) {
            statistics.failed(refusal.text());
            reply = new Reply.Failure(refusal.text());
        }
        if (keys.changes() > before && command.is(Command.WRITE)) {
            propagate(call);
        }
        host.grow(keys.bytes() - held);
        held = keys.bytes();
        return reply;
    }

    /** Tells replicas and files what was done. */
    void propagate(Call call) {
        call.propagated().forEach(words -> {
            byte[] bytes = replication.encode(call.database(), words);
            persistence.append(call.database(), words);
            replication.feed(bytes);
        });
        persistence.changed();
    }

    /** Runs the queued commands of a transaction. */
    Reply executeAll(RedisSession session, List<Call> calls) {
        List<Reply> replies = new ArrayList<>();
        session.setExecuting(true);
        try {
            for (Call call : calls) {
                Command command = commands.find(call.at(0));
                replies.add(command == null ? Reply.NIL : perform(command, call));
            }
        } finally {
            session.setExecuting(false);
        }
        return new Reply.Many(replies);
    }

    void forget(RedisSession session) {
        sessions.remove(session);
        blocked.leave(session);
        channels.leave(session);
        replication.lose(session);
    }

    /** A line of the log. */
    void say(char level, String text) {
        say(replication.isReplica() ? 'S' : 'M', level, text);
    }

    void say(char role, char level, String text) {
        host.log(host.pid() + ":" + role + " " + STAMP.format(clock.now()) + " " + level + " " + text);
    }

    static String hex(int digits) {
        StringBuilder text = new StringBuilder();
        Random random = new Random();
        while (text.length() < digits) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    RedisHost host() {
        return host;
    }

    ClusterClock clock() {
        return clock;
    }

    RedisConfig config() {
        return config;
    }

    Keyspace keys() {
        return keys;
    }

    Outbox outbox() {
        return outbox;
    }

    Blocked blocked() {
        return blocked;
    }

    Channels channels() {
        return channels;
    }

    Persistence persistence() {
        return persistence;
    }

    Replication replication() {
        return replication;
    }

    Statistics statistics() {
        return statistics;
    }

    CommandTable commands() {
        return commands;
    }

    /** Connected clients, in the order they came; live. */
    Set<RedisSession> sessions() {
        return sessions;
    }

    String runId() {
        return runId;
    }
}
