package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $name} and what stands between the braces of <code>${…}</code>. */
final class ShellParameters {
    private static final Pattern HEAD =
            Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(\\[((?:[^]\\[]|\\[[^]]*])*)])?(.*)");

    private static final Pattern LISTS = Pattern.compile("(\\$@|\\$\\{@}|\\$\\{[A-Za-z_]\\w*\\[@]})+");

    private final Shell shell;
    private final ShellExpansion expansion;

    ShellParameters(Shell shell, ShellExpansion expansion) {
        this.shell = shell;
        this.expansion = expansion;
    }

    /** A parameter, or the elements of a list of them; {@code value} is null for what is not set. */
    private record Found(
            String name, @Nullable String value, @Nullable List<String> list, boolean star) {
        String text() {
            return value == null ? "" : value;
        }
    }

    /** Whether a quotation has nothing but lists in it, so that it makes no word where they are empty. */
    boolean isOnlyLists(String quoted) {
        return LISTS.matcher(quoted).matches();
    }

    void plain(String name, ShellField field, boolean quotes) throws IOException {
        add(required(find(name, null)), field, quotes);
    }

    void braces(String inner, ShellField field, boolean quotes) throws IOException, InterruptedException {
        if (shell.bash && inner.matches("(?s)![A-Za-z_0-9].*")) {
            indirect(inner, field, quotes);
            return;
        }
        if (inner.startsWith("#") && inner.length() > 1 && !inner.matches("#[-=?+%#:/].*")) {
            Matcher head = head(inner.substring(1), inner);
            if (!head.group(4).isEmpty()) {
                throw bad(inner);
            }
            Found found = required(find(head.group(1), index(head)));
            List<String> list = found.list();
            int length = list != null && shell.bash
                    ? list.size()
                    : list != null
                            ? String.join(" ", list).length()
                            : found.text().length();
            field.add(Integer.toString(length), quotes, true);
            return;
        }
        Matcher head = head(inner, inner);
        operate(find(head.group(1), index(head)), head.group(4), inner, field, quotes);
    }

    private Matcher head(String text, String inner) throws ShellState.Failure {
        Matcher head = HEAD.matcher(text);
        if (!head.matches() || head.group(2) != null && !shell.bash) {
            throw bad(inner);
        }
        return head;
    }

    private @Nullable String index(Matcher head) throws IOException, InterruptedException {
        String index = head.group(2) == null ? null : head.group(3);
        return index == null || index.equals("@") || index.equals("*") ? index : expansion.word(index);
    }

    private ShellState.Failure bad(String inner) {
        return switch (expansion.dialect()) {
            case BASH -> ShellState.Failure.ofLine("${" + inner + "}: bad substitution");
            case DASH -> new ShellState.Failure("Bad substitution", 2);
            case ASH -> new ShellState.Failure("syntax error: bad substitution", 2);
        };
    }

    private Found find(String name, @Nullable String index) throws IOException {
        if (index != null) {
            boolean star = index.equals("*");
            if (star || index.equals("@")) {
                return new Found(name, null, shell.arrays.values(name), star);
            }
            return new Found(name + "[" + index + "]", shell.arrays.element(name, index), null, false);
        }
        if (name.equals("@") || name.equals("*")) {
            return new Found(name, null, shell.positional(), name.equals("*"));
        }
        return new Found(name, value(name), null, false);
    }

    private @Nullable String value(String name) throws IOException {
        String special = ShellSpecials.value(shell, name);
        if (special != null) {
            return special;
        }
        if (name.equals("RANDOM") && shell.isDash() && !shell.variables().containsKey(name)) {
            return null;
        }
        boolean set = name.equals("!") ? shell.lastJob != 0 : shell.isSet(name);
        if (set) {
            return shell.parameter(name);
        }
        String own = shell.isStrict() ? "" : shell.parameter(name);
        return own.isEmpty() ? null : own;
    }

    private Found required(Found found) throws ShellState.Failure {
        if (shell.isStrict() && found.value() == null && found.list() == null) {
            String name = found.name();
            throw shell.bash
                    ? new ShellState.Failure(
                            (name.matches("[0-9!]+") ? "$" : "") + name + ": unbound variable",
                            ShellSpecials.fatal(shell))
                    : new ShellState.Failure(name + ": parameter not set", 2);
        }
        return found;
    }

    private void add(Found found, ShellField field, boolean quotes) {
        List<String> list = found.list();
        if (list == null) {
            field.add(found.text(), quotes, true);
            return;
        }
        String separators = expansion.separators();
        char joiner = separators.isEmpty() ? 0 : separators.charAt(0);
        if (quotes && found.star()) {
            field.add(String.join(separators.isEmpty() ? "" : separators.substring(0, 1), list), true, false);
            return;
        }
        boolean byBlank = quotes || shell.bash && !found.star();
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                field.addBorder(byBlank ? ' ' : joiner);
            }
            field.add(list.get(i), quotes, true);
            if (quotes && list.get(i).isEmpty()) {
                field.addEmpty();
            }
        }
    }

    /** {@code ${!name}}, {@code ${!prefix*}}, {@code ${!array[@]}}. */
    private void indirect(String inner, ShellField field, boolean quotes) throws IOException, InterruptedException {
        String name = inner.substring(1);
        if (name.matches("[A-Za-z_]\\w*\\[[@*]]")) {
            List<String> keys = shell.arrays.indexes(name.substring(0, name.length() - 3));
            add(new Found(name, null, keys, name.endsWith("*]")), field, quotes);
            return;
        }
        if (name.matches("[A-Za-z_]\\w*[@*]")) {
            String prefix = name.substring(0, name.length() - 1);
            List<String> names = new ArrayList<>();
            for (String each : shell.names()) {
                if (each.startsWith(prefix)) {
                    names.add(each);
                }
            }
            add(new Found(name, null, new ArrayList<>(new TreeSet<>(names)), name.endsWith("*")), field, quotes);
            return;
        }
        Matcher head = head(name, inner);
        String target = find(head.group(1), index(head)).value();
        if (target == null) {
            throw ShellState.Failure.ofLine(name + ": invalid indirect expansion");
        }
        Matcher pointed = HEAD.matcher(target);
        if (!pointed.matches() || !pointed.group(4).isEmpty()) {
            throw ShellState.Failure.ofLine(target + ": invalid variable name");
        }
        operate(find(pointed.group(1), index(pointed)), head.group(4), inner, field, quotes);
    }

    private void operate(Found found, String rest, String inner, ShellField field, boolean quotes)
            throws IOException, InterruptedException {
        if (rest.isEmpty()) {
            add(required(found), field, quotes);
            return;
        }
        boolean colon = rest.length() > 1 && rest.charAt(0) == ':' && "-=+?".indexOf(rest.charAt(1)) >= 0;
        char operator = rest.charAt(colon ? 1 : 0);
        if ("-=+?".indexOf(operator) >= 0) {
            substitute(found, operator, colon, rest.substring(colon ? 2 : 1), field, quotes);
            return;
        }
        ShellSubstitution change = new ShellSubstitution(shell, expansion, rest);
        if (!change.isKnown()) {
            throw bad(inner);
        }
        required(found);
        List<String> list = found.list();
        if (list != null && shell.bash) {
            List<String> changed = new ArrayList<>();
            if (operator == ':') {
                changed.addAll(change.slice(found.name().matches("[@*]") ? withName(list) : list, found.name()));
            } else {
                for (String each : list) {
                    changed.add(change.apply(each));
                }
            }
            add(new Found(found.name(), null, changed, found.star()), field, quotes);
        } else {
            field.add(change.apply(list != null ? String.join(" ", list) : found.text()), quotes, true);
        }
    }

    private List<String> withName(List<String> list) {
        List<String> all = new ArrayList<>(List.of(shell.name));
        all.addAll(list);
        return all;
    }

    private void substitute(
            Found found, char operator, boolean colon, String argument, ShellField field, boolean quotes)
            throws IOException, InterruptedException {
        List<String> list = found.list();
        boolean missing = list != null
                ? list.isEmpty() || colon && String.join(" ", list).isEmpty()
                : found.value() == null || colon && found.text().isEmpty();
        ShellExpansion.Place place = quotes ? ShellExpansion.Place.BRACED : ShellExpansion.Place.BRACED_PLAIN;
        switch (operator) {
            case '-' -> {
                if (missing) {
                    expansion.expand(argument, field, place, false);
                } else {
                    add(found, field, quotes);
                }
            }
            case '+' -> {
                if (!missing) {
                    expansion.expand(argument, field, place, false);
                }
            }
            case '=' -> {
                if (missing) {
                    ShellField value = new ShellField();
                    expansion.expand(argument, value, place, false);
                    shell.assign(found.name(), value.text());
                    field.add(value.text(), quotes, true);
                } else {
                    add(found, field, quotes);
                }
            }
            default -> {
                if (missing) {
                    String none = !colon ? "not set" : shell.bash ? "null or not set" : "not set or null";
                    String said = argument.isEmpty() ? "parameter " + none : expansion.word(argument);
                    throw new ShellState.Failure(
                            found.name() + ": " + said, shell.bash ? ShellSpecials.fatal(shell) : 2);
                }
                add(found, field, quotes);
            }
        }
    }
}
