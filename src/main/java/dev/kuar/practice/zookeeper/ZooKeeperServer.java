package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ZooKeeper server, alone or one of an ensemble. */
public final class ZooKeeperServer implements PortService {
    private static final Duration PURGE_UNIT = Duration.ofHours(1);

    private final ZooKeeperHost host;
    private final ClusterClock clock;
    private final Actor actor = new Actor();
    private final Log log;
    private final Settings settings;
    private final Storage storage;
    private final Watches watches = new Watches();
    private final Set<Connection> connections = new HashSet<>();
    private final Map<Long, Consumer<Txn>> asked = new HashMap<>();
    private final Map<Long, Instant> touched = new LinkedHashMap<>();
    private final Figures figures = new Figures();
    private DataTree tree;
    private @Nullable Ensemble ensemble;
    private boolean serving;
    private boolean ended;
    private long requests;
    private long nextSession;

    private ZooKeeperServer(ZooKeeperHost host, ClusterClock clock, Log log, Settings settings, Storage storage) {
        this.host = host;
        this.clock = clock;
        this.log = log;
        this.settings = settings;
        this.storage = storage;
        this.tree = storage.load(!isOld());
        this.nextSession = clock.now().toEpochMilli() << 24 >>> 8 | (long) settings.id() << 56;
    }

    /** Starts a server by its configuration; where it can't be, the process ends with what ZooKeeper says of it. */
    public static void start(ZooKeeperHost host, ClusterClock clock, String file, Consumer<ZooKeeperServer> started) {
        Log log = new Log(host, clock);
        log.info("main:QuorumPeerConfig@134", "Reading configuration from: " + file);
        Settings settings;
        try {
            settings = Settings.read(host, file);
        } catch (Settings.Unusable unusable) {
            log.error("main:QuorumPeerMain@86", "Invalid config, exiting abnormally");
            host.print("org.apache.zookeeper.server.quorum.QuorumPeerConfig$ConfigException: Error processing " + file);
            host.print("Caused by: java.lang.IllegalArgumentException: " + unusable.getMessage());
            host.print("Invalid config, exiting abnormally");
            host.end(2);
            return;
        }
        log.setId(settings.id());
        int keep = settings.number("autopurge.snapRetainCount", 3);
        log.info("main:DatadirCleanupManager@78", "autopurge.snapRetainCount set to " + Math.max(3, keep));
        log.info(
                "main:DatadirCleanupManager@79",
                "autopurge.purgeInterval set to " + settings.number("autopurge.purgeInterval", 0));
        if (settings.isAlone()) {
            log.warn(
                    "main:QuorumPeerMain@113",
                    "Either no config or no quorum defined in config, running  in standalone mode");
        } else {
            log.info("main:QuorumPeerMain@127", "Starting quorum peer");
        }
        try {
            Storage storage = new Storage(host, settings.dataDirectory(), settings.logDirectory());
            ZooKeeperServer server = new ZooKeeperServer(host, clock, log, settings, storage);
            started.accept(server);
            server.actor.run(server::begin);
        } catch (IOException e) {
            log.error("main:QuorumPeerMain@92", "Unexpected exception, exiting abnormally");
            host.print("java.io.IOException: " + e.getMessage());
            host.end(1);
        }
    }

    private void begin() {
        int port = settings.clientPort();
        log.info("main:NIOServerCnxnFactory@89", "binding to port 0.0.0.0/0.0.0.0:" + port);
        if (!host.listen(port, this)) {
            log.error("main:QuorumPeerMain@92", "Unexpected exception, exiting abnormally");
            host.print("java.net.BindException: Address already in use");
            host.end(1);
            return;
        }
        if (settings.isAlone()) {
            serve(true);
        } else {
            Ensemble made = new Ensemble(this);
            ensemble = made;
            made.begin();
        }
        later(Duration.ofMillis(settings.tick()), this::tick);
        int interval = settings.number("autopurge.purgeInterval", 0);
        if (interval > 0) {
            later(PURGE_UNIT.multipliedBy(interval), () -> purge(PURGE_UNIT.multipliedBy(interval)));
        }
    }

    private void purge(Duration interval) {
        storage.purge(Math.max(3, settings.number("autopurge.snapRetainCount", 3)));
        later(interval, () -> purge(interval));
    }

    /** Does something after a while, unless the process has ended. */
    void later(Duration wait, Runnable action) {
        clock.after(wait, () -> actor.run(action));
    }

    /** The process has ended. */
    public void ended() {
        actor.run(() -> {
            ended = true;
            host.release(settings.clientPort(), this);
            Set.copyOf(connections).forEach(Connection::hangUp);
            Ensemble with = ensemble;
            if (with != null) {
                with.end();
            }
            actor.stop();
        });
    }

    ZooKeeperHost host() {
        return host;
    }

    ClusterClock clock() {
        return clock;
    }

    Actor actor() {
        return actor;
    }

    Log log() {
        return log;
    }

    Settings settings() {
        return settings;
    }

    Storage storage() {
        return storage;
    }

    DataTree tree() {
        return tree;
    }

    /** Takes another one's nodes for its own. */
    void replace(DataTree other) {
        tree = other;
    }

    Watches watches() {
        return watches;
    }

    Figures figures() {
        return figures;
    }

    Set<Connection> connections() {
        return connections;
    }

    /** Whether it is of the line 3.4. */
    boolean isOld() {
        return host.version().startsWith("3.4");
    }

    boolean isServing() {
        return serving;
    }

    /** {@code standalone}, {@code leader} or {@code follower}. */
    String mode() {
        Ensemble with = ensemble;
        return with == null ? "standalone" : with.mode();
    }

    @Nullable
    Ensemble ensemble() {
        return ensemble;
    }

    /** Begins or ceases to answer clients. */
    void serve(boolean on) {
        serving = on;
        asked.clear();
        if (on) {
            tree.sessions().keySet().forEach(session -> touched.put(session, clock.now()));
        } else {
            Set.copyOf(connections).forEach(Connection::hangUp);
        }
    }

    @Override
    public Wire accept(Wire back, String peer) {
        Connection made = new Connection(this, back, peer);
        actor.run(made::begin);
        return made;
    }

    long newSession() {
        return nextSession++;
    }

    void touch(long session) {
        touched.put(session, clock.now());
    }

    Map<Long, Instant> touched() {
        return touched;
    }

    /** Asks for a change; {@code answer} hears what became of it, or nothing where the ensemble breaks up. */
    void ask(
            long session,
            int cxid,
            int type,
            String path,
            byte[] data,
            java.util.List<Access> access,
            int version,
            Consumer<Txn> answer) {
        long number = ++requests;
        asked.put(number, answer);
        Request request = new Request(settings.id(), number, session, cxid, type, path, data, access, version);
        Ensemble with = ensemble;
        if (with != null) {
            with.submit(request);
            return;
        }
        Txn txn = request.prepare(tree, tree.lastZxid() + 1, clock.now().toEpochMilli());
        if (record(txn)) {
            commit(txn, request.origin(), number);
        }
    }

    /** Writes a change down; a server that can't ends. */
    boolean record(Txn txn) {
        try {
            storage.append(txn);
            return true;
        } catch (IOException e) {
            log.error(
                    "SyncThread:0:ZooKeeperCriticalThread@49",
                    "Severe unrecoverable error, from thread : SyncThread:0");
            host.print("java.io.IOException: " + e.getMessage());
            host.end(1);
            return false;
        }
    }

    void commit(Txn txn, int origin, long number) {
        if (txn.type() == Txn.CREATE_SESSION) {
            touched.put(txn.session(), clock.now());
        }
        if (txn.type() == Txn.CLOSE_SESSION) {
            touched.remove(txn.session());
        }
        tree.apply(txn).forEach(watches::fire);
        Consumer<Txn> answer = origin == settings.id() ? asked.remove(number) : null;
        if (answer != null) {
            answer.accept(txn);
        }
    }

    private void tick() {
        if (ended) {
            return;
        }
        Ensemble with = ensemble;
        if (with != null) {
            with.tick();
        }
        if (serving && (with == null || with.mode().equals("leader"))) {
            expire();
        }
        later(Duration.ofMillis(settings.tick()), this::tick);
    }

    private void expire() {
        Instant now = clock.now();
        for (Map.Entry<Long, Integer> session : Map.copyOf(tree.sessions()).entrySet()) {
            Instant heard = touched.computeIfAbsent(session.getKey(), id -> now);
            if (heard.plusMillis(session.getValue()).isBefore(now)) {
                touched.put(session.getKey(), now);
                log.info(
                        "SessionTracker:ZooKeeperServer@358",
                        "Expiring session 0x" + Long.toHexString(session.getKey()) + ", timeout of "
                                + session.getValue() + "ms exceeded");
                ask(session.getKey(), 0, Txn.CLOSE_SESSION, "", new byte[0], java.util.List.of(), 0, done -> {});
            }
        }
    }
}
