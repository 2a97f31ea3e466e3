package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.ANY;
import static dev.kuar.practice.cel.FunctionSet.LIST;
import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;
import static dev.kuar.practice.cel.FunctionSet.WHOLE;

import com.google.common.primitives.UnsignedLong;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What lists can be asked, and what texts find of a regular expression. */
final class ListFunctions {
    private static final List<CelType> ORDERED = List.of(
            SimpleType.INT,
            SimpleType.UINT,
            SimpleType.DOUBLE,
            SimpleType.BOOL,
            SimpleType.DURATION,
            SimpleType.TIMESTAMP,
            SimpleType.STRING,
            SimpleType.BYTES);

    private ListFunctions() {}

    static void addTo(FunctionSet set) {
        for (CelType item : ORDERED) {
            CelType list = ListType.create(item);
            set.member("isSorted", TRUTH, List.of(list), a -> isSorted((List<?>) a[0]));
            set.member("min", item, List.of(list), a -> extreme((List<?>) a[0], "min", -1));
            set.member("max", item, List.of(list), a -> extreme((List<?>) a[0], "max", 1));
        }
        Map<CelType, Object> sums = new LinkedHashMap<>();
        sums.put(SimpleType.INT, 0L);
        sums.put(SimpleType.UINT, UnsignedLong.ZERO);
        sums.put(SimpleType.DOUBLE, 0.0);
        sums.put(SimpleType.DURATION, Duration.ZERO);
        sums.forEach((item, zero) ->
                set.member("sum", item, List.of(ListType.create(item)), a -> sum((List<?>) a[0], zero)));
        set.member("indexOf", WHOLE, List.of(LIST, ANY), a -> {
            List<?> list = (List<?>) a[0];
            for (int i = 0; i < list.size(); i++) {
                if (same(list.get(i), a[1])) {
                    return (long) i;
                }
            }
            return -1L;
        });
        set.member("lastIndexOf", WHOLE, List.of(LIST, ANY), a -> {
            List<?> list = (List<?>) a[0];
            for (int i = list.size() - 1; i >= 0; i--) {
                if (same(list.get(i), a[1])) {
                    return (long) i;
                }
            }
            return -1L;
        });
        set.member("find", TEXT, List.of(TEXT, TEXT), a -> {
            Matcher matcher = pattern((String) a[1]).matcher((String) a[0]);
            return matcher.find() ? matcher.group() : "";
        });
        set.member("findAll", ListType.create(TEXT), List.of(TEXT, TEXT), a -> findAll(a, -1));
        set.member("findAll", ListType.create(TEXT), List.of(TEXT, TEXT, WHOLE), a -> findAll(a, (Long) a[2]));
    }

    private static boolean same(Object one, Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(one, other);
    }

    private static List<String> findAll(Object[] a, long limit) throws CelEvaluationException {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern((String) a[1]).matcher((String) a[0]);
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Pattern pattern(String text) throws CelEvaluationException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw FunctionSet.failure("Illegal regex: " + malformed.getMessage());
        }
    }

    private static boolean isSorted(List<?> list) throws CelEvaluationException {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, String name, int sign) throws CelEvaluationException {
        if (list.isEmpty()) {
            throw FunctionSet.failure(name + " called on empty list");
        }
        Object best = list.get(0);
        for (Object each : list) {
            best = compare(each, best) * sign > 0 ? each : best;
        }
        return best;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) throws CelEvaluationException {
        if (one instanceof Number a && other instanceof Number b && one.getClass() != other.getClass()) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (one instanceof Comparable a && one.getClass() == other.getClass()) {
            return a.compareTo(other);
        }
        throw FunctionSet.failure("no such overload");
    }

    private static Object sum(List<?> list, Object zero) throws CelEvaluationException {
        Object total = zero;
        boolean first = true;
        for (Object each : list) {
            total = first ? each : plus(total, each);
            first = false;
        }
        return total;
    }

    private static Object plus(Object one, Object other) throws CelEvaluationException {
        try {
            if (one instanceof Long a && other instanceof Long b) {
                return Math.addExact(a, b);
            }
        } catch (ArithmeticException overflow) {
            throw FunctionSet.failure("integer overflow");
        }
        if (one instanceof Number a && other instanceof Number b) {
            return a.doubleValue() + b.doubleValue();
        }
        if (one instanceof Duration a && other instanceof Duration b) {
            return a.plus(b);
        }
        throw FunctionSet.failure("no such overload");
    }
}
