package dev.kuar.practice.schema;

import java.util.List;
import java.util.Map;

/** Refuses values that the schema's enumerations do not have; speaks only where nobody has spoken yet. */
final class EnumRules {
    private EnumRules() {}

    static void check(TypeSchema schema, Map<String, Object> tree, FieldErrors errors) {
        TypeSchema spec = schema.fields().get("spec");
        if (spec != null && tree.get("spec") instanceof Map<?, ?> map) {
            visit(spec, map, "spec", errors);
        } else if (spec == null) {
            visit(schema, tree, "", errors);
        }
    }

    private static void visit(TypeSchema schema, Object value, String path, FieldErrors errors) {
        if (value instanceof Map<?, ?> map) {
            TypeSchema values = schema.values();
            map.forEach((name, each) -> {
                TypeSchema field = schema.fields().getOrDefault((String) name, values);
                // what a schema in a definition says is looked at together with the schema
                if (field != null && each != null && !((String) name).startsWith("x-kubernetes-")) {
                    boolean key = !schema.fields().containsKey((String) name);
                    String below = path.isEmpty() ? (String) name : key ? path + "[" + name + "]" : path + "." + name;
                    visit(field, each, below, errors);
                }
            });
        } else if (value instanceof List<?> list) {
            TypeSchema items = schema.items();
            for (int i = 0; items != null && i < list.size(); i++) {
                visit(items, list.get(i), path + "[" + i + "]", errors);
            }
        } else if (value instanceof String text && !text.isEmpty()) {
            List<String> supported = schema.enumValues();
            if (!supported.isEmpty() && !supported.contains(text) && !errors.has(path)) {
                errors.unsupported(path, text, supported);
            }
        }
    }
}
