package dev.kuar.practice.sql;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.time.ClusterClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks MySQL's protocol. Databases are schemas of one H2 database. Thread-safe. */
public final class MySqlServer implements PortService, AutoCloseable {
    /** Databases that every server has. */
    static final Set<String> OWN = Set.of("information_schema", "mysql", "performance_schema", "sys");

    private static final String SETTINGS = ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    private static final String OF_SESSIONS =
            ";LOCK_TIMEOUT=5000;NON_KEYWORDS=VALUE,KEY,USER,DAY,MONTH,YEAR,HOUR,MINUTE,SECOND,GROUPS,CHECK";

    private final SqlHost host;
    private final ClusterClock clock;
    private final String directory;
    private final Engine engine;
    private final MySqlAccounts accounts = new MySqlAccounts();
    private final Map<Integer, MySqlSession> sessions = new LinkedHashMap<>();
    private final AtomicInteger nextSession = new AtomicInteger(8);
    private final AtomicInteger questions = new AtomicInteger();
    private final Instant started;

    private MySqlServer(SqlHost host, ClusterClock clock, String directory, String script) throws SQLException {
        this.host = host;
        this.clock = clock;
        this.directory = directory;
        this.started = clock.now();
        this.engine =
                new Engine(SETTINGS, OF_SESSIONS, script, clock, text -> host.write(directory + "/ibdata1", text));
        for (String name : OWN) {
            if (!name.equals("information_schema")) {
                engine.run("CREATE SCHEMA IF NOT EXISTS \"" + name + "\"");
            }
        }
        engine.run(
                "CREATE TABLE IF NOT EXISTS mysql.\"user\" (host VARCHAR(255), \"user\" VARCHAR(32), plugin VARCHAR(64),"
                        + " PRIMARY KEY (host, \"user\"))");
    }

    /** A server on what a data directory holds; it may be empty. */
    public static MySqlServer open(SqlHost host, ClusterClock clock, String directory) {
        try {
            MySqlServer server = new MySqlServer(
                    host, clock, directory, host.read(directory + "/ibdata1").orElse(""));
            host.read(directory + "/mysql/user.MYD").ifPresent(server.accounts::read);
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException("the data directory is damaged: " + e.getMessage(), e);
        }
    }

    /** Makes an account, or changes its password; {@code databases} are those it may use, a star for all. */
    public void allow(String user, String from, String password, Set<String> databases) {
        accounts.put(user, from, password, new TreeSet<>(databases));
        accountsChanged();
    }

    /** Runs the statements of a script as root, in a database or in none. What fails first ends it and is said. */
    public String runScript(String script, String database) {
        try (MySqlSession session = new MySqlSession(
                this,
                new Wire() {
                    @Override
                    public void send(byte[] bytes) {
                        // Nobody reads answers.
                    }

                    @Override
                    public void end() {
                        // Nothing was begun.
                    }
                },
                1,
                "localhost")) {
            session.become("root", database);
            for (String statement : Lexer.statements(script, true)) {
                if (session.statements().run(statement) instanceof Outcome.Failure failure) {
                    return "ERROR " + failure.code() + " (" + failure.state() + "): " + failure.message();
                }
            }
            return "";
        }
    }

    void accountsChanged() {
        host.write(directory + "/mysql/user.MYD", accounts.written());
        try {
            engine.run("TRUNCATE TABLE mysql.\"user\"");
            for (MySqlAccounts.Account each : accounts.all()) {
                engine.run("INSERT INTO mysql.\"user\" VALUES ('" + each.host().replace("'", "''") + "', '"
                        + each.user().replace("'", "''") + "', '" + plugin() + "')");
            }
            engine.changed();
        } catch (SQLException e) {
            host.log("[ERROR] " + e.getMessage());
        }
    }

    /** How it wants passwords to be proved. */
    String plugin() {
        return host.version().startsWith("5.") || isMariaDb() ? "mysql_native_password" : "caching_sha2_password";
    }

    boolean isMariaDb() {
        return host.version().contains("MariaDB");
    }

    @Override
    public Wire accept(Wire back, String peer) {
        int id = nextSession.getAndIncrement();
        String from = peer.startsWith("127.") || peer.equals("::1") ? "localhost" : peer;
        MySqlSession session = new MySqlSession(this, back, id, from);
        synchronized (sessions) {
            sessions.put(id, session);
        }
        session.greet();
        return session;
    }

    void forget(int id) {
        synchronized (sessions) {
            sessions.remove(id);
        }
    }

    List<MySqlSession> sessions() {
        synchronized (sessions) {
            return List.copyOf(sessions.values());
        }
    }

    Connection connect() throws SQLException {
        return engine.connect();
    }

    Engine engine() {
        return engine;
    }

    MySqlAccounts accounts() {
        return accounts;
    }

    String version() {
        return host.version();
    }

    /** Counts a question. */
    int asked() {
        return questions.incrementAndGet();
    }

    long uptime() {
        return clock.now().getEpochSecond() - started.getEpochSecond();
    }

    /** Writes what is not written yet, and ends all connections. */
    @Override
    public void close() {
        sessions().forEach(MySqlSession::hangUp);
        engine.close();
    }
}
