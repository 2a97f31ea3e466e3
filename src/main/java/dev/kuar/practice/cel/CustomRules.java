package dev.kuar.practice.cel;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code x-kubernetes-validations} of custom resources. Compiled when first met, then kept. Thread-safe. */
public final class CustomRules {
    private static final String UNCHECKED = "some validation rules were not checked because the object was invalid;"
            + " correct the existing errors to complete validation";
    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");

    private final Map<String, CelProgram> programs = new ConcurrentHashMap<>();

    /**
     * Causes of a 422 for the rules that do not hold.
     *
     * @param old the object before the change; null for a create, where rules on {@code oldSelf} say nothing unless it may be
     *     absent; what is as it was may break rules that look at nothing else
     * @param invalid whether the schema is violated so that {@link #isBlocked}: then no rule is run, and one cause says so if there are rules
     */
    public List<Map<String, Object>> check(Kind kind, KubeObject object, @Nullable KubeObject old, boolean invalid) {
        List<Map<String, Object>> causes = new ArrayList<>();
        if (invalid) {
            if (hasRules(kind.schema())) {
                causes.add(Statuses.cause("FieldValueInvalid", "Invalid value: null: " + UNCHECKED, "<nil>"));
            }
            return causes;
        }
        visit(kind.schema(), object.tree(), old == null ? null : old.tree(), "", causes);
        return causes;
    }

    /** Whether rules are not run because of what the schema's validation found: mere limits and patterns don't hinder. */
    public static boolean isBlocked(List<Map<String, Object>> found) {
        return found.stream().anyMatch(cause -> BLOCKING.contains(String.valueOf(cause.get("reason"))));
    }

    private static boolean hasRules(TypeSchema schema) {
        if (schema.facts().containsKey("x-kubernetes-validations")) {
            return true;
        }
        TypeSchema items = schema.items();
        TypeSchema values = schema.values();
        return schema.fields().values().stream().anyMatch(CustomRules::hasRules)
                || items != null && hasRules(items)
                || values != null && hasRules(values);
    }

    private void visit(
            TypeSchema schema, Object value, @Nullable Object old, String path, List<Map<String, Object>> causes) {
        for (Object each : schema.facts().get("x-kubernetes-validations") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> rule) {
                run(schema, rule, value, old, path, causes);
            }
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, below) -> {
                TypeSchema field = schema.field((String) name);
                if (field != null && below != null) {
                    Object before = old instanceof Map<?, ?> olds ? olds.get(name) : null;
                    visit(field, below, before, path.isEmpty() ? (String) name : path + "." + name, causes);
                }
            });
        } else if (value instanceof List<?> list) {
            TypeSchema items = schema.items();
            for (int i = 0; items != null && i < list.size(); i++) {
                if (list.get(i) != null) {
                    visit(items, list.get(i), schema.counterpart(list.get(i), old), path + "[" + i + "]", causes);
                }
            }
        }
    }

    private void run(
            TypeSchema schema,
            Map<?, ?> rule,
            Object value,
            @Nullable Object old,
            String path,
            List<Map<String, Object>> causes) {
        String expression = String.valueOf(rule.get("rule"));
        Map<String, Object> variables = new HashMap<>();
        boolean escapes = expression.contains("__")
                || String.valueOf(rule.get("messageExpression")).contains("__");
        variables.put("self", escapes ? FieldNames.within(schema, value) : value);
        Object before = old == null || !escapes ? old : FieldNames.within(schema, old);
        boolean compares = OLD_SELF.matcher(expression).find();
        boolean always = Boolean.TRUE.equals(rule.get("optionalOldSelf"));
        if (always) {
            variables.put("oldSelf", Optional.ofNullable(before));
        } else if (compares && before != null) {
            variables.put("oldSelf", before);
        }
        if (compares && !always && old == null || !compares && value.equals(old)) {
            return;
        }
        try {
            if (!program(expression).holds(variables)) {
                causes.add(cause(rule, message(rule, expression, variables), path));
            }
        } catch (CelException e) {
            causes.add(cause(rule, "rule evaluation error: " + e.getMessage(), path));
        }
    }

    private String message(Map<?, ?> rule, String expression, Map<String, Object> variables) {
        if (rule.get("messageExpression") instanceof String source) {
            try {
                if (program(source).evaluate(variables) instanceof String text && !text.isBlank()) {
                    return text;
                }
            } catch (CelException e) {
                return rule.get("message") instanceof String text ? text : "failed rule: " + expression.strip();
            }
        }
        return rule.get("message") instanceof String text ? text : "failed rule: " + expression.strip();
    }

    private CelProgram program(String expression) {
        return programs.computeIfAbsent(expression, key -> CelProgram.compile(key, Set.of("self", "oldSelf")));
    }

    private static Map<String, Object> cause(Map<?, ?> rule, String message, String path) {
        String reason = rule.get("reason") instanceof String text ? text : "FieldValueInvalid";
        String start =
                switch (reason) {
                    case "FieldValueForbidden" -> "Forbidden: ";
                    case "FieldValueRequired" -> "Required value: ";
                    case "FieldValueDuplicate" -> "Duplicate value: ";
                    default -> "Invalid value: ";
                };
        String suffix = rule.get("fieldPath") instanceof String text ? text : "";
        String field = path.isEmpty() && suffix.startsWith(".") ? suffix.substring(1) : path + suffix;
        return Statuses.cause(reason, start + message, field.isEmpty() ? "<nil>" : field);
    }
}
