package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a line into words as redis does it: blanks, quotation marks, backslashes. */
public final class Words {
    private Words() {}

    /** The words; null where a quotation mark has no partner. */
    public static @Nullable List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (true) {
            while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
                i++;
            }
            if (i == line.length()) {
                return words;
            }
            StringBuilder word = new StringBuilder();
            while (i < line.length() && !Character.isWhitespace(line.charAt(i))) {
                char c = line.charAt(i);
                if (c == '"' || c == '\'') {
                    i = quoted(line, i, word);
                    if (i < 0 || i < line.length() && !Character.isWhitespace(line.charAt(i))) {
                        return null;
                    }
                } else {
                    word.append(c);
                    i++;
                }
            }
            words.add(word.toString());
        }
    }

    /** Where the text goes on behind the quotation; negative where it has no end. */
    private static int quoted(String line, int open, StringBuilder word) {
        char mark = line.charAt(open);
        int i = open + 1;
        while (i < line.length() && line.charAt(i) != mark) {
            char c = line.charAt(i);
            if (c == '\\' && mark == '"' && line.startsWith("x", i + 1) && isHex(line, i + 2)) {
                word.append((char) Integer.parseInt(line.substring(i + 2, i + 4), 16));
                i += 4;
            } else if (c == '\\' && i + 1 < line.length() && (mark == '"' || line.charAt(i + 1) == '\'')) {
                word.append(mark == '"' ? escaped(line.charAt(i + 1)) : '\'');
                i += 2;
            } else {
                word.append(c);
                i++;
            }
        }
        return i < line.length() ? i + 1 : -1;
    }

    private static boolean isHex(String line, int at) {
        return at + 2 <= line.length()
                && Character.digit(line.charAt(at), 16) >= 0
                && Character.digit(line.charAt(at + 1), 16) >= 0;
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> c;
        };
    }
}
