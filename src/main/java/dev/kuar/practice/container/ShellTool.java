package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code sh}: a script from {@code -c}, from a file, from standard input, or a conversation at a terminal. */
final class ShellTool implements Tool {
    private final boolean handsOn;

    /** @param handsOn whether what is no variable's name is handed on to programs all the same */
    ShellTool(boolean handsOn) {
        this.handsOn = handsOn;
    }

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        // dash, and ash before 1.37, take over only what can be a variable of theirs.
        if (!handsOn) {
            task.env().keySet().removeIf(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"));
        }
        Shell shell = new Shell(task);
        List<String> args = task.args();
        shell.setArguments(args.get(0), List.of());
        int i = 1;
        boolean command = false;
        boolean input = false;
        while (i < args.size() && args.get(i).matches("[-+].+")) {
            String option = args.get(i++);
            if (option.equals("--version") || option.equals("--help")) {
                return about(task, shell, option);
            }
            if (!option.startsWith("--")) {
                for (char letter : option.substring(1).toCharArray()) {
                    command |= letter == 'c';
                    input |= letter == 's';
                    if (letter == 'o') {
                        shell.named(i < args.size() ? args.get(i) : "", option.startsWith("-"));
                        i++;
                    }
                    shell.option(letter, option.startsWith("-"));
                }
            }
        }
        if (command) {
            if (i >= args.size()) {
                return task.fail(2, "-c requires an argument");
            }
            String script = args.get(i);
            if (i + 1 < args.size()) {
                shell.setArguments(args.get(i + 1), args.subList(i + 2, args.size()));
            }
            return whole(shell, script);
        }
        if (input) {
            shell.setArguments(args.get(0), args.subList(i, args.size()));
        } else if (i < args.size()) {
            String script;
            try {
                script = task.files().readText(args.get(i));
            } catch (FileError e) {
                return unreadable(task, shell, args.get(i), e);
            }
            shell.setArguments(args.get(i), args.subList(i + 1, args.size()));
            shell.reads = ShellState.Reads.FILE;
            return whole(shell, script.replaceFirst("^#!.*", ""));
        }
        Tty tty = task.tty(0);
        shell.reads = tty == null ? ShellState.Reads.INPUT : ShellState.Reads.PROMPT;
        return tty == null ? fromInput(shell) : new ShellPrompt(shell, tty).talk();
    }

    private static int about(Task task, Shell shell, String option) throws IOException {
        if (shell.bash) {
            task.print("GNU bash, version " + ShellState.BASH_VERSION + " (x86_64-pc-linux-gnu)\n"
                    + (option.equals("--help") ? "Usage:\tbash [GNU long option] [option] ...\n" : ""));
            return 0;
        }
        if (shell.isDash()) {
            task.printError(shell.name + ": 0: Illegal option --\n");
            return 2;
        }
        task.printError(
                "BusyBox v1.37.0 () multi-call binary.\n\nUsage: sh [-il] [-|+Cabefmnuvx] [-|+o OPT]... [-c 'SCRIPT' [ARG0 ARGS] | FILE [ARGS] | -s [ARGS]]\n\nUnix shell interpreter\n");
        return 0;
    }

    private static int unreadable(Task task, Shell shell, String path, FileError error) throws IOException {
        if (shell.bash) {
            task.printError(shell.name + ": " + path + ": " + error.words() + "\n");
            return error.kind() == FileError.Kind.MISSING ? 127 : 126;
        }
        if (shell.isDash()) {
            boolean missing = error.kind() == FileError.Kind.MISSING;
            task.printError(
                    shell.name + ": 0: cannot open " + path + ": " + (missing ? "No such file" : error.words()) + "\n");
            return 2;
        }
        return task.fail(2, "can't open '" + path + "': " + error.words());
    }

    /** Line by line, so that commands can read what follows them. */
    private static int fromInput(Shell shell) throws IOException, InterruptedException {
        InputStream in = shell.task().in();
        StringBuilder script = new StringBuilder();
        int lines = 0;
        while (true) {
            String line = line(in);
            lines++;
            shell.from = script.isEmpty() ? lines : shell.from;
            script.append(line);
            if (line.isEmpty() && script.length() == 0) {
                return exit(shell, shell.status);
            }
            try {
                ShellNode node = line.isEmpty()
                        ? ShellParser.parse(script.toString(), shell.bash)
                        : parse(script.toString(), shell.bash);
                script.setLength(0);
                int code = guarded(shell, () -> shell.run(node, false));
                if (code >= 0) {
                    return exit(shell, code);
                }
            } catch (ShellSyntaxError e) {
                if (!e.isIncomplete() || line.isEmpty()) {
                    shell.error(shell.name + ": " + e.getMessage());
                    return 2;
                }
            }
        }
    }

    /** Parses what was read so far; incomplete also when its last line goes on after a backslash. */
    static ShellNode parse(String script, boolean bash) throws ShellSyntaxError {
        int end = script.length() - 1;
        int backslashes = 0;
        while (end - 1 - backslashes >= 0 && script.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        int start = script.lastIndexOf('\n', end - 1) + 1;
        boolean comment = script.substring(start).strip().startsWith("#");
        if (script.endsWith("\n") && backslashes % 2 == 1 && !comment) {
            throw new ShellSyntaxError("syntax error: unexpected end of file", true);
        }
        return ShellParser.parse(script, bash);
    }

    static String line(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0) {
            bytes.write(c);
            if (c == '\n') {
                break;
            }
            c = in.read();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int whole(Shell shell, String script) throws IOException, InterruptedException {
        int code = guarded(shell, () -> shell.run(script, true));
        return exit(shell, code >= 0 ? code : shell.status);
    }

    /** A piece of a script. */
    @FunctionalInterface
    interface Part {
        int run() throws IOException, InterruptedException;
    }

    /** Runs a part; the exit code where it ended the shell, else negative. */
    static int guarded(Shell shell, Part part) throws IOException, InterruptedException {
        try {
            part.run();
            return -1;
        } catch (ShellState.Jump jump) {
            return jump.kind.equals("exit") || jump.kind.equals("return") ? jump.value : -1;
        } catch (ShellState.Failure e) {
            shell.say(e);
            return e.code;
        } catch (FileError e) {
            shell.error(shell.name + ": " + e.path() + ": " + e.words());
            return 2;
        }
    }

    private static int exit(Shell shell, int code) throws IOException, InterruptedException {
        String action = shell.traps().get(0);
        if (action != null) {
            shell.signals.trap(0, null);
            int own = guarded(shell, () -> shell.run(action, false));
            return own >= 0 ? own : code;
        }
        return code;
    }
}
