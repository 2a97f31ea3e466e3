package dev.kuar.practice.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE. */
final class MySqlShow {
    private final MySqlServer server;
    private final MySqlSession session;

    MySqlShow(MySqlServer server, MySqlSession session) {
        this.server = server;
        this.session = session;
    }

    Outcome run(List<Lexer.Token> given, String sql) throws SQLException {
        List<Lexer.Token> tokens = new ArrayList<>(given);
        tokens.removeIf(each -> each.is("FULL") || each.is("GLOBAL") || each.is("SESSION") || each.is("EXTENDED"));
        boolean full = given.stream().anyMatch(each -> each.is("FULL"));
        String what = tokens.size() > 1 ? tokens.get(1).upper() : "";
        String from = after(tokens, "FROM", "IN");
        String like = after(tokens, "LIKE", "LIKE");
        return switch (what) {
            case "DATABASES", "SCHEMAS" -> databases(like);
            case "TABLES" -> tables(from.isEmpty() ? session.database() : from, like, full);
            case "COLUMNS", "FIELDS" -> columns(second(tokens), from, full);
            case "CREATE" ->
                tokens.size() > 3 && tokens.get(2).is("TABLE")
                        ? creation(tokens.get(tokens.size() - 1).text())
                        : tokens.size() > 3 && tokens.get(2).is("DATABASE")
                                ? Outcome.Rows.of("Database", "Create Database")
                                        .with(
                                                tokens.get(3).text(),
                                                "CREATE DATABASE `"
                                                        + tokens.get(3).text()
                                                        + "` /*!40100 DEFAULT CHARACTER SET utf8mb4 */")
                                : MySqlErrors.syntax(sql, server.version());
            case "INDEX", "INDEXES", "KEYS" -> indexes(from);
            case "VARIABLES" -> matching(Outcome.Rows.of("Variable_name", "Value"), variables(), like);
            case "STATUS" -> matching(Outcome.Rows.of("Variable_name", "Value"), statusValues(), like);
            case "PROCESSLIST" -> processes(sql);
            case "GRANTS" -> grants();
            case "ENGINES" ->
                Outcome.Rows.of("Engine", "Support", "Comment", "Transactions", "XA", "Savepoints")
                        .with(
                                "InnoDB",
                                "DEFAULT",
                                "Supports transactions, row-level locking, and foreign keys",
                                "YES",
                                "YES",
                                "YES");
            case "WARNINGS", "ERRORS" -> Outcome.Rows.of("Level", "Code", "Message");
            case "PLUGINS" -> Outcome.Rows.of("Name", "Status", "Type", "Library", "License");
            default -> MySqlErrors.syntax(sql.strip().replaceFirst("(?i)^show\\s*", ""), server.version());
        };
    }

    private static String after(List<Lexer.Token> tokens, String word, String other) {
        for (int i = 2; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is(word) || tokens.get(i).is(other)) {
                return tokens.get(i + 1).text();
            }
        }
        return "";
    }

    /** The database of SHOW COLUMNS FROM t FROM d; empty where none is named. */
    private static String second(List<Lexer.Token> tokens) {
        for (int i = 5; i < tokens.size(); i++) {
            if (tokens.get(i - 1).is("FROM") || tokens.get(i - 1).is("IN")) {
                return tokens.get(i).text();
            }
        }
        return "";
    }

    private static boolean like(String pattern, String text) {
        return pattern.isEmpty()
                || text.toLowerCase(Locale.ROOT)
                        .matches(("\\Q" + pattern.toLowerCase(Locale.ROOT) + "\\E")
                                .replace("\\_", "\\E_\\Q")
                                .replace("%", "\\E.*\\Q")
                                .replaceAll("(?<!E)_", "\\\\E.\\\\Q"));
    }

    private Outcome databases(String pattern) throws SQLException {
        Outcome.Rows rows = Outcome.Rows.of(pattern.isEmpty() ? "Database" : "Database (" + pattern + ")");
        MySqlAccounts.Account account = session.account();
        Queries.column(session.connection(), "SELECT schema_name FROM information_schema.schemata ORDER BY 1").stream()
                .filter(name -> !name.equals("public") && like(pattern, name))
                .filter(name -> account == null || account.mayUse(name))
                .forEach(rows::with);
        return rows;
    }

    List<String> tables(String database) throws SQLException {
        return Queries.column(
                session.connection(),
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY 1",
                database);
    }

    private Outcome tables(String database, String pattern, boolean full) throws SQLException {
        if (database.isEmpty()) {
            return MySqlErrors.noDatabase();
        }
        String title = "Tables_in_" + database + (pattern.isEmpty() ? "" : " (" + pattern + ")");
        Outcome.Rows rows = full ? Outcome.Rows.of(title, "Table_type") : Outcome.Rows.of(title);
        for (String name : tables(database)) {
            if (like(pattern, name)) {
                if (full) {
                    rows.with(name, "BASE TABLE");
                } else {
                    rows.with(name);
                }
            }
        }
        return rows;
    }

    /** The columns of a table; {@code given} is its database, empty for the session's. */
    Outcome columns(String given, String table, boolean full) throws SQLException {
        String database = given.isEmpty() ? session.database() : given;
        if (database.isEmpty()) {
            return MySqlErrors.noDatabase();
        }
        List<Column> columns = columnsOf(database, table);
        if (columns.isEmpty()) {
            return MySqlErrors.noTable(database, table);
        }
        Outcome.Rows rows = full
                ? Outcome.Rows.of(
                        "Field", "Type", "Collation", "Null", "Key", "Default", "Extra", "Privileges", "Comment")
                : Outcome.Rows.of("Field", "Type", "Null", "Key", "Default", "Extra");
        for (Column each : columns) {
            String nullable = each.nullable() ? "YES" : "NO";
            String extra = each.identity()
                    ? "auto_increment"
                    : each.standard() != null && each.standard().contains("TIMESTAMP") ? "DEFAULT_GENERATED" : "";
            if (full) {
                rows.with(
                        each.name(),
                        each.type(),
                        null,
                        nullable,
                        each.key(),
                        each.standard(),
                        extra,
                        "select,insert,update,references",
                        "");
            } else {
                rows.with(each.name(), each.type(), nullable, each.key(), each.standard(), extra);
            }
        }
        return rows;
    }

    private record Column(
            String name,
            String type,
            boolean nullable,
            String key,
            @Nullable String standard,
            boolean identity) {}

    private List<Column> columnsOf(String database, String table) throws SQLException {
        Map<String, String> keys = new TreeMap<>();
        for (List<@Nullable String> row : indexRows(database, table)) {
            if ("1".equals(row.get(2))) {
                keys.merge(
                        String.valueOf(row.get(3)),
                        isPrimary(row) ? "PRI" : String.valueOf(row.get(1)).startsWith("UNIQUE") ? "UNI" : "MUL",
                        (one, other) -> one.compareTo("PRI") == 0 || other.equals("MUL") ? one : other);
            } else {
                keys.putIfAbsent(String.valueOf(row.get(3)), isPrimary(row) ? "PRI" : "MUL");
            }
        }
        List<Column> columns = new ArrayList<>();
        for (List<@Nullable String> row : Queries.table(
                        session.connection(),
                        "SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,"
                                + " is_nullable, column_default, is_identity FROM information_schema.columns WHERE"
                                + " table_schema = ? AND table_name = ? ORDER BY ordinal_position",
                        database,
                        table)
                .rows()) {
            String name = String.valueOf(row.get(0));
            String standard = row.get(6);
            columns.add(new Column(
                    name,
                    type(row),
                    "YES".equals(row.get(5)),
                    keys.getOrDefault(name, ""),
                    standard == null || standard.equals("NULL")
                            ? null
                            : standard.replace("LOCALTIMESTAMP(0)", "CURRENT_TIMESTAMP")
                                    .replace("LOCALTIMESTAMP", "CURRENT_TIMESTAMP")
                                    .replaceAll("^'(.*)'$", "$1"),
                    "YES".equals(row.get(7))));
        }
        return columns;
    }

    private static boolean isPrimary(List<@Nullable String> index) {
        return String.valueOf(index.get(1)).startsWith("PRIMARY");
    }

    /** Name, type, position and column of each index. */
    private List<List<@Nullable String>> indexRows(String database, String table) throws SQLException {
        return Queries.table(
                        session.connection(),
                        "SELECT i.index_name, i.index_type_name, c.ordinal_position, c.column_name FROM"
                                + " information_schema.indexes i JOIN information_schema.index_columns c ON"
                                + " i.index_schema = c.index_schema AND i.index_name = c.index_name WHERE"
                                + " i.table_schema = ? AND i.table_name = ? ORDER BY i.index_type_name, i.index_name, 3",
                        database,
                        table)
                .rows();
    }

    private String type(List<@Nullable String> row) {
        String type = String.valueOf(row.get(1)).toUpperCase(Locale.ROOT);
        boolean widths = server.version().startsWith("5.") || server.isMariaDb();
        return switch (type) {
            case "INTEGER" -> widths ? "int(11)" : "int";
            case "BIGINT" -> widths ? "bigint(20)" : "bigint";
            case "SMALLINT" -> widths ? "smallint(6)" : "smallint";
            case "TINYINT" -> widths ? "tinyint(4)" : "tinyint";
            case "BOOLEAN" -> "tinyint(1)";
            case "DECIMAL", "NUMERIC" -> "decimal(" + row.get(3) + "," + row.get(4) + ")";
            case "DOUBLE PRECISION" -> "double";
            case "REAL" -> "float";
            case "CHARACTER VARYING" ->
                Long.parseLong(String.valueOf(row.get(2))) > 65535 ? "text" : "varchar(" + row.get(2) + ")";
            case "CHARACTER" -> "char(" + row.get(2) + ")";
            case "CHARACTER LARGE OBJECT" -> "longtext";
            case "BINARY LARGE OBJECT" -> "longblob";
            case "BINARY VARYING" -> "blob";
            case "TIMESTAMP" -> "datetime";
            default -> type.toLowerCase(Locale.ROOT);
        };
    }

    private Outcome creation(String table) throws SQLException {
        List<Column> columns = columnsOf(session.database(), table);
        if (columns.isEmpty()) {
            return session.database().isEmpty()
                    ? MySqlErrors.noDatabase()
                    : MySqlErrors.noTable(session.database(), table);
        }
        List<String> lines = new ArrayList<>();
        for (Column each : columns) {
            String standard = each.standard() == null
                    ? each.nullable() && !each.type().endsWith("text") ? " DEFAULT NULL" : ""
                    : " DEFAULT "
                            + (each.standard().startsWith("CURRENT_") ? each.standard() : "'" + each.standard() + "'");
            lines.add("  `" + each.name() + "` " + each.type() + (each.nullable() ? "" : " NOT NULL")
                    + (each.identity() ? " AUTO_INCREMENT" : standard));
        }
        Map<String, List<String>> keys = new java.util.LinkedHashMap<>();
        for (List<@Nullable String> row : indexRows(session.database(), table)) {
            String head = isPrimary(row)
                    ? "PRIMARY KEY"
                    : (String.valueOf(row.get(1)).startsWith("UNIQUE") ? "UNIQUE KEY `" : "KEY `") + keyName(row) + "`";
            keys.computeIfAbsent(head, none -> new ArrayList<>()).add("`" + row.get(3) + "`");
        }
        keys.forEach((head, names) -> lines.add("  " + head + " (" + String.join(",", names) + ")"));
        return Outcome.Rows.of("Table", "Create Table")
                .with(
                        table,
                        "CREATE TABLE `" + table + "` (\n" + String.join(",\n", lines)
                                + "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci");
    }

    private static String keyName(List<@Nullable String> row) {
        return String.valueOf(row.get(0)).replaceFirst("_INDEX_\\w+$", "");
    }

    private Outcome indexes(String table) throws SQLException {
        Outcome.Rows rows = Outcome.Rows.of(
                "Table", "Non_unique", "Key_name", "Seq_in_index", "Column_name", "Collation", "Null", "Index_type");
        for (List<@Nullable String> row : indexRows(session.database(), table)) {
            boolean unique = isPrimary(row) || String.valueOf(row.get(1)).startsWith("UNIQUE");
            rows.with(
                    table,
                    unique ? "0" : "1",
                    isPrimary(row) ? "PRIMARY" : keyName(row),
                    row.get(2),
                    row.get(3),
                    "A",
                    "",
                    "BTREE");
        }
        return rows;
    }

    private static Outcome matching(Outcome.Rows rows, Map<String, String> values, String pattern) {
        values.forEach((name, value) -> {
            if (like(pattern, name)) {
                rows.with(name, value);
            }
        });
        return rows;
    }

    /** Empty where there is none. */
    String variable(String name) {
        return variables().getOrDefault(name.replaceFirst("^(global|session)\\.", ""), "");
    }

    private Map<String, String> variables() {
        return new TreeMap<>(Map.ofEntries(
                Map.entry("version", server.version()),
                Map.entry(
                        "version_comment",
                        server.isMariaDb() ? "mariadb.org binary distribution" : "MySQL Community Server - GPL"),
                Map.entry("hostname", "mysql"),
                Map.entry("port", "3306"),
                Map.entry("datadir", "/var/lib/mysql/"),
                Map.entry("max_connections", "151"),
                Map.entry("max_allowed_packet", "67108864"),
                Map.entry("autocommit", "1"),
                Map.entry("auto_increment_increment", "1"),
                Map.entry("character_set_client", "utf8mb4"),
                Map.entry("character_set_connection", "utf8mb4"),
                Map.entry("character_set_results", "utf8mb4"),
                Map.entry("character_set_server", "utf8mb4"),
                Map.entry("collation_server", "utf8mb4_0900_ai_ci"),
                Map.entry("collation_connection", "utf8mb4_0900_ai_ci"),
                Map.entry("default_storage_engine", "InnoDB"),
                Map.entry("init_connect", ""),
                Map.entry("interactive_timeout", "28800"),
                Map.entry("wait_timeout", "28800"),
                Map.entry("lower_case_table_names", "0"),
                Map.entry("net_write_timeout", "60"),
                Map.entry("performance_schema", "0"),
                Map.entry("read_only", "0"),
                Map.entry("server_id", "1"),
                Map.entry("sql_mode", "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES"),
                Map.entry("system_time_zone", "UTC"),
                Map.entry("time_zone", "SYSTEM"),
                Map.entry("transaction_isolation", "REPEATABLE-READ"),
                Map.entry("tx_isolation", "REPEATABLE-READ"),
                Map.entry("license", "GPL")));
    }

    private Map<String, String> statusValues() {
        return new TreeMap<>(Map.of(
                "Threads_connected",
                Integer.toString(server.sessions().size()),
                "Threads_running",
                "1",
                "Uptime",
                Long.toString(server.uptime()),
                "Slow_queries",
                "0"));
    }

    private Outcome processes(String sql) {
        Outcome.Rows rows = Outcome.Rows.of("Id", "User", "Host", "db", "Command", "Time", "State", "Info");
        for (MySqlSession each : server.sessions()) {
            boolean own = each == session;
            rows.with(
                    Integer.toString(each.id()),
                    each.user(),
                    each.peer(),
                    each.database().isEmpty() ? null : each.database(),
                    own ? "Query" : "Sleep",
                    "0",
                    own ? "init" : "",
                    own ? sql : null);
        }
        return rows;
    }

    private Outcome grants() {
        MySqlAccounts.Account account = session.account();
        String user = account == null ? "root" : account.user();
        String host = account == null ? "localhost" : account.host();
        Outcome.Rows rows = Outcome.Rows.of("Grants for " + user + "@" + host);
        String to = " TO `" + user + "`@`" + host + "`";
        if (account == null || account.databases().contains("*")) {
            return rows.with("GRANT ALL PRIVILEGES ON *.*" + to + " WITH GRANT OPTION");
        }
        rows.with("GRANT USAGE ON *.*" + to);
        account.databases().forEach(name -> rows.with("GRANT ALL PRIVILEGES ON `" + name + "`.*" + to));
        return rows;
    }
}
