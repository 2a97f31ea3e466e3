package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the words of a script into arguments: parameters, command and arithmetic substitution, field splitting, globs, quotes. */
final class ShellExpansion {
    private static final Pattern INDEX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\[([^]]+)]");

    /** {@code "${name[@]}"} and {@code "${!name[@]}"}: a word for each. */
    private static final Pattern EACH = Pattern.compile("\"\\$\\{(!?)([A-Za-z_][A-Za-z0-9_]*)\\[@]}\"");

    private final Shell shell;

    ShellExpansion(Shell shell) {
        this.shell = shell;
    }

    /** Characters of a word with what may happen to them: whether they were quoted, and whether they may be split. */
    private static final class Field {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder marks = new StringBuilder();
        private boolean present;

        void add(String more, boolean quoted, boolean splits) {
            text.append(more);
            marks.append(String.valueOf(quoted ? 'q' : splits ? 's' : 'l').repeat(more.length()));
        }
    }

    List<String> words(List<String> raw) throws IOException, InterruptedException {
        List<String> out = new ArrayList<>();
        for (String word : shell.bash
                ? raw.stream()
                        .flatMap(each -> ShellBraces.expand(each).stream())
                        .toList()
                : raw) {
            if (word.equals("\"$@\"")) {
                out.addAll(shell.positional());
                continue;
            }
            Matcher array = EACH.matcher(word);
            if (shell.bash && array.matches()) {
                out.addAll(
                        array.group(1).isEmpty()
                                ? shell.arrays.values(array.group(2))
                                : shell.arrays.indexes(array.group(2)));
                continue;
            }
            Field field = new Field();
            expand(word, field, false);
            for (Field part : split(field)) {
                out.addAll(glob(part));
            }
        }
        return out;
    }

    /** One word, without splitting and globs: for assignments, redirections, case. */
    String word(String raw) throws IOException, InterruptedException {
        Field field = new Field();
        expand(raw, field, false);
        return field.text.toString();
    }

    /** A pattern: quoted characters lose their meaning. */
    String pattern(String raw) throws IOException, InterruptedException {
        Field field = new Field();
        expand(raw, field, false);
        return escaped(field);
    }

    /** The text of a here-document. */
    String here(String raw) throws IOException, InterruptedException {
        Field field = new Field();
        expand(raw, field, true);
        return field.text.toString();
    }

    private static String escaped(Field field) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < field.text.length(); i++) {
            char c = field.text.charAt(i);
            if (field.marks.charAt(i) == 'q' && "*?[\\".indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }

    private void expand(String raw, Field field, boolean inQuotes) throws IOException, InterruptedException {
        int i = 0;
        if (!inQuotes && (raw.equals("~") || raw.startsWith("~/"))) {
            field.add(shell.variable("HOME"), true, false);
            i = 1;
        }
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c == '\\') {
                i = backslash(raw, i, field, inQuotes);
            } else if (c == '\'' && !inQuotes) {
                int end = raw.indexOf('\'', i + 1);
                field.add(raw.substring(i + 1, end), true, false);
                field.present = true;
                i = end + 1;
            } else if (c == '"' && !inQuotes) {
                int end = skip(raw, i);
                expand(raw.substring(i + 1, end - 1), field, true);
                field.present = true;
                i = end;
            } else if (c == '`') {
                int end = skip(raw, i);
                field.add(shell.output(raw.substring(i + 1, end - 1).replace("\\`", "`")), inQuotes, true);
                i = end;
            } else if (c == '$' && i + 1 < raw.length()) {
                i = dollar(raw, i, field, inQuotes);
            } else {
                field.add(String.valueOf(c), inQuotes, false);
                i++;
            }
        }
    }

    private static int backslash(String raw, int i, Field field, boolean inQuotes) {
        if (i + 1 >= raw.length()) {
            field.add("\\", true, false);
            return i + 1;
        }
        char next = raw.charAt(i + 1);
        if (next != '\n') {
            boolean special = !inQuotes || "$`\"\\".indexOf(next) >= 0;
            field.add(special ? String.valueOf(next) : "\\" + next, true, false);
        }
        return i + 2;
    }

    private static int skip(String raw, int i) {
        try {
            return ShellLexer.skip(raw, i);
        } catch (ShellSyntaxError e) {
            return raw.length();
        }
    }

    private int dollar(String raw, int i, Field field, boolean inQuotes) throws IOException, InterruptedException {
        if (raw.startsWith("$'", i) && !inQuotes) {
            int end = skip(raw, i);
            field.add(Echo.unescape(raw.substring(i + 2, end - 1).replace("\\'", "'")), true, false);
            field.present = true;
            return end;
        }
        if (raw.startsWith("$((", i)) {
            int end = skip(raw, i);
            String inner = raw.substring(i + 3, Math.max(i + 3, end - 2));
            field.add(Long.toString(shell.arithmetic(word(inner))), inQuotes, true);
            return end;
        }
        if (raw.startsWith("$(", i)) {
            int end = skip(raw, i);
            field.add(shell.output(raw.substring(i + 2, end - 1)), inQuotes, true);
            return end;
        }
        if (raw.startsWith("${", i)) {
            int end = skip(raw, i);
            braces(raw.substring(i + 2, end - 1), field, inQuotes);
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
            field.add("$", inQuotes, false);
        } else {
            field.add(shell.parameter(raw.substring(i + 1, end)), inQuotes, true);
        }
        return end;
    }

    private void braces(String inner, Field field, boolean inQuotes) throws IOException, InterruptedException {
        if (shell.bash && inner.matches("#[A-Za-z_]\\w*\\[[@*]]")) {
            field.add(
                    Integer.toString(shell.arrays
                            .values(inner.substring(1, inner.length() - 3))
                            .size()),
                    inQuotes,
                    true);
            return;
        }
        if (shell.bash && inner.matches("![A-Za-z_]\\w*(\\[[@*]])?")) {
            field.add(
                    inner.endsWith("]")
                            ? String.join(" ", shell.arrays.indexes(inner.substring(1, inner.length() - 3)))
                            : shell.parameter(shell.parameter(inner.substring(1))),
                    inQuotes,
                    true);
            return;
        }
        if (inner.startsWith("#") && inner.length() > 1 && !inner.matches("#\\w+\\[.*")) {
            field.add(Integer.toString(shell.parameter(inner.substring(1)).length()), inQuotes, true);
            return;
        }
        int end = 0;
        while (end < inner.length() && (Character.isLetterOrDigit(inner.charAt(end)) || inner.charAt(end) == '_')) {
            end++;
        }
        end = end == 0 ? 1 : end;
        String name = inner.substring(0, Math.min(end, inner.length()));
        String rest = inner.substring(name.length());
        boolean length = inner.startsWith("#") && inner.length() > 1;
        boolean set = shell.isSet(name);
        String value;
        Matcher index = shell.bash ? INDEX.matcher(length ? inner.substring(1) : inner) : null;
        if (index != null && index.lookingAt()) {
            name = index.group(1);
            rest = (length ? inner.substring(1) : inner).substring(index.end());
            String element = index.group(2).matches("[@*]")
                    ? String.join(" ", shell.arrays.values(name))
                    : shell.arrays.element(name, word(index.group(2)));
            set = element != null;
            value = element == null ? "" : element;
            if (length) {
                field.add(Integer.toString(value.length()), inQuotes, true);
                return;
            }
        } else {
            value = shell.parameter(name);
        }
        boolean colon = rest.startsWith(":");
        String operator =
                colon && rest.length() > 1 ? rest.substring(1, 2) : rest.isEmpty() ? "" : rest.substring(0, 1);
        String argument = rest.isEmpty() ? "" : rest.substring(colon ? Math.min(2, rest.length()) : 1);
        boolean missing = !set || colon && value.isEmpty();
        switch (operator) {
            case "" -> field.add(value, inQuotes, true);
            case "-" -> {
                if (missing) {
                    expand(argument, field, inQuotes);
                } else {
                    field.add(value, inQuotes, true);
                }
            }
            case "=" -> {
                if (missing) {
                    shell.assign(name, word(argument));
                }
                field.add(shell.parameter(name), inQuotes, true);
            }
            case "+" -> {
                if (!missing) {
                    expand(argument, field, inQuotes);
                }
            }
            case "?" -> {
                if (missing) {
                    throw new Shell.Failure(
                            name + ": " + (argument.isEmpty() ? "parameter not set" : word(argument)), 2);
                }
                field.add(value, inQuotes, true);
            }
            case "#" ->
                field.add(
                        ShellPattern.trimStart(
                                value, pattern(argument.replaceFirst("^#", "")), argument.startsWith("#")),
                        inQuotes,
                        true);
            case "%" ->
                field.add(
                        ShellPattern.trimEnd(value, pattern(argument.replaceFirst("^%", "")), argument.startsWith("%")),
                        inQuotes,
                        true);
            case "^", "," -> field.add(cased(value, rest), inQuotes, true);
            case "/" -> field.add(ShellPattern.replace(value, argument), inQuotes, true);
            default -> field.add(slice(value, rest.substring(1)), inQuotes, true);
        }
    }

    private static String cased(String value, String operator) {
        boolean all = operator.length() > 1;
        String changed = all || value.isEmpty() ? value : value.substring(0, 1);
        changed = operator.startsWith("^") ? changed.toUpperCase(Locale.ROOT) : changed.toLowerCase(Locale.ROOT);
        return all || value.isEmpty() ? changed : changed + value.substring(1);
    }

    private String slice(String value, String range) throws IOException, InterruptedException {
        String[] parts = word(range).split(":");
        int from = (int) shell.arithmetic(parts[0]);
        from = Math.max(0, Math.min(value.length(), from < 0 ? value.length() + from : from));
        int to = parts.length > 1 ? (int) Math.min(value.length(), from + shell.arithmetic(parts[1])) : value.length();
        return value.substring(from, Math.max(from, to));
    }

    private static List<Field> split(Field field) {
        List<Field> fields = new ArrayList<>();
        Field current = new Field();
        current.present = field.present && field.text.length() == 0;
        for (int i = 0; i < field.text.length(); i++) {
            char c = field.text.charAt(i);
            char mark = field.marks.charAt(i);
            if (mark == 's' && (c == ' ' || c == '\t' || c == '\n')) {
                if (current.text.length() > 0) {
                    fields.add(current);
                    current = new Field();
                }
            } else {
                current.text.append(c);
                current.marks.append(mark);
            }
        }
        if (current.text.length() > 0 || current.present || field.present && fields.isEmpty()) {
            fields.add(current);
        }
        return fields;
    }

    private List<String> glob(Field field) {
        boolean any = false;
        for (int i = 0; i < field.text.length(); i++) {
            any |= field.marks.charAt(i) != 'q' && "*?[".indexOf(field.text.charAt(i)) >= 0;
        }
        if (any) {
            List<String> found = ShellPattern.files(shell.files(), escaped(field));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of(field.text.toString());
    }
}
