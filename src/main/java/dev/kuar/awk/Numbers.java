package dev.kuar.awk;

/** Texts as numbers and numbers as texts. */
final class Numbers {
    private Numbers() {}

    /** Where the decimal number that begins at {@code from} ends; {@code from} where none does. */
    static int end(String text, int from) {
        int i = from;
        int digits = 0;
        for (; i < text.length() && isDigit(text.charAt(i)); i++) {
            digits++;
        }
        if (i < text.length() && text.charAt(i) == '.') {
            i++;
            for (; i < text.length() && isDigit(text.charAt(i)); i++) {
                digits++;
            }
        }
        if (digits == 0) {
            return from;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int j = i + 1;
            if (j < text.length() && (text.charAt(j) == '+' || text.charAt(j) == '-')) {
                j++;
            }
            int begin = j;
            while (j < text.length() && isDigit(text.charAt(j))) {
                j++;
            }
            return j > begin ? j : i;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** The number at the beginning, as strtod(3) reads it; 0 where there is none. */
    static double prefix(String text) {
        int i = 0;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        int from = i;
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int end = end(text, i);
        return end == i ? 0 : parse(text.substring(from, end));
    }

    private static double parse(String text) {
        if (text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(text);
        }
        return Double.parseDouble(text);
    }

    /** The number that all of it is, blanks around it aside; NaN where it is none. */
    static double whole(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        int digits = from < to && (text.charAt(from) == '-' || text.charAt(from) == '+') ? from + 1 : from;
        int end = end(text, digits);
        return end > digits && end == to ? parse(text.substring(from, to)) : Double.NaN;
    }

    /** An integer as such, all else by a format as {@code %.6g}. */
    static String text(double number, String format, AwkDialect dialect) {
        if (number == Math.rint(number) && Math.abs(number) < dialect.widest()) {
            return Long.toString((long) number);
        }
        return Format.number(format, number, dialect);
    }
}
