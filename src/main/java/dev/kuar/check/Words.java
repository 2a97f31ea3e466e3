package dev.kuar.check;

import java.util.List;

/** Words of a text as Kubernetes writes names: letters, digits, {@code -}, {@code _}, and dots between them. */
final class Words {
    private Words() {}

    /** Whether {@code word} stands in {@code text} as a whole: {@code kind-worker} isn't in {@code kind-worker2}. */
    static boolean contains(String text, String word) {
        if (word.isEmpty()) {
            return false;
        }
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (!joins(text, at - 1, -1) && !joins(text, at + word.length(), 1)) {
                return true;
            }
        }
        return false;
    }

    /** The lines that hold more than spaces, without spaces at their ends. */
    static List<String> lines(String text) {
        return text.lines().map(String::stripTrailing).filter(l -> !l.isBlank()).toList();
    }

    private static boolean joins(String text, int at, int direction) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        if (c == '.') {
            int next = at + direction;
            return next >= 0 && next < text.length() && Character.isLetterOrDigit(text.charAt(next));
        }
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }
}
