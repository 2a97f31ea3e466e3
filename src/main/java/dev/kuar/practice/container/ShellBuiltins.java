package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands that a shell carries out itself. */
final class ShellBuiltins {
    private final Shell shell;
    private final ShellVariables variables;
    private final ShellGetopts getopts;
    private final ShellLimits limits;
    private final ShellDirectories directories;
    private final ShellLookup lookup;
    private final ShellBashOnly bashOnly;

    ShellBuiltins(Shell shell) {
        this.shell = shell;
        this.variables = new ShellVariables(shell);
        this.getopts = new ShellGetopts(shell);
        this.limits = new ShellLimits(shell);
        this.directories = new ShellDirectories(shell);
        this.lookup = new ShellLookup(shell);
        this.bashOnly = new ShellBashOnly(shell, directories);
    }

    ShellLookup lookup() {
        return lookup;
    }

    /** The exit status; null for what is no builtin. */
    @Nullable
    Integer run(List<String> words) throws IOException, InterruptedException {
        List<String> args = words.subList(1, words.size());
        return switch (words.get(0)) {
            case ":", "true" -> 0;
            case "false" -> 1;
            case "cd", "chdir" ->
                words.get(0).equals("chdir") && shell.bash ? null : (Integer) directories.change(args);
            case "pwd" -> directories.print(args);
            case "exit" -> exit(args);
            case "return" -> leave(args);
            case "break", "continue" -> loop(words.get(0), args);
            case "shift" -> shift(args);
            case "export" -> variables.export(args);
            case "readonly" -> variables.readonly(args);
            case "local" -> variables.local(args);
            case "unset" -> variables.unset(args);
            case "set" -> shell.options().set(shell, args);
            case "eval" -> args.isEmpty() ? (Integer) 0 : (Integer) shell.run(String.join(" ", args), false);
            case "." -> source(args);
            case "exec" -> exec(args);
            case "trap" -> shell.signals.trap(args);
            case "wait" -> shell.jobs.await(args);
            case "jobs" -> shell.jobs.list(args);
            case "fg" -> shell.jobs.foreground(args);
            case "bg" -> shell.jobs.background(args);
            case "kill" -> new ShellKill(shell).run(args);
            case "read" -> new ShellRead(shell).run(args);
            case "getopts" -> getopts.run(args);
            case "type" -> lookup.type(args);
            case "command" -> lookup.command(args, this);
            case "hash" -> lookup.hash(args);
            case "alias" -> lookup.alias(args);
            case "unalias" -> lookup.unalias(args);
            case "umask" -> limits.umask(args);
            case "ulimit" -> limits.ulimit(args);
            case "echo" -> echo(args);
            case "times" -> times();
            case "[", "test" -> TestTool.builtin(shell, words);
            case "printf" -> PrintfTool.builtin(shell, words);
            default -> shell.isDash() ? null : beyond(words.get(0), args, words);
        };
    }

    /** What dash does not have. */
    private @Nullable Integer beyond(String word, List<String> args, List<String> words)
            throws IOException, InterruptedException {
        return switch (word) {
            case "source" -> source(args);
            case "let" -> let(args);
            case "history" -> shell.history.list(args);
            case "help" -> help();
            case "[[" -> shell.bash ? null : (Integer) TestTool.builtin(shell, words);
            default -> shell.bash ? bashOnly.run(word, args, this) : null;
        };
    }

    /** The status that {@code exit} and {@code return} are told; negative where it is no number. */
    private int status(List<String> args) {
        if (args.isEmpty()) {
            return shell.status;
        }
        String text = args.get(0);
        return text.matches(shell.bash ? "[-+]?\\d{1,9}" : "\\d{1,9}") ? Integer.parseInt(text) & 255 : -1;
    }

    private int exit(List<String> args) throws IOException {
        int status = status(args);
        if (status < 0) {
            int code = badNumber("exit", args.get(0));
            throw new ShellState.Jump("exit", code);
        }
        throw new ShellState.Jump("exit", status);
    }

    private int leave(List<String> args) throws IOException {
        int status = status(args);
        if (status < 0) {
            throw new ShellState.Jump("return", badNumber("return", args.get(0)));
        }
        if (shell.bash && !shell.scopes.isInFunction() && shell.sources == 0) {
            shell.error(shell.where("return") + "can only `return' from a function or sourced script");
            return 2;
        }
        throw new ShellState.Jump("return", status);
    }

    private int badNumber(String builtin, String text) throws IOException {
        return shell.fatal(builtin, shell.bash ? text + ": numeric argument required" : "Illegal number: " + text, 2);
    }

    private int loop(String word, List<String> args) throws IOException {
        if (shell.loops == 0) {
            if (shell.bash) {
                shell.error(shell.where(word) + "only meaningful in a `for', `while', or `until' loop");
            }
            return 0;
        }
        int depth = args.isEmpty() ? 1 : args.get(0).matches("\\d{1,6}") ? Integer.parseInt(args.get(0)) : 0;
        if (depth == 0) {
            return badNumber(word, args.get(0));
        }
        throw new ShellState.Jump(word, Math.min(depth, shell.loops));
    }

    private int shift(List<String> args) throws IOException {
        String text = args.isEmpty() ? "1" : args.get(0);
        if (!text.matches("\\d{1,6}")) {
            return shell.fatal(
                    "shift", shell.bash ? text + ": numeric argument required" : "Illegal number: " + text, 1);
        }
        int by = Integer.parseInt(text);
        if (by > shell.positional().size()) {
            return shell.isDash() ? shell.fatal("shift", "can't shift that many", 1) : 1;
        }
        shell.shift(by);
        return 0;
    }

    private int source(List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            if (shell.bash) {
                shell.error(shell.where(".") + "filename argument required\n.: usage: . filename [arguments]");
            }
            return shell.isDash() ? 0 : 2;
        }
        String name = args.get(0);
        String script;
        try {
            script = shell.files().readText(sourced(name));
        } catch (FileError e) {
            if (shell.bash) {
                shell.error(shell.where() + name + ": " + e.words());
                return 1;
            }
            String words = name.contains("/")
                    ? shell.isDash()
                            ? "cannot open " + name + ": "
                                    + (e.kind() == FileError.Kind.MISSING ? "No such file" : e.words())
                            : "can't open '" + name + "': " + e.words()
                    : name + ": not found";
            return shell.fatal(".", words, 1);
        }
        return sourced(name, script, shell.isDash() ? List.of() : args.subList(1, args.size()));
    }

    private int sourced(String path, String script, List<String> arguments) throws IOException, InterruptedException {
        List<String> before = shell.positional();
        int line = shell.from;
        if (!arguments.isEmpty()) {
            shell.replaceArguments(arguments);
        }
        shell.sources++;
        shell.from = 1;
        try {
            return ShellScript.source(shell, path, script);
        } catch (ShellState.Jump jump) {
            if (jump.kind.equals("return")) {
                return jump.value;
            }
            throw jump;
        } finally {
            shell.sources--;
            shell.from = line;
            if (!arguments.isEmpty()) {
                shell.replaceArguments(before);
            }
        }
    }

    /** A name without a slash is looked for in PATH, by bash also here. */
    private String sourced(String name) {
        if (!name.contains("/")) {
            for (String folder : shell.variable("PATH").split(":")) {
                if (shell.files().exists(folder + "/" + name) && !shell.files().isDirectory(folder + "/" + name)) {
                    return folder + "/" + name;
                }
            }
            if (!shell.bash) {
                return "/nowhere/" + name;
            }
        }
        return name;
    }

    private int exec(List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty()) {
            return 0;
        }
        Task task = shell.task();
        Launcher.Found found =
                task.container().runtime().launcher().find(shell.files(), args.get(0), shell.variable("PATH"));
        Tool tool = found.tool();
        if (tool == null) {
            shell.error(shell.where("exec") + args.get(0) + ": not found");
            throw new ShellState.Jump("exit", 127);
        }
        if (shell.subshell || !shell.fds.equals(task.fds())) {
            throw new ShellState.Jump("exit", shell.external(args, Map.of(), false));
        }
        throw new ExecInstead(tool, Launcher.argv(found, args), task.container().seen(found, shell.files()));
    }

    private int echo(List<String> args) throws IOException {
        shell.print(
                shell.isDash()
                        ? Echo.ofDash(args)
                        : Echo.text(args, shell.bash ? Escapes.ECHO_BASH : Escapes.ECHO_ASH));
        return 0;
    }

    private int let(List<String> args) throws IOException {
        if (args.isEmpty()) {
            shell.error(shell.where("let") + "expression expected");
            return shell.bash ? 1 : 2;
        }
        long value = 0;
        for (String arg : args) {
            value = shell.arithmetic(arg);
        }
        return value != 0 ? 0 : 1;
    }

    /** Processes have no time of their own here. */
    private int times() throws IOException {
        String none = shell.isDash() ? "0m0.000000s 0m0.000000s\n" : "0m0.000s 0m0.000s\n";
        shell.print(none + none);
        return 0;
    }

    private int help() throws IOException {
        List<String> names = new ArrayList<>(lookup.builtins());
        StringBuilder text = new StringBuilder(shell.bash ? "" : "Built-in commands:\n------------------\n");
        StringBuilder line = new StringBuilder();
        for (String name : names) {
            if (line.length() + name.length() > 60) {
                text.append('\t').append(line.toString().strip()).append('\n');
                line.setLength(0);
            }
            line.append(name).append(' ');
        }
        shell.print(
                text.append('\t').append(line.toString().strip()).append('\n').toString());
        return 0;
    }
}
