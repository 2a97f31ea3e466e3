package dev.kuar.practice.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one session of PostgreSQL: roles and databases here, the rest on H2. */
final class PostgresStatements implements AutoCloseable {
    private final PostgresServer server;
    private final String database;
    private final String user;
    private @Nullable Connection connection;
    private char state = 'I';

    PostgresStatements(PostgresServer server, String database, String user) {
        this.server = server;
        this.database = database;
        this.user = user;
    }

    /** I without a transaction, T in one, E in one that has failed. */
    char state() {
        return state;
    }

    private Connection connection() throws SQLException {
        Connection known = connection;
        if (known == null) {
            Engine engine = server.database(database);
            if (engine == null) {
                throw new SQLException("database \"" + database + "\" does not exist", "3D000");
            }
            known = engine.connect();
            connection = known;
        }
        return known;
    }

    Outcome run(String sql) {
        List<Lexer.Token> tokens = Lexer.tokens(sql, false);
        String first = tokens.get(0).upper();
        if (state == 'E' && !first.equals("ROLLBACK") && !first.equals("COMMIT") && !first.equals("END")) {
            return new Outcome.Failure(
                    0, "25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }
        Outcome outcome;
        try {
            outcome = run(sql, tokens, first);
        } catch (SQLException e) {
            outcome = PostgresErrors.of(e, sql);
        }
        if (outcome instanceof Outcome.Failure && state == 'T') {
            state = 'E';
        }
        return outcome;
    }

    private static Outcome.Done done(String tag) {
        return new Outcome.Done(0, 0, tag);
    }

    private Outcome run(String sql, List<Lexer.Token> tokens, String first) throws SQLException {
        String second = tokens.size() > 1 ? tokens.get(1).upper() : "";
        switch (first) {
            case "BEGIN", "START":
                connection().setAutoCommit(false);
                state = 'T';
                return done(first.equals("BEGIN") ? "BEGIN" : "START TRANSACTION");
            case "COMMIT", "END", "ROLLBACK", "ABORT":
                return finish(first.equals("COMMIT") || first.equals("END"));
            case "SET", "RESET", "DISCARD", "LISTEN", "NOTIFY", "ANALYZE", "VACUUM", "GRANT", "REVOKE", "CHECKPOINT":
                return done(first);
            case "SHOW":
                return show(second.toLowerCase(Locale.ROOT));
            default:
                break;
        }
        boolean role = Set.of("USER", "ROLE").contains(second);
        if (role && Set.of("CREATE", "ALTER", "DROP").contains(first)) {
            return role(first, tokens);
        }
        if (second.equals("DATABASE") && tokens.size() > 2) {
            return database(first, tokens);
        }
        if (second.equals("EXTENSION") || second.equals("LANGUAGE")) {
            return done(first + " " + second);
        }
        if (!Queries.isAllowed(tokens)) {
            return PostgresErrors.syntax(tokens.get(0).text(), sql);
        }
        Outcome outcome = Queries.run(connection(), PostgresDialect.translate(sql, tokens, this::value));
        if (outcome instanceof Outcome.Rows rows) {
            if (tokens.stream().anyMatch(each -> each.is("RETURNING"))) {
                changed();
            }
            return named(rows, tokens);
        }
        changed();
        long count = outcome instanceof Outcome.Done done ? done.affected() : 0;
        return switch (first) {
            case "INSERT" -> new Outcome.Done(count, 0, "INSERT 0 " + count);
            case "UPDATE", "DELETE", "MERGE" -> new Outcome.Done(count, 0, first + " " + count);
            case "TRUNCATE" -> done("TRUNCATE TABLE");
            case "CREATE", "DROP", "ALTER" -> done(first + " " + object(tokens));
            default -> done(first);
        };
    }

    /** A call without a name of its own is called as its function. */
    private static Outcome.Rows named(Outcome.Rows rows, List<Lexer.Token> tokens) {
        List<List<Lexer.Token>> items = SelectItems.of(tokens);
        if (items.size() != rows.columns().size()) {
            return rows;
        }
        List<Outcome.Column> columns = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String function = SelectItems.function(items.get(i));
            Outcome.Column column = rows.columns().get(i);
            columns.add(function.isEmpty() ? column : new Outcome.Column(function, column.type()));
        }
        return new Outcome.Rows(columns, rows.rows());
    }

    private static String object(List<Lexer.Token> tokens) {
        for (Lexer.Token token : tokens.subList(1, tokens.size())) {
            if (Set.of("TABLE", "INDEX", "VIEW", "SEQUENCE", "SCHEMA", "TYPE", "DOMAIN")
                    .contains(token.upper())) {
                return token.upper();
            }
        }
        return "TABLE";
    }

    private void changed() {
        Engine engine = server.database(database);
        if (engine != null) {
            engine.changed();
        }
    }

    private Outcome finish(boolean commit) throws SQLException {
        boolean failed = state == 'E';
        if (commit && !failed) {
            connection().commit();
        } else {
            connection().rollback();
        }
        connection().setAutoCommit(true);
        state = 'I';
        changed();
        return done(commit && !failed ? "COMMIT" : "ROLLBACK");
    }

    private Outcome show(String name) {
        String value =
                switch (name) {
                    case "server_version" -> server.version();
                    case "server_encoding", "client_encoding" -> "UTF8";
                    case "max_connections" -> "100";
                    case "timezone", "log_timezone" -> "Etc/UTC";
                    case "search_path" -> "\"$user\", public";
                    case "shared_buffers" -> "128MB";
                    case "port" -> "5432";
                    case "listen_addresses" -> "*";
                    case "transaction", "transaction_isolation" -> "read committed";
                    case "standard_conforming_strings" -> "on";
                    default -> "";
                };
        return value.isEmpty()
                ? new Outcome.Failure(0, "42704", "unrecognized configuration parameter \"" + name + "\"")
                : Outcome.Rows.of(name).with(value);
    }

    private Outcome role(String first, List<Lexer.Token> tokens) {
        boolean lenient = tokens.size() > 3 && tokens.get(2).is("IF");
        int at = lenient ? 4 : 2;
        if (at >= tokens.size()) {
            return PostgresErrors.syntax("", "");
        }
        String name = tokens.get(at).kind() == Lexer.Kind.NAME
                ? tokens.get(at).text()
                : tokens.get(at).text().toLowerCase(Locale.ROOT);
        boolean there = server.roles().contains(name);
        if (first.equals("CREATE") && there) {
            return new Outcome.Failure(0, "42710", "role \"" + name + "\" already exists");
        }
        if (!first.equals("CREATE") && !there) {
            return lenient
                    ? done("DROP ROLE")
                    : new Outcome.Failure(0, "42704", "role \"" + name + "\" does not exist");
        }
        String password = "";
        for (int i = at + 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("PASSWORD")) {
                password = tokens.get(i + 1).text();
            }
        }
        if (first.equals("DROP")) {
            server.dropRole(name);
        } else if (first.equals("CREATE") || !password.isEmpty()) {
            server.putRole(name, password);
        }
        return done(first + " ROLE");
    }

    private Outcome database(String first, List<Lexer.Token> tokens) {
        boolean lenient = tokens.size() > 4 && tokens.get(2).is("IF");
        Lexer.Token token = tokens.get(lenient ? 4 : 2);
        String name =
                token.kind() == Lexer.Kind.NAME ? token.text() : token.text().toLowerCase(Locale.ROOT);
        boolean there = server.databases().contains(name);
        if (state != 'I') {
            return new Outcome.Failure(0, "25001", first + " DATABASE cannot run inside a transaction block");
        }
        if (first.equals("CREATE")) {
            if (there) {
                return new Outcome.Failure(0, "42P04", "database \"" + name + "\" already exists");
            }
            server.createDatabase(name);
        } else if (first.equals("DROP")) {
            if (!there) {
                return lenient
                        ? done("DROP DATABASE")
                        : new Outcome.Failure(0, "3D000", "database \"" + name + "\" does not exist");
            }
            if (name.equals(database)) {
                return new Outcome.Failure(0, "55006", "cannot drop the currently open database");
            }
            if (server.users(name) > 0) {
                return new Outcome.Failure(0, "55006", "database \"" + name + "\" is being accessed by other users");
            }
            server.dropDatabase(name);
        }
        return done(first + " DATABASE");
    }

    /** What a name of PostgreSQL's stands for, as SQL; empty for what is none. */
    private String value(String name) {
        return switch (name) {
            case "VERSION()" -> "'" + server.fullVersion() + "'";
            case "CURRENT_DATABASE()", "CURRENT_CATALOG" -> "'" + database + "'";
            case "CURRENT_USER", "SESSION_USER", "USER" -> "'" + user.replace("'", "''") + "'";
            case "PG_DATABASE" -> values(server.databases(), "pg_database(datname)");
            case "PG_ROLES" -> values(server.roles(), "pg_roles(rolname)");
            case "PG_USER" -> values(server.roles(), "pg_user(usename)");
            default -> "";
        };
    }

    private static String values(List<String> names, String alias) {
        List<String> rows = new ArrayList<>();
        names.forEach(name -> rows.add("('" + name.replace("'", "''") + "')"));
        return "(VALUES " + String.join(", ", rows) + ") AS " + alias;
    }

    @Override
    public void close() {
        Connection known = connection;
        if (known != null) {
            connection = null;
            try {
                known.close();
            } catch (SQLException gone) {
                state = 'I';
            }
        }
    }
}
