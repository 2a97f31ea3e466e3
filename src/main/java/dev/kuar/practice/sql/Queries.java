package dev.kuar.practice.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs statements on a connection, if they are of a kind that belongs to a database alone. */
final class Queries {
    private static final Set<String> FIRST = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "REPLACE",
            "MERGE",
            "WITH",
            "VALUES",
            "TABLE",
            "TRUNCATE",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT",
            "EXPLAIN",
            "(",
            "COMMENT");
    private static final Set<String> OBJECTS = Set.of(
            "TABLE",
            "INDEX",
            "UNIQUE",
            "FULLTEXT",
            "VIEW",
            "SEQUENCE",
            "SCHEMA",
            "TEMPORARY",
            "TEMP",
            "UNLOGGED",
            "TYPE",
            "DOMAIN");
    private static final Set<String> FORBIDDEN =
            Set.of("FILE_READ", "FILE_WRITE", "CSVREAD", "CSVWRITE", "LINK_SCHEMA", "RUNSCRIPT", "ALIAS", "LINKED");

    /** What a client asks for is held in memory. */
    private static final int MOST_ROWS = 100_000;

    private static final int SECONDS = 60;

    private Queries() {}

    /** Whether nothing but the database can be reached by it. */
    static boolean isAllowed(List<Lexer.Token> tokens) {
        if (tokens.isEmpty() || tokens.stream().anyMatch(each -> FORBIDDEN.contains(each.upper()))) {
            return false;
        }
        String first = tokens.get(0).upper();
        if (first.equals("CREATE") || first.equals("DROP") || first.equals("ALTER")) {
            int at =
                    tokens.size() > 3 && tokens.get(1).is("OR") && tokens.get(2).is("REPLACE") ? 3 : 1;
            return tokens.size() > at && OBJECTS.contains(tokens.get(at).upper());
        }
        return FIRST.contains(first);
    }

    /** The rows, or how many were touched and the number that the last new one was given. */
    static Outcome run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(MOST_ROWS);
            statement.setQueryTimeout(SECONDS);
            if (!statement.execute(sql, Statement.RETURN_GENERATED_KEYS)) {
                long count = Math.max(0, statement.getUpdateCount());
                return new Outcome.Done(count, firstKey(statement), "");
            }
            try (ResultSet results = statement.getResultSet()) {
                return rows(results);
            }
        }
    }

    private static long firstKey(Statement statement) {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            return keys.next() && keys.getObject(1) instanceof Number number ? number.longValue() : 0;
        } catch (SQLException none) {
            return 0;
        }
    }

    static Outcome.Rows rows(ResultSet results) throws SQLException {
        ResultSetMetaData about = results.getMetaData();
        List<Outcome.Column> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(new Outcome.Column(about.getColumnLabel(i), about.getColumnType(i)));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (results.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(text(results, i, columns.get(i - 1).type()));
            }
            rows.add(row);
        }
        return new Outcome.Rows(columns, rows);
    }

    private static @Nullable String text(ResultSet results, int column, int type) throws SQLException {
        String text = results.getString(column);
        if (text != null
                && (type == Types.DOUBLE || type == Types.REAL || type == Types.FLOAT)
                && text.endsWith(".0")) {
            return text.substring(0, text.length() - 2);
        }
        return text;
    }

    /** The first column of a query of ours. */
    static List<String> column(Connection connection, String sql, Object... values) throws SQLException {
        List<String> all = new ArrayList<>();
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    all.add(results.getString(1));
                }
            }
        }
        return all;
    }

    /** The rows of a query of ours. */
    static Outcome.Rows table(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                return rows(results);
            }
        }
    }
}
