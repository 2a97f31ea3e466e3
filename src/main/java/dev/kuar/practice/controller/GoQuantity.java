package dev.kuar.practice.controller;

import dev.kuar.practice.object.Quantity;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Go holds a quantity that was read from its text: a number of 64 bits and a power of ten, which is enough for all but
 * very large ones, whose dump is not Kubernetes' here. A text that Go takes for canonical it keeps.
 */
final class GoQuantity {
    private static final Pattern FORM = Pattern.compile("([+-]?)(\\d*)(?:\\.(\\d*))?([a-zA-Z]*)([+-]?\\d*)");
    private static final String DECIMAL = "numkMGTPE";
    private static final String BINARY = "KMGTPE";

    private GoQuantity() {}

    /** @param value text or number; null for the zero of Go */
    static String dump(@Nullable Object value) {
        if (value == null) {
            return dump(0, 0, "", "");
        }
        String text = String.valueOf(value);
        Matcher form = FORM.matcher(text);
        if (text.equals("0") || !form.matches()) {
            return dump(0, 0, text, "DecimalSI");
        }
        String whole = form.group(2).replaceFirst("^0+", "");
        String fraction = form.group(3) == null ? "" : form.group(3).replaceFirst("0+$", "");
        String suffix = form.group(4);
        boolean binary = suffix.endsWith("i");
        boolean power = !form.group(5).isEmpty();
        String format = binary ? "BinarySI" : power ? "DecimalExponent" : "DecimalSI";
        long factor = binary ? 1L << 10 * (BINARY.indexOf(suffix.charAt(0)) + 1) : 1;
        int scale = binary ? 0 : power ? Integer.parseInt(form.group(5)) : suffix.isEmpty() ? 0 : power(suffix);
        BigInteger amount = new BigInteger("0" + whole + fraction).multiply(BigInteger.valueOf(factor));
        amount = form.group(1).equals("-") ? amount.negate() : amount;
        if (binary && !fraction.isEmpty()) {
            // The API server hands such out in whole numbers of a smaller unit.
            return dump(Quantity.of(text).toString());
        }
        String digits = whole + fraction;
        int exponent = scale - fraction.length();
        boolean canonical = binary
                ? new BigInteger("0" + digits).intValue() % 8 != 0
                : exponent % 3 == 0 && !digits.endsWith("000") && !digits.startsWith("0");
        return dump(amount.longValue(), exponent, canonical ? text : "", format);
    }

    private static int power(String suffix) {
        int at = DECIMAL.indexOf(suffix.charAt(0));
        return at < 3 ? 3 * (at - 3) : 3 * (at - 2);
    }

    private static String dump(long value, int scale, String text, String format) {
        return "{i:(resource.int64Amount){value:(int64)" + value + " scale:(resource.Scale)" + scale
                + "} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)" + text + " Format:(resource.Format)"
                + format + "}";
    }
}
