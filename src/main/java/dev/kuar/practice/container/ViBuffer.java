package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;

/** The lines of a file that is edited, with a cursor in them and one step back. */
final class ViBuffer {
    private List<StringBuilder> lines = new ArrayList<>();
    private List<String> before = new ArrayList<>();
    private List<String> yanked = new ArrayList<>();
    private int row;
    private int column;
    private boolean changed;

    ViBuffer(List<String> content) {
        content.forEach(line -> lines.add(new StringBuilder(line)));
        if (lines.isEmpty()) {
            lines.add(new StringBuilder());
        }
    }

    int row() {
        return row;
    }

    int column() {
        return column;
    }

    int size() {
        return lines.size();
    }

    String line(int number) {
        return lines.get(number).toString();
    }

    boolean isChanged() {
        return changed;
    }

    void saved() {
        changed = false;
    }

    List<String> content() {
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private StringBuilder here() {
        return lines.get(row);
    }

    /** Moves; {@code past} lets the cursor stand behind the last character, as it does where text is typed. */
    void move(int rows, int columns, boolean past) {
        row = Math.max(0, Math.min(lines.size() - 1, row + rows));
        int last = Math.max(0, here().length() - (past ? 0 : 1));
        column = Math.max(0, Math.min(last, column + columns));
    }

    void to(int newRow, int newColumn) {
        row = newRow;
        column = newColumn;
        move(0, 0, false);
    }

    /** Keeps what is there to come back to. */
    void mark() {
        before = content();
    }

    void undo() {
        if (before.isEmpty()) {
            return;
        }
        List<String> now = content();
        lines = new ArrayList<>();
        before.forEach(line -> lines.add(new StringBuilder(line)));
        before = now;
        changed = true;
        move(0, 0, false);
    }

    void type(char key) {
        here().insert(column++, key);
        changed = true;
    }

    void breakLine() {
        String rest = here().substring(column);
        here().setLength(column);
        lines.add(++row, new StringBuilder(rest));
        column = 0;
        changed = true;
    }

    /** Takes the character before the cursor away; at the beginning of a line the line's end before it. */
    void backspace() {
        if (column > 0) {
            here().deleteCharAt(--column);
            changed = true;
        } else if (row > 0) {
            StringBuilder rest = lines.remove(row--);
            column = here().length();
            here().append(rest);
            changed = true;
        }
    }

    void delete(int count) {
        int end = Math.min(here().length(), column + count);
        if (end > column) {
            here().delete(column, end);
            changed = true;
        }
        move(0, 0, false);
    }

    void deleteToEnd() {
        delete(here().length());
    }

    void replace(char key) {
        if (column < here().length()) {
            here().setCharAt(column, key);
            changed = true;
        }
    }

    /** An empty line below or above, with the cursor in it. */
    void open(boolean below) {
        row += below ? 1 : 0;
        lines.add(row, new StringBuilder());
        column = 0;
        changed = true;
    }

    void yank(int count) {
        yanked = new ArrayList<>(content().subList(row, Math.min(lines.size(), row + count)));
    }

    void deleteLines(int count) {
        yank(count);
        for (int i = 0; i < yanked.size(); i++) {
            lines.remove(row);
        }
        if (lines.isEmpty()) {
            lines.add(new StringBuilder());
        }
        changed = true;
        column = 0;
        move(0, 0, false);
    }

    void put(boolean below) {
        if (yanked.isEmpty()) {
            return;
        }
        int at = below ? row + 1 : row;
        for (int i = 0; i < yanked.size(); i++) {
            lines.add(at + i, new StringBuilder(yanked.get(i)));
        }
        changed = true;
        to(at, 0);
    }

    void join() {
        if (row + 1 < lines.size()) {
            String next = lines.remove(row + 1).toString().stripLeading();
            column = here().length();
            here().append(here().length() == 0 || next.isEmpty() ? "" : " ").append(next);
            changed = true;
        }
    }

    /** To the next word's beginning, or back to the last one's. */
    void word(boolean forward) {
        String text = String.join("\n", content());
        int at = column;
        for (int i = 0; i < row; i++) {
            at += lines.get(i).length() + 1;
        }
        if (forward) {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        } else {
            while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
                at--;
            }
            while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
                at--;
            }
        }
        String upTo = text.substring(0, Math.min(at, text.length()));
        to((int) upTo.chars().filter(c -> c == '\n').count(), upTo.length() - upTo.lastIndexOf('\n') - 1);
    }

    /** The next place of a text after the cursor, around the end; false where there is none. */
    boolean find(String wanted) {
        for (int i = 0; i <= lines.size(); i++) {
            int number = (row + i) % lines.size();
            int found = lines.get(number).indexOf(wanted, i == 0 ? column + 1 : 0);
            if (found >= 0) {
                to(number, found);
                return true;
            }
        }
        return false;
    }

    /** Replaces in lines {@code from} to {@code to}, the end exclusive; how many lines changed. */
    int substitute(int from, int to, java.util.regex.Pattern pattern, String by, boolean all) {
        int count = 0;
        for (int i = from; i < Math.min(to, lines.size()); i++) {
            java.util.regex.Matcher matcher = pattern.matcher(lines.get(i));
            String now = all ? matcher.replaceAll(by) : matcher.replaceFirst(by);
            if (!now.contentEquals(lines.get(i))) {
                lines.set(i, new StringBuilder(now));
                changed = true;
                count++;
            }
        }
        move(0, 0, false);
        return count;
    }
}
