package dev.kuar.practice.container;

import dev.kuar.practice.object.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Flags as Go's pflag reads them: {@code --name=value}, {@code --name value}, and {@code --name} alone for switches. */
final class GoFlags {
    private final Map<String, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private GoFlags() {}

    /** What was wrong with the words, as pflag words it. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /**
     * Reads words.
     *
     * @param known names with their defaults; what is {@code true} or {@code false} is a switch
     */
    static GoFlags parse(List<String> words, Map<String, String> known) throws Wrong {
        GoFlags flags = new GoFlags();
        flags.values.putAll(known);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                flags.operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                flags.operands.add(word);
                continue;
            }
            String name = word.replaceFirst("^--?", "").replaceFirst("=.*", "");
            String otherwise = known.get(name);
            if (otherwise == null) {
                throw new Wrong("unknown flag: --" + name);
            }
            if (word.contains("=")) {
                flags.values.put(name, word.substring(word.indexOf('=') + 1));
            } else if (Set.of("true", "false").contains(otherwise)) {
                flags.values.put(name, "true");
            } else if (i + 1 < words.size()) {
                flags.values.put(name, words.get(++i));
            } else {
                throw new Wrong("flag needs an argument: --" + name);
            }
        }
        return flags;
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean on(String name) {
        return text(name).equals("true");
    }

    int number(String name) throws Wrong {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw new Wrong("invalid argument \"" + text(name) + "\" for \"--" + name
                    + "\" flag: strconv.ParseInt: parsing \"" + text(name) + "\": invalid syntax");
        }
    }

    Duration duration(String name) throws Wrong {
        try {
            return GoDuration.parse(text(name));
        } catch (GoDuration.Invalid none) {
            throw new Wrong(
                    "invalid argument \"" + text(name) + "\" for \"--" + name + "\" flag: " + none.getMessage());
        }
    }

    List<String> operands() {
        return operands;
    }
}
