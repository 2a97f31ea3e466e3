package dev.kuar.shell.language;

import java.util.ArrayList;
import java.util.List;

/** Turns words into the fields that a command gets: variables, substitutions, splitting, file names, {@code ~}. */
final class Expander {
    /** Runs a script and returns what it printed. */
    interface Substituter {
        String outputOf(Script script) throws InterruptedException;
    }

    private final Session session;
    private final Substituter substituter;

    Expander(Session session, Substituter substituter) {
        this.session = session;
        this.substituter = substituter;
    }

    /** The fields of all words; an unquoted empty variable is no field. */
    List<String> fields(List<Word> words) throws InterruptedException {
        List<String> fields = new ArrayList<>();
        for (Word word : words) {
            new Fields(fields).add(word);
        }
        return fields;
    }

    /** The word as one text, neither split nor globbed: values of assignments, here-documents, targets. */
    String text(Word word) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Word.Part part : word.parts()) {
            String value = value(part);
            text.append(first && !part.quoted() && part instanceof Word.Text ? tilde(value) : value);
            first = false;
        }
        return text.toString();
    }

    private String value(Word.Part part) throws InterruptedException {
        if (part instanceof Word.Text text) {
            return text.text();
        }
        if (part instanceof Word.Variable variable) {
            String value = session.variable(variable.name());
            return value.isEmpty() && !variable.fallback().parts().isEmpty() ? text(variable.fallback()) : value;
        }
        String output = substituter.outputOf(((Word.Substitution) part).script());
        int end = output.length();
        while (end > 0 && output.charAt(end - 1) == '\n') {
            end--;
        }
        return output.substring(0, end);
    }

    private String tilde(String text) {
        return text.equals("~") || text.startsWith("~/") ? session.variable("HOME") + text.substring(1) : text;
    }

    /** Builds the fields of one word; beside each field its pattern, in which what was quoted is escaped. */
    private final class Fields {
        private final List<String> into;
        private final StringBuilder field = new StringBuilder();
        private final StringBuilder pattern = new StringBuilder();
        private boolean some;

        Fields(List<String> into) {
            this.into = into;
        }

        void add(Word word) throws InterruptedException {
            boolean first = true;
            for (Word.Part part : word.parts()) {
                String value = value(part);
                if (part.quoted()) {
                    append(value, true);
                } else if (part instanceof Word.Text) {
                    append(first ? tilde(value) : value, false);
                } else {
                    split(value);
                }
                first = false;
            }
            end();
        }

        private void append(String text, boolean quoted) {
            some = true;
            field.append(text);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' || (quoted && (c == '*' || c == '?' || c == '['))) {
                    pattern.append('\\');
                }
                pattern.append(c);
            }
        }

        private void split(String value) {
            int from = 0;
            for (int i = 0; i <= value.length(); i++) {
                boolean blank = i < value.length() && " \t\n".indexOf(value.charAt(i)) >= 0;
                if (blank || i == value.length()) {
                    if (i > from) {
                        append(value.substring(from, i), false);
                    }
                    if (blank) {
                        end();
                    }
                    from = i + 1;
                }
            }
        }

        private void end() {
            if (some) {
                List<String> names = Globs.isPattern(pattern.toString())
                        ? Globs.expand(pattern.toString(), session.directory())
                        : List.of();
                into.addAll(names.isEmpty() ? List.of(field.toString()) : names);
            }
            field.setLength(0);
            pattern.setLength(0);
            some = false;
        }
    }
}
