package dev.kuar.practice.container;

import dev.kuar.practice.container.LineChanges.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of changed lines, moved to where GNU diff shows them. Among lines that are the same it is open which of them changed: a
 * run goes as far down as it can, but stays beside one of the other file where it meets one, and takes in those it touches.
 */
final class ChangeRuns {
    private final List<List<String>> lines;
    /** Of each file which lines change; there is one more before the first and after the last. */
    private final boolean[][] changed;

    private ChangeRuns(List<String> one, List<String> other) {
        lines = List.of(one, other);
        changed = new boolean[][] {new boolean[one.size() + 2], new boolean[other.size() + 2]};
    }

    static List<Change> moved(List<Change> changes, List<String> one, List<String> other) {
        ChangeRuns runs = new ChangeRuns(one, other);
        for (Change each : changes) {
            java.util.Arrays.fill(runs.changed[0], each.from() + 1, each.to() + 1, true);
            java.util.Arrays.fill(runs.changed[1], each.otherFrom() + 1, each.otherTo() + 1, true);
        }
        runs.move(0);
        runs.move(1);
        return runs.changes();
    }

    private boolean is(int file, int line) {
        return changed[file][line + 1];
    }

    private boolean same(int file, int line, int with) {
        return lines.get(file).get(line).equals(lines.get(file).get(with));
    }

    private void flip(int file, int on, int off) {
        changed[file][on + 1] = true;
        changed[file][off + 1] = false;
    }

    /** Moves the runs of one file, from the first to the last. */
    private void move(int file) {
        int other = 1 - file;
        int size = lines.get(file).size();
        int end = 0;
        int beside = 0;
        while (true) {
            while (end < size && !is(file, end)) {
                beside = after(other, beside) + 1;
                end++;
            }
            if (end == size) {
                return;
            }
            int start = end;
            end = after(file, end);
            beside = after(other, beside);
            int length;
            int meets;
            do {
                length = end - start;
                while (start > 0 && same(file, start - 1, end - 1)) {
                    flip(file, --start, --end);
                    while (is(file, start - 1)) {
                        start--;
                    }
                    beside = before(other, beside);
                }
                meets = is(other, beside - 1) ? end : size;
                while (end < size && same(file, start, end)) {
                    flip(file, end++, start++);
                    end = after(file, end);
                    beside++;
                    while (is(other, beside)) {
                        meets = end;
                        beside++;
                    }
                }
            } while (length != end - start);
            while (meets < end) {
                flip(file, --start, --end);
                beside = before(other, beside);
            }
        }
    }

    /** The first line from here on that does not change. */
    private int after(int file, int line) {
        int at = line;
        while (is(file, at)) {
            at++;
        }
        return at;
    }

    /** The last line before this one that does not change. */
    private int before(int file, int line) {
        int at = line - 1;
        while (is(file, at)) {
            at--;
        }
        return at;
    }

    private List<Change> changes() {
        List<Change> out = new ArrayList<>();
        int at = 0;
        int otherAt = 0;
        while (at < lines.get(0).size() || otherAt < lines.get(1).size()) {
            int to = after(0, at);
            int otherTo = after(1, otherAt);
            if (to > at || otherTo > otherAt) {
                out.add(new Change(at, to, otherAt, otherTo));
            }
            at = to + 1;
            otherAt = otherTo + 1;
        }
        return out;
    }
}
