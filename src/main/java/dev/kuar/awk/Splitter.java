package dev.kuar.awk;

import java.util.ArrayList;
import java.util.List;

/** How a text is cut into fields. */
final class Splitter {
    private final Ere.Shelf regexes;

    Splitter(Ere.Shelf regexes) {
        this.regexes = regexes;
    }

    /**
     * Cuts by a separator as FS has it.
     *
     * @param lines whether a newline separates as well, as where records are paragraphs
     */
    List<String> split(String text, String separator, boolean lines) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (separator.equals(" ")) {
            return words(text);
        }
        if (separator.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        if (separator.length() == 1 && separator.charAt(0) != '\\') {
            return atCharacter(text, separator.charAt(0), lines);
        }
        return atRegex(text, regexes.of(lines ? "(" + separator + ")|\n" : separator));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n') {
                if (from >= 0) {
                    words.add(text.substring(from, i));
                }
                from = -1;
            } else if (from < 0) {
                from = i;
            }
        }
        if (from >= 0) {
            words.add(text.substring(from));
        }
        return words;
    }

    private static List<String> atCharacter(String text, char separator, boolean lines) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator || lines && c == '\n') {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    List<String> atRegex(String text, Ere regex) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        Ere.Search search = regex.search(text);
        int from = 0;
        int next = 0;
        while (search.find(next)) {
            if (search.end() == search.start()) {
                next = search.end() + 1;
                continue;
            }
            parts.add(text.substring(from, search.start()));
            from = search.end();
            next = from;
        }
        parts.add(text.substring(from));
        return parts;
    }
}
