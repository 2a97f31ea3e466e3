package dev.kuar.shell.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of a program cut into short options, their values and operands, as getopt(3) does. */
final class Options {
    private final Map<Character, List<String>> given = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /** A word that the program does not take. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message, null, false, false);
        }
    }

    /** Letters followed by a colon take a value; {@code --color…} is taken and ignored. */
    static Options parse(List<String> words, String letters) {
        Options options = new Options();
        boolean more = true;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (more && word.equals("--")) {
                more = false;
            } else if (more && word.startsWith("--") && !word.startsWith("--color")) {
                throw new Unknown("unrecognized option '" + word + "'");
            } else if (more && word.length() > 1 && word.startsWith("-") && !word.startsWith("--")) {
                i += options.cluster(word, i + 1 < words.size() ? words.get(i + 1) : "", i + 1 < words.size(), letters);
            } else if (!more || !word.startsWith("--color")) {
                options.operands.add(word);
            }
        }
        return options;
    }

    /** Reads {@code -abc}; returns 1 where the next word was its value. */
    private int cluster(String word, String next, boolean hasNext, String letters) {
        for (int j = 1; j < word.length(); j++) {
            char letter = word.charAt(j);
            int known = letter == ':' ? -1 : letters.indexOf(letter);
            if (known < 0) {
                throw new Unknown("invalid option -- '" + letter + "'");
            }
            boolean valued = known + 1 < letters.length() && letters.charAt(known + 1) == ':';
            if (!valued) {
                put(letter, "");
            } else if (j + 1 < word.length()) {
                put(letter, word.substring(j + 1));
                return 0;
            } else if (hasNext) {
                put(letter, next);
                return 1;
            } else {
                throw new Unknown("option requires an argument -- '" + letter + "'");
            }
        }
        return 0;
    }

    private void put(char letter, String value) {
        given.computeIfAbsent(letter, l -> new ArrayList<>()).add(value);
    }

    boolean has(char letter) {
        return given.containsKey(letter);
    }

    /** The last value of an option, else {@code fallback}. */
    String value(char letter, String fallback) {
        List<String> values = given.getOrDefault(letter, List.of(fallback));
        return values.get(values.size() - 1);
    }

    /** All values of an option, in order. */
    List<String> values(char letter) {
        return given.getOrDefault(letter, List.of());
    }

    /** The last value as a number of 0 or more. */
    int number(char letter, int fallback) {
        String value = value(letter, String.valueOf(fallback));
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new Unknown("invalid number: '" + value + "'");
        }
    }

    List<String> operands() {
        return operands;
    }
}
