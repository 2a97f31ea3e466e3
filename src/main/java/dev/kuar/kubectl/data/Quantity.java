package dev.kuar.kubectl.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource, for instance {@code 100m} or {@code 64Mi}.
 *
 * @param value the amount in base units
 * @param binary whether it is written with powers of 1024
 */
public record Quantity(BigDecimal value, boolean binary) {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, false);

    private static final Pattern FORM =
            Pattern.compile("([-+]?[0-9]*\\.?[0-9]*)([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+|)");
    private static final String DECIMAL = "kMGTPE";
    private static final String BINARY = "KMGTPE";

    /** @throws ParseException with apimachinery's words when the text is no quantity */
    public static Quantity parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !matcher.group(1).matches(".*[0-9].*")) {
            throw new ParseException(
                    "quantities must match the regular expression " + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix.endsWith("i")) {
            return new Quantity(
                    number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix.charAt(0)) + 1)), true);
        }
        if (suffix.matches("[eE].+")) {
            return new Quantity(
                    number.scaleByPowerOfTen(
                            Integer.parseInt(suffix.substring(1).replace("+", ""))),
                    false);
        }
        int power = suffix.isEmpty()
                ? 0
                : DECIMAL.contains(suffix) ? 3 * (DECIMAL.indexOf(suffix) + 1) : -3 * " mun".indexOf(suffix);
        return new Quantity(number.scaleByPowerOfTen(power), false);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), value.signum() == 0 ? other.binary : binary);
    }

    /** Whole thousandths, rounded up. */
    public long milli() {
        return value.movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
    }

    /** Whole units, rounded up. */
    public long whole() {
        return value.setScale(0, RoundingMode.CEILING).longValue();
    }

    /** The canonical form: the biggest suffix that leaves no fraction. */
    @Override
    public String toString() {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal number = value.stripTrailingZeros();
        if (binary && number.scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(1024)) >= 0) {
            int power = 0;
            BigDecimal thousand = BigDecimal.valueOf(1024);
            while (power < 6 && number.remainder(thousand).signum() == 0) {
                number = number.divide(thousand);
                power++;
            }
            return number.toPlainString() + (power == 0 ? "" : BINARY.charAt(power - 1) + "i");
        }
        int power = 0;
        while (number.scale() > 0 && power < 3) {
            number = number.movePointRight(3).stripTrailingZeros();
            power++;
        }
        if (power > 0) {
            return number.setScale(0, RoundingMode.CEILING).toPlainString() + " mun".charAt(power);
        }
        while (power < 6 && number.remainder(BigDecimal.valueOf(1000)).signum() == 0) {
            number = number.movePointLeft(3).stripTrailingZeros();
            power++;
        }
        return number.toPlainString() + (power == 0 ? "" : String.valueOf(DECIMAL.charAt(power - 1)));
    }
}
