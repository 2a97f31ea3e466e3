package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks an object what a rule file asks, in the file's order, items of lists one after the other.
 *
 * <p>{@code use NAME} at a place asks what another file asks there; {@code struct NAME} asks it also where nothing is set, for
 * what is always there in Kubernetes' own types; {@code part NAME} also, and there a slash begins at this place. Below what
 * is not set nothing is asked.
 */
final class RuleRun {
    private final FieldErrors errors;
    private final Map<String, Object> root;
    private final Map<String, Object> before;
    private final LazyPath base;
    private List<?> items = List.of();
    private int index;

    private RuleRun(Map<String, Object> root, @Nullable Map<String, Object> before, LazyPath base, FieldErrors errors) {
        this.root = root;
        this.before = before == null ? Map.of() : before;
        this.base = base;
        this.errors = errors;
    }

    /** @param old the object before a change; null for one that is checked by itself */
    static void check(
            List<Rule> rules, Map<String, Object> object, @Nullable Map<String, Object> old, FieldErrors errors) {
        LazyPath path = LazyPath.root();
        new RuleRun(object, old, path, errors).all(rules, object, old, path);
    }

    /** Checks a part of an object, whose errors begin with {@code path}. */
    private static void part(List<Rule> rules, Map<String, Object> part, LazyPath path, FieldErrors errors) {
        new RuleRun(part, null, path, errors).all(rules, part, null, path);
    }

    private void all(List<Rule> rules, Map<String, Object> holder, @Nullable Object old, LazyPath path) {
        for (Rule rule : rules) {
            int said = errors.causes().size();
            at(rule, 0, holder, holder, old, path);
            if (rule.last() && errors.causes().size() > said) {
                return;
            }
        }
    }

    private void at(
            Rule rule,
            int number,
            Map<String, Object> holder,
            @Nullable Object value,
            @Nullable Object old,
            LazyPath path) {
        if (number == rule.path().size()) {
            end(rule, holder, value, old, path);
            return;
        }
        Rule.Step step = rule.path().get(number);
        boolean itself = step.field().isEmpty();
        if (!itself && !(value instanceof Map<?, ?>)) {
            return;
        }
        Map<String, Object> here = map(value);
        Object inside = itself ? value : here.get(step.field());
        if (inside == null && !rule.asksOfNothing()) {
            return;
        }
        Object was = itself ? old : map(old).get(step.field());
        LazyPath below = path.field(step.shown());
        switch (step.leads()) {
            case TO_FIELD -> at(rule, number + 1, here, inside, was, below);
            case TO_ITEMS -> {
                List<?> outer = items;
                int outerIndex = index;
                List<?> all = inside instanceof List<?> list ? list : List.of();
                for (int i = 0; i < all.size(); i++) {
                    Object then = was instanceof List<?> olds && i < olds.size() ? olds.get(i) : null;
                    LazyPath item = step.renamed() ? below : below.item(i);
                    items = all;
                    index = i;
                    at(rule, number + 1, here, all.get(i), then, item);
                }
                items = outer;
                index = outerIndex;
            }
            case TO_VALUES ->
                map(inside)
                        .forEach((key, each) -> at(
                                rule,
                                number + 1,
                                here,
                                each,
                                map(was).get(key),
                                step.renamed() ? below : below.value(key)));
        }
    }

    private void end(
            Rule rule, Map<String, Object> holder, @Nullable Object value, @Nullable Object old, LazyPath path) {
        Map<String, Object> beside = rule.isOfItem() && value instanceof Map<?, ?> ? map(value) : holder;
        for (Rule.Condition condition : rule.conditions()) {
            if (holds(condition, condition.whole() ? root : beside) != condition.wanted()) {
                return;
            }
        }
        switch (rule.asks()) {
            case PART -> part(RuleFiles.named(rule.words().get(0)), map(value), path, errors);
            case STRUCT -> all(RuleFiles.named(rule.words().get(0)), map(value), old, path);
            case USE -> {
                if (value == null) {
                    return;
                }
                all(RuleFiles.named(rule.words().get(0)), map(value), old, path);
            }
            case CHECK ->
                rule.checker()
                        .check(
                                new Place(path, value, old, holder, root, before, base, items, index),
                                rule.words(),
                                errors);
            case NOTHING -> {}
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
     * @param where as an error names it
     * @param value null where nothing is set
     * @param old what was there before a change
     * @param holder the object whose field it is
     * @param root all that the file is asked of
     * @param before what {@code root} was before a change; empty where there is none
     * @param whole the path of {@code root}
     * @param items the innermost list that the path goes through; empty where it goes through none
     * @param index which of them this one is
     */
    record Place(
            LazyPath where,
            @Nullable Object value,
            @Nullable Object old,
            Map<String, Object> holder,
            Map<String, Object> root,
            Map<String, Object> before,
            LazyPath whole,
            List<?> items,
            int index) {
        /** The field as an error names it. */
        String path() {
            return where.toString();
        }

        /** The path of {@link #root}; empty for a whole object. */
        String base() {
            return whole.toString();
        }

        /** The items before this one in the innermost list that the path goes through. */
        List<?> earlier() {
            return items.subList(0, index);
        }

        /** How many items that list has. */
        int siblings() {
            return items.size();
        }

        boolean isEmpty() {
            return value == null
                    || "".equals(value)
                    || (value instanceof List<?> list && list.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty());
        }

        String text() {
            return value instanceof String text ? text : "";
        }

        /** What is there, of a check that is asked only where something is. */
        Object given() {
            return Objects.requireNonNull(value);
        }

        /** What is there with readers; nothing is in it where it is no object. */
        KubeObject object() {
            return KubeObject.of(map(value));
        }

        /** The field's own name, or the key of a map's entry. */
        String name() {
            String path = path();
            if (path.endsWith("]")) {
                return path.substring(path.lastIndexOf('[') + 1, path.length() - 1);
            }
            return path.substring(path.lastIndexOf('.') + 1);
        }

        /** The field {@code name} of the items before. */
        List<Object> earlier(String name) {
            return earlier().stream()
                    .map(each -> map(each).get(name))
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}
