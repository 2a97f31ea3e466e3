package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.TabWriter;
import java.time.Clock;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** The lines of a description; cells end with tabs and are aligned at the end. */
final class Sheet {
    private final StringBuilder text = new StringBuilder();
    private final Clock clock;

    Sheet(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** A line, {@code level} steps of two blanks in. */
    Sheet line(int level, String line) {
        text.append("  ".repeat(level)).append(line).append('\n');
        return this;
    }

    /** {@code label:<tab>value}. */
    Sheet field(int level, String label, String value) {
        return line(level, label + ":\t" + value);
    }

    /** Text as it stands. */
    Sheet raw(String part) {
        text.append(part);
        return this;
    }

    String longTime(String timestamp) {
        return timestamp.isEmpty() ? "<unset>" : Ages.longForm(timestamp, clock);
    }

    /** A map one entry a line under each other: {@code a=b} or {@code a: b}. */
    Sheet map(int level, String label, Map<String, String> map, String separator) {
        String title = "  ".repeat(level) + label + ":";
        if (map.isEmpty()) {
            text.append(title).append("\t<none>\n");
            return this;
        }
        boolean first = true;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            text.append(first ? title : "").append('\t');
            if (separator.equals(": ")) {
                annotation(entry.getKey(), entry.getValue());
            } else {
                text.append(entry.getKey())
                        .append(separator)
                        .append(entry.getValue())
                        .append('\n');
            }
            first = false;
        }
        return this;
    }

    private void annotation(String key, String value) {
        String trimmed = value.strip();
        if (key.length() + trimmed.length() + 2 < 140 && !trimmed.contains("\n")) {
            text.append(key).append(": ").append(trimmed).append('\n');
            return;
        }
        text.append(key).append(":\n");
        for (String line : trimmed.split("\n", -1)) {
            text.append("\t  ")
                    .append(line.length() > 140 ? line.substring(0, 140) + "..." : line)
                    .append('\n');
        }
    }

    Sheet labels(Map<String, String> labels) {
        return map(0, "Labels", labels, "=");
    }

    Sheet annotations(Map<String, String> annotations) {
        Map<String, String> shown = new java.util.TreeMap<>(annotations);
        shown.remove("kubectl.kubernetes.io/last-applied-configuration");
        return map(0, "Annotations", shown, ": ");
    }

    /** Lines under each other behind one label. */
    Sheet column(int level, String label, Collection<String> values) {
        if (values.isEmpty()) {
            return field(level, label, "<none>");
        }
        Iterator<String> each = values.iterator();
        field(level, label, each.next());
        each.forEachRemaining(value -> text.append('\t').append(value).append('\n'));
        return this;
    }

    @Override
    public String toString() {
        return TabWriter.DESCRIBE.align(text.toString());
    }
}
