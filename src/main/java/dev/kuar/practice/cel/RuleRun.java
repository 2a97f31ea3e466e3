package dev.kuar.practice.cel;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.RulePaths;
import dev.kuar.practice.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of all rules of a custom resource: what they find, and what they may still cost. Words as Kubernetes 1.36. */
final class RuleRun {
    private static final int LONGEST = 5 * 1024;

    private final Function<String, CelProgram> programs;
    private final CelBudget budget = CelBudget.ofObject();
    private final List<Map<String, Object>> causes = new ArrayList<>();
    private final List<Map<String, Object>> forgiven = new ArrayList<>();

    RuleRun(Function<String, CelProgram> programs) {
        this.programs = programs;
    }

    List<Map<String, Object>> causes() {
        return causes;
    }

    /** Of rules that break on what is as it was. */
    List<Map<String, Object>> forgiven() {
        return forgiven;
    }

    /** What is left to spend; -1 where nothing more may be run. */
    long left() {
        return budget.left();
    }

    void visit(TypeSchema schema, Object value, @Nullable Object old) {
        visit(schema, value, new Place("", old, old != null && Objects.equals(value, old)));
    }

    /** The rules of a value by itself, which stands at {@code path}. */
    void visit(TypeSchema schema, Object value, String path) {
        visit(schema, value, new Place(path, null, false));
    }

    /**
     * Where a value stands.
     *
     * @param old what it was; null where there was none or nobody can tell
     * @param kept whether it, or the nearest value around it of which that can be told, is as it was
     */
    private record Place(String path, @Nullable Object old, boolean kept) {
        Place field(String name, Object value) {
            Object before = old instanceof Map<?, ?> map ? map.get(name) : null;
            boolean known = old instanceof Map<?, ?>;
            return new Place(
                    path.isEmpty() ? name : path + "." + name, before, known ? Objects.equals(before, value) : kept);
        }

        Place key(String name, Object value) {
            return new Place(
                    path + "[" + name + "]",
                    field(name, value).old(),
                    field(name, value).kept());
        }

        Place item(int index, TypeSchema list, Object value) {
            Object before = list.counterpart(value, old);
            return new Place(
                    path + "[" + index + "]",
                    before,
                    list.listType().equals("map") && old != null ? Objects.equals(before, value) : kept);
        }
    }

    private void visit(TypeSchema schema, Object value, Place place) {
        if (schema.facts().get("x-kubernetes-validations") instanceof List<?> rules && !rules.isEmpty()) {
            rules(schema, rules, value, place);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> {
                String name = (String) key;
                TypeSchema field = schema.field(name);
                if (field != null && below != null && !budget.isSpent()) {
                    boolean declared = schema.fields().containsKey(name);
                    visit(field, below, declared ? place.field(name, below) : place.key(name, below));
                }
            });
        } else if (value instanceof List<?> list && schema.items() != null) {
            for (int i = 0; i < list.size() && !budget.isSpent(); i++) {
                Object item = list.get(i);
                if (item != null) {
                    visit(Objects.requireNonNull(schema.items()), item, place.item(i, schema, item));
                }
            }
        }
    }

    private void rules(TypeSchema schema, List<?> rules, Object value, Place place) {
        Object self = SchemaValues.of(schema, value);
        Object before = place.old() == null ? null : SchemaValues.of(schema, place.old());
        for (Object each : rules) {
            if (each instanceof Map<?, ?> rule && !budget.isSpent()) {
                new RuleOnValue(schema, rule, value, place).run(self, before);
            }
        }
    }

    /** One rule on one value. */
    private final class RuleOnValue {
        private final TypeSchema schema;
        private final Map<?, ?> rule;
        private final Object value;
        private final Place place;

        RuleOnValue(TypeSchema schema, Map<?, ?> rule, Object value, Place place) {
            this.schema = schema;
            this.rule = rule;
            this.value = value;
            this.place = place;
        }

        void run(Object self, @Nullable Object before) {
            CelProgram program;
            try {
                program = programs.apply(text("rule"));
            } catch (CelException e) {
                fault("rule compile error: " + e.getMessage());
                return;
            }
            boolean compares = program.uses("oldSelf");
            boolean optional = Boolean.TRUE.equals(rule.get("optionalOldSelf"));
            if (compares && before == null && !optional) {
                return;
            }
            Map<String, Object> variables = new HashMap<>();
            variables.put("self", self);
            if (optional) {
                variables.put("oldSelf", Optional.ofNullable(before));
            } else if (before != null) {
                variables.put("oldSelf", before);
            }
            try {
                if (!program.holds(variables, budget)) {
                    broken(variables, !compares && place.kept());
                }
            } catch (CostException e) {
                fault(
                        e.isOfOne()
                                ? "'" + e.getMessage()
                                        + "': no further validation rules will be run due to call cost exceeds limit for"
                                        + " rule: " + shown()
                                : String.valueOf(e.getMessage()));
            } catch (CelException e) {
                String why = String.valueOf(e.getMessage());
                fault(
                        why.startsWith("no such overload")
                                ? "'" + why
                                        + "': call arguments did not match a supported operator, function or macro"
                                        + " signature for rule: " + shown()
                                : why + " evaluating rule: " + shown());
            }
        }

        private void broken(Map<String, Object> variables, boolean asItWas) {
            String field = place.path();
            if (rule.get("fieldPath") instanceof String path && !path.isEmpty()) {
                String below = RulePaths.shown(schema, path);
                field = below == null ? field : field.isEmpty() ? below : field + "." + below;
            }
            Map<String, Object> cause;
            try {
                cause = cause(field, message(variables));
            } catch (CostException e) {
                String why = e.isOfOne()
                        ? "no further validation rules will be run due to call cost exceeds limit for messageExpression: "
                                + JsonWriter.text(text("messageExpression"))
                        : "messageExpression evaluation failed due to running out of cost budget, no further validation"
                                + " rules will be run";
                cause = Statuses.cause("FieldValueInvalid", invalid(why), named(field));
            }
            (asItWas ? forgiven : causes).add(cause);
        }

        private String message(Map<String, Object> variables) {
            if (!text("messageExpression").isEmpty()) {
                try {
                    Object made = programs.apply(text("messageExpression")).evaluate(variables, budget);
                    String said = made instanceof String text ? text.strip() : "";
                    if (!said.isEmpty()
                            && !said.contains("\n")
                            && said.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
                        return said;
                    }
                } catch (CostException tooMuch) {
                    throw tooMuch;
                } catch (CelException fallsBack) {
                    return text("message").isEmpty() ? "failed rule: " + shown() : shown();
                }
            }
            return text("message").isEmpty() ? "failed rule: " + shown() : shown();
        }

        private Map<String, Object> cause(String field, String message) {
            String reason = text("reason").isEmpty() ? "FieldValueInvalid" : text("reason");
            boolean whole = schema.type().equals("object") || schema.type().equals("array");
            String shown = whole ? "" : ": " + JsonWriter.text(value);
            return Statuses.cause(
                    reason,
                    switch (reason) {
                        case "FieldValueForbidden" -> "Forbidden: " + message;
                        case "FieldValueRequired" -> "Required value: " + message;
                        case "FieldValueDuplicate" -> "Duplicate value" + shown;
                        default -> "Invalid value" + shown + ": " + message;
                    },
                    named(field));
        }

        /** What keeps a rule from being run: about the value's type, not the value. */
        private void fault(String why) {
            causes.add(Statuses.cause("FieldValueInvalid", invalid(why), named(place.path())));
        }

        private String invalid(String why) {
            return "Invalid value: " + JsonWriter.text(schema.type()) + ": " + why;
        }

        private String shown() {
            return text("message").isEmpty()
                    ? text("rule").strip()
                    : text("message").strip();
        }

        private String text(String name) {
            return rule.get(name) instanceof String text ? text : "";
        }
    }

    private static String named(String field) {
        return field.isEmpty() ? "<nil>" : field;
    }
}
