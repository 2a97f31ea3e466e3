package dev.kuar.shell;

import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.LineSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Collects lines of input until they make a whole: a loop, a here-document, an open quote go on over lines. */
final class Statements {
    private final StringBuilder pending = new StringBuilder();

    /** Takes one line; returns the whole that it ends, or an empty list while more is needed. */
    List<String> take(String line) {
        pending.append(pending.length() > 0 ? "\n" : "").append(line);
        String source = pending.toString();
        try {
            Evaluator.check(source);
        } catch (LineSyntaxException e) {
            if (e.incomplete()) {
                return List.of();
            }
        }
        pending.setLength(0);
        return source.isBlank() ? List.of() : List.of(source);
    }

    /** What is left at the end of the input: an incomplete line, to be reported as such. */
    List<String> rest() {
        String source = pending.toString();
        pending.setLength(0);
        return source.isBlank() ? List.of() : List.of(source);
    }

    /** The wholes of a text. */
    static List<String> of(String text) {
        Statements statements = new Statements();
        List<String> all = new ArrayList<>();
        text.lines().forEach(line -> all.addAll(statements.take(line)));
        all.addAll(statements.rest());
        return all;
    }
}
