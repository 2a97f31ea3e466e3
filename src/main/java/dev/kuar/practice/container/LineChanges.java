package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What to change in one list of lines to get another: the fewest lines, found as Myers describes. */
final class LineChanges {
    /** With more lines that differ than this the rest counts as changed as a whole. */
    private static final int MOST = 3000;

    private LineChanges() {}

    /** Lines {@code from}–{@code to} of the one in whose place come {@code otherFrom}–{@code otherTo} of the other; ends are exclusive. */
    record Change(int from, int to, int otherFrom, int otherTo) {}

    /** In order, with at least one line that stays between two of them. */
    static List<Change> of(List<String> one, List<String> other) {
        int head = 0;
        int most = Math.min(one.size(), other.size());
        while (head < most && one.get(head).equals(other.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && one.get(one.size() - 1 - tail).equals(other.get(other.size() - 1 - tail))) {
            tail++;
        }
        List<String> a = one.subList(head, one.size() - tail);
        List<String> b = other.subList(head, other.size() - tail);
        List<Change> changes = new ArrayList<>();
        for (Change each : steps(a, b)) {
            Change here =
                    new Change(each.from() + head, each.to() + head, each.otherFrom() + head, each.otherTo() + head);
            changes.add(here);
        }
        return ChangeRuns.moved(changes, one, other);
    }

    private static List<Change> steps(List<String> a, List<String> b) {
        int n = a.size();
        int m = b.size();
        if (n == 0 && m == 0) {
            return List.of();
        }
        List<int[]> trace = new ArrayList<>();
        int limit = Math.min(MOST, n + m);
        int[] far = new int[2 * limit + 3];
        int zero = limit + 1;
        for (int d = 0; d <= limit; d++) {
            trace.add(Arrays.copyOfRange(far, zero - d - 1 < 0 ? 0 : zero - d - 1, Math.min(far.length, zero + d + 2)));
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || k != d && far[zero + k - 1] < far[zero + k + 1];
                int x = down ? far[zero + k + 1] : far[zero + k - 1] + 1;
                while (x < n && x - k < m && x - k >= 0 && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                far[zero + k] = x;
                if (x >= n && x - k >= m) {
                    return back(trace, n, m);
                }
            }
        }
        return List.of(new Change(0, n, 0, m));
    }

    /** From the end to the beginning, by what was kept of each round. */
    private static List<Change> back(List<int[]> trace, int n, int m) {
        List<Change> changes = new ArrayList<>();
        int x = n;
        int y = m;
        for (int d = trace.size() - 1; d > 0; d--) {
            int[] far = trace.get(d);
            int zero = d + 1;
            int k = x - y;
            boolean down = k == -d || k != d && far[zero + k - 1] < far[zero + k + 1];
            int beforeK = down ? k + 1 : k - 1;
            int beforeX = far[zero + beforeK];
            int beforeY = beforeX - beforeK;
            int toX = down ? beforeX : beforeX + 1;
            int toY = down ? beforeY + 1 : beforeY;
            Change last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            if (last != null && last.from() == toX && last.otherFrom() == toY) {
                changes.set(changes.size() - 1, new Change(beforeX, last.to(), beforeY, last.otherTo()));
            } else {
                changes.add(new Change(beforeX, toX, beforeY, toY));
            }
            x = beforeX;
            y = beforeY;
        }
        Collections.reverse(changes);
        return changes;
    }
}
