package dev.kuar.practice.controller;

import dev.kuar.practice.object.GoDuration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a cron line fires: five fields with lists, ranges, steps and names, {@code @hourly} and its likes, or {@code @every 1h30m}.
 *
 * <p>As in every cron a day matches by month day or week day when both are given, by both when one is a star.
 */
final class CronSchedule {
    private static final Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final int YEARS = 5;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekDays;
    private final boolean anyDay;
    private final long everySeconds;

    /** @param everySeconds at this distance, whatever the fields; 0 for by the fields */
    private CronSchedule(String[] fields, long everySeconds) {
        this.everySeconds = everySeconds;
        minutes = field(fields[0], 0, 59, List.of());
        hours = field(fields[1], 0, 23, List.of());
        days = field(fields[2], 1, 31, List.of());
        months = field(fields[3], 1, 12, MONTHS);
        weekDays = field(fields[4], 0, 7, DAYS);
        weekDays.set(0, weekDays.get(0) || weekDays.get(7));
        anyDay = isStar(fields[2]) || isStar(fields[4]);
    }

    /** @throws IllegalArgumentException when it is no schedule */
    static CronSchedule parse(String text) {
        if (text.trim().startsWith("@every ")) {
            String distance = text.trim().substring("@every ".length());
            long seconds = GoDuration.find(distance)
                    .orElseThrow(() -> new IllegalArgumentException("failed to parse duration " + text.trim()))
                    .toSeconds();
            return new CronSchedule("* * * * *".split(" "), Math.max(1, seconds));
        }
        String[] fields = NAMED.getOrDefault(text.trim(), text.trim()).split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("expected exactly 5 fields, found " + fields.length + ": " + text);
        }
        return new CronSchedule(fields, 0);
    }

    private static boolean isStar(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static BitSet field(String text, int min, int max, List<String> names) {
        BitSet bits = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] step = part.split("/", 2);
            int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
            int from = min;
            int to = max;
            if (!isStar(step[0])) {
                String[] range = step[0].split("-", 2);
                from = number(range[0], min, names);
                to = range.length == 2 ? number(range[1], min, names) : step.length == 2 ? max : from;
            }
            if (by < 1 || from < min || to > max || from > to) {
                throw new IllegalArgumentException("not a field of a schedule: " + text);
            }
            for (int i = from; i <= to; i += by) {
                bits.set(i);
            }
        }
        return bits;
    }

    private static int number(String text, int min, List<String> names) {
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        return index >= 0 ? index + min : Integer.parseInt(text);
    }

    /** The first time after {@code time}; empty when there is none within five years. */
    Optional<ZonedDateTime> next(ZonedDateTime time) {
        if (everySeconds > 0) {
            return Optional.of(time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(everySeconds));
        }
        ZonedDateTime at = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = at.plusYears(YEARS);
        while (at.isBefore(end)) {
            if (!months.get(at.getMonthValue())) {
                at = at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!isDay(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private boolean isDay(ZonedDateTime at) {
        boolean day = days.get(at.getDayOfMonth());
        boolean weekDay = weekDays.get(at.getDayOfWeek().getValue() % 7);
        return anyDay ? day && weekDay : day || weekDay;
    }
}
