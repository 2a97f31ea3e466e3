package dev.kuar.awk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A format as printf(3) has it, with its values. */
final class Format {
    private static final String KNOWN = "diouxXcsfFeEgG";

    private final String name;
    private final String format;
    private final List<Value> values;
    private final Machine machine;
    private int used;

    Format(String name, String format, List<Value> values, Machine machine) {
        this.name = name;
        this.format = format;
        this.values = values;
        this.machine = machine;
    }

    /** One conversion: its flags, its width, its precision (-1 for none) and its letter. */
    private record Spec(String flags, int width, int precision, char letter) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    /** A number by a format that takes one. */
    static String number(String format, double number, AwkDialect dialect) {
        int at = format.indexOf('%');
        int i = at + 1;
        while (i > 0 && i < format.length() && !Character.isLetter(format.charAt(i))) {
            i++;
        }
        if (at < 0 || i >= format.length()) {
            return format;
        }
        String[] parts = format.substring(at + 1, i).split("\\.", -1);
        String digits = parts[0].replaceAll("^[-+ #0]*", "");
        Spec spec = new Spec(
                parts[0].substring(0, parts[0].length() - digits.length()),
                digits.isEmpty() ? 0 : Integer.parseInt(digits),
                parts.length < 2 ? -1 : parts[1].isEmpty() ? 0 : Integer.parseInt(parts[1]),
                format.charAt(i));
        String text = "di".indexOf(spec.letter()) >= 0 ? integer(spec, number, dialect) : floating(spec, number);
        return format.substring(0, at) + text + format.substring(i + 1);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                i++;
                continue;
            }
            int from = i++;
            int flagsEnd = i;
            while (flagsEnd < format.length() && "-+ #0".indexOf(format.charAt(flagsEnd)) >= 0) {
                flagsEnd++;
            }
            String flags = format.substring(i, flagsEnd);
            i = flagsEnd;
            int[] width = size(i, 0);
            i = width[1];
            int precision = -1;
            if (i < format.length() && format.charAt(i) == '.') {
                int[] read = size(i + 1, 0);
                precision = read[0];
                i = read[1];
            }
            while (i < format.length() && "hlLqjzt".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            if (i == format.length()) {
                out.append(format, from, i);
                break;
            }
            char letter = format.charAt(i++);
            if (letter == '%') {
                out.append('%');
            } else if (KNOWN.indexOf(letter) < 0) {
                if (machine.dialect.isBusybox()) {
                    throw machine.failure("Invalid format specifier", "");
                }
                out.append(format, from, i);
            } else {
                boolean left = width[0] < 0;
                Spec spec = new Spec(left ? flags + "-" : flags, Math.abs(width[0]), precision, letter);
                out.append(convert(spec));
            }
        }
        return out.toString();
    }

    /** A width or a precision at {@code at}, or from the values where there is a star; and where it ends. */
    private int[] size(int at, int otherwise) {
        if (at < format.length() && format.charAt(at) == '*') {
            return new int[] {(int) next().number(), at + 1};
        }
        int end = at;
        while (end < format.length() && Character.isDigit(format.charAt(end))) {
            end++;
        }
        return new int[] {end == at ? otherwise : (int) Double.parseDouble(format.substring(at, end)), end};
    }

    private Value next() {
        if (used < values.size()) {
            return values.get(used++);
        }
        if (machine.dialect.isBusybox()) {
            return Value.UNSET;
        }
        throw machine.failure("", "not enough arguments passed to " + name + "(\"" + format + "\")");
    }

    private String convert(Spec spec) {
        Value value = next();
        switch (spec.letter()) {
            case 'c' -> {
                String text = value.isNumber() ? character(value.number()) : machine.text(value);
                return pad(spec, text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(0, 1)));
            }
            case 's' -> {
                String text = machine.text(value);
                int length = text.codePointCount(0, text.length());
                return pad(
                        spec,
                        spec.precision() >= 0 && spec.precision() < length
                                ? text.substring(0, text.offsetByCodePoints(0, spec.precision()))
                                : text);
            }
            case 'd', 'i', 'o', 'x', 'X', 'u' -> {
                return integer(spec, value.number(), machine.dialect);
            }
            default -> {
                return floating(spec, value.number());
            }
        }
    }

    private static String character(double number) {
        int code = (int) number;
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }

    private static String pad(Spec spec, String text) {
        int missing = spec.width() - text.codePointCount(0, text.length());
        String blanks = " ".repeat(Math.max(0, missing));
        return spec.has('-') ? text + blanks : blanks + text;
    }

    /** Puts sign, zeros and blanks around digits. */
    private static String signed(Spec spec, boolean negative, String prefix, String digits, boolean zeros) {
        String sign = negative ? "-" : spec.has('+') ? "+" : spec.has(' ') ? " " : "";
        int missing = spec.width() - sign.length() - prefix.length() - digits.length();
        String fill = zeros && spec.has('0') && !spec.has('-') ? "0".repeat(Math.max(0, missing)) : "";
        return pad(spec, sign + prefix + fill + digits);
    }

    private static String integer(Spec spec, double number, AwkDialect dialect) {
        if (Double.isNaN(number) || Double.isInfinite(number) && dialect != AwkDialect.MAWK) {
            return floating(spec, number);
        }
        double most = dialect.widest() - 1;
        long whole = (long) Math.max(-most, Math.min(most, number));
        boolean decimal = spec.letter() == 'd' || spec.letter() == 'i';
        String digits =
                switch (spec.letter()) {
                    case 'o' -> Long.toOctalString(whole);
                    case 'x' -> Long.toHexString(whole);
                    case 'X' -> Long.toHexString(whole).toUpperCase(Locale.ROOT);
                    case 'u' -> Long.toUnsignedString(whole);
                    default -> Long.toString(whole).replace("-", "");
                };
        if (spec.precision() == 0 && whole == 0) {
            digits = "";
        }
        digits = "0".repeat(Math.max(0, spec.precision() - digits.length())) + digits;
        String prefix = !spec.has('#') || whole == 0
                ? ""
                : spec.letter() == 'x' ? "0x" : spec.letter() == 'X' ? "0X" : spec.letter() == 'o' ? "0" : "";
        Spec plain = decimal ? spec : new Spec(spec.flags().replaceAll("[+ ]", ""), spec.width(), -1, spec.letter());
        return signed(plain, decimal && whole < 0, prefix, digits, spec.precision() < 0);
    }

    private static String floating(Spec spec, double number) {
        boolean upper = Character.isUpperCase(spec.letter());
        boolean negative = number < 0 || 1 / number < 0;
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            String text = Double.isNaN(number) ? "nan" : "inf";
            return signed(
                    spec, negative || Double.isNaN(number), "", upper ? text.toUpperCase(Locale.ROOT) : text, false);
        }
        BigDecimal exact = new BigDecimal(Math.abs(number));
        int precision = spec.precision() < 0 ? 6 : spec.precision();
        String digits =
                switch (Character.toLowerCase(spec.letter())) {
                    case 'f' -> fixed(exact, precision) + (spec.has('#') && precision == 0 ? "." : "");
                    case 'e' -> scientific(exact, precision);
                    default -> general(exact, Math.max(1, precision), spec.has('#'));
                };
        return signed(spec, negative, "", upper ? digits.toUpperCase(Locale.ROOT) : digits, true);
    }

    private static String fixed(BigDecimal number, int precision) {
        return number.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static int exponent(BigDecimal rounded) {
        return rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    }

    private static String scientific(BigDecimal number, int precision) {
        BigDecimal rounded = number.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String mantissa = fixed(rounded.movePointLeft(exponent), precision);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String general(BigDecimal number, int precision, boolean keepZeros) {
        BigDecimal rounded = number.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        boolean small = exponent >= -4 && exponent < precision;
        String text = small ? fixed(rounded, precision - 1 - exponent) : scientific(number, precision - 1);
        if (keepZeros || !text.contains(".")) {
            return text;
        }
        int e = text.indexOf('e');
        String mantissa = e < 0 ? text : text.substring(0, e);
        return mantissa.replaceFirst("\\.?0+$", "") + (e < 0 ? "" : text.substring(e));
    }
}
