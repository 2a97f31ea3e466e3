package dev.kuar.practice.controller;

import java.util.NavigableSet;
import java.util.TreeSet;

/** Completion indexes as a Job's status and its success policy write them: {@code 0,1,4-7}. */
final class JobIndexes {
    private JobIndexes() {}

    /** Those below {@code completions}; what is no number is passed over. */
    static NavigableSet<Long> parse(String text, long completions) {
        NavigableSet<Long> indexes = new TreeSet<>();
        for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = range.split("-", -1);
            try {
                long first = Long.parseLong(ends[0]);
                long last = ends.length > 1 ? Long.parseLong(ends[1]) : first;
                for (long index = first; index <= Math.min(last, completions - 1); index++) {
                    indexes.add(index);
                }
            } catch (NumberFormatException corrupted) {
                continue;
            }
        }
        return indexes;
    }

    /** In ascending order; two in a row stand alone, three or more become a range. */
    static String format(NavigableSet<Long> indexes) {
        StringBuilder text = new StringBuilder();
        long first = -2;
        long last = -2;
        for (long index : indexes) {
            if (index != last + 1) {
                append(text, first, last);
                first = index;
            }
            last = index;
        }
        append(text, first, last);
        return text.toString();
    }

    private static void append(StringBuilder text, long first, long last) {
        if (first < 0) {
            return;
        }
        text.append(text.length() == 0 ? "" : ",").append(first);
        if (last > first) {
            text.append(last == first + 1 ? ',' : '-').append(last);
        }
    }
}
