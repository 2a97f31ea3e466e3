package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns the words of a script into arguments: parameters, command and arithmetic substitution, field splitting, globs, quotes. */
final class ShellExpansion {
    /** Where text stands, which tells what its quotes mean. */
    enum Place {
        PLAIN,
        QUOTED,
        /** In a here-document, where a double quote means nothing. */
        HERE,
        /** Behind the operator of {@code "${x:-…}"}. */
        BRACED,
        /** Behind the operator of {@code ${x:-…}}, where what is written is split too. */
        BRACED_PLAIN;

        boolean isPlain() {
            return this == PLAIN || this == BRACED_PLAIN;
        }
    }

    private static final Set<String> DECLARING = Set.of("export", "readonly", "local", "declare", "typeset", "alias");

    private final Shell shell;
    private final ShellParameters parameters;

    ShellExpansion(Shell shell) {
        this.shell = shell;
        this.parameters = new ShellParameters(shell, this);
    }

    ShellDialect dialect() {
        return ShellDialect.of(shell);
    }

    List<String> words(List<String> raw) throws IOException, InterruptedException {
        List<String> out = new ArrayList<>();
        boolean declares = !raw.isEmpty() && DECLARING.contains(raw.get(0));
        for (String word : raw) {
            if (declares && word.matches("(?s)[A-Za-z_]\\w*\\+?=.*")) {
                out.add(value(word));
                continue;
            }
            for (String each : shell.bash ? ShellBraces.expand(word) : List.of(word)) {
                ShellField field = new ShellField();
                boolean assigns = shell.bash && each.matches("(?s)[A-Za-z_]\\w*=~.*");
                expand(each, field, Place.PLAIN, assigns);
                for (ShellField part : field.split(separators())) {
                    out.addAll(glob(part));
                }
            }
        }
        return out;
    }

    /** One word, without splitting and globs: for redirections, case. */
    String word(String raw) throws IOException, InterruptedException {
        ShellField field = new ShellField();
        expand(raw, field, Place.PLAIN, false);
        return field.text();
    }

    /** The value of an assignment, in which each part between colons may begin with a tilde. */
    String value(String raw) throws IOException, InterruptedException {
        ShellField field = new ShellField();
        expand(raw, field, Place.PLAIN, true);
        return field.text();
    }

    /** A pattern: quoted characters lose their meaning. */
    String pattern(String raw) throws IOException, InterruptedException {
        ShellField field = new ShellField();
        expand(raw, field, Place.PLAIN, false);
        return field.pattern(dialect());
    }

    /** The text of a here-document. */
    String here(String raw) throws IOException, InterruptedException {
        ShellField field = new ShellField();
        expand(raw, field, Place.HERE, false);
        return field.text();
    }

    /** What is to be reckoned. */
    String sum(String raw) throws IOException, InterruptedException {
        ShellField field = new ShellField();
        expand(raw, field, shell.bash ? Place.BRACED : Place.HERE, false);
        return field.text();
    }

    String separators() {
        return shell.isSet("IFS") ? shell.variable("IFS") : " \t\n";
    }

    /**
     * Adds what text expands to.
     *
     * @param assigns whether a tilde also counts behind a colon and an equals sign
     */
    void expand(String raw, ShellField field, Place place, boolean assigns) throws IOException, InterruptedException {
        boolean plain = place.isPlain();
        int i = plain ? tilde(raw, 0, field, assigns) : 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c == '\\') {
                i = backslash(raw, i, field, place);
            } else if (c == '\'' && plain) {
                int end = skip(raw, i, place);
                field.add(raw.substring(i + 1, end - 1), true, false);
                field.addEmpty();
                i = end;
            } else if (c == '"' && (plain || place == Place.BRACED)) {
                i = plain ? quoted(raw, i, field) : i + 1;
            } else if (c == '`') {
                int end = skip(raw, i, place);
                String special = place == Place.QUOTED ? "[`$\\\\\"]" : "[`$\\\\]";
                String command = raw.substring(i + 1, Math.max(i + 1, end - 1));
                field.add(shell.output(command.replaceAll("\\\\(" + special + ")", "$1")), !plain, true);
                i = end;
            } else if (c == '$' && i + 1 < raw.length()) {
                i = dollar(raw, i, field, place);
            } else if ((c == '<' || c == '>') && plain && raw.startsWith("(", i + 1)) {
                int end = commandEnd(raw, i + 2);
                field.add(shell.feeds().path(raw.substring(i + 2, end - 1), c == '<'), true, false);
                i = end;
            } else {
                field.add(String.valueOf(c), !plain, place == Place.BRACED_PLAIN);
                i++;
                i = assigns && (c == ':' || c == '=') ? tilde(raw, i, field, true) : i;
            }
        }
    }

    private int quoted(String raw, int i, ShellField field) throws IOException, InterruptedException {
        int end = skip(raw, i, Place.PLAIN);
        String inner = raw.substring(i + 1, Math.max(i + 1, end - 1));
        int before = field.length();
        expand(inner, field, Place.QUOTED, false);
        if (field.length() > before || !parameters.isOnlyLists(inner)) {
            field.addEmpty();
        }
        return end;
    }

    private int tilde(String raw, int i, ShellField field, boolean assigns) throws IOException {
        if (!raw.startsWith("~", i)) {
            return i;
        }
        int end = i + 1;
        while (end < raw.length() && (assigns ? "/:" : "/").indexOf(raw.charAt(end)) < 0) {
            if ("\\'\"$`".indexOf(raw.charAt(end)) >= 0) {
                return i;
            }
            end++;
        }
        String home = home(raw.substring(i + 1, end));
        if (home == null) {
            return i;
        }
        field.add(home, true, false);
        return end;
    }

    private @org.jspecify.annotations.Nullable String home(String user) throws IOException {
        if (user.isEmpty()) {
            return shell.isSet("HOME") ? shell.variable("HOME") : null;
        }
        if (shell.bash && (user.equals("+") || user.equals("-"))) {
            String directory = user.equals("+") ? shell.parameter("PWD") : shell.variable("OLDPWD");
            return directory.isEmpty() ? null : directory;
        }
        if (!shell.files().exists("/etc/passwd")) {
            return null;
        }
        for (String line : shell.files().readText("/etc/passwd").split("\n")) {
            String[] parts = line.split(":");
            if (parts.length > 5 && parts[0].equals(user)) {
                return parts[5];
            }
        }
        return null;
    }

    private static int backslash(String raw, int i, ShellField field, Place place) {
        if (i + 1 >= raw.length()) {
            field.add("\\", true, false);
            return i + 1;
        }
        char next = raw.charAt(i + 1);
        if (next != '\n') {
            String special = place == Place.HERE ? "$`\\" : place == Place.BRACED ? "$`\\\"}" : "$`\\\"";
            boolean drops = place.isPlain() || special.indexOf(next) >= 0;
            field.add(drops ? String.valueOf(next) : "\\" + next, true, false);
        }
        return i + 2;
    }

    private int skip(String raw, int i, Place place) {
        return ShellQuotes.skip(raw, i, dialect(), !place.isPlain());
    }

    private int commandEnd(String raw, int from) {
        try {
            return new ShellQuotes(raw, dialect()).command(from);
        } catch (ShellSyntaxError e) {
            return raw.length();
        }
    }

    private int dollar(String raw, int i, ShellField field, Place place) throws IOException, InterruptedException {
        boolean quotes = !place.isPlain();
        if (!quotes && raw.startsWith("$'", i) && dialect() != ShellDialect.DASH) {
            int end = skip(raw, i, place);
            field.add(Echo.ansi(raw.substring(i + 2, end - 1), shell.bash), true, false);
            field.addEmpty();
            return end;
        }
        if (!quotes && shell.bash && raw.startsWith("$\"", i)) {
            return i + 1;
        }
        if (raw.startsWith("$((", i)) {
            int end = sumEnd(raw, i + 1);
            if (end > 0) {
                String text = sum(raw.substring(i + 3, end - 2));
                field.add(Long.toString(shell.arithmetic(text)), quotes, true);
                return end;
            }
        }
        if (raw.startsWith("$(", i)) {
            int end = skip(raw, i, place);
            field.add(shell.output(raw.substring(i + 2, end - 1)), quotes, true);
            return end;
        }
        if (raw.startsWith("${", i)) {
            int end = skip(raw, i, place);
            parameters.braces(raw.substring(i + 2, end - 1), field, quotes);
            return end;
        }
        int end = i + 1;
        if ("@*#?$!-0123456789".indexOf(raw.charAt(end)) >= 0) {
            end++;
        } else {
            while (end < raw.length() && (Character.isLetterOrDigit(raw.charAt(end)) || raw.charAt(end) == '_')) {
                end++;
            }
        }
        if (end == i + 1) {
            field.add("$", quotes, false);
        } else {
            parameters.plain(raw.substring(i + 1, end), field, quotes);
        }
        return end;
    }

    private int sumEnd(String raw, int from) {
        try {
            return new ShellQuotes(raw, dialect()).sum(from);
        } catch (ShellSyntaxError e) {
            return -1;
        }
    }

    private List<String> glob(ShellField field) {
        if (field.hasPattern() && !shell.options().is("noglob")) {
            List<String> found = ShellPattern.files(shell.files(), field.pattern(dialect()));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of(field.text());
    }
}
