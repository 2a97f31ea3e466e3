package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sort [-rnuf] [-k N] [-t SEPARATOR] [FILE…]}. */
final class SortProgram extends Filter {
    private static final Pattern NUMBER = Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)");

    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "rnufVhk:t:");
        List<String> lines = allLines(invocation, options.operands());
        Comparator<String> order = order(options);
        lines.sort(options.has('r') ? order.reversed() : order);
        List<String> shown = options.has('u') ? new ArrayList<>(new LinkedHashSet<>(lines)) : lines;
        shown.forEach(line -> print(invocation, line));
        return 0;
    }

    private static Comparator<String> order(Options options) {
        String key = options.value('k', "0");
        Matcher field = Pattern.compile("(\\d+)([nr]*).*").matcher(key);
        if (!field.matches()) {
            throw new Options.Unknown("invalid key: '" + key + "'");
        }
        int number = Integer.parseInt(field.group(1));
        String separator = options.has('t') ? Pattern.quote(options.value('t', " ")) : "\\s+";
        Comparator<String> text = Comparator.naturalOrder();
        if (options.has('n') || options.has('h') || field.group(2).contains("n")) {
            text = Comparator.comparingDouble(SortProgram::number);
        } else if (options.has('f')) {
            text = Comparator.comparing(line -> line.toLowerCase(Locale.ROOT));
        }
        Comparator<String> chosen = text;
        Comparator<String> order = number == 0
                ? chosen
                : (a, b) -> chosen.compare(field(a, separator, number), field(b, separator, number));
        return order.thenComparing(Comparator.naturalOrder());
    }

    private static String field(String line, String separator, int number) {
        String[] fields = line.strip().split(separator, -1);
        return number <= fields.length ? fields[number - 1] : "";
    }

    private static double number(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.lookingAt() ? Double.parseDouble(number.group(1)) : 0;
    }
}
