package dev.kuar.practice.container;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A moment in the form that {@code date +FORMAT} asks for. */
final class DateFormat {
    private DateFormat() {}

    static String of(String format, ZonedDateTime when, boolean gnu) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            int at = i + 1;
            StringBuilder flags = new StringBuilder();
            while (at < format.length() && "-_0^#:".indexOf(format.charAt(at)) >= 0) {
                flags.append(format.charAt(at++));
            }
            int digits = at;
            while (at < format.length() && Character.isDigit(format.charAt(at))) {
                at++;
            }
            int width = at > digits && at - digits < 5 ? Integer.parseInt(format.substring(digits, at)) : -1;
            if (at < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
                at++;
            }
            String whole = format.substring(i, Math.min(format.length(), at + 1));
            char field = at < format.length() ? format.charAt(at) : 0;
            out.append(field(field, flags.toString(), width, when, gnu, whole));
            i = at;
        }
        return out.toString();
    }

    private static String field(char field, String flags, int width, ZonedDateTime when, boolean gnu, String whole) {
        int hour = when.getHour() % 12 == 0 ? 12 : when.getHour() % 12;
        int week = when.getDayOfWeek().getValue();
        int day = when.getDayOfYear();
        return switch (field) {
            case 'Y' -> number(when.getYear(), 1, '0', flags, width);
            case 'C' -> number(when.getYear() / 100, 2, '0', flags, width);
            case 'y' -> number(when.getYear() % 100, 2, '0', flags, width);
            case 'G' -> number(when.get(IsoFields.WEEK_BASED_YEAR), 1, '0', flags, width);
            case 'g' -> number(when.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0', flags, width);
            case 'm' -> number(when.getMonthValue(), 2, '0', flags, width);
            case 'd' -> number(when.getDayOfMonth(), 2, '0', flags, width);
            case 'e' -> number(when.getDayOfMonth(), 2, ' ', flags, width);
            case 'j' -> number(day, 3, '0', flags, width);
            case 'H' -> number(when.getHour(), 2, '0', flags, width);
            case 'k' -> number(when.getHour(), 2, ' ', flags, width);
            case 'I' -> number(hour, 2, '0', flags, width);
            case 'l' -> number(hour, 2, ' ', flags, width);
            case 'M' -> number(when.getMinute(), 2, '0', flags, width);
            case 'S' -> number(when.getSecond(), 2, '0', flags, width);
            case 's' -> number(when.toEpochSecond(), 1, '0', flags, width);
            case 'u' -> number(week, 1, '0', flags, width);
            case 'w' -> number(week % 7, 1, '0', flags, width);
            case 'U' -> number((day + 6 - week % 7) / 7, 2, '0', flags, width);
            case 'W' -> number((day + 6 - (week + 6) % 7) / 7, 2, '0', flags, width);
            case 'V' -> number(when.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flags, width);
            case 'q' -> gnu ? number(when.get(IsoFields.QUARTER_OF_YEAR), 1, '0', flags, width) : whole;
            case 'N' ->
                gnu
                        ? String.format(Locale.ROOT, "%09d", when.getNano())
                                .substring(0, width > 0 && width < 9 ? width : 9)
                        : whole;
            case 'a' -> text(when.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flags, width);
            case 'A' -> text(when.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flags, width);
            case 'b', 'h' -> text(when.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flags, width);
            case 'B' -> text(when.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flags, width);
            case 'p' -> text(when.getHour() < 12 ? "AM" : "PM", flags.replace("#", "l"), width);
            case 'P' -> when.getHour() < 12 ? "am" : "pm";
            case 'Z' -> text(zone(when), flags, width);
            case 'z' -> offset(when, flags.contains(":"));
            case 'D', 'x' -> of("%m/%d/%y", when, gnu);
            case 'F' -> of("%Y-%m-%d", when, gnu);
            case 'T', 'X' -> of("%H:%M:%S", when, gnu);
            case 'R' -> of("%H:%M", when, gnu);
            case 'r' -> of("%I:%M:%S %p", when, gnu);
            case 'c' -> of("%a %b %e %H:%M:%S %Y", when, gnu);
            case '+' -> gnu ? whole : of("%a %b %e %H:%M:%S %Z %Y", when, gnu);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> whole;
        };
    }

    private static String zone(ZonedDateTime when) {
        return when.getOffset().getTotalSeconds() == 0 && when.getZone() instanceof java.time.ZoneOffset
                ? "UTC"
                : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(when);
    }

    private static String offset(ZonedDateTime when, boolean colon) {
        int minutes = when.get(ChronoField.OFFSET_SECONDS) / 60;
        return String.format(
                Locale.ROOT,
                "%s%02d%s%02d",
                minutes < 0 ? "-" : "+",
                Math.abs(minutes) / 60,
                colon ? ":" : "",
                Math.abs(minutes) % 60);
    }

    private static String number(long value, int digits, char pad, String flags, int width) {
        String text = Long.toString(value);
        if (flags.contains("-")) {
            return text;
        }
        char with = flags.contains("_") ? ' ' : flags.contains("0") ? '0' : pad;
        return String.valueOf(with).repeat(Math.max(0, Math.max(digits, width) - text.length())) + text;
    }

    private static String text(String value, String flags, int width) {
        String cased = flags.contains("^") || flags.contains("#")
                ? value.toUpperCase(Locale.ROOT)
                : flags.contains("l") ? value.toLowerCase(Locale.ROOT) : value;
        return (flags.contains("0") ? "0" : " ").repeat(Math.max(0, width - cased.length())) + cased;
    }
}
