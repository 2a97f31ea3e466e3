package dev.kuar.practice.container;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dates that {@code date -d} and {@code touch -d} understand: GNU's with words, busybox's without. */
final class DateWords {
    private static final Pattern DAY = Pattern.compile("^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?=$|[ T])");
    private static final Pattern SLASHED = Pattern.compile("^(\\d{1,2})/(\\d{1,2})/(\\d{4})(?= |$)");
    private static final Pattern COMPACT = Pattern.compile("^(\\d{4})(\\d{2})(\\d{2})(?= |$)");
    private static final Pattern NAMED =
            Pattern.compile("^(?:([a-z]{3,9}) (\\d{1,2})|(\\d{1,2}) ([a-z]{3,9}))(?:,? (\\d{4}))?(?= |$)");
    private static final Pattern TIME =
            Pattern.compile("^T?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?( ?[ap]m)?(?=$|[ Z+-])");
    private static final Pattern ZONE =
            Pattern.compile("^(Z|utc|gmt|[-+]\\d{2}:?\\d{2})(?= |$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STEP = Pattern.compile(
            "^([-+] ?\\d{1,9}|\\d{1,9}|next|last|this|a|an)? ?(year|month|fortnight|week|day|hour|minute|min|second|sec)s?( ago)?(?= |$)");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private ZonedDateTime when;
    private Matcher form = DAY.matcher("");
    private boolean timed;

    private DateWords(ZonedDateTime now) {
        when = now;
    }

    /** Empty where the text is no date. */
    static Optional<Instant> parse(String text, ZonedDateTime now, boolean gnu) {
        try {
            if (text.matches((gnu ? "@-?" : "@") + "\\d{1,15}(\\.\\d+)?")) {
                return Optional.of(
                        Instant.ofEpochSecond(Long.parseLong(text.substring(1).replaceFirst("\\..*", ""))));
            }
            return gnu ? new DateWords(now).words(text) : plain(text, now);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The forms of busybox. */
    private static Optional<Instant> plain(String text, ZonedDateTime now) {
        Matcher full = Pattern.compile("(?:(?:(\\d{4})-)?(\\d{1,2})-(\\d{1,2}) )?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?")
                .matcher(text);
        if (full.matches()) {
            LocalDate day = full.group(2) == null
                    ? now.toLocalDate()
                    : LocalDate.of(
                            full.group(1) == null ? now.getYear() : Integer.parseInt(full.group(1)),
                            Integer.parseInt(full.group(2)),
                            Integer.parseInt(full.group(3)));
            int second = full.group(6) == null ? 0 : Integer.parseInt(full.group(6));
            LocalTime time = LocalTime.of(Integer.parseInt(full.group(4)), Integer.parseInt(full.group(5)), second);
            return Optional.of(day.atTime(time).atZone(now.getZone()).toInstant());
        }
        Matcher day = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})").matcher(text);
        if (day.matches()) {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
            return Optional.of(date.atTime(now.toLocalTime().withNano(0))
                    .atZone(now.getZone())
                    .toInstant());
        }
        return stamp(text, now, false);
    }

    /**
     * {@code [[CC]YY]MMDDhhmm[.ss]}.
     *
     * @param yearLast whether the year stands behind, as where the clock is set
     */
    static Optional<Instant> stamp(String text, ZonedDateTime now, boolean yearLast) {
        Matcher form = Pattern.compile(
                        yearLast
                                ? "()(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:\\d{2}|\\d{4})?(?:\\.(\\d{2}))?"
                                : "(\\d{2}|\\d{4})?(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d{2}))?")
                .matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String given = form.group(1) == null ? "" : form.group(1);
        int year = given.isEmpty() ? now.getYear() : Integer.parseInt(given);
        year += given.length() == 2 ? year < 69 ? 2000 : 1900 : 0;
        try {
            return Optional.of(ZonedDateTime.of(
                            year,
                            Integer.parseInt(form.group(2)),
                            Integer.parseInt(form.group(3)),
                            Integer.parseInt(form.group(4)),
                            Integer.parseInt(form.group(5)),
                            form.group(6) == null ? 0 : Integer.parseInt(form.group(6)),
                            0,
                            now.getZone())
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** By a format of {@code strptime}. */
    static Optional<Instant> inForm(String text, String format, ZonedDateTime now) {
        StringBuilder regex = new StringBuilder();
        StringBuilder order = new StringBuilder();
        String whole =
                format.replace("%T", "%H:%M:%S").replace("%F", "%Y-%m-%d").replace("%R", "%H:%M");
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c == '%' && i + 1 < whole.length()) {
                char field = whole.charAt(++i);
                regex.append(field == 'Y' ? "(\\d{4})" : field == 's' ? "(\\d+)" : "(\\d{1,2})");
                order.append(field);
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        Matcher form = Pattern.compile(regex.toString()).matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        ZonedDateTime when = now.withNano(0);
        try {
            when = order.indexOf("H") >= 0 || order.indexOf("M") >= 0
                    ? when.withHour(0).withMinute(0).withSecond(0)
                    : when;
            for (int i = 0; i < order.length(); i++) {
                long value = Long.parseLong(form.group(i + 1));
                when = switch (order.charAt(i)) {
                    case 'Y' -> when.withYear((int) value);
                    case 'm' -> when.withMonth((int) value);
                    case 'd' -> when.withDayOfMonth((int) value);
                    case 'H' -> when.withHour((int) value);
                    case 'M' -> when.withMinute((int) value);
                    case 'S' -> when.withSecond((int) value);
                    case 's' -> Instant.ofEpochSecond(value).atZone(now.getZone());
                    default -> when;
                };
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return Optional.of(when.toInstant());
    }

    private Optional<Instant> words(String text) {
        String rest = text.strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT)
                .replace("t0", "T0")
                .replaceAll("(?<=\\d)t(?=\\d)", "T")
                .replaceAll("(?<=\\d)z$", "Z");
        ZonedDateTime start = when;
        boolean dated = false;
        long seconds = 0;
        while (!rest.isEmpty()) {
            if (looks(DAY, rest)) {
                date(number(form, 1), number(form, 2), number(form, 3));
                dated = true;
            } else if (looks(SLASHED, rest)) {
                date(number(form, 3), number(form, 1), number(form, 2));
                dated = true;
            } else if (looks(COMPACT, rest)) {
                date(number(form, 1), number(form, 2), number(form, 3));
                dated = true;
            } else if (looks(TIME, rest)) {
                int hour = number(form, 1);
                String half = form.group(5) == null ? "" : form.group(5).strip();
                hour = half.isEmpty() ? hour : hour % 12 + (half.equals("pm") ? 12 : 0);
                when = when.with(LocalTime.of(hour, number(form, 2), form.group(3) == null ? 0 : number(form, 3)));
                timed = true;
            } else if (timed && looks(ZONE, rest)) {
                String zone = form.group(1);
                when = when.withZoneSameLocal(
                        Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone));
            } else if (looks(STEP, rest)) {
                step(form);
            } else if (looks(NAMED, rest) && month(form) > 0) {
                int day = form.group(2) == null ? number(form, 3) : number(form, 2);
                date(form.group(5) == null ? start.getYear() : number(form, 5), month(form), day);
                dated = true;
            } else if (looks(Pattern.compile("^(now|today|tomorrow|yesterday|midnight|noon|utc|gmt|z)(?= |$)"), rest)) {
                switch (form.group(1)) {
                    case "tomorrow" -> when = when.plusDays(1);
                    case "yesterday" -> when = when.minusDays(1);
                    case "midnight" -> midnight(0);
                    case "noon" -> midnight(12);
                    case "utc", "gmt", "z" -> when = when.withZoneSameLocal(ZoneOffset.UTC);
                    default -> {}
                }
            } else if (looks(
                    Pattern.compile("^(?:(next|last|this) )?(sun|mon|tue|wed|thu|fri|sat)[a-z]*,?(?= |$)"), rest)) {
                weekday(form, dated);
            } else {
                return Optional.empty();
            }
            rest = rest.substring(form.end()).replaceFirst("^,? ", "");
        }
        if (dated && !timed) {
            midnight(0);
        }
        return Optional.of(when.plusSeconds(seconds).toInstant());
    }

    private boolean looks(Pattern pattern, String text) {
        form = pattern.matcher(text);
        return form.find();
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    private static int month(Matcher form) {
        String name = form.group(1) == null ? form.group(4) : form.group(1);
        return MONTHS.indexOf(name.substring(0, 3)) + 1;
    }

    private void midnight(int hour) {
        when = when.with(LocalTime.of(hour, 0));
        timed = true;
    }

    private void date(int year, int month, int day) {
        when = when.with(LocalDate.of(year, month, day));
        if (!timed) {
            midnight(0);
            timed = false;
        }
    }

    private void weekday(Matcher form, boolean dated) {
        if (dated) {
            return;
        }
        DayOfWeek day = DayOfWeek.of(
                (List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").indexOf(form.group(2))) + 1);
        String which = form.group(1) == null ? "this" : form.group(1);
        when = when.with(
                which.equals("next")
                        ? TemporalAdjusters.next(day)
                        : which.equals("last") ? TemporalAdjusters.previous(day) : TemporalAdjusters.nextOrSame(day));
        midnight(0);
    }

    private void step(Matcher form) {
        String given =
                form.group(1) == null ? "1" : form.group(1).replace(" ", "").replace("+", "");
        long count = given.matches("-?\\d+")
                ? Long.parseLong(given)
                : given.equals("last") ? -1 : given.equals("this") ? 0 : 1;
        count = form.group(3) == null ? count : -count;
        when = switch (form.group(2)) {
            case "year" -> plusMonths(12 * count);
            case "month" -> plusMonths(count);
            case "fortnight" -> when.plusWeeks(2 * count);
            case "week" -> when.plusWeeks(count);
            case "day" -> when.plusDays(count);
            case "hour" -> when.plusHours(count);
            case "minute", "min" -> when.plusMinutes(count);
            default -> when.plusSeconds(count);
        };
    }

    /** A day that a month does not have is one of the next, as mktime counts. */
    private ZonedDateTime plusMonths(long months) {
        int day = when.getDayOfMonth();
        return when.withDayOfMonth(1).plusMonths(months).plusDays(day - 1L);
    }
}
