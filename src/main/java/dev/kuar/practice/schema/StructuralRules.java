package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a custom resource against its structural schema, worded as kube-openapi's validator words it. */
final class StructuralRules {
    private final FieldErrors errors;
    private final List<Runnable> limits = new ArrayList<>();

    private StructuralRules(FieldErrors errors) {
        this.errors = errors;
    }

    /**
     * Required fields, types and enumerations first, then limits and patterns, then duplicates in lists.
     *
     * @param old the object before the change: what is as it was may be wrong; null for a create
     */
    static void check(TypeSchema schema, KubeObject object, @Nullable KubeObject old, FieldErrors errors) {
        StructuralRules rules = new StructuralRules(errors);
        Map<String, Object> tree = object.tree();
        Map<String, Object> before = old == null ? null : old.tree();
        rules.visit(schema, tree, before, "");
        rules.limits.forEach(Runnable::run);
        EmbeddedRules.check(schema, tree, "", errors);
        if (before == null || !new StructuralRules(new FieldErrors()).hasDuplicates(schema, before)) {
            rules.duplicates(schema, tree, "");
        }
    }

    private boolean hasDuplicates(TypeSchema schema, Map<String, Object> tree) {
        duplicates(schema, tree, "");
        return !errors.causes().isEmpty();
    }

    private void visit(TypeSchema schema, Object value, @Nullable Object old, String path) {
        if (value.equals(old)) {
            return;
        }
        String type = schema.type();
        boolean intOrString = schema.isIntOrString();
        if (!type.isEmpty() && !intOrString && !isOf(type, value)) {
            errors.typeInvalid(
                    path,
                    Shapes.jsonWord(value).equals("bool") ? "boolean" : goType(value),
                    path + " in body must be of type " + type + ": \"" + goType(value) + "\"");
            return;
        }
        List<?> supported = schema.facts().get("enum") instanceof List<?> list ? list : List.of();
        if (!supported.isEmpty() && !supported.contains(value)) {
            errors.unsupported(
                    path, value, supported.stream().map(String::valueOf).toList());
        }
        if (value instanceof Map<?, ?> map) {
            object(schema, map, old, path);
        } else if (value instanceof List<?> list) {
            TypeSchema items = schema.items();
            for (int i = 0; items != null && i < list.size(); i++) {
                if (list.get(i) != null) {
                    visit(items, list.get(i), schema.counterpart(list.get(i), old), path + "[" + i + "]");
                }
            }
        }
        limits.add(() -> {
            limits(schema, value, path);
            Alternatives.check(schema, value, path, errors);
        });
    }

    /** What is wrong with a value by one of a schema's alternatives. */
    static FieldErrors alternative(TypeSchema schema, Object value, String path) {
        FieldErrors found = new FieldErrors();
        StructuralRules rules = new StructuralRules(found);
        rules.visit(schema, value, null, path);
        rules.limits.forEach(Runnable::run);
        return found;
    }

    private void object(TypeSchema schema, Map<?, ?> map, @Nullable Object old, String path) {
        for (String name : schema.required()) {
            if (!map.containsKey(name)) {
                errors.required(join(path, name), "");
            }
        }
        map.forEach((name, each) -> {
            TypeSchema field = schema.field((String) name);
            if (field != null && each != null) {
                Object before = old instanceof Map<?, ?> olds ? olds.get(name) : null;
                visit(field, each, before, join(path, (String) name));
            }
        });
    }

    private void limits(TypeSchema schema, Object value, String path) {
        Map<String, Object> facts = schema.facts();
        String body = path + " in body should ";
        if (value instanceof Number number) {
            double amount = number.doubleValue();
            if (facts.get("maximum") instanceof Number most) {
                boolean open = schema.flag("exclusiveMaximum");
                if (amount > most.doubleValue() || open && amount == most.doubleValue()) {
                    errors.invalid(path, value, body + "be less than " + (open ? "" : "or equal to ") + plain(most));
                }
            }
            if (facts.get("minimum") instanceof Number least) {
                boolean open = schema.flag("exclusiveMinimum");
                if (amount < least.doubleValue() || open && amount == least.doubleValue()) {
                    errors.invalid(
                            path, value, body + "be greater than " + (open ? "" : "or equal to ") + plain(least));
                }
            }
            if (facts.get("multipleOf") instanceof Number step && amount % step.doubleValue() != 0) {
                errors.invalid(path, value, body + "be a multiple of " + plain(step));
            }
        } else if (value instanceof String text) {
            int length = text.codePointCount(0, text.length());
            if (facts.get("maxLength") instanceof Number most && length > most.longValue()) {
                errors.tooLong(path, most.longValue());
            }
            if (facts.get("minLength") instanceof Number least && length < least.longValue()) {
                errors.invalid(path, value, body + "be at least " + least + " chars long");
            }
            if (facts.get("pattern") instanceof String pattern
                    && !Pattern.compile(pattern).matcher(text).find()) {
                errors.invalid(path, value, body + "match '" + pattern + "'");
            }
            if (!Formats.fits(schema.format(), text)) {
                errors.typeInvalid(
                        path,
                        value,
                        path + " in body must be of type " + schema.format() + ": " + JsonWriter.text(text));
            }
        } else {
            sizes(facts, value, path);
        }
    }

    private void sizes(Map<String, Object> facts, Object value, String path) {
        boolean list = value instanceof List;
        int size = value instanceof List<?> items ? items.size() : value instanceof Map<?, ?> map ? map.size() : 0;
        Object most = facts.get(list ? "maxItems" : "maxProperties");
        Object least = facts.get(list ? "minItems" : "minProperties");
        if (most instanceof Long limit && size > limit) {
            errors.tooMany(path, size, limit);
        }
        if (least instanceof Long limit && size < limit) {
            errors.invalid(
                    path,
                    list ? (Object) (long) size : value,
                    path + " in body should have at least " + limit + (list ? " items" : " properties"));
        }
    }

    private void duplicates(TypeSchema schema, Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> {
                TypeSchema field = schema.field((String) name);
                if (field != null && each != null) {
                    duplicates(field, each, join(path, (String) name));
                }
            });
        } else if (value instanceof List<?> list) {
            Set<Object> seen = new HashSet<>();
            TypeSchema items = schema.items();
            for (int i = 0; i < list.size(); i++) {
                Object key = key(schema, list.get(i));
                if (key != null && !seen.add(key)) {
                    errors.duplicate(path + "[" + i + "]", key);
                }
                if (items != null) {
                    duplicates(items, list.get(i), path + "[" + i + "]");
                }
            }
        }
    }

    private static @Nullable Object key(TypeSchema list, Object item) {
        if (list.listType().equals("set")) {
            return item;
        }
        if (!list.listType().equals("map") || !(item instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        list.listMapKeys().forEach(name -> key.put(name, map.get(name)));
        return key;
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long || value instanceof Double number && number == Math.rint(number);
            case "number" -> value instanceof Number;
            default -> true;
        };
    }

    private static String goType(Object value) {
        return value instanceof Long ? "integer" : value instanceof Boolean ? "boolean" : Shapes.jsonWord(value);
    }

    private static String plain(Number number) {
        return number.doubleValue() == Math.rint(number.doubleValue())
                ? String.valueOf(number.longValue())
                : String.valueOf(number);
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
