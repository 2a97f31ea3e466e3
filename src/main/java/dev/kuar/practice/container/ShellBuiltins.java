package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands that a shell carries out itself. */
final class ShellBuiltins {
    private final Shell shell;

    ShellBuiltins(Shell shell) {
        this.shell = shell;
    }

    /** The exit status; null for what is no builtin. */
    @Nullable
    Integer run(List<String> words) throws IOException, InterruptedException {
        List<String> args = words.subList(1, words.size());
        String first = args.isEmpty() ? "" : args.get(0);
        switch (words.get(0)) {
            case ":", "true", "umask", "ulimit", "alias", "unalias", "history", "hash", "readonly-noop":
                return 0;
            case "false":
                return 1;
            case "cd":
                return changeDirectory(args);
            case "exit":
                throw new ShellState.Jump("exit", number(first, shell.status));
            case "return":
                throw new ShellState.Jump("return", number(first, shell.status));
            case "break", "continue":
                throw new ShellState.Jump(words.get(0), number(first, 1));
            case "shift":
                shell.shift(number(first, 1));
                return 0;
            case "export", "readonly", "local", "declare", "typeset":
                return declare(words.get(0), args);
            case "unset":
                for (String name : args) {
                    shell.variables().remove(name);
                    shell.arrays.remove(name);
                    shell.task().env().remove(name);
                    shell.functions().remove(name);
                }
                return 0;
            case "set":
                return set(args);
            case "eval":
                return shell.run(String.join(" ", args), false);
            case ".", "source":
                return shell.run(shell.files().readText(first), false);
            case "exec":
                return exec(args);
            case "trap":
                return trap(args);
            case "wait":
                return await(args);
            case "jobs":
                return 0;
            case "kill":
                return kill(args);
            case "read":
                return read(args);
            case "type", "command":
                return command(words.get(0), args);
            case "pwd":
                shell.print(shell.files().directory() + "\n");
                return 0;
            case "echo":
                shell.print(shell.isDash() ? Echo.ofDash(args) : Echo.text(args));
                return 0;
            case "help":
                shell.print(
                        "Built-in commands:\n------------------\n\t. : [ [[ alias break cd command continue echo eval exec exit\n"
                                + "\texport false hash help history jobs kill local printf pwd read\n"
                                + "\treadonly return set shift source test trap true type ulimit umask\n\tunalias unset wait\n");
                return 0;
            default:
                return null;
        }
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) & 255 : otherwise;
    }

    private int changeDirectory(List<String> args) throws IOException {
        String target = args.isEmpty() ? shell.variable("HOME") : args.get(0);
        if (target.equals("-")) {
            target = shell.variable("OLDPWD");
        }
        String before = shell.files().directory();
        try {
            shell.files().changeDirectory(target);
        } catch (FileError e) {
            shell.error(shell.name + ": cd: can't cd to " + target + ": " + e.words());
            return 2;
        }
        shell.assign("OLDPWD", before);
        shell.assign("PWD", shell.files().directory());
        return 0;
    }

    private int declare(String how, List<String> args) throws IOException {
        if (args.isEmpty() || args.get(0).equals("-p")) {
            for (Map.Entry<String, String> entry : new TreeMap<>(shell.task().env()).entrySet()) {
                shell.print("export " + entry.getKey() + "='" + entry.getValue() + "'\n");
            }
            return 0;
        }
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (how.equals("export")) {
                String value = equals < 0 ? shell.variable(name) : arg.substring(equals + 1);
                shell.variables().remove(name);
                shell.task().env().put(name, value);
            } else if (equals >= 0) {
                shell.assign(name, arg.substring(equals + 1));
            }
        }
        return 0;
    }

    private int set(List<String> args) throws IOException {
        if (args.isEmpty()) {
            for (Map.Entry<String, String> entry : new TreeMap<>(shell.variables()).entrySet()) {
                shell.print(entry.getKey() + "='" + entry.getValue() + "'\n");
            }
            return 0;
        }
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                shell.replaceArguments(args.subList(i + 1, args.size()));
                return 0;
            }
            if (!arg.startsWith("-") && !arg.startsWith("+")) {
                shell.replaceArguments(args.subList(i, args.size()));
                return 0;
            }
            for (char letter : arg.substring(1).toCharArray()) {
                if (letter == 'o') {
                    i++;
                    shell.named(i < args.size() ? args.get(i) : "", arg.startsWith("-"));
                }
                if (!shell.option(letter, arg.startsWith("-"))) {
                    shell.error(shell.name + ": set: illegal option -" + letter);
                    return 2;
                }
            }
        }
        return 0;
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
            shell.error(shell.name + ": exec: " + args.get(0) + ": not found");
            throw new ShellState.Jump("exit", 127);
        }
        if (shell.subshell || !shell.fds.equals(task.fds())) {
            throw new ShellState.Jump("exit", shell.external(args, Map.of(), false));
        }
        throw new ExecInstead(tool, Launcher.argv(found, args), task.container().seen(found, shell.files()));
    }

    private int trap(List<String> args) throws IOException {
        if (args.isEmpty()) {
            for (Map.Entry<Integer, String> entry : shell.traps().entrySet()) {
                String name = entry.getKey() == 0
                        ? "EXIT"
                        : Signal.name(entry.getKey()).orElse("?");
                shell.print("trap -- '" + entry.getValue() + "' " + name + "\n");
            }
            return 0;
        }
        String action = args.get(0).equals("--") && args.size() > 1 ? args.get(1) : args.get(0);
        for (String name : args.subList(1, args.size())) {
            OptionalInt signal = name.equals("EXIT") ? OptionalInt.of(0) : Signal.parse(name);
            signal.ifPresent(s -> shell.trap(s, action.equals("-") ? null : action));
        }
        return 0;
    }

    private int await(List<String> args) throws IOException, InterruptedException {
        int code = 0;
        for (Task job : new ArrayList<>(shell.jobs())) {
            if (args.isEmpty() || args.contains(Integer.toString(job.pid()))) {
                shell.waits = true;
                try {
                    if (shell.handleSignals()) {
                        return 143;
                    }
                    code = job.await();
                } catch (InterruptedException e) {
                    if (shell.handleSignals()) {
                        return 143;
                    }
                    throw e;
                } finally {
                    shell.waits = false;
                }
            }
        }
        return args.isEmpty() ? 0 : code;
    }

    private int kill(List<String> args) throws IOException {
        int signal = Signal.TERM;
        int code = 0;
        for (String arg : args) {
            if (arg.equals("-l")) {
                shell.print("HUP\nINT\nQUIT\nKILL\nTERM\n");
            } else if (arg.startsWith("-") && Signal.parse(arg.substring(1)).isPresent()) {
                signal = Signal.parse(arg.substring(1)).getAsInt();
            } else if (arg.matches("\\d+")) {
                Task target = shell.task().container().task(Integer.parseInt(arg));
                if (target == null) {
                    shell.error(shell.name + ": can't kill pid " + arg + ": No such process");
                    code = 1;
                } else {
                    target.signalFromWithin(signal);
                }
            }
        }
        return code;
    }

    private int read(List<String> args) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).equals("-p")) {
                shell.print(args.get(++i));
            } else if (!args.get(i).startsWith("-")) {
                names.add(args.get(i));
            }
        }
        if (names.isEmpty()) {
            names.add("REPLY");
        }
        InputStream in = shell.fds.getOrDefault(0, Fd.NULL).in();
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        int c = in == null ? -1 : in.read();
        boolean ended = c < 0;
        while (in != null && c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        String rest = line.toString(java.nio.charset.StandardCharsets.UTF_8).strip();
        for (int i = 0; i < names.size(); i++) {
            String[] parts = i == names.size() - 1 ? new String[] {rest} : rest.split("\\s+", 2);
            shell.assign(names.get(i), parts[0]);
            rest = parts.length > 1 ? parts[1] : "";
        }
        return ended ? 1 : 0;
    }

    private @Nullable Integer command(String how, List<String> args) throws IOException, InterruptedException {
        boolean asks = how.equals("type") || !args.isEmpty() && args.get(0).matches("-[vV]");
        if (!asks) {
            if (args.isEmpty()) {
                return 0;
            }
            Integer own = run(args);
            return own == null ? (Integer) shell.external(args, Map.of(), false) : own;
        }
        int code = 0;
        for (String name : args) {
            if (name.startsWith("-")) {
                continue;
            }
            Launcher.Found found =
                    shell.task().container().runtime().launcher().find(shell.files(), name, shell.variable("PATH"));
            if (found.tool() != null) {
                shell.print(how.equals("type") ? name + " is " + found.path() + "\n" : found.path() + "\n");
            } else if (List.of("cd", "exit", "export", "set", "echo", "read", "trap", "wait", "kill")
                    .contains(name)) {
                shell.print(how.equals("type") ? name + " is a shell builtin\n" : name + "\n");
            } else {
                if (how.equals("type")) {
                    shell.error(name + ": not found");
                }
                code = 127;
            }
        }
        return code;
    }
}
