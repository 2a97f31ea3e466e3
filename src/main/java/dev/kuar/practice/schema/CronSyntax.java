package dev.kuar.practice.schema;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The five fields of a schedule, refused in the words of the library that Kubernetes parses them with. */
final class CronSyntax {
    private static final Set<String> DESCRIPTORS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final int[][] BOUNDS = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}};
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private CronSyntax() {}

    /** What is wrong with {@code schedule}; empty for nothing. */
    static String complaint(String schedule) {
        if (schedule.startsWith("@")) {
            return DESCRIPTORS.contains(schedule) || schedule.startsWith("@every ")
                    ? ""
                    : "unrecognized descriptor: " + schedule;
        }
        String[] fields = schedule.strip().split("\\s+");
        if (fields.length != 5) {
            return "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]";
        }
        for (int i = 0; i < fields.length; i++) {
            for (String part : fields[i].split(",", -1)) {
                String wrong = part(part, i);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
        }
        return "";
    }

    private static String part(String part, int field) {
        String[] stepped = part.split("/", -1);
        String[] range = stepped[0].split("-", -1);
        if (stepped.length > 2) {
            return "too many slashes: " + part;
        }
        if (range.length > 2) {
            return "too many hyphens: " + part;
        }
        int low = BOUNDS[field][0];
        int high = BOUNDS[field][1];
        if (!stepped[0].equals("*") && !stepped[0].equals("?")) {
            int start = number(range[0], field);
            int end = range.length == 2 ? number(range[1], field) : start;
            if (start < 0 || end < 0) {
                return "failed to parse int from " + stepped[0] + ": strconv.Atoi: parsing \"" + stepped[0]
                        + "\": invalid syntax";
            }
            if (start < low) {
                return "beginning of range (" + start + ") below minimum (" + low + "): " + part;
            }
            if (end > high) {
                return "end of range (" + end + ") above maximum (" + high + "): " + part;
            }
            if (start > end) {
                return "beginning of range (" + start + ") beyond end of range (" + end + "): " + part;
            }
        }
        if (stepped.length == 2 && number(stepped[1], -1) <= 0) {
            return "step of range should be a positive number: " + part;
        }
        return "";
    }

    private static int number(String text, int field) {
        String name = text.toLowerCase(Locale.ROOT);
        if (field == 3 && MONTHS.contains(name)) {
            return MONTHS.indexOf(name) + 1;
        }
        if (field == 4 && DAYS.contains(name)) {
            return DAYS.indexOf(name);
        }
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }
}
