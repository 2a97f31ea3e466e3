package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One step of a path: from each value to those that it leads to. */
sealed interface JsonPathStep {
    record Field(String name) implements JsonPathStep {}

    record Every() implements JsonPathStep {}

    record Deep() implements JsonPathStep {}

    record Root() implements JsonPathStep {}

    record Literal(Object value) implements JsonPathStep {}

    record Slice(
            @Nullable Long from,
            @Nullable Long to,
            @Nullable Long step,
            boolean single) implements JsonPathStep {}

    record Union(List<List<JsonPathStep>> paths) implements JsonPathStep {}

    record Filter(List<JsonPathStep> left, String operator, List<JsonPathStep> right) implements JsonPathStep {}

    static List<Object> walk(List<JsonPathStep> steps, @Nullable Object root, @Nullable Object here) {
        List<Object> values = new ArrayList<>();
        Tree.add(values, here);
        for (JsonPathStep step : steps) {
            List<Object> next = new ArrayList<>();
            if (step instanceof Root) {
                Tree.add(next, root);
            } else if (step instanceof Literal literal) {
                next.add(literal.value());
            } else {
                for (Object value : values) {
                    step(step, root, value, next);
                }
            }
            values = next;
        }
        return values;
    }

    private static void step(JsonPathStep step, @Nullable Object root, @Nullable Object value, List<Object> next) {
        if (step instanceof Field field) {
            if (value instanceof Map<?, ?> map && map.containsKey(field.name())) {
                Tree.add(next, map.get(field.name()));
            }
        } else if (step instanceof Every) {
            next.addAll(children(value));
        } else if (step instanceof Deep) {
            deep(value, next);
        } else if (step instanceof Slice slice) {
            if (value instanceof List<?> list) {
                slice(slice, list, next);
            } else if (value != null) {
                throw new ParseException(Go.typeOf(value) + " is not array or slice");
            }
        } else if (step instanceof Union union) {
            union.paths().forEach(path -> next.addAll(walk(path, root, value)));
        } else if (step instanceof Filter filter) {
            if (!(value instanceof List)) {
                if (value != null) {
                    throw new ParseException(Go.value(value) + " is not array or slice and cannot be filtered");
                }
                return;
            }
            for (Object item : (List<?>) value) {
                if (holds(filter, root, item)) {
                    Tree.add(next, item);
                }
            }
        }
    }

    private static List<Object> children(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(new TreeMap<>(map).values());
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    private static void deep(@Nullable Object value, List<Object> found) {
        if (value instanceof Map || value instanceof List) {
            found.add(value);
            children(value).forEach(child -> deep(child, found));
        }
    }

    private static void slice(Slice slice, List<?> list, List<Object> next) {
        long size = list.size();
        if (slice.single()) {
            long index = slice.from() == null ? 0 : slice.from();
            long place = index < 0 ? index + size : index;
            if (place < 0 || place >= size) {
                throw new ParseException("array index out of bounds: index " + index + ", length " + size);
            }
            Tree.add(next, list.get((int) place));
            return;
        }
        long from = slice.from() == null ? 0 : slice.from() < 0 ? slice.from() + size : slice.from();
        long to = slice.to() == null ? size : slice.to() < 0 ? slice.to() + size : Math.min(slice.to(), size);
        if (from >= size && size > 0) {
            throw new ParseException("array index out of bounds: index " + from + ", length " + size);
        }
        long step = slice.step() == null ? 1 : slice.step();
        for (long i = Math.max(from, 0); i < to; i += Math.max(step, 1)) {
            Tree.add(next, list.get((int) i));
        }
    }

    private static boolean holds(Filter filter, @Nullable Object root, @Nullable Object item) {
        List<Object> left;
        try {
            left = walk(filter.left(), root, item);
        } catch (ParseException absent) {
            return false;
        }
        if ("exists".equals(filter.operator())) {
            return !left.isEmpty();
        }
        List<Object> right = walk(filter.right(), root, item);
        if (left.isEmpty() || right.isEmpty()) {
            return false;
        }
        if (left.size() > 1) {
            throw new ParseException("can only compare one element at a time");
        }
        int order = compare(left.get(0), right.get(0));
        return switch (filter.operator()) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0 && order != Integer.MIN_VALUE;
            case "<=" -> order <= 0 && order != Integer.MIN_VALUE;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** Like {@link Comparable}; {@link Integer#MIN_VALUE} for what can't be compared. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof String a && right instanceof String b) {
            return Integer.signum(a.compareTo(b));
        }
        return left != null && left.equals(right) ? 0 : Integer.MIN_VALUE;
    }
}
