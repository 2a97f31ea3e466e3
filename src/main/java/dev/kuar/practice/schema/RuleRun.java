package dev.kuar.practice.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks an object what a rule file asks, in the file's order, items of lists one after the other.
 *
 * <p>{@code use NAME} at a place asks what another file asks there; {@code struct NAME} asks it also where nothing is set, for
 * what is always there in Kubernetes' own types. Below what is not set nothing is asked.
 */
final class RuleRun {
    private final FieldErrors errors;
    private final Map<String, Object> root;

    private RuleRun(Map<String, Object> root, FieldErrors errors) {
        this.root = root;
        this.errors = errors;
    }

    /** @param old the object before a change; null for one that is checked by itself */
    static void check(
            List<Rule> rules, Map<String, Object> object, @Nullable Map<String, Object> old, FieldErrors errors) {
        new RuleRun(object, errors).all(rules, object, old, "");
    }

    /** Checks a part of an object, whose errors begin with {@code path}. */
    static void part(List<Rule> rules, Map<String, Object> part, String path, FieldErrors errors) {
        new RuleRun(part, errors).all(rules, part, null, path);
    }

    private void all(List<Rule> rules, Map<String, Object> holder, @Nullable Object old, String path) {
        for (Rule rule : rules) {
            int before = errors.causes().size();
            at(rule, 0, holder, holder, old, path);
            if (rule.last() && errors.causes().size() > before) {
                return;
            }
        }
    }

    private void at(
            Rule rule,
            int step,
            Map<String, Object> holder,
            @Nullable Object value,
            @Nullable Object old,
            String path) {
        if (step == rule.path().size()) {
            end(rule, holder, value, old, path);
            return;
        }
        if (!(value instanceof Map<?, ?>) && !rule.path().get(step).matches("\\[]|\\{}")) {
            return;
        }
        Map<String, Object> here = map(value);
        String name = rule.path().get(step);
        boolean list = name.endsWith("[]");
        boolean entries = name.endsWith("{}");
        String field = list || entries ? name.substring(0, name.length() - 2) : name;
        Object inside = field.isEmpty() ? value : here.get(field);
        Object was = field.isEmpty() ? old : map(old).get(field);
        String below = field.isEmpty() ? path : path.isEmpty() ? field : path + "." + field;
        if (list && inside instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                Object before = was instanceof List<?> olds && i < olds.size() ? olds.get(i) : null;
                at(rule, step + 1, here, items.get(i), before, below + "[" + i + "]");
            }
        } else if (entries && inside instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> each : map.entrySet()) {
                at(
                        rule,
                        step + 1,
                        here,
                        each.getValue(),
                        map(was).get(each.getKey()),
                        below + "[" + each.getKey() + "]");
            }
        } else if (!list && !entries) {
            at(rule, step + 1, here, inside, was, below);
        }
    }

    private void end(Rule rule, Map<String, Object> holder, @Nullable Object value, @Nullable Object old, String path) {
        boolean item =
                rule.path().isEmpty() || rule.path().get(rule.path().size() - 1).matches(".*(\\[]|\\{})");
        Map<String, Object> beside = item && value instanceof Map<?, ?> ? map(value) : holder;
        for (Rule.Condition condition : rule.conditions()) {
            if (holds(condition, beside) != condition.wanted()) {
                return;
            }
        }
        if (rule.check().equals("use") && value == null) {
            return;
        }
        if (rule.check().equals("use") || rule.check().equals("struct")) {
            all(RuleFiles.named(rule.words().get(0)), map(value), old, path);
        } else if (!rule.check().isEmpty()) {
            RuleChecks.named(rule.check()).check(new Place(path, value, old, holder, root), rule.words(), errors);
        }
        if (!rule.below().isEmpty() && value instanceof Map<?, ?>) {
            all(rule.below(), map(value), old, path);
        }
    }

    private static boolean holds(Rule.Condition condition, Map<String, Object> holder) {
        Object value = holder;
        for (String step : condition.field()) {
            value = map(value).get(step);
        }
        boolean set = value != null && !"".equals(value) && !(value instanceof List<?> list && list.isEmpty());
        return set && condition.value().test(String.valueOf(value));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /**
     * Where a check looks.
     *
     * @param path as an error names it
     * @param value null where nothing is set
     * @param old what was there before a change
     * @param holder the object whose field it is
     * @param root the whole object
     */
    record Place(
            String path,
            @Nullable Object value,
            @Nullable Object old,
            Map<String, Object> holder,
            Map<String, Object> root) {
        boolean isEmpty() {
            return value == null
                    || "".equals(value)
                    || (value instanceof List<?> list && list.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty());
        }

        String text() {
            return value instanceof String text ? text : "";
        }

        /** The field's own name, or the key of a map's entry. */
        String name() {
            if (path.endsWith("]")) {
                return path.substring(path.lastIndexOf('[') + 1, path.length() - 1);
            }
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }
}
