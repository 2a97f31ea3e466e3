package dev.kuar.practice.object;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource, as {@code 100m}, {@code 1.5Gi}, {@code 2e3}.
 *
 * @param value the exact amount in base units
 * @param binary whether it is written with powers of 1024
 */
public record Quantity(BigDecimal value, boolean binary) implements Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, false);

    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?");
    private static final String BINARY = "KMGTPE";
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    /** @throws IllegalArgumentException when the text is no quantity */
    public static Quantity parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        BigDecimal number = new BigDecimal(form.group(1));
        String binary = form.group(2);
        String decimal = form.group(3);
        String exponent = form.group(4);
        if (binary != null) {
            int power = BINARY.indexOf(binary.charAt(0)) + 1;
            return new Quantity(number.multiply(BigDecimal.valueOf(2).pow(10 * power)), true);
        }
        if (decimal != null) {
            for (int i = 0; i < DECIMAL.length; i++) {
                if (DECIMAL[i].equals(decimal)) {
                    return new Quantity(number.scaleByPowerOfTen(3 * (i - 3)), false);
                }
            }
        }
        return new Quantity(exponent == null ? number : number.scaleByPowerOfTen(Integer.parseInt(exponent)), false);
    }

    /** Of what stands in a tree: text, a number, or nothing, which is zero. */
    public static Quantity of(@Nullable Object value) {
        if (value == null) {
            return ZERO;
        }
        try {
            return parse(value.toString());
        } catch (IllegalArgumentException notOne) {
            return ZERO;
        }
    }

    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), false);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), isZero() ? other.binary : binary);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(value.subtract(other.value), isZero() ? other.binary : binary);
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    /** Whole base units, rounded up. */
    public long units() {
        return value.setScale(0, RoundingMode.CEILING).longValue();
    }

    /** Thousandths, rounded up: millicores for cpu. */
    public long millis() {
        return value.scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING).longValue();
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** The canonical form: the largest suffix that leaves no fraction. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0";
        }
        if (binary && value.abs().compareTo(BigDecimal.valueOf(1024)) >= 0 && isWhole(value)) {
            BigDecimal rest = value;
            String suffix = "";
            for (int i = 0; i < BINARY.length(); i++) {
                BigDecimal next = rest.divide(BigDecimal.valueOf(1024), 20, RoundingMode.HALF_UP);
                if (!isWhole(next)) {
                    break;
                }
                rest = next;
                suffix = BINARY.charAt(i) + "i";
            }
            return plain(rest) + suffix;
        }
        for (int i = DECIMAL.length - 1; i >= 0; i--) {
            BigDecimal scaled = value.scaleByPowerOfTen(-3 * (i - 3));
            if (isWhole(scaled)) {
                return plain(scaled) + DECIMAL[i];
            }
        }
        return plain(value.scaleByPowerOfTen(9).setScale(0, RoundingMode.UP)) + "n";
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    private static String plain(BigDecimal value) {
        return value.setScale(0, RoundingMode.DOWN).toPlainString();
    }
}
