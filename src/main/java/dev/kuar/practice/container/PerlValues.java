package dev.kuar.practice.container;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value of Perl is as a number, as a text, as a condition. */
final class PerlValues {
    private static final Pattern NUMBER = Pattern.compile("\\s*([-+]?\\d+(\\.\\d+)?)");

    private PerlValues() {}

    static boolean truth(Object value) {
        return value instanceof BigDecimal number
                ? number.signum() != 0
                : value instanceof List<?> list ? !list.isEmpty() : !value.equals("") && !value.equals("0");
    }

    static BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        Matcher matcher = NUMBER.matcher(text(value));
        return matcher.lookingAt() ? new BigDecimal(matcher.group(1)) : BigDecimal.ZERO;
    }

    static String join(List<Object> items) {
        return String.join("", items.stream().map(PerlValues::text).toList());
    }

    static String text(Object value) {
        if (value instanceof BigDecimal number) {
            BigDecimal shown = number.scale() > 0 && number.precision() <= 40
                    ? number.round(new MathContext(15, RoundingMode.HALF_EVEN)).stripTrailingZeros()
                    : number;
            return shown.toPlainString();
        }
        return value instanceof List<?> list
                ? String.join("", list.stream().map(each -> text(each)).toList())
                : String.valueOf(value);
    }

    static String formatted(List<Object> items) {
        String format = items.isEmpty() ? "" : text(items.get(0));
        StringBuilder text = new StringBuilder();
        Matcher matcher = Pattern.compile("%([-0-9.]*)([dsfg%])").matcher(format);
        int next = 1;
        while (matcher.find()) {
            String put = "%";
            if (!matcher.group(2).equals("%")) {
                Object item = next < items.size() ? items.get(next++) : "";
                put = switch (matcher.group(2)) {
                    case "d" ->
                        String.format("%" + matcher.group(1) + "d", number(item).longValue());
                    case "f" -> String.format("%" + matcher.group(1) + "f", number(item));
                    case "g" -> text(number(item));
                    default -> String.format("%" + matcher.group(1) + "s", text(item));
                };
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(put));
        }
        return matcher.appendTail(text).toString();
    }
}
