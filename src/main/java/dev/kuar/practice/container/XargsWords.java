package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words that {@code xargs} reads: between blanks, quotes and backslashes minded, or between marks, or whole lines. */
final class XargsWords {
    private final String mark;
    private final boolean lines;
    private final List<String> words = new ArrayList<>();
    private final Set<Integer> lineEnds = new HashSet<>();
    private String unmatched = "";

    /**
     * @param mark what stands between words; empty for blanks
     * @param lines whether a word is a whole line
     */
    XargsWords(String mark, boolean lines) {
        this.mark = mark;
        this.lines = lines;
    }

    List<String> words() {
        return words;
    }

    /** Whether a word is the last of its line. */
    boolean endsLine(int index) {
        return lineEnds.contains(index);
    }

    /** {@code double} or {@code single} where such a quote was never closed; else empty. */
    String unmatched() {
        return unmatched;
    }

    void read(String text) {
        if (!mark.isEmpty()) {
            String[] parts = text.split(java.util.regex.Pattern.quote(mark), -1);
            for (int i = 0; i < parts.length; i++) {
                if (i < parts.length - 1 || !parts[i].isEmpty()) {
                    lineEnds.add(words.size());
                    words.add(parts[i]);
                }
            }
            return;
        }
        StringBuilder word = new StringBuilder();
        boolean any = false;
        char quote = 0;
        int added = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\n') {
                    unmatched = quote == '"' ? "double" : "single";
                    return;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                any = true;
            } else if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                any = true;
            } else if (c == '\n' || (c == ' ' || c == '\t') && !(lines && any)) {
                if (any) {
                    words.add(word.toString());
                    added++;
                }
                if (c == '\n' && added > 0 && !(any && i > 0 && " \t".indexOf(text.charAt(i - 1)) >= 0)) {
                    lineEnds.add(words.size() - 1);
                    added = 0;
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
    }
}
