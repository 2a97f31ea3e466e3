package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.GoDuration;
import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads flags and arguments as pflag does: mixed, {@code -ojson}, {@code -o=json}, {@code -it}, {@code --}. */
final class ArgumentParser {
    private static final Set<String> BOOLEANS = Set.of("1", "0", "t", "f", "true", "false");

    private final Flags flags;
    private final String command;
    private final List<String> arguments = new ArrayList<>();
    private int dash = -1;

    ArgumentParser(Flags flags, String command) {
        this.flags = flags;
        this.command = command;
    }

    List<String> arguments() {
        return arguments;
    }

    /** How many arguments stood before {@code --}; -1 without one. */
    int dash() {
        return dash;
    }

    void parse(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if ("--".equals(word)) {
                dash = arguments.size();
                arguments.addAll(words.subList(i + 1, words.size()));
                return;
            } else if (word.startsWith("--")) {
                i = longFlag(word, words, i);
            } else if (word.startsWith("-") && word.length() > 1) {
                i = shortFlags(word, words, i);
            } else {
                arguments.add(word);
            }
        }
    }

    private Failure usage(String problem) {
        return Failure.plain("error: " + problem + "\nSee '" + command + " --help' for usage.");
    }

    private int longFlag(String word, List<String> words, int place) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        if (name.isEmpty() || name.startsWith("-") || name.startsWith("=")) {
            throw usage("bad flag syntax: " + word);
        }
        Flag flag = flags.byName(name);
        if (flag == null) {
            throw usage("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(flag, word.substring(equals + 1), "--" + name);
        } else if (!flag.bare().isEmpty()) {
            set(flag, flag.bare(), "--" + name);
        } else if (place + 1 < words.size()) {
            set(flag, words.get(place + 1), "--" + name);
            return place + 1;
        } else {
            throw usage("flag needs an argument: --" + name);
        }
        return place;
    }

    private int shortFlags(String word, List<String> words, int place) {
        String rest = word.substring(1);
        while (!rest.isEmpty()) {
            String letter = rest.substring(0, 1);
            Flag flag = flags.byShorthand(letter);
            if (flag == null) {
                throw usage("unknown shorthand flag: '" + letter + "' in -" + rest);
            }
            String label = "-" + letter + ", --" + flag.name();
            String after = rest.substring(1);
            if (after.startsWith("=") && rest.length() > 2) {
                set(flag, after.substring(1), label);
                return place;
            }
            if (!flag.bare().isEmpty()) {
                set(flag, flag.bare(), label);
                rest = after;
                continue;
            }
            if (!after.isEmpty()) {
                set(flag, after, label);
                return place;
            }
            if (place + 1 < words.size()) {
                set(flag, words.get(place + 1), label);
                return place + 1;
            }
            throw usage("flag needs an argument: '" + letter + "' in -" + rest);
        }
        return place;
    }

    private void set(Flag flag, String value, String label) {
        String shown = flag.shorthand().isEmpty() ? "--" + flag.name() : "-" + flag.shorthand() + ", --" + flag.name();
        String head =
                "invalid argument " + Json.quote(value) + " for \"" + (label.isEmpty() ? label : shown) + "\" flag: ";
        switch (flag.type()) {
            case "bool" -> {
                String lower = value.toLowerCase(Locale.ROOT);
                if (!BOOLEANS.contains(lower)) {
                    throw usage(head + "strconv.ParseBool: parsing " + Json.quote(value) + ": invalid syntax");
                }
                flags.add(flag, String.valueOf(lower.startsWith("t") || "1".equals(lower)));
            }
            case "int" -> {
                try {
                    flags.add(flag, String.valueOf(Long.parseLong(value)));
                } catch (NumberFormatException malformed) {
                    throw usage(head + "strconv.ParseInt: parsing " + Json.quote(value) + ": invalid syntax");
                }
            }
            case "duration" -> {
                try {
                    GoDuration.parse(value);
                } catch (ParseException malformed) {
                    throw usage(head + malformed.text());
                }
                flags.add(flag, value);
            }
            default -> flags.add(flag, value);
        }
    }
}
