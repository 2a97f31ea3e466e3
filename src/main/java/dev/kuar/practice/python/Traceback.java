package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;

/** What Python says of an exception that nobody caught. */
final class Traceback {
    private Traceback() {}

    static String of(Raised raised, int minor) {
        StringBuilder text = new StringBuilder();
        Raised before = raised.before();
        if (before != null) {
            text.append(of(before, minor)).append('\n').append(raised.link()).append("\n\n");
        }
        List<Raised.Place> places = new ArrayList<>(raised.places());
        java.util.Collections.reverse(places);
        if (!places.isEmpty()) {
            text.append("Traceback (most recent call last):\n");
        }
        int same = 0;
        for (int i = 0; i < places.size(); i++) {
            boolean repeated = i > 2 && i + 1 < places.size() && alike(places, i);
            same = repeated ? same + 1 : same;
            if (!repeated) {
                if (same > 0) {
                    text.append("  [Previous line repeated ").append(same).append(" more times]\n");
                    same = 0;
                }
                place(text, places.get(i), minor);
            }
        }
        String words = Values.str(raised.value());
        return text.append(raised.value().type().fullName().replace("__main__.", ""))
                .append(words.isEmpty() ? "" : ": " + words)
                .append('\n')
                .toString();
    }

    private static boolean alike(List<Raised.Place> places, int i) {
        return places.get(i).equals(places.get(i - 1))
                && places.get(i).equals(places.get(i - 2))
                && places.get(i).equals(places.get(i - 3));
    }

    private static void place(StringBuilder text, Raised.Place place, int minor) {
        Span span = place.span();
        text.append("  File \"")
                .append(place.file())
                .append("\", line ")
                .append(span.line())
                .append(", in ")
                .append(place.function())
                .append('\n');
        String[] lines = place.source().split("\n", -1);
        if (place.file().startsWith("<") && minor < 13 || span.line() > lines.length) {
            return;
        }
        String full = lines[span.line() - 1];
        String shown = full.strip();
        int cut = full.indexOf(shown);
        text.append("    ").append(shown).append('\n');
        String carets = minor < 11 ? "" : carets(span, shown, cut, minor);
        if (!carets.isEmpty()) {
            text.append("    ").append(carets).append('\n');
        }
    }

    private static String carets(Span span, String shown, int cut, int minor) {
        int from = span.column() - cut;
        int to = (span.endLine() == span.line() ? span.end() - cut : shown.length());
        boolean call = span.middle() == -2;
        boolean anchored = span.middle() >= 0 || call && minor >= 13;
        if (to <= from || from < 0 || !anchored && from == 0 && to >= shown.length()) {
            return "";
        }
        if (!anchored) {
            return " ".repeat(from) + "^".repeat(to - from);
        }
        int left = (call ? span.middleEnd() : span.middle()) - cut;
        int right = call ? to : span.middleEnd() - cut;
        if (left < from || right > to) {
            return " ".repeat(from) + "^".repeat(to - from);
        }
        return " ".repeat(from) + "~".repeat(left - from) + "^".repeat(right - left) + "~".repeat(to - right);
    }
}
