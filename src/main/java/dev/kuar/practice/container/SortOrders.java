package dev.kuar.practice.container;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The orders of {@code sort} other than that of bytes. */
final class SortOrders {
    private static final Pattern NUMBER = Pattern.compile("^[ \t]*(-?\\d*(?:\\.\\d*)?)([KMGTPEZY]?)");
    private static final Pattern GENERAL = Pattern.compile("^\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private SortOrders() {}

    private static BigDecimal number(String digits) {
        return digits.matches("-?(\\d+\\.?\\d*|\\.\\d+)")
                ? new BigDecimal(digits.replaceFirst("\\.$", ""))
                : BigDecimal.ZERO;
    }

    static int numbers(String a, String b) {
        Matcher one = NUMBER.matcher(a);
        Matcher other = NUMBER.matcher(b);
        return one.find() && other.find() ? number(one.group(1)).compareTo(number(other.group(1))) : 0;
    }

    /** First by unit, then by number, negative ones the other way round. */
    static int human(String a, String b) {
        Matcher one = NUMBER.matcher(a);
        Matcher other = NUMBER.matcher(b);
        if (!one.find() || !other.find()) {
            return 0;
        }
        BigDecimal first = number(one.group(1));
        BigDecimal second = number(other.group(1));
        int byUnit = Integer.compare(
                first.signum() * "KMGTPEZY".indexOf(unit(one)) + first.signum(),
                second.signum() * "KMGTPEZY".indexOf(unit(other)) + second.signum());
        return byUnit != 0 ? byUnit : first.compareTo(second);
    }

    private static String unit(Matcher form) {
        return form.group(2).isEmpty() ? "-" : form.group(2);
    }

    static double general(String text) {
        Matcher form = GENERAL.matcher(text);
        return form.find() ? Double.parseDouble(form.group(1)) : Double.NEGATIVE_INFINITY;
    }

    static int month(String text) {
        String word = text.strip();
        return word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3).toUpperCase(Locale.ROOT));
    }

    /** Runs of figures as numbers, what is between as text in which letters come before all but {@code ~}. */
    static int versions(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (i < a.length() && !Character.isDigit(a.charAt(i))
                    || j < b.length() && !Character.isDigit(b.charAt(j))) {
                int compared = Integer.compare(rank(a, i), rank(b, j));
                if (compared != 0) {
                    return compared;
                }
                i++;
                j++;
            }
            int from = i;
            int with = j;
            while (i < a.length() && Character.isDigit(a.charAt(i))) {
                i++;
            }
            while (j < b.length() && Character.isDigit(b.charAt(j))) {
                j++;
            }
            int compared = number(a.substring(from, i)).compareTo(number(b.substring(with, j)));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int rank(String text, int at) {
        if (at >= text.length() || Character.isDigit(text.charAt(at))) {
            return 0;
        }
        char c = text.charAt(at);
        return c == '~' ? -1 : Character.isLetter(c) ? c : c + 256;
    }
}
