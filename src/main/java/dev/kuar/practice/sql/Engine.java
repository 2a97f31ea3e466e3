package dev.kuar.practice.sql;

import dev.kuar.practice.time.ClusterClock;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.h2.Driver;
import org.h2.tools.RunScript;
import org.jspecify.annotations.Nullable;

/** One database in memory, and its content as a script, which is given away a moment after each change. Thread-safe. */
final class Engine implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String url;
    private final String own;
    private final Connection owner;
    private final ClusterClock clock;
    private final Consumer<String> keeper;
    private ClusterClock.@Nullable Timeout planned;
    private boolean dirty;
    private boolean closed;

    /**
     * A database with what {@code script} makes.
     *
     * @param settings of H2 for the database, each after a semicolon
     * @param own those of each connection
     * @param keeper takes the script whenever something has changed
     */
    Engine(String settings, String own, String script, ClusterClock clock, Consumer<String> keeper)
            throws SQLException {
        this.url = "jdbc:h2:mem:" + UUID.randomUUID();
        this.own = own;
        this.clock = clock;
        this.keeper = keeper;
        this.owner = connect("", "", settings + ";DB_CLOSE_DELAY=-1" + own);
        if (!script.isEmpty()) {
            RunScript.execute(owner, new StringReader(script));
        }
        run("CREATE USER IF NOT EXISTS client PASSWORD 'client'");
        run("GRANT ALTER ANY SCHEMA TO client");
        run("GRANT ALL ON SCHEMA public TO client");
    }

    private Connection connect(String user, String password, String settings) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        Connection made = new Driver().connect(url + settings, properties);
        if (made == null) {
            throw new SQLException("no connection");
        }
        return made;
    }

    /** A connection of a client's. */
    Connection connect() throws SQLException {
        return connect("client", "client", own);
    }

    /** Does something that clients may not. */
    synchronized void run(String statement) throws SQLException {
        try (Statement made = owner.createStatement()) {
            made.execute(statement);
        }
    }

    private String script() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement made = owner.createStatement();
                ResultSet lines = made.executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
            while (lines.next()) {
                String line = lines.getString(1);
                if (!line.contains("CREATE USER IF NOT EXISTS") && !line.startsWith("GRANT ")) {
                    text.append(line).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Something may have changed. */
    synchronized void changed() {
        dirty = true;
        if (planned == null && !closed) {
            planned = clock.after(PAUSE, this::keep);
        }
    }

    /** Gives the script away now if it is not known yet. */
    synchronized void keep() {
        planned = null;
        if (!dirty || closed) {
            return;
        }
        dirty = false;
        try {
            keeper.accept(script());
        } catch (SQLException busy) {
            changed();
        }
    }

    @Override
    public synchronized void close() {
        ClusterClock.Timeout timer = planned;
        if (timer != null) {
            timer.cancel();
        }
        keep();
        closed = true;
        try {
            run("SHUTDOWN IMMEDIATELY");
        } catch (SQLException gone) {
            closed = true;
        }
    }
}
