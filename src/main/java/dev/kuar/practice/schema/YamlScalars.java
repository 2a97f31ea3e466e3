package dev.kuar.practice.schema;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar of YAML means to go-yaml 2, which the API server reads with: YAML 1.1, without numbers to the base 60. */
final class YamlScalars {
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final Pattern WHOLE =
            Pattern.compile("([-+]?)(0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");

    private YamlScalars() {}

    /** A {@link Boolean}, {@link Long}, {@link Double}, {@link String} or null. */
    static @Nullable Object resolve(String text) {
        if (NULL.contains(text)) {
            return null;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        if (text.matches("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)")) {
            String said =
                    text.toLowerCase(Locale.ROOT).contains("nan") ? "NaN" : text.startsWith("-") ? "-Inf" : "+Inf";
            throw new DecodeException("json: unsupported value: " + said);
        }
        char first = text.charAt(0);
        boolean number = first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
        return !number || DATE.matcher(text).matches() ? text : number(text);
    }

    private static Object number(String text) {
        String plain = text.replace("_", "");
        var whole = WHOLE.matcher(plain);
        if (text.charAt(0) != '.' && whole.matches()) {
            BigInteger value = digits(whole.group(3), 16, whole.group(4), whole.group(5), whole.group(6));
            value = whole.group(1).equals("-") ? value.negate() : value;
            return value.bitLength() < 64 ? (Object) value.longValue() : (Object) value.doubleValue();
        }
        return FLOAT.matcher(plain).matches() ? (Object) Double.parseDouble(plain) : text;
    }

    private static BigInteger digits(
            @Nullable String hex,
            int sixteen,
            @Nullable String binary,
            @Nullable String octal,
            @Nullable String decimal) {
        if (hex != null) {
            return new BigInteger(hex, sixteen);
        }
        if (binary != null) {
            return new BigInteger(binary, 2);
        }
        return octal != null ? new BigInteger(octal, 8) : new BigInteger(String.valueOf(decimal));
    }
}
