package dev.kuar.practice.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one session: its own kinds here, SHOW elsewhere, the rest on H2. */
final class MySqlStatements {
    private final MySqlServer server;
    private final MySqlSession session;
    private final MySqlShow show;
    private long lastId;
    private boolean transaction;

    MySqlStatements(MySqlServer server, MySqlSession session) {
        this.server = server;
        this.session = session;
        this.show = new MySqlShow(server, session);
    }

    boolean isInTransaction() {
        return transaction;
    }

    /** The line that COM_STATISTICS gives. */
    String status() {
        return "Uptime: " + server.uptime() + "  Threads: " + server.sessions().size() + "  Questions: "
                + server.asked() + "  Slow queries: 0  Opens: 119  Flush tables: 3  Open tables: 38  Queries per second"
                + " avg: 0.1";
    }

    /** USE. */
    Outcome choose(String name) {
        try {
            if (!exists(name)) {
                return MySqlErrors.unknownDatabase(name);
            }
            if (!mayUse(name)) {
                return denied(name);
            }
            session.use(name.toLowerCase(Locale.ROOT));
            return Outcome.Done.NOTHING;
        } catch (SQLException e) {
            return MySqlErrors.of(e, "", name, server.version());
        }
    }

    private boolean mayUse(String name) {
        MySqlAccounts.Account account = session.account();
        return account == null || account.mayUse(name.toLowerCase(Locale.ROOT));
    }

    private Outcome.Failure denied(String name) {
        MySqlAccounts.Account account = session.account();
        String who = account == null ? "'" + session.user() + "'@'localhost'" : account.quoted();
        return new Outcome.Failure(1044, "42000", "Access denied for user " + who + " to database '" + name + "'");
    }

    private boolean exists(String name) throws SQLException {
        return !name.equalsIgnoreCase("public")
                && !Queries.column(
                                session.connection(),
                                "SELECT schema_name FROM information_schema.schemata WHERE schema_name = ?",
                                name)
                        .isEmpty();
    }

    Outcome run(String sql) {
        List<Lexer.Token> tokens = Lexer.tokens(sql, true);
        try {
            return run(sql, tokens);
        } catch (SQLException e) {
            return MySqlErrors.of(e, sql, session.database(), server.version());
        }
    }

    private static boolean begins(List<Lexer.Token> tokens, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (i >= tokens.size() || !tokens.get(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    private Outcome run(String sql, List<Lexer.Token> tokens) throws SQLException {
        String first = tokens.get(0).upper();
        switch (first) {
            case "USE":
                return choose(tokens.size() > 1 ? tokens.get(1).text() : "");
            case "SHOW":
                return show.run(tokens, sql);
            case "DESC", "DESCRIBE", "EXPLAIN":
                if (tokens.size() == 2 || tokens.size() == 4 && tokens.get(2).is(".")) {
                    return show.columns(
                            tokens.size() == 4 ? tokens.get(1).text() : "",
                            tokens.get(tokens.size() - 1).text(),
                            false);
                }
                break;
            case "SET":
                return begins(tokens, "SET", "PASSWORD")
                        ? new MySqlGrants(server, session).run(tokens, sql)
                        : set(tokens);
            case "BEGIN", "START":
                session.connection().setAutoCommit(false);
                transaction = true;
                return Outcome.Done.NOTHING;
            case "COMMIT", "ROLLBACK":
                return finish(first.equals("COMMIT"));
            case "GRANT", "REVOKE", "FLUSH":
                return new MySqlGrants(server, session).run(tokens, sql);
            case "LOCK", "UNLOCK", "ANALYZE", "OPTIMIZE", "KILL":
                return Outcome.Done.NOTHING;
            default:
                break;
        }
        if (tokens.size() > 1
                && tokens.get(1).is("USER")
                && Set.of("CREATE", "DROP", "ALTER", "RENAME").contains(first)) {
            return new MySqlGrants(server, session).run(tokens, sql);
        }
        if (tokens.size() > 2 && (tokens.get(1).is("DATABASE") || tokens.get(1).is("SCHEMA"))) {
            return database(first, tokens);
        }
        return query(sql, tokens);
    }

    private Outcome finish(boolean commit) throws SQLException {
        if (commit) {
            session.connection().commit();
        } else {
            session.connection().rollback();
        }
        session.connection().setAutoCommit(true);
        transaction = false;
        server.engine().changed();
        return Outcome.Done.NOTHING;
    }

    private Outcome set(List<Lexer.Token> tokens) throws SQLException {
        if (tokens.size() > 3 && tokens.get(1).is("AUTOCOMMIT")) {
            transaction = tokens.get(3).text().equals("0");
            session.connection().setAutoCommit(!transaction);
        }
        return Outcome.Done.NOTHING;
    }

    private Outcome database(String first, List<Lexer.Token> tokens) throws SQLException {
        boolean lenient = tokens.size() > 3 && tokens.get(2).is("IF");
        int at = lenient ? first.equals("CREATE") ? 5 : 4 : 2;
        if (at >= tokens.size()) {
            return MySqlErrors.syntax("", server.version());
        }
        String name = tokens.get(at).text().toLowerCase(Locale.ROOT);
        if (!mayUse(name)) {
            return denied(name);
        }
        boolean there = exists(name);
        if (first.equals("CREATE")) {
            if (there) {
                return lenient
                        ? new Outcome.Done(1, 0, "")
                        : new Outcome.Failure(1007, "HY000", "Can't create database '" + name + "'; database exists");
            }
            server.engine().run("CREATE SCHEMA \"" + name.replace("\"", "") + "\"");
        } else if (first.equals("DROP")) {
            if (!there) {
                return lenient
                        ? Outcome.Done.NOTHING
                        : new Outcome.Failure(
                                1008, "HY000", "Can't drop database '" + name + "'; database doesn't exist");
            }
            if (MySqlServer.OWN.contains(name)) {
                return denied(name);
            }
            int tables = show.tables(name).size();
            server.engine().run("DROP SCHEMA \"" + name.replace("\"", "") + "\" CASCADE");
            if (session.database().equals(name)) {
                session.use("");
            }
            server.engine().changed();
            return new Outcome.Done(tables, 0, "");
        }
        server.engine().changed();
        return new Outcome.Done(1, 0, "");
    }

    private Outcome query(String sql, List<Lexer.Token> tokens) throws SQLException {
        if (!Queries.isAllowed(tokens)) {
            return MySqlErrors.syntax(sql, server.version());
        }
        Outcome.Failure refused = refused(tokens);
        if (refused != null) {
            return refused;
        }
        String schema = session.database().isEmpty() ? "public" : session.database();
        session.connection().setSchema(schema);
        String translated = MySqlDialect.translate(tokens, this::value);
        Outcome outcome = Queries.run(session.connection(), translated);
        if (outcome instanceof Outcome.Rows rows) {
            return named(rows, sql, tokens);
        }
        server.engine().changed();
        String first = tokens.get(0).upper();
        if (outcome instanceof Outcome.Done done) {
            boolean inserts = first.equals("INSERT") || first.equals("REPLACE");
            long key = inserts ? done.lastId() : 0;
            lastId = key == 0 ? lastId : key;
            String info = "";
            if (first.equals("UPDATE")) {
                info = "Rows matched: " + done.affected() + "  Changed: " + done.affected() + "  Warnings: 0";
            } else if (inserts && done.affected() > 1) {
                info = "Records: " + done.affected() + "  Duplicates: 0  Warnings: 0";
            }
            boolean defines = Set.of("CREATE", "DROP", "ALTER", "TRUNCATE").contains(first);
            return new Outcome.Done(defines ? 0 : done.affected(), key, info);
        }
        return outcome;
    }

    /** What has no name of its own is called as it was written. */
    private static Outcome.Rows named(Outcome.Rows rows, String sql, List<Lexer.Token> tokens) {
        List<List<Lexer.Token>> items = SelectItems.of(tokens);
        if (items.size() != rows.columns().size()) {
            return rows;
        }
        List<Outcome.Column> columns = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<Lexer.Token> item = items.get(i);
            int next = tokens.indexOf(item.get(item.size() - 1)) + 1;
            int end = next < tokens.size() ? tokens.get(next).start() : sql.length();
            String written = sql.substring(item.get(0).start(), end).strip();
            columns.add(
                    SelectItems.isNamed(item)
                            ? rows.columns().get(i)
                            : new Outcome.Column(
                                    written.replaceAll("^(['\"])(.*)\\1$", "$2"),
                                    rows.columns().get(i).type()));
        }
        return new Outcome.Rows(columns, rows.rows());
    }

    /** What may not be touched: tables without a database, databases of others. */
    private Outcome.@Nullable Failure refused(List<Lexer.Token> tokens) throws SQLException {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            String name = tokens.get(i).text();
            if (tokens.get(i + 1).is(".") && !mayUse(name) && exists(name)) {
                return new Outcome.Failure(
                        1142,
                        "42000",
                        tokens.get(0).upper() + " command denied to user '" + session.user() + "'@'" + session.peer()
                                + "' for table '" + tokens.get(i + 2).text() + "'");
            }
        }
        boolean touches = !tokens.get(0).is("SELECT")
                && tokens.stream().noneMatch(each -> each.is("."))
                && !tokens.get(0).is("VALUES");
        return session.database().isEmpty() && touches ? MySqlErrors.noDatabase() : null;
    }

    /** Functions and variables of the session as SQL; empty for what is none. */
    private String value(String name) {
        String text =
                switch (name) {
                    case "DATABASE()", "SCHEMA()" -> session.database().isEmpty() ? "NULL" : session.database();
                    case "VERSION()", "@@VERSION" -> server.version();
                    case "USER()", "SESSION_USER()", "SYSTEM_USER()" -> session.user() + "@" + session.peer();
                    case "CURRENT_USER()" -> {
                        MySqlAccounts.Account account = session.account();
                        yield account == null ? "root@localhost" : account.user() + "@" + account.host();
                    }
                    default -> "";
                };
        if (!text.isEmpty()) {
            return text.equals("NULL") ? text : "'" + text.replace("'", "''") + "'";
        }
        if (name.equals("CONNECTION_ID()")) {
            return Integer.toString(session.id());
        }
        if (name.equals("LAST_INSERT_ID()")) {
            return Long.toString(lastId);
        }
        String variable =
                name.startsWith("@@") ? show.variable(name.substring(2).toLowerCase(Locale.ROOT)) : "";
        return variable.matches("\\d+") ? variable : variable.isEmpty() ? "" : "'" + variable + "'";
    }
}
