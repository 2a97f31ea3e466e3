package dev.kuar.practice.sql;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words what H2 refuses as MySQL does. */
final class MySqlErrors {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern KEY = Pattern.compile(
            "violation: \"(\\S+)(?: INDEX)?.* ON ([^(]+)\\((.*?)\\) VALUES \\( /\\* .*? \\*/ (.*?) \\)");

    private static final Pattern PRIMARY = Pattern.compile("PRIMARY KEY ON (\\S+?)\\(.*? /\\* key:(.*?) \\*/");

    private MySqlErrors() {}

    static Outcome.Failure syntax(String near, String version) {
        String product = version.contains("MariaDB") ? "MariaDB" : "MySQL";
        return new Outcome.Failure(
                1064,
                "42000",
                "You have an error in your SQL syntax; check the manual that corresponds to your " + product
                        + " server version for the right syntax to use near '" + near + "' at line 1");
    }

    static Outcome.Failure noDatabase() {
        return new Outcome.Failure(1046, "3D000", "No database selected");
    }

    static Outcome.Failure unknownDatabase(String name) {
        return new Outcome.Failure(1049, "42000", "Unknown database '" + name + "'");
    }

    static Outcome.Failure noTable(String database, String table) {
        return new Outcome.Failure(1146, "42S02", "Table '" + database + "." + table + "' doesn't exist");
    }

    /** @param inside the database in which the statement ran */
    static Outcome.Failure of(SQLException e, String sql, String inside, String version) {
        String message = String.valueOf(e.getMessage());
        Matcher quoted = QUOTED.matcher(message);
        String name = quoted.find() ? quoted.group(1) : "";
        Matcher named = Pattern.compile(
                        "([\\w$]+)`?\\s*\\.\\s*`?" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(sql);
        String database = !name.isEmpty() && named.find() ? named.group(1) : inside;
        boolean drops = sql.stripLeading().regionMatches(true, 0, "DROP", 0, 4);
        return switch (e.getErrorCode()) {
            case 42102, 42103, 42104 ->
                drops
                        ? new Outcome.Failure(1051, "42S02", "Unknown table '" + database + "." + name + "'")
                        : database.isEmpty() ? noDatabase() : noTable(database, name);
            case 42101 -> new Outcome.Failure(1050, "42S01", "Table '" + name + "' already exists");
            case 42122 -> new Outcome.Failure(1054, "42S22", "Unknown column '" + name + "' in 'field list'");
            case 42121 -> new Outcome.Failure(1060, "42S21", "Duplicate column name '" + name + "'");
            case 42111 -> new Outcome.Failure(1061, "42000", "Duplicate key name '" + name + "'");
            case 23505 -> duplicate(message, version);
            case 23502 -> new Outcome.Failure(1048, "23000", "Column '" + name + "' cannot be null");
            case 23507 -> new Outcome.Failure(1364, "HY000", "Field '" + name + "' doesn't have a default value");
            case 23503, 23506 ->
                new Outcome.Failure(
                        e.getErrorCode() == 23503 ? 1451 : 1452,
                        "23000",
                        e.getErrorCode() == 23503
                                ? "Cannot delete or update a parent row: a foreign key constraint fails"
                                : "Cannot add or update a child row: a foreign key constraint fails");
            case 22001 ->
                new Outcome.Failure(1406, "22001", "Data too long for column '" + name.split(" ")[0] + "' at row 1");
            case 22003 -> new Outcome.Failure(1264, "22003", "Out of range value for column '" + name + "' at row 1");
            case 22018, 22007 ->
                new Outcome.Failure(1366, "HY000", "Incorrect value: '" + name + "' for column at row 1");
            case 21002 -> new Outcome.Failure(1136, "21S01", "Column count doesn't match value count at row 1");
            case 90079 -> unknownDatabase(name);
            case 90022 ->
                new Outcome.Failure(
                        1305,
                        "42000",
                        "FUNCTION " + (database.isEmpty() ? "" : database + ".") + name + " does not exist");
            case 50200 -> new Outcome.Failure(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction");
            case 40001 ->
                new Outcome.Failure(
                        1213, "40001", "Deadlock found when trying to get lock; try restarting transaction");
            case 42000, 42001 -> {
                int mark = message.indexOf("[*]");
                int end = message.indexOf("\"; ", Math.max(0, mark));
                String near = mark < 0 ? sql : message.substring(mark + 3, end < 0 ? message.length() : end);
                yield syntax(near.replaceFirst("\"$", ""), version);
            }
            default -> new Outcome.Failure(1105, "HY000", message.split("; SQL statement")[0]);
        };
    }

    private static Outcome.Failure duplicate(String message, String version) {
        boolean shorter = version.startsWith("5.") || version.contains("MariaDB");
        Matcher primary = PRIMARY.matcher(message);
        if (primary.find()) {
            return entry(primary.group(2), shorter ? "PRIMARY" : plain(primary.group(1)) + ".PRIMARY");
        }
        Matcher key = KEY.matcher(message);
        if (!key.find()) {
            return entry("", "");
        }
        String index = plain(key.group(1));
        String column = key.group(3).split(",")[0].replaceFirst(" NULLS.*", "");
        String name = index.startsWith("PRIMARY_KEY") ? "PRIMARY" : index.startsWith("CONSTRAINT_") ? column : index;
        return entry(key.group(4).replace("'", ""), shorter ? name : plain(key.group(2)) + "." + name);
    }

    private static String plain(String name) {
        return name.replaceFirst("^.*\\.", "").replace("\"", "");
    }

    private static Outcome.Failure entry(String value, String key) {
        return new Outcome.Failure(1062, "23000", "Duplicate entry '" + value + "' for key '" + key + "'");
    }
}
