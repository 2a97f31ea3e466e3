package dev.kuar.practice.cel;

import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the rules of one schema may cost: each for itself, and all together. The limits are those of Kubernetes 1.36. */
final class RuleBudget {
    /** That no {@code maxItems} or {@code maxProperties} says how many values there can be. */
    static final long UNBOUNDED = -2;

    private static final long LIMIT = 10_000_000;
    private static final long TOTAL = 100_000_000;

    private record Costly(String field, long cost) {}

    private final List<Map<String, Object>> causes;
    private final List<Costly> costly = new ArrayList<>();
    private long total;

    RuleBudget(List<Map<String, Object>> causes) {
        this.causes = causes;
    }

    /** How many values can be right below those of {@code holder}, of which there can be {@code often}. */
    static long below(TypeSchema holder, long often) {
        boolean list = holder.type().equals("array");
        boolean map = holder.type().equals("object") && holder.facts().containsKey("additionalProperties");
        if (often == UNBOUNDED || !list && !map) {
            return often;
        }
        return holder.facts().get(list ? "maxItems" : "maxProperties") instanceof Number most
                ? Bounds.product(often, Math.max(0, most.longValue()))
                : UNBOUNDED;
    }

    /** What all runs of a rule cost; as many as fit into a request where their number is not bounded. */
    static long times(long cost, long often, long least) {
        return Bounds.product(cost, often == UNBOUNDED ? SchemaTypes.MAX_REQUEST / (least + 1) : often);
    }

    /** @param known whether the rule was there before, so that by itself it may cost what it wants */
    void observe(String field, String what, long cost, boolean known) {
        if (!known && Long.compareUnsigned(cost, LIMIT) > 0) {
            forbid(field, exceeds(what, cost, LIMIT));
        }
        total = Bounds.sum(total, cost);
        if (Long.compareUnsigned(cost, TOTAL / 100) >= 0) {
            costly.add(new Costly(field, cost));
        }
    }

    /** Says whether all together cost too much, after the last one. */
    void close(String field) {
        if (Long.compareUnsigned(total, TOTAL) <= 0) {
            return;
        }
        costly.stream()
                .sorted(Comparator.comparing(Costly::cost, Long::compareUnsigned)
                        .reversed())
                .limit(4)
                .forEach(each -> forbid(
                        each.field(),
                        "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        forbid(
                field,
                exceeds(
                        "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                        total,
                        TOTAL));
    }

    private static String exceeds(String what, long cost, long limit) {
        double factor = Bounds.toDouble(cost) / limit;
        String times =
                factor > 100 ? "more than 100x" : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
        return what + " exceeds budget by factor of " + times
                + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and"
                + " strings are declared)";
    }

    private void forbid(String field, String why) {
        causes.add(Statuses.cause("FieldValueForbidden", "Forbidden: " + why, field));
    }
}
