package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.QUANTITY;
import static dev.kuar.practice.cel.FunctionSet.REAL;
import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;
import static dev.kuar.practice.cel.FunctionSet.WHOLE;

import dev.cel.runtime.CelEvaluationException;
import dev.kuar.practice.object.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** {@code quantity('1.5Gi')} and what can be asked of it. */
final class QuantityFunctions {
    private static final Pattern FORM =
            Pattern.compile("[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+|[KMGTPE]i|[numkMGTPE])?");
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private QuantityFunctions() {}

    /** An amount, equal to another of the same value however that is written. */
    record Amount(BigDecimal value) implements Comparable<Amount> {
        Amount(BigDecimal value) {
            this.value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        boolean isWhole() {
            return value.scale() <= 0 && value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0;
        }

        @Override
        public int compareTo(Amount other) {
            return value.compareTo(other.value);
        }
    }

    static void addTo(FunctionSet set) {
        set.global("isQuantity", TRUTH, List.of(TEXT), a -> FORM.matcher((String) a[0])
                .matches());
        set.global("quantity", QUANTITY, List.of(TEXT), a -> parse((String) a[0]));
        set.member("sign", WHOLE, List.of(QUANTITY), a -> (long) of(a[0]).signum());
        set.member("isInteger", TRUTH, List.of(QUANTITY), a -> ((Amount) a[0]).isWhole());
        set.member("asInteger", WHOLE, List.of(QUANTITY), a -> {
            if (!((Amount) a[0]).isWhole()) {
                throw FunctionSet.failure("cannot convert value to integer");
            }
            return of(a[0]).longValueExact();
        });
        set.member("asApproximateFloat", REAL, List.of(QUANTITY), a -> of(a[0]).doubleValue());
        set.member("add", QUANTITY, List.of(QUANTITY, QUANTITY), a -> new Amount(of(a[0]).add(of(a[1]))));
        set.member("add", QUANTITY, List.of(QUANTITY, WHOLE), a -> new Amount(of(a[0]).add(whole(a[1]))));
        set.member("sub", QUANTITY, List.of(QUANTITY, QUANTITY), a -> new Amount(of(a[0]).subtract(of(a[1]))));
        set.member("sub", QUANTITY, List.of(QUANTITY, WHOLE), a -> new Amount(of(a[0]).subtract(whole(a[1]))));
        set.member("isGreaterThan", TRUTH, List.of(QUANTITY, QUANTITY), a -> of(a[0]).compareTo(of(a[1])) > 0);
        set.member("isLessThan", TRUTH, List.of(QUANTITY, QUANTITY), a -> of(a[0]).compareTo(of(a[1])) < 0);
        set.member("compareTo", WHOLE, List.of(QUANTITY, QUANTITY), a -> (long) of(a[0]).compareTo(of(a[1])));
    }

    private static BigDecimal of(Object amount) {
        return ((Amount) amount).value();
    }

    private static BigDecimal whole(Object number) {
        return BigDecimal.valueOf((Long) number);
    }

    private static Amount parse(String text) throws CelEvaluationException {
        if (!FORM.matcher(text).matches()) {
            throw FunctionSet.failure(
                    "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return new Amount(Quantity.parse(text).value());
    }
}
