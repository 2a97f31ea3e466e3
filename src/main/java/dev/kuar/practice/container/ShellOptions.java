package dev.kuar.practice.container;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a shell by letter and name: {@code set}, {@code $-}. */
final class ShellOptions {
    private static final String BASH_USAGE =
            "set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]";

    private static final List<String> DASH = List.of(
            "errexit",
            "noglob",
            "ignoreeof",
            "interactive",
            "monitor",
            "noexec",
            "stdin",
            "xtrace",
            "verbose",
            "vi",
            "emacs",
            "noclobber",
            "allexport",
            "notify",
            "nounset",
            "privileged",
            "nolog",
            "debug");
    private static final List<String> ASH = List.of(
            "errexit",
            "noglob",
            "ignoreeof",
            "monitor",
            "noexec",
            "xtrace",
            "verbose",
            "noclobber",
            "allexport",
            "notify",
            "nounset",
            "errtrace",
            "vi",
            "pipefail");
    private static final List<String> BASH = List.of(
            "allexport",
            "braceexpand",
            "emacs",
            "errexit",
            "errtrace",
            "functrace",
            "hashall",
            "histexpand",
            "history",
            "ignoreeof",
            "interactive-comments",
            "keyword",
            "monitor",
            "noclobber",
            "noexec",
            "noglob",
            "nolog",
            "notify",
            "nounset",
            "onecmd",
            "physical",
            "pipefail",
            "posix",
            "privileged",
            "verbose",
            "vi",
            "xtrace");
    private static final Map<String, Character> LETTERS = Map.ofEntries(
            Map.entry("allexport", 'a'),
            Map.entry("notify", 'b'),
            Map.entry("errexit", 'e'),
            Map.entry("noglob", 'f'),
            Map.entry("hashall", 'h'),
            Map.entry("monitor", 'm'),
            Map.entry("noexec", 'n'),
            Map.entry("privileged", 'p'),
            Map.entry("nounset", 'u'),
            Map.entry("verbose", 'v'),
            Map.entry("xtrace", 'x'),
            Map.entry("braceexpand", 'B'),
            Map.entry("noclobber", 'C'),
            Map.entry("errtrace", 'E'),
            Map.entry("functrace", 'T'),
            Map.entry("physical", 'P'),
            Map.entry("histexpand", 'H'),
            Map.entry("ignoreeof", 'I'),
            Map.entry("vi", 'V'));

    private final Map<String, Boolean> on = new HashMap<>();

    boolean is(String name) {
        return on.getOrDefault(name, false);
    }

    void set(String name, boolean value) {
        on.put(name, value);
    }

    void copyTo(ShellOptions other) {
        other.on.putAll(on);
    }

    private List<String> names(ShellState shell) {
        return shell.bash ? BASH : shell.isDash() ? DASH : ASH;
    }

    /** Whether the shell has an option of that letter, which is set then. */
    boolean letter(ShellState shell, char letter, boolean value) {
        for (Map.Entry<String, Character> each : LETTERS.entrySet()) {
            if (each.getValue() == letter && names(shell).contains(each.getKey())) {
                on.put(each.getKey(), value);
                return true;
            }
        }
        // Those of the command line alone.
        return "cils".indexOf(letter) >= 0 || !shell.bash && letter == 'h';
    }

    boolean named(ShellState shell, String name, boolean value) {
        boolean known = names(shell).contains(name);
        if (known) {
            on.put(name, value);
        }
        return known;
    }

    /** {@code $-}: dash and ash tell the letters in an order of their own, from the last to the first. */
    String shown(ShellState shell) {
        boolean asks = shell.reads == ShellState.Reads.PROMPT;
        boolean input = asks || shell.reads == ShellState.Reads.INPUT;
        boolean text = shell.reads == ShellState.Reads.TEXT && !shell.isDash();
        StringBuilder letters = new StringBuilder();
        for (char letter : (shell.bash ? "abefhimnpuvxBCEHPT" : "ubaCEVvxcsnmiIfe").toCharArray()) {
            boolean always = shell.bash && (letter == 'h' || letter == 'B' || letter == 'H' && asks);
            boolean asking = asks && (letter == 'i' || letter == 'm');
            if (always || asking || letter == 's' && input || letter == 'c' && text || isOn(letter)) {
                letters.append(letter);
            }
        }
        return shell.bash ? letters + (text ? "c" : input ? "s" : "") : letters.toString();
    }

    private boolean isOn(char letter) {
        return LETTERS.entrySet().stream().anyMatch(each -> each.getValue() == letter && is(each.getKey()));
    }

    int set(Shell shell, List<String> args) throws IOException {
        if (args.isEmpty()) {
            new ShellVariables(shell).list();
            return 0;
        }
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--") || arg.equals("-")) {
                shell.replaceArguments(args.subList(i + 1, args.size()));
                return 0;
            }
            if (!arg.matches("[-+].+")) {
                shell.replaceArguments(args.subList(i, args.size()));
                return 0;
            }
            boolean value = arg.charAt(0) == '-';
            for (char letter : arg.substring(1).toCharArray()) {
                if (letter == 'o') {
                    if (i + 1 >= args.size()) {
                        list(shell, value);
                        return 0;
                    }
                    String name = args.get(++i);
                    if (!shell.named(name, value)) {
                        return badName(shell, arg, name);
                    }
                } else if (!shell.option(letter, value)) {
                    return shell.fatal(
                            "set",
                            shell.isDash()
                                    ? "Illegal option " + arg.charAt(0) + letter
                                    : shell.bash
                                            ? arg.charAt(0) + "" + letter + ": invalid option\n" + BASH_USAGE
                                            : "illegal option " + arg.charAt(0) + letter,
                            2);
                }
            }
        }
        return 0;
    }

    private static int badName(Shell shell, String arg, String name) throws IOException {
        if (!shell.bash && !shell.isDash()) {
            shell.error(shell.where("set") + "illegal option " + arg.charAt(0) + "o " + name);
            return 1;
        }
        return shell.fatal(
                "set",
                shell.bash ? name + ": invalid option name" : "Illegal option " + arg.charAt(0) + "o " + name,
                2);
    }

    private void list(Shell shell, boolean table) throws IOException {
        if (table && shell.isDash()) {
            shell.print("Current option settings\n");
        }
        for (String name : names(shell)) {
            boolean value = is(name)
                    || shell.bash
                            && List.of("braceexpand", "hashall", "interactive-comments")
                                    .contains(name);
            shell.print(
                    table
                            ? (shell.bash ? "%-15s\t%s\n" : "%-16s%s\n").formatted(name, value ? "on" : "off")
                            : "set " + (value ? "-" : "+") + "o " + name + "\n");
        }
    }
}
