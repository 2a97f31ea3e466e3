package dev.kuar.practice.schema;

/** A list of a job's indexes, as {@code 1,3-5}. */
final class JobIndexes {
    private JobIndexes() {}

    /** What is wrong with it; empty where nothing is. */
    static String complaint(String text, long completions) {
        long last = -1;
        for (String interval : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = interval.split("-", -1);
            if (ends.length > 2) {
                return "the fragment \"" + interval
                        + "\" violates the requirement that an index interval can have at most two parts separated by '-'";
            }
            for (String end : ends) {
                if (!end.matches("\\d{1,9}")) {
                    return "cannot convert string to integer for index: \"" + end + "\"";
                }
                if (Long.parseLong(end) >= completions) {
                    return "too large index: \"" + end + "\"";
                }
            }
            long from = Long.parseLong(ends[0]);
            long to = Long.parseLong(ends[ends.length - 1]);
            if (ends.length == 2 && from >= to) {
                return "non-increasing order, previous: " + from + ", current: " + to;
            }
            if (last >= from) {
                return "non-increasing order, previous: " + last + ", current: " + from;
            }
            last = to;
        }
        return "";
    }

    /** How many indexes it names; 0 where something is wrong with it. */
    static long total(String text, long completions) {
        if (text.isEmpty() || !complaint(text, completions).isEmpty()) {
            return 0;
        }
        long total = 0;
        for (String interval : text.split(",", -1)) {
            String[] ends = interval.split("-", -1);
            total += Long.parseLong(ends[ends.length - 1]) - Long.parseLong(ends[0]) + 1;
        }
        return total;
    }
}
