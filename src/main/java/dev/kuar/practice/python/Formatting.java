package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values in the forms of {@code format()}, {@code %} and {@code str.format}. */
final class Formatting {
    private static final Pattern SPEC =
            Pattern.compile("(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?");
    private static final Pattern PERCENT =
            Pattern.compile("%(?:\\((\\w+)\\))?([-+ #0]*)(\\d+|\\*)?(?:\\.(\\d+))?([a-zA-Z%])");

    private Formatting() {}

    static String format(Object value, String spec) {
        if (spec.isEmpty()) {
            return Values.str(value);
        }
        if (value instanceof Instance instance && instance.ask("__format__", spec) instanceof Instance.Said said) {
            return Values.str(said.value());
        }
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw Raised.of(
                    "ValueError",
                    "Invalid format specifier '" + spec + "' for object of type '" + Values.type(value) + "'");
        }
        boolean number = Operators.isNumber(value) && !(value instanceof Boolean && matcher.group(9) == null);
        String type = group(matcher, 9);
        String known = value instanceof String ? "s" : value instanceof Double ? "eEfFgG%n" : "bcdoxXneEfFgG%";
        if (!type.isEmpty() && !known.contains(type)) {
            throw Raised.of(
                    "ValueError", "Unknown format code '" + type + "' for object of type '" + Values.type(value) + "'");
        }
        if (!number && !(value instanceof String) && !(value instanceof Boolean)) {
            throw Raised.of("TypeError", "unsupported format string passed to " + Values.type(value) + ".__format__");
        }
        String digits = group(matcher, 8);
        String sign = "";
        String text = number ? numeral(value, type, digits, group(matcher, 4).equals("#")) : Values.str(value);
        if (number && text.startsWith("-")) {
            sign = "-";
            text = text.substring(1);
        } else if (number && !group(matcher, 3).replace("-", "").isEmpty()) {
            sign = group(matcher, 3);
        }
        if (!number && !digits.isEmpty()) {
            text = text.substring(0, Math.min(text.length(), Integer.parseInt(digits)));
        }
        if (!group(matcher, 7).isEmpty()) {
            text = text.replaceFirst("^\\d+", Matcher.quoteReplacement(grouped(text, group(matcher, 7))));
        }
        boolean zeros = !group(matcher, 5).isEmpty();
        String align = group(matcher, 2);
        align = align.isEmpty() ? zeros ? "=" : number ? ">" : "<" : align;
        String fill = group(matcher, 1);
        fill = fill.isEmpty() ? zeros ? "0" : " " : fill;
        return padded(sign, text, align, fill, group(matcher, 6));
    }

    private static String padded(String sign, String text, String align, String fill, String width) {
        int gap = width.isEmpty() ? 0 : Math.max(0, Integer.parseInt(width) - text.length() - sign.length());
        return switch (align) {
            case "<" -> sign + text + fill.repeat(gap);
            case "^" -> fill.repeat(gap / 2) + sign + text + fill.repeat(gap - gap / 2);
            case "=" -> sign + fill.repeat(gap) + text;
            default -> fill.repeat(gap) + sign + text;
        };
    }

    private static String group(Matcher matcher, int group) {
        String found = matcher.group(group);
        return found == null ? "" : found;
    }

    private static String grouped(String text, String by) {
        String whole = text.replaceFirst("\\D.*$", "");
        return whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", by);
    }

    private static String numeral(Object value, String type, String digits, boolean marked) {
        boolean whole = !(value instanceof Double);
        if (type.isEmpty() && (whole || digits.isEmpty())) {
            return Values.str(whole ? Values.index(value) : value);
        }
        if (whole && "bcdoxXn".contains(type)) {
            BigInteger number = Values.index(value);
            int radix = type.equals("b") ? 2 : type.equals("o") ? 8 : type.equalsIgnoreCase("x") ? 16 : 10;
            if (type.equals("c")) {
                return Character.toString(number.intValue());
            }
            String text = number.toString(radix);
            text = type.equals("X") ? text.toUpperCase(Locale.ROOT) : text;
            return marked && radix != 10 ? text.replaceFirst("^(-?)", "$10" + type) : text;
        }
        double number = Operators.real(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Values.real(number);
        }
        int places = digits.isEmpty() ? 6 : Integer.parseInt(digits);
        return switch (type) {
            case "f", "F" -> fixed(number, places);
            case "%" -> fixed(number * 100, places) + "%";
            case "e", "E" -> String.format(Locale.ROOT, "%." + places + type, number);
            default -> general(number, Math.max(1, places), type.isEmpty());
        };
    }

    private static String fixed(double number, int places) {
        return (number < 0 || 1 / number < 0 ? "-" : "")
                + new BigDecimal(Math.abs(number))
                        .setScale(places, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String general(double number, int digits, boolean point) {
        if (number == 0) {
            return point ? "0.0" : "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", number).replaceFirst("\\.?0+e", "e");
        }
        String text = rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
                .toPlainString();
        text = text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
        return point && !text.contains(".") ? text + ".0" : text;
    }

    /** {@code format % values}. */
    static Object percent(String format, Object values) {
        List<Object> items = values instanceof Tuple tuple ? tuple.items() : List.of(values);
        StringBuilder text = new StringBuilder();
        Matcher matcher = PERCENT.matcher(format);
        int next = 0;
        int end = 0;
        while (matcher.find()) {
            text.append(format, end, matcher.start());
            end = matcher.end();
            String type = matcher.group(5);
            if (type.equals("%")) {
                text.append('%');
                continue;
            }
            if ("*".equals(matcher.group(3))) {
                throw new NotModelled("'*' in a format", 0);
            }
            Object value;
            if (matcher.group(1) != null) {
                value = Items.get(values, matcher.group(1));
            } else if (next < items.size()) {
                value = items.get(next++);
            } else {
                throw Raised.of("TypeError", "not enough arguments for format string");
            }
            text.append(one(value, type, matcher));
        }
        if (next < items.size() && !(values instanceof Map) && !format.contains("%(")) {
            throw Raised.of("TypeError", "not all arguments converted during string formatting");
        }
        return text.append(format.substring(end)).toString();
    }

    private static String one(Object value, String type, Matcher matcher) {
        String flags = matcher.group(2);
        String width = group(matcher, 3);
        String digits = group(matcher, 4);
        if ("sra".contains(type)) {
            String text = type.equals("s") ? Values.str(value) : Repr.of(value);
            text = digits.isEmpty() ? text : text.substring(0, Math.min(text.length(), Integer.parseInt(digits)));
            return padded("", text, flags.contains("-") ? "<" : ">", " ", width);
        }
        if (!Operators.isNumber(value)) {
            throw Raised.of(
                    "TypeError",
                    "%" + type + " format: a " + ("xXo".contains(type) ? "integer" : "real number")
                            + " is required, not " + Values.type(value));
        }
        boolean whole = "diu".contains(type);
        Object number = whole && value instanceof Double real ? new BigDecimal(real).toBigInteger() : value;
        String spec = (flags.contains("-") ? "<" : "")
                + (flags.contains("+") ? "+" : flags.contains(" ") ? " " : "")
                + (flags.contains("#") ? "#" : "")
                + (flags.contains("0") && !flags.contains("-") ? "0" : "")
                + width
                + (whole || digits.isEmpty() ? "" : "." + digits)
                + (whole ? "d" : type);
        return format(number, spec);
    }

    /** {@code format.format(…)}. */
    static String fill(String format, Arguments arguments) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean twice = i + 1 < format.length() && format.charAt(i + 1) == c;
            if (c != '{' && c != '}' || twice) {
                text.append(c);
                i += c == '{' || c == '}' ? 1 : 0;
                continue;
            }
            int end = format.indexOf('}', i);
            if (c == '}' || end < 0) {
                throw Raised.of("ValueError", "Single '" + c + "' encountered in format string");
            }
            String[] field = format.substring(i + 1, end).split(":", 2);
            String[] named = field[0].split("!", 2);
            Matcher path =
                    Pattern.compile("^([^.\\[]*)((?:\\.\\w+|\\[[^\\]]+\\])*)$").matcher(named[0]);
            String key = path.matches() ? path.group(1) : named[0];
            Object value;
            if (key.isEmpty() || key.matches("\\d+")) {
                int place = key.isEmpty() ? next++ : Integer.parseInt(key);
                if (place >= arguments.size()) {
                    throw Raised.of(
                            "IndexError", "Replacement index " + place + " out of range for positional args tuple");
                }
                value = arguments.items().get(place);
            } else {
                Object found = arguments.named().get(key);
                if (found == null) {
                    throw Items.raiseKey(key);
                }
                value = found;
            }
            Matcher steps = Pattern.compile("\\.(\\w+)|\\[([^\\]]+)\\]").matcher(path.matches() ? path.group(2) : "");
            while (steps.find()) {
                String item = steps.group(2);
                value = item == null
                        ? Attributes.get(value, steps.group(1))
                        : Items.get(value, item.matches("\\d+") ? (Object) new BigInteger(item) : item);
            }
            value = named.length > 1 ? named[1].equals("r") ? Repr.of(value) : Values.str(value) : value;
            text.append(format(value, field.length > 1 ? field[1] : ""));
            i = end;
        }
        return text.toString();
    }
}
