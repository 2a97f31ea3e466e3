package dev.kuar.kubectl.command;

import java.util.ArrayList;
import java.util.List;

/** The differences between two texts in the unified form of diff(1), three lines of context around each. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private final List<String> lines = new ArrayList<>();

    private UnifiedDiff() {}

    /** Hunks without a head; empty when the texts are the same. */
    static String of(String before, String after) {
        UnifiedDiff diff = new UnifiedDiff();
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        diff.compare(a, b);
        return diff.hunks();
    }

    private void compare(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(" " + a.get(i));
                i++;
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("-" + a.get(i++));
            } else {
                lines.add("+" + b.get(j++));
            }
        }
    }

    private String hunks() {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).startsWith(" ")) {
                at++;
                continue;
            }
            int start = Math.max(0, at - CONTEXT);
            int end = at;
            int quiet = 0;
            while (end < lines.size() && quiet <= 2 * CONTEXT) {
                quiet = lines.get(end).startsWith(" ") ? quiet + 1 : 0;
                end++;
            }
            end = Math.min(lines.size(), end - Math.max(0, quiet - CONTEXT));
            hunk(start, end, out);
            at = end;
        }
        return out.toString();
    }

    private void hunk(int start, int end, StringBuilder out) {
        long a = lines.subList(0, start).stream()
                .filter(line -> !line.startsWith("+"))
                .count();
        long b = lines.subList(0, start).stream()
                .filter(line -> !line.startsWith("-"))
                .count();
        List<String> part = lines.subList(start, end);
        long sizeA = part.stream().filter(line -> !line.startsWith("+")).count();
        long sizeB = part.stream().filter(line -> !line.startsWith("-")).count();
        out.append("@@ -")
                .append(span(a, sizeA))
                .append(" +")
                .append(span(b, sizeB))
                .append(" @@\n");
        part.forEach(line -> out.append(line).append('\n'));
    }

    private static String span(long before, long size) {
        return (size == 0 ? before : before + 1) + (size == 1 ? "" : "," + size);
    }
}
