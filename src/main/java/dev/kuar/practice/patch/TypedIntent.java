package dev.kuar.practice.patch;

import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what an applier sent has the types that its kind declares, worded as structured-merge-diff words it. */
final class TypedIntent {
    private static final Set<String> UNTYPED = Set.of("quantity");

    private final List<String> errors = new ArrayList<>();

    private TypedIntent() {}

    /** What is wrong, for instance {@code .spec.bogus: field not declared in schema}; empty where nothing is. */
    static String problem(TypeSchema schema, Map<String, Object> intent) {
        TypedIntent check = new TypedIntent();
        Map<String, Object> tree = new LinkedHashMap<>(intent);
        tree.remove("apiVersion");
        tree.remove("kind");
        check.map(schema, tree, "");
        if (check.errors.isEmpty()) {
            return "";
        }
        return check.errors.size() == 1 ? check.errors.get(0) : "errors:\n  " + String.join("\n  ", check.errors);
    }

    private void value(@Nullable TypeSchema schema, @Nullable Object value, String path) {
        if (schema == null || value == null) {
            return;
        }
        String type = schema.isIntOrString() || UNTYPED.contains(schema.format()) ? "scalar" : schema.type();
        switch (type) {
            case "object" -> {
                if (value instanceof Map) {
                    map(schema, Patches.map(value), path);
                } else {
                    errors.add(path + ": expected map, got " + shown(value));
                }
            }
            case "array" -> {
                if (value instanceof List<?> list) {
                    items(schema, list, path);
                } else {
                    errors.add(path + ": expected list, got " + shown(value));
                }
            }
            default -> scalar(type, value, path);
        }
    }

    private void scalar(String type, Object value, String path) {
        boolean simple = !(value instanceof Map) && !(value instanceof List);
        switch (type) {
            case "string" -> {
                if (!(value instanceof String)) {
                    errors.add(path + ": expected string, got &value.valueUnstructured{Value:" + GoValue.syntax(value)
                            + "}");
                }
            }
            case "integer", "number" -> {
                if (!(value instanceof Number)) {
                    errors.add(path + ": expected numeric (int or float), got " + GoValue.type(value));
                }
            }
            case "boolean" -> {
                if (!(value instanceof Boolean)) {
                    errors.add(path + ": expected boolean, got " + shown(value));
                }
            }
            case "scalar" -> {
                if (!simple) {
                    errors.add(path + ": expected any scalar, got " + shown(value));
                }
            }
            default -> {
                // a type that says nothing takes anything
            }
        }
    }

    private static String shown(Object value) {
        return "&{" + GoValue.plain(value) + "}";
    }

    /** A field that nobody declared ends the look at its map. */
    private void map(TypeSchema schema, Map<String, Object> map, String path) {
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            String here = path + "." + entry.getKey();
            TypeSchema field = schema.field(entry.getKey());
            if (field != null) {
                value(field, entry.getValue(), here);
            } else if (!schema.keepsUnknown()) {
                errors.add(here + ": field not declared in schema");
                return;
            }
        }
    }

    private void items(TypeSchema schema, List<?> list, String path) {
        String kind = schema.listType();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            String step = "i:" + i;
            if (!kind.equals("atomic")) {
                String problem = kind.equals("set") ? setItem(item) : keyedItem(schema, item);
                if (!problem.isEmpty()) {
                    errors.add(path + ": element " + i + ": " + problem);
                    return;
                }
                step = kind.equals("set") ? Steps.value(item) : String.valueOf(Steps.key(schema, item));
                if (!seen.add(step)) {
                    errors.add(path + ": duplicate entries for key " + Steps.shown(step));
                }
            }
            value(schema.items(), item, path + Steps.shown(step));
        }
    }

    private static String setItem(@Nullable Object item) {
        if (item instanceof Map) {
            return "associative list without keys has an element that's a map type";
        }
        if (item instanceof List) {
            return "not supported: associative list with lists as elements";
        }
        return item == null ? "associative list without keys has an element that's an explicit null" : "";
    }

    private static String keyedItem(TypeSchema schema, @Nullable Object item) {
        if (item == null) {
            return "associative list with keys may not have a null element";
        }
        if (!(item instanceof Map)) {
            return "associative list with keys may not have non-map elements";
        }
        return Steps.key(schema, item) != null
                ? ""
                : "associative list with keys has an element that omits all key fields ["
                        + String.join(
                                " ",
                                schema.listMapKeys().stream()
                                        .map(name -> '"' + name + '"')
                                        .toList())
                        + "] (and doesn't have default values for any key fields)";
    }
}
