package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cells that a path describes, and the words that computed cells share. */
final class Cells {
    static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private Cells() {}

    /** The cell of a built-in kind's column, by its expression. */
    static Cell compile(String expression) {
        int colon = expression.indexOf(':');
        int bar = expression.indexOf('|');
        String otherwise = bar < 0 ? "" : expression.substring(bar + 1);
        String source = bar < 0 ? expression : expression.substring(0, bar);
        if (source.startsWith(".")) {
            String[] path = path(source);
            Object fallback = literal(otherwise);
            return object -> {
                Object value = object.at(path);
                return value == null || value.equals("") ? fallback : value;
            };
        }
        if (colon > 0) {
            String[] path = path(source.substring(colon + 1));
            return shaped(source.substring(0, colon), path, otherwise);
        }
        return NamedCells.find(source);
    }

    private static Cell shaped(String shape, String[] path, String otherwise) {
        return switch (shape) {
            case "count" -> object -> (long) size(object.at(path));
            case "labels" -> object -> labels(object.map(path));
            case "selector" -> object -> selector(object.map(path));
            case "join" -> object -> String.join(",", object.texts(path));
            case "since" -> object -> object.text(path).isEmpty() ? otherwise : Ago.of(object.text(path));
            case "bool" ->
                object -> {
                    Object value = object.at(path);
                    return value == null ? otherwise : Boolean.TRUE.equals(value) ? "True" : "False";
                };
            case "str" ->
                object -> {
                    Object value = object.at(path);
                    return value == null ? otherwise : value.toString();
                };
            default -> throw new IllegalArgumentException("no cell of shape " + shape);
        };
    }

    private static String[] path(String source) {
        return source.substring(1).split("\\.");
    }

    private static Object literal(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("\\d+") ? (Object) Long.valueOf(text) : text;
    }

    static int size(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map.size() : value instanceof Collection<?> list ? list.size() : 0;
    }

    static String labels(Map<String, Object> labels) {
        if (labels.isEmpty()) {
            return NONE;
        }
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(labels).forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join(",", pairs);
    }

    /** A label selector as upstream prints it: {@code a=b,c in (d,e)}. */
    static String selector(Map<String, Object> selector) {
        KubeObject view = KubeObject.of(selector);
        List<String> terms = new ArrayList<>();
        new TreeMap<>(view.map("matchLabels")).forEach((name, value) -> terms.add(name + "=" + value));
        for (Map<String, Object> each : view.maps("matchExpressions")) {
            KubeObject term = KubeObject.of(each);
            String key = term.text("key");
            String values =
                    String.join(",", term.texts("values").stream().sorted().toList());
            switch (term.text("operator")) {
                case "In" -> terms.add(key + " in (" + values + ")");
                case "NotIn" -> terms.add(key + " notin (" + values + ")");
                case "Exists" -> terms.add(key);
                default -> terms.add("!" + key);
            }
        }
        return terms.isEmpty() ? NONE : String.join(",", terms);
    }

    /** At most {@code limit} of {@code items}, and how many more there are. */
    static String some(List<String> items, int limit, String none) {
        if (items.isEmpty()) {
            return none;
        }
        return items.size() <= limit
                ? String.join(",", items)
                : String.join(",", items.subList(0, limit)) + " + " + (items.size() - limit) + " more...";
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
