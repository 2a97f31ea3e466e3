package dev.kuar.practice.container;

import dev.kuar.practice.sql.Outcome;
import dev.kuar.practice.sql.PostgresClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** psql's commands that describe what there is: {@code \l}, {@code \d}, {@code \dt}, {@code \dn}, {@code \du}. */
final class PsqlCatalog {
    private final PostgresClient client;
    private final String owner;

    PsqlCatalog(PostgresClient client, String owner) {
        this.client = client;
        this.owner = owner;
    }

    private List<List<@Nullable String>> rows(String query) throws IOException {
        for (PostgresClient.Answer answer : client.query(query)) {
            if (answer.rows() != null) {
                return answer.rows().rows();
            }
        }
        return List.of();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** What a command shows; null where it is none of these. */
    @Nullable
    String run(String command, String argument) throws IOException {
        return switch (command.replace("+", "")) {
            case "\\l", "\\list" -> databases();
            case "\\dt", "\\dv", "\\ds", "\\di" -> relations(command);
            case "\\d" -> argument.isEmpty() ? relations("\\d") : table(argument.replace(";", ""));
            case "\\dn" -> schemas();
            case "\\du", "\\dg" -> roles();
            default -> null;
        };
    }

    private String databases() throws IOException {
        Outcome.Rows rows = Outcome.Rows.of(
                "Name",
                "Owner",
                "Encoding",
                "Locale Provider",
                "Collate",
                "Ctype",
                "Locale",
                "ICU Rules",
                "Access privileges");
        for (List<@Nullable String> row : rows("SELECT datname FROM pg_database ORDER BY 1")) {
            String name = String.valueOf(row.get(0));
            rows.with(
                    name,
                    owner,
                    "UTF8",
                    "libc",
                    "en_US.utf8",
                    "en_US.utf8",
                    "",
                    "",
                    name.startsWith("template") ? "=c/" + owner : "");
        }
        return PsqlTable.aligned(rows, "List of databases", true);
    }

    private String relations(String command) throws IOException {
        String kinds =
                switch (command) {
                    case "\\dt" -> "'BASE TABLE'";
                    case "\\dv" -> "'VIEW'";
                    default -> "'BASE TABLE', 'VIEW'";
                };
        Outcome.Rows rows = Outcome.Rows.of("Schema", "Name", "Type", "Owner");
        boolean tables = !command.equals("\\ds") && !command.equals("\\di");
        if (tables) {
            for (List<@Nullable String> row : rows("SELECT table_schema, table_name, table_type FROM"
                    + " information_schema.tables WHERE table_type IN (" + kinds
                    + ") AND table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1, 2")) {
                rows.with(row.get(0), row.get(1), "VIEW".equals(row.get(2)) ? "view" : "table", owner);
            }
        }
        if (command.equals("\\d") || command.equals("\\ds")) {
            for (List<@Nullable String> row : rows("SELECT table_schema, table_name, column_name FROM"
                    + " information_schema.columns WHERE is_identity = 'YES' ORDER BY 1, 2")) {
                rows.with(row.get(0), row.get(1) + "_" + row.get(2) + "_seq", "sequence", owner);
            }
            rows.rows().sort(java.util.Comparator.comparing(row -> String.valueOf(row.get(1))));
        }
        return rows.rows().isEmpty()
                ? "Did not find any relations.\n"
                : PsqlTable.aligned(rows, "List of relations", true);
    }

    private String schemas() throws IOException {
        Outcome.Rows rows = Outcome.Rows.of("Name", "Owner");
        for (List<@Nullable String> row :
                rows("SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN"
                        + " ('information_schema', 'pg_catalog') ORDER BY 1")) {
            rows.with(row.get(0), "public".equals(row.get(0)) ? "pg_database_owner" : owner);
        }
        return PsqlTable.aligned(rows, "List of schemas", true);
    }

    private String roles() throws IOException {
        Outcome.Rows rows = Outcome.Rows.of("Role name", "Attributes");
        for (List<@Nullable String> row : rows("SELECT rolname FROM pg_roles ORDER BY 1")) {
            rows.with(
                    row.get(0),
                    owner.equals(row.get(0)) ? "Superuser, Create role, Create DB, Replication, Bypass RLS" : "");
        }
        return PsqlTable.aligned(rows, "List of roles", false) + "\n";
    }

    private String table(String given) throws IOException {
        String name = given.replaceFirst("^.*\\.", "").replace("\"", "");
        Outcome.Rows rows = Outcome.Rows.of("Column", "Type", "Collation", "Nullable", "Default");
        String schema = "public";
        for (List<@Nullable String> row :
                rows("SELECT column_name, data_type, character_maximum_length, numeric_precision,"
                        + " numeric_scale, is_nullable, column_default, is_identity, table_schema FROM information_schema.columns WHERE"
                        + " table_name = " + literal(name) + " ORDER BY ordinal_position")) {
            schema = String.valueOf(row.get(8));
            String standard = "YES".equals(row.get(7))
                    ? "nextval('" + name + "_" + row.get(0) + "_seq'::regclass)"
                    : row.get(6) == null ? "" : String.valueOf(row.get(6)).replace("LOCALTIMESTAMP", "now()");
            rows.with(row.get(0), type(row), "", "YES".equals(row.get(5)) ? "" : "not null", standard);
        }
        if (rows.rows().isEmpty()) {
            return "Did not find any relation named \"" + name + "\".\n";
        }
        StringBuilder text = new StringBuilder(PsqlTable.aligned(rows, "Table \"" + schema + "." + name + "\"", false));
        List<String> indexes = indexes(name);
        if (!indexes.isEmpty()) {
            text.append("Indexes:\n");
            indexes.forEach(each -> text.append("    ").append(each).append('\n'));
        }
        return text.append('\n').toString();
    }

    private static String type(List<@Nullable String> row) {
        String type = String.valueOf(row.get(1)).toLowerCase(java.util.Locale.ROOT);
        return switch (type) {
            case "character varying" ->
                row.get(2) != null && Long.parseLong(row.get(2)) >= 1_000_000_000
                        ? "text"
                        : "character varying(" + row.get(2) + ")";
            case "numeric", "decimal" ->
                "100000".equals(row.get(3)) ? "numeric" : "numeric(" + row.get(3) + "," + row.get(4) + ")";
            case "timestamp" -> "timestamp without time zone";
            case "character large object" -> "text";
            case "binary varying" -> "bytea";
            default -> type;
        };
    }

    private List<String> indexes(String table) throws IOException {
        List<String> first = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (List<@Nullable String> row :
                rows("SELECT i.index_name, i.index_type_name, LISTAGG(c.column_name, ', ') FROM"
                        + " information_schema.indexes i JOIN information_schema.index_columns c ON i.index_schema = c.index_schema AND"
                        + " i.index_name = c.index_name WHERE i.table_name = " + literal(table)
                        + " GROUP BY i.index_name,"
                        + " i.index_type_name ORDER BY 1")) {
            String kind = String.valueOf(row.get(1));
            String columns = String.valueOf(row.get(2));
            if (kind.startsWith("PRIMARY")) {
                first.add("\"" + table + "_pkey\" PRIMARY KEY, btree (" + columns + ")");
            } else if (kind.startsWith("UNIQUE")) {
                rest.add("\"" + table + "_" + columns.replace(", ", "_") + "_key\" UNIQUE CONSTRAINT, btree (" + columns
                        + ")");
            } else {
                rest.add("\"" + row.get(0) + "\" btree (" + columns + ")");
            }
        }
        first.addAll(rest);
        return first;
    }
}
