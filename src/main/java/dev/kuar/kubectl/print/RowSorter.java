package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.JsonPath;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sorts by a field that {@code --sort-by} names: numbers, quantities, moments, texts with numbers in them. */
public final class RowSorter {
    private final JsonPath path;

    public RowSorter(String field) {
        try {
            path = JsonPath.relaxed(field);
        } catch (ParseException malformed) {
            throw Failure.error(malformed.text(), malformed);
        }
    }

    /** Whether any of them has the field. */
    public boolean applies(List<Tree> objects) {
        return objects.stream().anyMatch(object -> value(object) != null);
    }

    /** Sorts in place; what lacks the field comes first. */
    public <T> void sort(List<T> items, Function<T, Tree> object) {
        items.sort(Comparator.comparing(item -> value(object.apply(item)), RowSorter::compare));
    }

    @SuppressWarnings("NullAway")
    private @Nullable Object value(Tree object) {
        try {
            List<Object> found = path.find(object.value());
            return found.isEmpty() ? null : found.get(0);
        } catch (ParseException absent) {
            return null;
        }
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null ? right == null ? 0 : -1 : 1;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        String a = JsonPath.textOf(left);
        String b = JsonPath.textOf(right);
        try {
            return Quantity.parse(a).value().compareTo(Quantity.parse(b).value());
        } catch (ParseException texts) {
            return natural(a, b);
        }
    }

    /** Runs of digits compare as numbers. */
    static int natural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
                int endA = digits(a, i);
                int endB = digits(b, j);
                int order = new java.math.BigInteger(a.substring(i, endA))
                        .compareTo(new java.math.BigInteger(b.substring(j, endB)));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
