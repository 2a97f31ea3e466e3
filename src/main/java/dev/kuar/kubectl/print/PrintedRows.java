package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of what a kubectl's {@code get} printed, read by column: lower-case titles to texts. */
public final class PrintedRows {
    private static final Pattern TITLE = Pattern.compile("\\S+(?: \\S+)*");

    private PrintedRows() {}

    /**
     * Reads the first table, or the names of the objects; nothing where the form has neither.
     *
     * @param format of {@code -o}; empty for a table
     * @param titled false where {@code --no-headers} left the titles out
     * @param everywhere whether the first column is the namespace
     */
    public static List<Map<String, String>> of(String output, String format, boolean titled, boolean everywhere) {
        return switch (format.split("=", 2)[0]) {
            case "", "wide" -> titled ? table(output) : untitled(output, everywhere);
            case "name" ->
                output.lines().map(PrintedRows::bare).map(PrintedRows::named).toList();
            case "json" -> objects(output, false);
            case "yaml" -> objects(output, true);
            default -> List.of();
        };
    }

    private static List<Map<String, String>> table(String output) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (titles.isEmpty()) {
                if (!line.equals(line.toUpperCase(Locale.ROOT)) || line.isBlank()) {
                    continue;
                }
                Matcher title = TITLE.matcher(line);
                while (title.find()) {
                    starts.add(title.start());
                    titles.add(title.group().toLowerCase(Locale.ROOT));
                }
            } else if (line.isBlank()) {
                break;
            } else {
                rows.add(row(line, starts, titles));
            }
        }
        return rows;
    }

    private static Map<String, String> row(String line, List<Integer> starts, List<String> titles) {
        Map<String, String> row = new LinkedHashMap<>();
        int[] points = line.codePoints().toArray();
        for (int i = 0; i < titles.size(); i++) {
            int from = Math.min(starts.get(i), points.length);
            int to = i + 1 < starts.size() ? Math.min(starts.get(i + 1), points.length) : points.length;
            row.put(titles.get(i), new String(points, from, to - from).strip());
        }
        row.computeIfPresent("name", (key, name) -> bare(name));
        return row;
    }

    private static List<Map<String, String>> untitled(String output, boolean everywhere) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : output.lines().filter(each -> !each.isBlank()).toList()) {
            String[] cells = line.strip().split("\\s+");
            Map<String, String> row = new LinkedHashMap<>();
            if (everywhere && cells.length > 1) {
                row.put("namespace", cells[0]);
                row.put("name", bare(cells[1]));
            } else {
                row.put("name", bare(cells[0]));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<Map<String, String>> objects(String output, boolean yaml) {
        try {
            Tree tree = new Tree(yaml ? Yaml.parse(output) : Json.parse(output));
            List<Tree> items = tree.at("items").isList() ? tree.items("items") : List.of(tree);
            return items.stream()
                    .filter(item -> !item.name().isEmpty())
                    .map(item -> item.namespace().isEmpty()
                            ? named(item.name())
                            : Map.of("name", item.name(), "namespace", item.namespace()))
                    .toList();
        } catch (ParseException cut) {
            return List.of();
        }
    }

    private static Map<String, String> named(String name) {
        return Map.of("name", name);
    }

    /** A name without its type: {@code pod/web} is {@code web}. */
    private static String bare(String name) {
        return name.strip().substring(name.strip().indexOf('/') + 1);
    }
}
