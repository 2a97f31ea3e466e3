package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The unified diff of two texts with three lines of context and no head, as Python's {@code difflib} and its ports make
 * it: the longest match first, then what lies left and right of it; lines that a long text often repeats are no anchor.
 */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private final List<String> a;
    private final List<String> b;
    private final Map<String, List<Integer>> places = new HashMap<>();
    private final List<int[]> blocks = new ArrayList<>();

    private UnifiedDiff(List<String> a, List<String> b) {
        this.a = a;
        this.b = b;
        for (int j = 0; j < b.size(); j++) {
            places.computeIfAbsent(b.get(j), key -> new ArrayList<>()).add(j);
        }
        if (b.size() >= 200) {
            places.values().removeIf(at -> at.size() > b.size() / 100 + 1);
        }
        match(0, a.size(), 0, b.size());
        blocks.sort(Comparator.comparingInt((int[] block) -> block[0]).thenComparingInt(block -> block[1]));
    }

    static String of(String old, String now) {
        return new UnifiedDiff(List.of(old.split("\n", -1)), List.of(now.split("\n", -1))).text();
    }

    private void match(int alo, int ahi, int blo, int bhi) {
        int[] best = longest(alo, ahi, blo, bhi);
        if (best[2] == 0) {
            return;
        }
        match(alo, best[0], blo, best[1]);
        blocks.add(best);
        match(best[0] + best[2], ahi, best[1] + best[2], bhi);
    }

    private int[] longest(int alo, int ahi, int blo, int bhi) {
        int besti = alo;
        int bestj = blo;
        int size = 0;
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = alo; i < ahi; i++) {
            Map<Integer, Integer> next = new HashMap<>();
            for (int j : places.getOrDefault(a.get(i), List.of())) {
                if (j >= blo && j < bhi) {
                    int k = lengths.getOrDefault(j - 1, 0) + 1;
                    next.put(j, k);
                    if (k > size) {
                        besti = i - k + 1;
                        bestj = j - k + 1;
                        size = k;
                    }
                }
            }
            lengths = next;
        }
        while (besti > alo && bestj > blo && a.get(besti - 1).equals(b.get(bestj - 1))) {
            besti--;
            bestj--;
            size++;
        }
        while (besti + size < ahi && bestj + size < bhi && a.get(besti + size).equals(b.get(bestj + size))) {
            size++;
        }
        return new int[] {besti, bestj, size};
    }

    /** Changes as {@code {from a, to a, from b, to b}}. */
    private List<int[]> changes() {
        List<int[]> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        List<int[]> all = new ArrayList<>(blocks);
        all.add(new int[] {a.size(), b.size(), 0});
        for (int[] block : all) {
            if (i < block[0] || j < block[1]) {
                changes.add(new int[] {i, block[0], j, block[1]});
            }
            i = block[0] + block[2];
            j = block[1] + block[2];
        }
        return changes;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        List<int[]> group = new ArrayList<>();
        for (int[] change : changes()) {
            if (!group.isEmpty() && change[0] - group.get(group.size() - 1)[1] > 2 * CONTEXT) {
                write(group, text);
                group.clear();
            }
            group.add(change);
        }
        if (!group.isEmpty()) {
            write(group, text);
        }
        return text.toString();
    }

    private void write(List<int[]> group, StringBuilder text) {
        int[] first = group.get(0);
        int[] last = group.get(group.size() - 1);
        int before = Math.min(CONTEXT, Math.min(first[0], first[2]));
        int after = Math.min(CONTEXT, Math.min(a.size() - last[1], b.size() - last[3]));
        text.append("@@ -").append(range(first[0] - before, last[1] + after));
        text.append(" +").append(range(first[2] - before, last[3] + after)).append(" @@\n");
        int at = first[0] - before;
        for (int[] change : group) {
            lines(a, at, change[0], ' ', text);
            lines(a, change[0], change[1], '-', text);
            lines(b, change[2], change[3], '+', text);
            at = change[1];
        }
        lines(a, at, last[1] + after, ' ', text);
    }

    private static void lines(List<String> lines, int from, int to, char mark, StringBuilder text) {
        lines.subList(from, to).forEach(line -> text.append(mark).append(line).append('\n'));
    }

    private static String range(int from, int to) {
        int length = to - from;
        if (length == 1) {
            return String.valueOf(from + 1);
        }
        return (length == 0 ? from : from + 1) + "," + length;
    }
}
