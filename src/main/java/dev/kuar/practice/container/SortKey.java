package dev.kuar.practice.container;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code sort} compares lines by: a part of them, {@code 2.1,3nr}, in an order of its own. */
final class SortKey {
    private static final String ORDERS = "bdfgiMhnRrV";
    private static final Pattern FORM =
            Pattern.compile("(\\d+)(?:\\.(\\d+))?([a-zA-Z]*)(?:,(\\d+)(?:\\.(\\d+))?([a-zA-Z]*))?");

    private final String separator;
    private final int field;
    private final int character;
    private final int lastField;
    private final int lastCharacter;
    private final boolean skipsFirst;
    private final boolean skipsLast;
    private final Comparator<String> order;

    private SortKey(Matcher form, String separator, String global) {
        this.separator = separator;
        field = Integer.parseInt(form.group(1));
        character = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
        lastField = form.group(4) == null ? 0 : Integer.parseInt(form.group(4));
        lastCharacter = form.group(5) == null ? 0 : Integer.parseInt(form.group(5));
        String first = form.group(3);
        String last = form.group(6) == null ? "" : form.group(6);
        String own = first + last;
        String flags = own.isEmpty() ? global : own;
        skipsFirst = own.isEmpty() ? flags.contains("b") : first.contains("b");
        skipsLast = own.isEmpty() ? flags.contains("b") : last.contains("b");
        order = ordered(flags);
    }

    /** The letters of the command line that say how to compare. */
    static String flags(Options options) {
        StringBuilder flags = new StringBuilder();
        for (int index = 0; index < ORDERS.length(); index++) {
            char c = ORDERS.charAt(index);
            flags.append(options.has(c) ? c : "");
        }
        return flags.toString();
    }

    /** What is wrong with a key; empty where nothing is. */
    static String wrong(String text, boolean gnu) {
        Matcher form = FORM.matcher(text);
        boolean zero = text.matches("0+(\\D.*)?");
        if (form.matches() && !zero) {
            return "";
        }
        if (!gnu) {
            return "bad field specification";
        }
        return zero
                ? "field number is zero: invalid field specification '" + text + "'"
                : text.matches("\\d.*")
                        ? "stray character in field spec: invalid field specification '" + text + "'"
                        : "invalid number at field start: invalid count at start of '" + text + "'";
    }

    static SortKey of(String text, String separator, String global) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        return new SortKey(form, separator, global);
    }

    static Comparator<String> all(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int compared = key.order.compare(key.part(a), key.part(b));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    static Comparator<String> whole(String separator, String global) {
        Comparator<String> order = ordered(global);
        return global.contains("b") ? Comparator.comparing(SortKey::stripped, order) : order;
    }

    private static String stripped(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return text.substring(at);
    }

    private String part(String line) {
        int from = start(line, field);
        if (skipsFirst) {
            from += line.substring(from).length()
                    - stripped(line.substring(from)).length();
        }
        from = Math.min(line.length(), from + character - 1);
        int to = line.length();
        if (lastField > 0 && lastCharacter == 0) {
            to = end(line, lastField);
        } else if (lastField > 0) {
            to = start(line, lastField);
            if (skipsLast) {
                to += line.substring(to).length() - stripped(line.substring(to)).length();
            }
            to = Math.min(line.length(), to + lastCharacter);
        }
        return to <= from ? "" : line.substring(from, to);
    }

    /** Where a field begins; blanks before it belong to it. */
    private int start(String line, int number) {
        int at = 0;
        for (int i = 1; i < number && at < line.length(); i++) {
            at = behind(line, at);
            at += separator.isEmpty() || at == line.length() ? 0 : 1;
        }
        return at;
    }

    private int end(String line, int number) {
        int from = start(line, number);
        return behind(line, from);
    }

    private int behind(String line, int from) {
        int at = from;
        if (!separator.isEmpty()) {
            int next = line.indexOf(separator.charAt(0), at);
            return next < 0 ? line.length() : next;
        }
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
            at++;
        }
        return at;
    }

    private static Comparator<String> ordered(String flags) {
        Comparator<String> order;
        if (flags.contains("n")) {
            order = SortOrders::numbers;
        } else if (flags.contains("g")) {
            order = Comparator.comparingDouble(SortOrders::general);
        } else if (flags.contains("h")) {
            order = SortOrders::human;
        } else if (flags.contains("M")) {
            order = Comparator.comparingInt(SortOrders::month);
        } else if (flags.contains("V")) {
            order = SortOrders::versions;
        } else {
            order = Comparator.comparing(text -> {
                String seen = flags.contains("d") ? text.replaceAll("[^A-Za-z0-9 \t]", "") : text;
                seen = flags.contains("i") ? seen.replaceAll("[^ -~]", "") : seen;
                return flags.contains("f") ? seen.toUpperCase(Locale.ROOT) : seen;
            });
        }
        return flags.contains("r") ? order.reversed() : order;
    }
}
