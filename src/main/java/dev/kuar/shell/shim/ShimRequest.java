package dev.kuar.shell.shim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a process asked to be run.
 *
 * @param words the tool and its arguments
 * @param directory where it was called, absolute
 * @param terminal which of its streams are a terminal ({@code i}, {@code o}, {@code e}); {@code s} where standard output and error
 *     are the same
 * @param size rows and columns as {@code stty size} prints them; empty without a terminal
 * @param variables its environment
 */
public record ShimRequest(
        List<String> words, Path directory, String terminal, String size, Map<String, String> variables) {
    public ShimRequest {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }

    /**
     * Reads what the script wrote: texts that each end with a NUL. Where the system's {@code env} knows no NUL the variables are
     * lines; a further line of a value that has several is then taken for its own.
     */
    static ShimRequest parse(String text) {
        List<String> all = List.of(text.split("\0", -1));
        Iterator<String> texts = all.iterator();
        String tool = texts.next();
        Path directory = Path.of(texts.next());
        String terminal = texts.next();
        String size = texts.next();
        List<String> words = new ArrayList<>(List.of(tool));
        for (int left = Integer.parseInt(texts.next()); left > 0; left--) {
            words.add(texts.next());
        }
        List<String> rest = new ArrayList<>();
        texts.forEachRemaining(rest::add);
        return new ShimRequest(
                words,
                directory,
                terminal,
                size,
                variables(rest.size() == 1 ? List.of(rest.get(0).split("\n")) : rest));
    }

    private static Map<String, String> variables(List<String> texts) {
        Map<String, String> variables = new HashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals > 0) {
                variables.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return variables;
    }

    boolean has(char mark) {
        return terminal.indexOf(mark) >= 0;
    }
}
