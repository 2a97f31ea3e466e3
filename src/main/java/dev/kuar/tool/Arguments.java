package dev.kuar.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of a command line, told apart as GNU-style tools do: {@code --name x}, {@code --name=x}, {@code -n x},
 * {@code --flag}, the rest.
 *
 * @param words what is no flag, in order
 * @param flags long names to values; {@code "true"} for a bare flag, the last value where one is given twice
 */
record Arguments(List<String> words, Map<String, String> flags) {
    Arguments {
        words = List.copyOf(words);
        flags = Map.copyOf(flags);
    }

    /**
     * Tells words apart.
     *
     * @throws UnknownFlagException for a flag that {@code known} has not, and for one whose value is missing
     */
    static Arguments parse(List<String> line, Flags known) {
        List<String> words = new ArrayList<>();
        Map<String, String> flags = new LinkedHashMap<>();
        boolean rest = false;
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (rest || !word.startsWith("-") || word.equals("-")) {
                words.add(word);
                continue;
            }
            if (word.equals("--")) {
                rest = true;
                continue;
            }
            int equals = word.indexOf('=');
            String typed = equals < 0 ? word : word.substring(0, equals);
            String name = known.longName(typed).orElseThrow(() -> new UnknownFlagException(typed, word, known.all()));
            if (known.isBare(name)) {
                flags.put(name, equals < 0 ? "true" : word.substring(equals + 1));
            } else if (equals >= 0) {
                flags.put(name, word.substring(equals + 1));
            } else if (i + 1 < line.size()) {
                flags.put(name, line.get(++i));
            } else {
                throw UnknownFlagException.withoutValue(typed);
            }
        }
        return new Arguments(words, flags);
    }

    Optional<String> flag(String name) {
        return Optional.ofNullable(flags.get(name));
    }

    String flag(String name, String otherwise) {
        return flags.getOrDefault(name, otherwise);
    }

    boolean has(String name) {
        return "true".equals(flags.get(name));
    }

    /** The word at {@code index}, or empty. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** The flags that a command knows: long name to short letter, and which take no value. */
    record Flags(Map<String, String> shorts, Set<String> valued, Set<String> bare) {
        /** {@code "name,n"} takes a value, {@code "quiet,q!"} does not. */
        static Flags of(String... declarations) {
            Map<String, String> shorts = new LinkedHashMap<>();
            Set<String> valued = new java.util.LinkedHashSet<>();
            Set<String> bare = new java.util.LinkedHashSet<>();
            for (String declaration : declarations) {
                boolean isBare = declaration.endsWith("!");
                List<String> names =
                        List.of((isBare ? declaration.substring(0, declaration.length() - 1) : declaration).split(","));
                (isBare ? bare : valued).add(names.get(0));
                names.stream().skip(1).forEach(s -> shorts.put(s, names.get(0)));
            }
            return new Flags(shorts, valued, bare);
        }

        Flags plus(String... declarations) {
            Flags more = of(declarations);
            Map<String, String> shorts2 = new LinkedHashMap<>(shorts);
            shorts2.putAll(more.shorts);
            Set<String> valued2 = new java.util.LinkedHashSet<>(valued);
            valued2.addAll(more.valued);
            Set<String> bare2 = new java.util.LinkedHashSet<>(bare);
            bare2.addAll(more.bare);
            return new Flags(shorts2, valued2, bare2);
        }

        Optional<String> longName(String typed) {
            String name = typed.startsWith("--") ? typed.substring(2) : shorts.getOrDefault(typed.substring(1), "");
            return valued.contains(name) || bare.contains(name) ? Optional.of(name) : Optional.empty();
        }

        /** Every long name, with its dashes. */
        List<String> all() {
            return Stream.concat(valued.stream(), bare.stream())
                    .map(name -> "--" + name)
                    .toList();
        }

        boolean isBare(String name) {
            return bare.contains(name);
        }
    }
}
