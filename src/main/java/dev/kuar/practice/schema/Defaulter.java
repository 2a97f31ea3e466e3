package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what a client left out: rules of {@code practice/defaults.json} by type, outer types first, or the defaults
 * of a custom resource's schema. Thread-safe; kinds without rules cost nothing.
 */
public final class Defaulter {
    private final Map<String, List<DefaultRule>> rules = new HashMap<>();
    private final Map<TypeSchema, Boolean> concerned = new HashMap<>();

    @SuppressWarnings("unchecked")
    public Defaulter() {
        Bundled.object("defaults.json").forEach((type, list) -> {
            List<DefaultRule> compiled = new ArrayList<>();
            for (Map<String, Object> rule : (List<Map<String, Object>>) list) {
                compiled.add(DefaultRule.of(rule));
            }
            rules.put(type, compiled);
        });
    }

    /** Changes {@code object}, which must be the caller's own. */
    public void apply(Kind kind, KubeObject object) {
        if (kind.isCustom()) {
            fillCustom(kind.schema(), object.tree());
        } else if (isConcerned(kind.schema())) {
            visit(kind.schema(), object.tree());
        }
    }

    private void visit(TypeSchema schema, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> tree = cast(map);
            for (DefaultRule rule : rules.getOrDefault(schema.reference(), List.of())) {
                rule.apply(tree);
            }
            TypeSchema values = schema.values();
            if (values != null && isConcerned(values)) {
                tree.values().forEach(each -> visit(values, each));
            }
            schema.fields().forEach((name, field) -> {
                Object below = tree.get(name);
                if (below != null && isConcerned(field)) {
                    visit(field, below);
                }
            });
        } else if (value instanceof List<?> list) {
            TypeSchema items = schema.items();
            if (items != null) {
                list.forEach(each -> visit(items, each));
            }
        }
    }

    /** Whether the type or anything below it has rules. */
    private synchronized boolean isConcerned(TypeSchema schema) {
        Boolean known = concerned.get(schema);
        if (known == null) {
            known = search(schema, new HashSet<>());
            concerned.put(schema, known);
        }
        return known;
    }

    private boolean search(TypeSchema schema, Set<TypeSchema> seen) {
        if (!seen.add(schema)) {
            return false;
        }
        if (rules.containsKey(schema.reference())) {
            return true;
        }
        TypeSchema items = schema.items();
        TypeSchema values = schema.values();
        return items != null && search(items, seen)
                || values != null && search(values, seen)
                || schema.fields().values().stream().anyMatch(field -> search(field, seen));
    }

    /**
     * A custom resource as it is read: with the defaults that its definition has by now.
     *
     * @return {@code stored} itself where nothing is to be added
     */
    public static KubeObject asRead(Kind kind, KubeObject stored) {
        if (!lacks(kind, stored)) {
            return stored;
        }
        KubeObject filled = stored.copy();
        fillCustom(kind.schema(), filled.tree());
        return filled;
    }

    /** Whether a stored custom resource lacks defaults that its definition has by now. */
    public static boolean lacks(Kind kind, KubeObject stored) {
        return kind.isCustom() && lacks(kind.schema(), stored.tree());
    }

    /** Whether {@link #fillCustom} would add anything. */
    private static boolean lacks(@Nullable TypeSchema schema, Object value) {
        if (schema == null) {
            return false;
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(each -> lacks(schema.items(), each));
        }
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        for (Map.Entry<String, TypeSchema> field : schema.fields().entrySet()) {
            Object below = map.get(field.getKey());
            if (below == null
                    ? field.getValue().defaultValue() != null && !map.containsKey(field.getKey())
                    : lacks(field.getValue(), below)) {
                return true;
            }
        }
        TypeSchema values = schema.values();
        return values != null
                && map.entrySet().stream()
                        .anyMatch(entry -> !schema.fields().containsKey(entry.getKey())
                                && entry.getValue() != null
                                && lacks(values, entry.getValue()));
    }

    private static void fillCustom(@Nullable TypeSchema schema, Object value) {
        if (schema == null) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> tree = cast(map);
            schema.fields().forEach((name, field) -> {
                Object otherwise = field.defaultValue();
                if (otherwise != null && !tree.containsKey(name)) {
                    tree.put(name, KubeObject.copyOf(otherwise));
                }
                Object below = tree.get(name);
                if (below != null) {
                    fillCustom(field, below);
                }
            });
            TypeSchema values = schema.values();
            if (values != null) {
                tree.forEach((name, below) -> {
                    if (!schema.fields().containsKey(name)) {
                        fillCustom(values, below);
                    }
                });
            }
        } else if (value instanceof List<?> list) {
            list.forEach(each -> fillCustom(schema.items(), each));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
