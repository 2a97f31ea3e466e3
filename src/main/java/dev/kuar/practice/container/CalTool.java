package dev.kuar.practice.container;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** cal, as busybox has it: a month or a year; {@code -j} numbers days of the year, {@code -m} begins weeks on Monday. */
final class CalTool {
    private static final int WEEKS = 6;

    private final boolean julian;
    private final boolean monday;

    private CalTool(Options options) {
        julian = options.has('j');
        monday = options.has('m');
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put("cal", Options.tool("jmy", (task, options) -> new CalTool(options).run(task, options)));
    }

    private int run(Task task, Options options) throws IOException {
        LocalDate today = LocalDate.ofInstant(task.container().clock().now(), ZoneOffset.UTC);
        List<String> words = options.operands();
        String year = words.isEmpty() ? Integer.toString(today.getYear()) : words.get(words.size() - 1);
        if (!year.matches("[1-9]\\d{0,3}")) {
            return task.fail(1, wrong(year, "1..9999"));
        }
        if (words.size() == 1 || options.has('y')) {
            return year(task, Integer.parseInt(year));
        }
        String month = words.isEmpty() ? Integer.toString(today.getMonthValue()) : words.get(0);
        if (!month.matches("0?[1-9]|1[0-2]")) {
            return task.fail(1, wrong(month, "1..12"));
        }
        Month named = Month.of(Integer.parseInt(month));
        String title = name(named) + " " + year;
        int width = width();
        task.println(" ".repeat(Math.max(0, (width - title.length()) / 2)) + title);
        task.println(heads());
        for (String line : days(Integer.parseInt(year), named)) {
            task.println(line.isEmpty() ? " ".repeat(width + 1) : line);
        }
        return 0;
    }

    private static String wrong(String text, String range) {
        return text.matches("\\d{1,9}")
                ? "number " + text + " is not in " + range + " range"
                : "invalid number '" + text + "'";
    }

    private static String name(Month month) {
        return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private int width() {
        return julian ? 27 : 20;
    }

    private String heads() {
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String day = DayOfWeek.of((i + (monday ? 0 : 6)) % 7 + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            heads.add((julian ? " " : "") + day.substring(0, 2));
        }
        return String.join(" ", heads);
    }

    /** Six lines, without blanks at their ends. */
    private List<String> days(int year, Month month) {
        LocalDate first = LocalDate.of(year, month, 1);
        int blank = (first.getDayOfWeek().getValue() - (monday ? 1 : 0)) % 7;
        List<String> weeks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            StringBuilder line = new StringBuilder();
            for (int day = 0; day < 7; day++) {
                int number = week * 7 + day - blank + 1;
                boolean there = number >= 1 && number <= first.lengthOfMonth();
                int shown = julian && there ? first.withDayOfMonth(number).getDayOfYear() : number;
                line.append(day == 0 ? "" : " ")
                        .append(
                                there
                                        ? String.format(Locale.ROOT, julian ? "%3d" : "%2d", shown)
                                        : julian ? "   " : "  ");
            }
            weeks.add(line.toString().stripTrailing());
        }
        return weeks;
    }

    private int year(Task task, int year) throws IOException {
        int across = julian ? 2 : 3;
        int width = width();
        String title = Integer.toString(year);
        int whole = across * (width + 2) - 2;
        int before = (whole - title.length()) / 2;
        task.println(" ".repeat(before) + title + " ".repeat(whole - title.length() - before));
        task.println("");
        for (int from = 1; from <= 12; from += across) {
            StringBuilder names = new StringBuilder();
            StringBuilder heads = new StringBuilder();
            List<List<String>> months = new ArrayList<>();
            for (int i = from; i < from + across; i++) {
                String name = name(Month.of(i));
                int left = (width - name.length()) / 2;
                names.append(" ".repeat(left)).append(name).append(" ".repeat(width - name.length() - left));
                heads.append(heads());
                if (i + 1 < from + across) {
                    names.append("  ");
                    heads.append("  ");
                }
                months.add(days(year, Month.of(i)));
            }
            task.println(names.toString());
            task.println(heads.toString());
            for (int week = 0; week < WEEKS; week++) {
                StringBuilder line = new StringBuilder();
                for (List<String> month : months) {
                    String cell = month.get(week);
                    line.append(cell).append(" ".repeat(width + 2 - cell.length()));
                }
                task.println(line.toString().stripTrailing());
            }
        }
        return 0;
    }
}
