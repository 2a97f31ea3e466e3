package dev.kuar.practice.sql;

import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words what H2 refuses as PostgreSQL does. A message's second line is its detail. */
final class PostgresErrors {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern KEY = Pattern.compile(
            "violation: \"(\\S+?)(?: INDEX)?[ \"].* ON (\\S+?)\\((.*?)\\) VALUES \\( (?:/\\* .*? \\*/ )?(.*?) \\)");

    private static final Pattern PRIMARY = Pattern.compile("PRIMARY KEY ON (\\S+?)\\((.*?)\\).*? /\\* key:(.*?) \\*/");

    private PostgresErrors() {}

    static Outcome.Failure syntax(String near, String sql) {
        return near.isBlank() || near.equals(sql) && sql.isBlank()
                ? new Outcome.Failure(0, "42601", "syntax error at end of input")
                : new Outcome.Failure(0, "42601", "syntax error at or near \"" + near + "\"");
    }

    static Outcome.Failure of(SQLException e, String sql) {
        String message = String.valueOf(e.getMessage());
        Matcher quoted = QUOTED.matcher(message);
        String name = quoted.find() ? quoted.group(1) : "";
        boolean drops = sql.stripLeading().toUpperCase(Locale.ROOT).startsWith("DROP");
        return switch (e.getErrorCode()) {
            case 42102, 42103, 42104 ->
                new Outcome.Failure(0, "42P01", (drops ? "table" : "relation") + " \"" + name + "\" does not exist");
            case 42101 -> new Outcome.Failure(0, "42P07", "relation \"" + name + "\" already exists");
            case 42111 -> new Outcome.Failure(0, "42P07", "relation \"" + name + "\" already exists");
            case 42122 -> new Outcome.Failure(0, "42703", "column \"" + name + "\" does not exist");
            case 42121 -> new Outcome.Failure(0, "42701", "column \"" + name + "\" specified more than once");
            case 90078 -> new Outcome.Failure(0, "42P06", "schema \"" + name + "\" already exists");
            case 90079 -> new Outcome.Failure(0, "3F000", "schema \"" + name + "\" does not exist");
            case 23505 -> duplicate(message);
            case 23502 ->
                new Outcome.Failure(
                        0,
                        "23502",
                        "null value in column \"" + name + "\" of relation \"" + table(sql)
                                + "\" violates not-null constraint");
            case 23503, 23506 ->
                new Outcome.Failure(
                        0,
                        "23503",
                        (e.getErrorCode() == 23506 ? "insert or update on table \"" : "update or delete on table \"")
                                + table(sql) + "\" violates foreign key constraint");
            case 23513 ->
                new Outcome.Failure(
                        0,
                        "23514",
                        "new row for relation \"" + table(sql) + "\" violates check constraint \"" + name + "\"");
            case 22001 ->
                new Outcome.Failure(
                        0,
                        "22001",
                        "value too long for type "
                                + name.replaceFirst("^\\S+ ", "").toLowerCase(Locale.ROOT));
            case 22003 -> new Outcome.Failure(0, "22003", "numeric field overflow");
            case 22012 -> new Outcome.Failure(0, "22012", "division by zero");
            case 22018, 22007 ->
                new Outcome.Failure(0, "22P02", "invalid input syntax: \"" + name.replace("'", "") + "\"");
            case 21002 -> new Outcome.Failure(0, "42601", "INSERT has more expressions than target columns");
            case 90022 -> new Outcome.Failure(0, "42883", "function " + name + "() does not exist");
            case 50004 ->
                new Outcome.Failure(0, "42704", "type \"" + name.toLowerCase(Locale.ROOT) + "\" does not exist");
            case 42000, 42001 -> {
                int mark = message.indexOf("[*]");
                String near = mark < 0 ? sql : message.substring(mark + 3).replaceFirst("(?s)[\\s\";].*", "");
                yield syntax(near, sql);
            }
            default ->
                new Outcome.Failure(
                        0,
                        e.getSQLState() == null || e.getSQLState().length() != 5 ? "XX000" : e.getSQLState(),
                        message.split("; SQL statement")[0]);
        };
    }

    private static String table(String sql) {
        Matcher named = Pattern.compile("(?i)(?:into|update|from|table)\\s+\"?([\\w.]+)")
                .matcher(sql);
        return named.find() ? named.group(1).replaceFirst("^.*\\.", "") : "";
    }

    private static Outcome.Failure duplicate(String message) {
        Matcher first = PRIMARY.matcher(message);
        if (first.find()) {
            String of = first.group(1).replaceFirst("^.*\\.", "").replace("\"", "");
            return new Outcome.Failure(
                    0,
                    "23505",
                    "duplicate key value violates unique constraint \"" + of + "_pkey\"\nKey (" + first.group(2) + ")=("
                            + first.group(3) + ") already exists.");
        }
        Matcher key = KEY.matcher(message);
        if (!key.find()) {
            return new Outcome.Failure(0, "23505", "duplicate key value violates unique constraint");
        }
        String table = key.group(2).replaceFirst("^.*\\.", "");
        String columns = key.group(3).replace(" NULLS LAST", "").replace(" NULLS FIRST", "");
        boolean primary = key.group(1).contains("PRIMARY_KEY") || message.contains("PRIMARY KEY ON");
        String name = primary
                ? table + "_pkey"
                : key.group(1).contains("CONSTRAINT_")
                        ? table + "_" + columns.replace(", ", "_") + "_key"
                        : key.group(1).replaceFirst("^.*\\.", "").replaceFirst("_INDEX_\\w+$", "");
        return new Outcome.Failure(
                0,
                "23505",
                "duplicate key value violates unique constraint \"" + name + "\"\nKey (" + columns + ")=("
                        + key.group(4).replace("'", "") + ") already exists.");
    }
}
