package dev.kuar.practice.sql;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that speaks PostgreSQL's protocol; each database is an H2 database. Thread-safe. */
public final class PostgresServer implements PortService, AutoCloseable {
    private static final String SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";
    private static final String OF_SESSIONS =
            ";LOCK_TIMEOUT=5000;NON_KEYWORDS=VALUE,KEY,DAY,MONTH,YEAR,HOUR,MINUTE,SECOND";

    private final SqlHost host;
    private final ClusterClock clock;
    private final String directory;
    private final Map<String, Engine> databases = new TreeMap<>();
    /** SHA-256 of passwords by user; empty for none. */
    private final Map<String, String> roles = new TreeMap<>();

    private final Set<PostgresSession> sessions = new CopyOnWriteArraySet<>();
    private final AtomicInteger nextSession = new AtomicInteger(60);
    private final boolean trusts;
    private volatile String owner = "postgres";

    private PostgresServer(SqlHost host, ClusterClock clock, String directory, boolean trusts) {
        this.host = host;
        this.clock = clock;
        this.directory = directory;
        this.trusts = trusts;
    }

    /**
     * A server on what a data directory holds; it may be empty.
     *
     * @param trusts whether nobody is asked for a password
     */
    public static PostgresServer open(SqlHost host, ClusterClock clock, String directory, boolean trusts) {
        PostgresServer server = new PostgresServer(host, clock, directory, trusts);
        host.read(directory + "/global/roles").ifPresent(text -> text.lines().forEach(line -> {
            String[] words = line.split("\t", -1);
            server.roles.put(words[0], words.length > 1 ? words[1] : "");
            server.owner = words.length > 2 ? words[0] : server.owner;
        }));
        host.list(directory + "/base")
                .forEach(name -> server.add(
                        name,
                        host.read(directory + "/base/" + name + "/tables.sql").orElse("")));
        return server;
    }

    /** Makes a new directory's first role and databases. */
    public void initialize(String user, String password, String database) {
        owner = user;
        putRole(user, password);
        createDatabase("postgres");
        createDatabase("template1");
        if (!database.equals("postgres")) {
            createDatabase(database);
        }
        host.write(directory + "/PG_VERSION", host.version().replaceFirst("\\..*", "") + "\n");
        host.write(directory + "/postgresql.conf", "listen_addresses = '*'\n");
        host.write(
                directory + "/pg_hba.conf",
                "local   all             all                                     trust\n"
                        + "host    all             all             127.0.0.1/32            trust\n"
                        + "host all all all " + (trusts ? "trust" : "scram-sha-256") + "\n");
    }

    private void add(String name, String script) {
        String path = directory + "/base/" + name + "/tables.sql";
        try {
            databases.put(name, new Engine(SETTINGS, OF_SESSIONS, script, clock, text -> host.write(path, text)));
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    synchronized @Nullable Engine database(String name) {
        return databases.get(name);
    }

    synchronized List<String> databases() {
        List<String> names = new ArrayList<>(databases.keySet());
        names.add("template0");
        names.sort(null);
        return names;
    }

    synchronized void createDatabase(String name) {
        add(name, "");
        host.write(directory + "/base/" + name + "/tables.sql", "");
    }

    synchronized void dropDatabase(String name) {
        Engine engine = databases.remove(name);
        if (engine != null) {
            engine.close();
            host.remove(directory + "/base/" + name);
        }
    }

    /** How many use a database. */
    long users(String database) {
        return sessions.stream()
                .filter(each -> each.database().equals(database))
                .count();
    }

    private static String hash(String password) {
        return password.isEmpty()
                ? ""
                : HexFormat.of().formatHex(MySqlAccounts.digest("SHA-256", password.getBytes(StandardCharsets.UTF_8)));
    }

    synchronized void putRole(String name, String password) {
        roles.put(name, hash(password));
        keepRoles();
    }

    synchronized void dropRole(String name) {
        roles.remove(name);
        keepRoles();
    }

    synchronized List<String> roles() {
        return new ArrayList<>(roles.keySet());
    }

    private void keepRoles() {
        StringBuilder text = new StringBuilder();
        roles.forEach((name, password) -> text.append(name)
                .append('\t')
                .append(password)
                .append(name.equals(owner) ? "\towner" : "")
                .append('\n'));
        host.write(directory + "/global/roles", text.toString());
    }

    /** Whether a peer must prove its password. */
    boolean asks(String peer) {
        return !trusts && !peer.startsWith("127.") && !peer.equals("::1");
    }

    synchronized boolean fits(String user, String password) {
        String wanted = roles.get(user);
        return wanted != null && !wanted.isEmpty() && wanted.equals(hash(password));
    }

    String owner() {
        return owner;
    }

    /** {@code 17.7 (Debian 17.7-3.pgdg13+1)}. */
    public String version() {
        return host.version() + " (Debian " + host.version() + "-1.pgdg13+1)";
    }

    /** What {@code version()} says. */
    public String fullVersion() {
        return "PostgreSQL " + version() + " on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit";
    }

    @Override
    public Wire accept(Wire back, String peer) {
        PostgresSession session = new PostgresSession(this, back, nextSession.getAndIncrement(), peer);
        sessions.add(session);
        return session;
    }

    /** Runs a script as the owner in a database; what fails first ends it and is said. */
    public String runScript(String script, String database) {
        PostgresStatements statements = new PostgresStatements(this, database, owner);
        try {
            for (String statement : Lexer.statements(script, false)) {
                if (statements.run(statement) instanceof Outcome.Failure failure) {
                    return "ERROR:  " + failure.message();
                }
            }
            return "";
        } finally {
            statements.close();
        }
    }

    void forget(PostgresSession session) {
        sessions.remove(session);
    }

    /** Writes what is not written yet, and ends all connections. */
    @Override
    public void close() {
        sessions.forEach(PostgresSession::hangUp);
        List<Engine> all;
        synchronized (this) {
            all = List.copyOf(databases.values());
        }
        all.forEach(Engine::close);
    }
}
