package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The builtins about variables: export, readonly, local, declare, unset, and what {@code set} lists. */
final class ShellVariables {
    private final Shell shell;

    ShellVariables(Shell shell) {
        this.shell = shell;
    }

    int export(List<String> args) throws IOException {
        int i = 0;
        boolean takesBack = false;
        while (i < args.size() && args.get(i).matches("-.+")) {
            String option = args.get(i++);
            if (option.equals("-n") && !shell.isDash()) {
                takesBack = true;
            } else if (!option.equals("-p") && !option.equals("--")) {
                return badOption("export", option);
            }
        }
        if (i >= args.size()) {
            for (String name : new TreeMap<>(shell.task().env()).keySet()) {
                shell.print(declared("x", "export", name));
            }
            return 0;
        }
        int code = 0;
        for (String arg : args.subList(i, args.size())) {
            String name = named(arg);
            if (!isName(name)) {
                code = badName("export", arg);
                continue;
            }
            if (arg.length() > name.length()) {
                shell.assign(name, arg.substring(name.length() + 1));
            }
            if (takesBack) {
                shell.unexport(name);
            } else {
                shell.export(name);
            }
        }
        return code;
    }

    int readonly(List<String> args) throws IOException {
        int i = 0;
        while (i < args.size() && args.get(i).matches("-.+")) {
            i++;
        }
        if (i >= args.size()) {
            for (String name : shell.constants()) {
                shell.print(declared("r", "readonly", name));
            }
            return 0;
        }
        int code = 0;
        for (String arg : args.subList(i, args.size())) {
            String name = named(arg);
            if (!isName(name)) {
                code = badName("readonly", arg);
                continue;
            }
            if (arg.length() > name.length()) {
                shell.assign(name, arg.substring(name.length() + 1));
            }
            shell.constants().add(name);
        }
        return code;
    }

    int local(List<String> args) throws IOException {
        if (!shell.scopes.isInFunction()) {
            return shell.fatal("local", shell.bash ? "can only be used in a function" : "not in a function", 1);
        }
        return declare("local", args);
    }

    /** {@code declare}, {@code typeset} and {@code local}: of a function alone, but for {@code -g}. */
    int declare(String how, List<String> args) throws IOException {
        int i = 0;
        StringBuilder options = new StringBuilder();
        while (i < args.size() && args.get(i).matches("[-+].+")) {
            options.append(args.get(i++).substring(1));
        }
        boolean global = options.indexOf("g") >= 0;
        if (i >= args.size()) {
            if (!how.equals("local")) {
                list();
            }
            return 0;
        }
        int code = 0;
        for (String arg : args.subList(i, args.size())) {
            String name = named(arg);
            if (!isName(name)) {
                code = badName(how, arg);
                continue;
            }
            if (options.indexOf("p") >= 0) {
                code = shown(how, name);
                continue;
            }
            boolean more = arg.startsWith("+=", name.length());
            String before = more ? shell.variable(name) : "";
            if (shell.scopes.isInFunction() && !global) {
                shell.scopes.keep(name);
            }
            if (arg.length() > name.length()) {
                String value = before + arg.substring(name.length() + (more ? 2 : 1));
                shell.assign(name, options.indexOf("i") >= 0 ? Long.toString(shell.arithmetic(value)) : value);
            } else if (how.equals("local") && !shell.isDash()) {
                shell.remove(name);
            }
            if (options.indexOf("x") >= 0) {
                shell.export(name);
            }
            if (options.indexOf("r") >= 0) {
                shell.constants().add(name);
            }
        }
        return code;
    }

    private int shown(String how, String name) throws IOException {
        if (!shell.isSet(name)) {
            shell.error(shell.where(how) + name + ": not found");
            return 1;
        }
        boolean exported = shell.task().env().containsKey(name);
        String flags = (shell.constants().contains(name) ? "r" : "") + (exported ? "x" : "");
        shell.print(declared(flags.isEmpty() ? "-" : flags, how, name));
        return 0;
    }

    int unset(List<String> args) throws IOException {
        boolean functions = false;
        int code = 0;
        for (String name : args) {
            if (name.equals("-f") || name.equals("-v")) {
                functions = name.equals("-f");
                continue;
            }
            if (functions) {
                shell.functions().remove(name);
                continue;
            }
            if (name.matches("[A-Za-z_][A-Za-z0-9_]*\\[.+]") && shell.bash) {
                shell.arrays.removeElement(
                        name.substring(0, name.indexOf('[')), name.substring(name.indexOf('[') + 1, name.length() - 1));
                continue;
            }
            if (!isName(name)) {
                if (!shell.bash) {
                    return badName("unset", name);
                }
                continue;
            }
            if (shell.constants().contains(name)) {
                code = shell.fatal(
                        "unset", shell.bash ? name + ": cannot unset: readonly variable" : name + ": is read only", 1);
                continue;
            }
            if (shell.bash && !shell.isSet(name)) {
                shell.functions().remove(name);
            }
            shell.remove(name);
        }
        return code;
    }

    /** All variables, as {@code set} lists them. */
    void list() throws IOException {
        Map<String, String> all = new TreeMap<>(shell.task().env());
        all.putAll(shell.variables());
        for (Map.Entry<String, String> entry : all.entrySet()) {
            String value = shell.bash && !entry.getValue().isEmpty()
                    ? ShellQuote.whereNeeded(entry.getValue())
                    : shell.bash ? "" : ShellQuote.always(entry.getValue());
            shell.print(entry.getKey() + "=" + value + "\n");
        }
    }

    private String declared(String flags, String how, String name) {
        boolean has = shell.isSet(name);
        String value = shell.variable(name);
        return shell.bash
                ? "declare -" + flags + " " + name + (has ? "=" + ShellQuote.twice(value) : "") + "\n"
                : how + " " + name + (has ? "=" + ShellQuote.always(value) : "") + "\n";
    }

    private int badOption(String builtin, String option) throws IOException {
        return shell.fatal(
                builtin,
                shell.isDash()
                        ? "Illegal option " + option
                        : shell.bash
                                ? option + ": invalid option\n" + builtin + ": usage: " + builtin
                                        + " [-fn] [name[=value] ...] or " + builtin + " -p"
                                : "illegal option " + option,
                2);
    }

    private int badName(String builtin, String arg) throws IOException {
        return shell.fatal(
                builtin, shell.bash ? "`" + arg + "': not a valid identifier" : named(arg) + ": bad variable name", 1);
    }

    private static String named(String arg) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        return name.endsWith("+") ? name.substring(0, name.length() - 1) : name;
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*");
    }
}
