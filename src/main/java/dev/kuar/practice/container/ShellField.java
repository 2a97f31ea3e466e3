package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;

/** A word as it is expanded: its characters with what may happen to them. */
final class ShellField {
    /** Of a mark: quoted; as written; from an expansion, so that it is split; an empty quotation; a border between words. */
    private static final char QUOTED = 'q';

    private static final char WRITTEN = 'l';
    private static final char SPLITS = 's';
    private static final char EMPTY = 'e';
    private static final char BORDER = 'b';

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder marks = new StringBuilder();

    void add(String more, boolean quoted, boolean splits) {
        text.append(more);
        marks.append(String.valueOf(quoted ? QUOTED : splits ? SPLITS : WRITTEN).repeat(more.length()));
    }

    /** A quotation with nothing in it makes a word all the same. */
    void addEmpty() {
        mark('\0', EMPTY);
    }

    /** One word ends here and another begins; {@code joiner} stands between where words are not split, 0 for nothing. */
    void addBorder(char joiner) {
        mark(joiner, BORDER);
    }

    private void mark(char c, char mark) {
        text.append(c);
        marks.append(mark);
    }

    int length() {
        return text.length();
    }

    /** The whole as one word. */
    String text() {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char mark = marks.charAt(i);
            if (mark != EMPTY && (mark != BORDER || text.charAt(i) != 0)) {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    boolean hasPattern() {
        for (int i = 0; i < text.length(); i++) {
            if (marks.charAt(i) != QUOTED && "*?[".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The whole as a pattern: what was quoted loses its meaning. */
    String pattern(ShellDialect dialect) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char mark = marks.charAt(i);
            if (mark == EMPTY || mark == BORDER && c == 0) {
                continue;
            }
            boolean plain = mark == QUOTED && "*?[]\\!^-".indexOf(c) >= 0;
            // dash takes [^a] for a set that has ^ in it.
            if (plain || dialect == ShellDialect.DASH && c == '^' && i > 0 && text.charAt(i - 1) == '[') {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }

    /** Splits at the characters of {@code IFS}: blanks among them part words in runs, the others one by one. */
    List<ShellField> split(String separators) {
        List<ShellField> fields = new ArrayList<>();
        ShellField current = new ShellField();
        boolean open = false;
        boolean justEnded = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char mark = marks.charAt(i);
            boolean separates = mark == SPLITS && separators.indexOf(c) >= 0;
            boolean blank = separates && (c == ' ' || c == '\t' || c == '\n');
            if (mark == BORDER || separates) {
                if (open || separates && !blank && !justEnded) {
                    fields.add(current);
                    current = new ShellField();
                }
                justEnded = blank && (open || justEnded);
                open = false;
            } else {
                open = true;
                justEnded = false;
                current.mark(c, mark);
            }
        }
        if (open) {
            fields.add(current);
        }
        return fields;
    }
}
