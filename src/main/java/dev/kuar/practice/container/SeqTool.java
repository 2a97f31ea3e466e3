package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code seq}: numbers from one to another. */
final class SeqTool {
    private static final Pattern FORM =
            Pattern.compile("((?:[^%]|%%)*)%([-+ 0#']*)(\\d*)(\\.\\d+)?([a-zA-Z])((?:[^%]|%%)*)");

    private SeqTool() {}

    static int run(Task task) throws IOException, InterruptedException {
        // A number below zero is no option.
        List<String> words = new ArrayList<>(SystemTools.arguments(task));
        boolean gnu = Options.gnu(task);
        for (int i = 0; gnu && i < words.size(); i++) {
            if (words.get(i).matches("-[0-9.].*")) {
                words.add(i, "--");
                break;
            }
            if (!words.get(i).startsWith("-")) {
                break;
            }
            i += words.get(i).matches("-[sf]") ? 1 : 0;
        }
        Map<String, Character> names = Map.of("separator", 's', "equal-width", 'w', "format", 'f');
        return gnu
                ? Options.run(task, "+ws:f:", names, 1, words, SeqTool::body)
                : Options.run(task, "+ws:", words, SeqTool::body);
    }

    private static int body(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = options.operands();
        if (words.isEmpty() || words.size() > 3) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "extra operand '" + words.get(3) + "'",
                    "[-w] [-s SEP] [FIRST [INC]] LAST");
        }
        List<BigDecimal> numbers = new ArrayList<>();
        int scale = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.strip().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
                return Options.tooFew(
                        task, 1, "invalid floating point argument: '" + word + "'", "[-w] [-s SEP] [FIRST [INC]] LAST");
            }
            BigDecimal number = new BigDecimal(word.strip().replaceFirst("\\.(?=$|[eE])", ""));
            numbers.add(number);
            if (i < words.size() - 1 || words.size() == 1) {
                scale = Math.max(scale, number.scale());
            }
        }
        BigDecimal from = numbers.size() > 1 ? numbers.get(0) : BigDecimal.ONE;
        BigDecimal step = numbers.size() > 2 ? numbers.get(1) : BigDecimal.ONE;
        BigDecimal to = numbers.get(numbers.size() - 1);
        scale = numbers.size() == 1 ? 0 : scale;
        if (step.signum() == 0 && gnu) {
            return Options.usage(task, 1, "invalid Zero increment value: '" + words.get(1) + "'");
        }
        String format = options.value('f', "");
        Matcher form = FORM.matcher(format);
        if (options.has('f') && (!form.matches() || "aefgAEFG".indexOf(form.group(5)) < 0)) {
            return task.fail(
                    1,
                    form.matches()
                            ? "format '" + format + "' has unknown %" + form.group(5) + " directive"
                            : "format '" + format + "' has no % directive");
        }
        String between = options.has('s') ? options.value('s', "\n") : "\n";
        int width = 0;
        if (options.has('w')) {
            BigDecimal last = step.signum() == 0
                    ? to
                    : from.add(to.subtract(from).divideToIntegralValue(step).multiply(step));
            int decimals = Math.max(scale, Math.max(0, numbers.size() > 1 ? 0 : to.scale()));
            width = Math.max(
                    shown(from, decimals).length(), shown(last, decimals).length());
        }
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (BigDecimal at = from;
                step.signum() < 0 ? at.compareTo(to) >= 0 : at.compareTo(to) <= 0;
                at = at.add(step)) {
            if (task.isOver()) {
                return 1;
            }
            String text = shown(at, scale);
            if (options.has('f')) {
                text = form.group(1).replace("%%", "%")
                        + formatted(form, at)
                        + form.group(6).replace("%%", "%");
            } else if (text.length() < width) {
                boolean negative = text.startsWith("-");
                text = (negative ? "-" : "")
                        + "0".repeat(width - text.length())
                        + (negative ? text.substring(1) : text);
            }
            out.append(any ? between : "").append(text);
            any = true;
            if (out.length() > 8192) {
                task.print(out.toString());
                out.setLength(0);
            }
        }
        task.print(out + (any ? "\n" : ""));
        return 0;
    }

    private static String shown(BigDecimal number, int scale) {
        return number.setScale(Math.max(0, scale), java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String formatted(Matcher form, BigDecimal number) {
        boolean general = form.group(5).equalsIgnoreCase("g");
        String plain = number.stripTrailingZeros().toPlainString();
        if (!general) {
            return String.format(
                    java.util.Locale.ROOT,
                    "%" + form.group(2) + form.group(3) + (form.group(4) == null ? "" : form.group(4)) + form.group(5),
                    number);
        }
        int width = form.group(3).isEmpty() ? 0 : Integer.parseInt(form.group(3));
        int missing = Math.max(0, width - plain.length());
        return form.group(2).contains("-")
                ? plain + " ".repeat(missing)
                : form.group(2).contains("0")
                        ? (plain.startsWith("-") ? "-" : "") + "0".repeat(missing) + plain.replaceFirst("^-", "")
                        : " ".repeat(missing) + plain;
    }
}
