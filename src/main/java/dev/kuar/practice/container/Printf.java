package dev.kuar.practice.container;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf}: what it prints and complains of, in the words of each shell or of GNU's program. */
final class Printf {
    /** Whose printf it is. */
    enum Kind {
        DASH,
        BASH,
        ASH,
        GNU
    }

    private static final Pattern DIRECTIVE =
            Pattern.compile("(?s)%([-+ #0']*)(\\*|\\d*)(?:\\.(\\*|\\d*))?([hljztL]*)(.?)");
    private static final Pattern WHOLE =
            Pattern.compile("\\s*([-+]?)(0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))(.*)");
    private static final Pattern FRACTION =
            Pattern.compile("\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)(.*)");

    private final Kind kind;
    private final String format;
    private final List<String> args;
    private final StringBuilder out = new StringBuilder();
    private final List<String> complaints = new ArrayList<>();
    private int next;
    private int code;
    private boolean stopped;

    Printf(Kind kind, String format, List<String> args) {
        this.kind = kind;
        this.format = format;
        this.args = args;
    }

    String out() {
        return out.toString();
    }

    /** Without what a shell puts before them. */
    List<String> complaints() {
        return complaints;
    }

    /** Prints the format as often as there are arguments for; the exit code. */
    int run() {
        do {
            int before = next;
            once();
            if (next == before) {
                break;
            }
        } while (!stopped && next < args.size());
        return code;
    }

    private void complain(int code, String complaint) {
        complaints.add(complaint);
        this.code = code;
    }

    private String argument() {
        return next < args.size() ? args.get(next++) : missing();
    }

    private String missing() {
        next++;
        return "";
    }

    private void once() {
        Escapes escapes =
                kind == Kind.DASH ? Escapes.FORMAT_DASH : kind == Kind.ASH ? Escapes.FORMAT_ASH : Escapes.FORMAT_BASH;
        Matcher directive = DIRECTIVE.matcher(format);
        int at = 0;
        while (!stopped) {
            int percent = format.indexOf('%', at);
            Escapes.Read read = escapes.read(format.substring(at, percent < 0 ? format.length() : percent));
            out.append(read.text());
            stopped |= read.stopped();
            if (percent < 0 || stopped) {
                return;
            }
            directive.region(percent, format.length()).lookingAt();
            at = directive.end();
            one(directive);
        }
    }

    private void one(Matcher directive) {
        String flags = directive.group(1);
        String conversion = directive.group(5);
        if (conversion.equals("%") && directive.group().equals("%%")) {
            out.append('%');
            return;
        }
        boolean known = "diouxXeEfFgGcsb".contains(conversion)
                || kind == Kind.BASH && conversion.equals("q")
                || kind == Kind.GNU && conversion.equals("q");
        if (kind == Kind.DASH && !directive.group(4).isEmpty()) {
            conversion = directive.group(4).substring(0, 1);
            known = false;
        }
        if (conversion.isEmpty() || !known) {
            invalid(directive, conversion);
            return;
        }
        int width = directive.group(2).equals("*") ? star() : size(directive.group(2), 0);
        if (width < 0) {
            flags += "-";
            width = -width;
        }
        String points = directive.group(3);
        int precision = points == null ? -1 : points.equals("*") ? star() : size(points, 0);
        String body =
                switch (conversion) {
                    case "c" -> {
                        String value = argument();
                        yield value.isEmpty() ? "\0" : value.substring(0, value.offsetByCodePoints(0, 1));
                    }
                    case "s" -> cut(argument(), precision);
                    case "q" -> cut(quoted(argument()), precision);
                    case "b" -> {
                        Escapes escapes = kind == Kind.DASH
                                ? Escapes.ECHO_DASH
                                : kind == Kind.ASH ? Escapes.ECHO_ASH : Escapes.ARGUMENT_BASH;
                        Escapes.Read read = escapes.read(argument());
                        stopped |= read.stopped();
                        yield cut(read.text(), precision);
                    }
                    case "e", "E", "f", "F", "g", "G" -> signed(fraction(), flags, conversion, precision);
                    default -> whole(flags, conversion, precision);
                };
        boolean number = !"csqb".contains(conversion);
        out.append(padded(body, width, flags, number && (precision < 0 || "eEfFgG".contains(conversion))));
    }

    private static int size(String digits, int otherwise) {
        return digits.isEmpty() ? otherwise : Integer.parseInt(digits.length() > 6 ? digits.substring(0, 6) : digits);
    }

    private int star() {
        return next < args.size() ? number(args.get(next++)).intValue() : 0;
    }

    private void invalid(Matcher directive, String conversion) {
        stopped = true;
        String text = directive.group();
        switch (kind) {
            case DASH ->
                complain(
                        2,
                        conversion.isEmpty() ? "missing format character" : "%" + conversion + ": invalid directive");
            case BASH ->
                complain(
                        1,
                        conversion.isEmpty()
                                ? "`" + text + "': missing format character"
                                : "`" + conversion + "': invalid format character");
            case ASH -> complain(1, format.substring(directive.start()) + ": invalid format");
            case GNU -> complain(1, text + ": invalid conversion specification");
        }
    }

    private static String cut(String value, int precision) {
        return precision >= 0 && precision < value.length() ? value.substring(0, precision) : value;
    }

    private static String padded(String body, int width, String flags, boolean zeros) {
        if (body.length() >= width) {
            return body;
        }
        String fill = " ".repeat(width - body.length());
        if (flags.contains("-")) {
            return body + fill;
        }
        if (!zeros || !flags.contains("0")) {
            return fill + body;
        }
        int sign = body.matches("(?s)[-+ ].*") ? 1 : 0;
        sign += body.startsWith("0x", sign) || body.startsWith("0X", sign) ? 2 : 0;
        return body.substring(0, sign) + fill.replace(' ', '0') + body.substring(sign);
    }

    /** As bash quotes, each special character by itself. */
    private String quoted(String value) {
        if (kind == Kind.GNU) {
            return value.matches("[\\w./:@%+=,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
        }
        if (value.isEmpty()) {
            return "''";
        }
        return value.matches("(?s).*[\\x01-\\x1f].*")
                ? "$'"
                        + value.replace("\\", "\\\\")
                                .replace("'", "\\'")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t") + "'"
                : value.replaceAll("([ !\"$&'()*,;<>?\\[\\\\\\]^`{|}])", "\\\\$1")
                        .replaceFirst("^([~#])", "\\\\$1");
    }

    private String whole(String flags, String conversion, int precision) {
        BigInteger value = next < args.size() ? number(args.get(next++)) : number(ofNothing());
        boolean signed = "di".contains(conversion);
        BigInteger shown = signed || value.signum() >= 0 ? value.abs() : value.add(BigInteger.ONE.shiftLeft(64));
        int base = "xX".contains(conversion) ? 16 : conversion.equals("o") ? 8 : 10;
        String digits = shown.toString(base);
        digits = conversion.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits;
        digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
        if (flags.contains("#") && value.signum() != 0) {
            digits = (base == 16 ? "0" + conversion : base == 8 && !digits.startsWith("0") ? "0" : "") + digits;
        }
        String sign =
                !signed ? "" : value.signum() < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        return sign + digits;
    }

    private String ofNothing() {
        next++;
        return kind == Kind.ASH ? "" : "0";
    }

    private BigInteger number(String text) {
        if (text.matches("(?s)['\"].+")) {
            return BigInteger.valueOf(text.codePointAt(1));
        }
        Matcher parts = WHOLE.matcher(text);
        if (!parts.matches()) {
            wrong(text, false);
            return BigInteger.ZERO;
        }
        String digits = parts.group(3) != null
                ? parts.group(3)
                : parts.group(4) != null ? "0" + parts.group(4) : parts.group(5);
        int base = parts.group(3) != null ? 16 : parts.group(4) != null ? 8 : 10;
        BigInteger value = new BigInteger(parts.group(1).replace("+", "") + digits, base);
        if (!parts.group(6).isEmpty()) {
            wrong(text, true);
            value = kind == Kind.ASH ? BigInteger.ZERO : value;
        }
        BigInteger most = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
        if (value.compareTo(most) > 0 || value.compareTo(least) < 0) {
            String range = "Numerical result out of range";
            switch (kind) {
                case DASH -> complain(1, text + ": " + range);
                case BASH -> complaints.add("warning: " + text + ": " + range);
                case ASH -> wrong(text, false);
                case GNU -> complain(1, "'" + text + "': " + range);
            }
            return kind == Kind.ASH ? BigInteger.ZERO : value.signum() > 0 ? most : least;
        }
        return value;
    }

    private void wrong(String text, boolean inPart) {
        if (text.isEmpty() && (kind == Kind.DASH || kind == Kind.BASH)) {
            return;
        }
        switch (kind) {
            case DASH -> complain(1, text + (inPart ? ": not completely converted" : ": expected numeric value"));
            case BASH -> complain(1, text + ": invalid number");
            case ASH -> complain(1, "invalid number '" + text + "'");
            case GNU ->
                complain(
                        1, "'" + text + (inPart ? "': value not completely converted" : "': expected a numeric value"));
        }
    }

    private double fraction() {
        String text = next < args.size() ? args.get(next++) : ofNothing();
        if (text.matches("(?s)['\"].+")) {
            return text.codePointAt(1);
        }
        Matcher parts = FRACTION.matcher(text);
        if (!parts.matches()) {
            wrong(text, false);
            return 0;
        }
        if (!parts.group(2).isEmpty()) {
            wrong(text, true);
        }
        return Double.parseDouble(parts.group(1));
    }

    private static String signed(double value, String flags, String conversion, int precision) {
        String sign = value < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        BigDecimal exact = new BigDecimal(Math.abs(value));
        int places = precision < 0 ? 6 : precision;
        String text =
                switch (Character.toLowerCase(conversion.charAt(0))) {
                    case 'f' -> exact.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
                    case 'e' -> scientific(exact, places);
                    default -> shortest(exact, places == 0 ? 1 : places, flags.contains("#"));
                };
        return sign + (Character.isUpperCase(conversion.charAt(0)) ? text.toUpperCase(Locale.ROOT) : text);
    }

    private static String scientific(BigDecimal value, int places) {
        BigDecimal rounded = value.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String digits = rounded.movePointLeft(exponent)
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
        int size = Math.abs(exponent);
        return digits + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String shortest(BigDecimal value, int figures, boolean full) {
        BigDecimal rounded = value.round(new MathContext(figures, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String text = exponent < -4 || exponent >= figures
                ? scientific(value, figures - 1)
                : value.setScale(figures - 1 - exponent, RoundingMode.HALF_EVEN).toPlainString();
        return full || !text.contains(".") ? text : text.replaceFirst("\\.?0+(?=e|$)", "");
    }
}
