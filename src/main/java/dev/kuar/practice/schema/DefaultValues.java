package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The defaults in a definition's schemas, which must fit where they stand as any value that a client sends. */
public final class DefaultValues {
    /** What else a default is asked that fits its schema. */
    @FunctionalInterface
    public interface Rules {
        List<Map<String, Object>> causes(TypeSchema schema, Object value, String path);
    }

    private final Rules rules;
    private final List<Map<String, Object>> causes = new ArrayList<>();

    private DefaultValues(Rules rules) {
        this.rules = rules;
    }

    /**
     * Causes of a 422 for the defaults in a resource's schema; what is said of its metadata is not looked at.
     *
     * @param path of the schema
     */
    public static List<Map<String, Object>> causes(TypeSchema schema, String path, Rules rules) {
        DefaultValues values = new DefaultValues(rules);
        values.visit(schema, path, true);
        return values.causes;
    }

    private void visit(TypeSchema schema, String path, boolean resource) {
        Object otherwise = schema.defaultValue();
        if (otherwise != null) {
            check(schema, otherwise, path + ".default");
        }
        TypeSchema items = schema.items();
        if (items != null) {
            visit(items, path + ".items", items.flag("x-kubernetes-embedded-resource"));
        }
        schema.fields().forEach((name, field) -> {
            if (!resource || !name.equals("metadata")) {
                visit(field, path + ".properties[" + name + "]", field.flag("x-kubernetes-embedded-resource"));
            }
        });
    }

    private void check(TypeSchema schema, Object value, String path) {
        FieldErrors errors = new FieldErrors();
        FieldErrors misfits = StructuralRules.alternative(schema, value, path);
        if (hasUnknown(schema, value)) {
            errors.invalid(path, sorted(value), "must not have unknown fields");
        }
        errors.addAll(misfits);
        causes.addAll(errors.causes());
        if (misfits.causes().isEmpty()) {
            causes.addAll(rules.causes(schema, value, path));
        }
    }

    /** What is of another type has no fields to speak of. */
    private static boolean hasUnknown(TypeSchema schema, Object value) {
        try {
            return !Shapes.unknown(schema, value).isEmpty();
        } catch (DecodeException misfit) {
            return false;
        }
    }

    /** As Go prints a value: the fields of objects by their names. */
    private static Object sorted(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, each) -> sorted.put((String) name, sorted(each)));
        return sorted;
    }
}
