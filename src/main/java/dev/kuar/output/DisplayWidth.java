package dev.kuar.output;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes: Korean syllables two, combining marks and ANSI sequences none. */
public final class DisplayWidth {
    private DisplayWidth() {}

    /** Columns of {@code text}, one line. */
    public static int of(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '\u001b') {
                i = afterSequence(text, i);
                continue;
            }
            int c = text.codePointAt(i);
            columns += Math.max(0, c < 0x7f ? 1 : WCWidth.wcwidth(c));
            i += Character.charCount(c);
        }
        return columns;
    }

    /** {@code text} cut to {@code columns} with an ellipsis at its end; sequences in what is cut off stay. */
    public static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        boolean over = false;
        for (int i = 0; i < text.length(); ) {
            int end = text.charAt(i) == '\u001b' ? afterSequence(text, i) : text.offsetByCodePoints(i, 1);
            String piece = text.substring(i, end);
            int width = of(piece);
            if (piece.charAt(0) == '\u001b') {
                kept.append(piece);
            } else if (!over && used + width < columns) {
                kept.append(piece);
                used += width;
            } else if (!over) {
                kept.append('…');
                over = true;
            }
            i = end;
        }
        return kept.toString();
    }

    /** {@code text} with blanks behind it up to {@code columns}. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /** The lines of {@code text} broken at blanks so that none is wider than {@code columns}, where words allow; Korean breaks at blanks too. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" ", -1)) {
            int width = of(word);
            if (used > 0 && used + 1 + width > columns) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += width;
        }
        lines.add(line.toString());
        return lines;
    }

    private static int afterSequence(String text, int start) {
        int i = start + 1;
        if (i < text.length() && text.charAt(i) == '[') {
            i++;
            while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
                i++;
            }
        }
        return Math.min(text.length(), i + 1);
    }
}
