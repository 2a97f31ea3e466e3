package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code sh}: a script from {@code -c}, from a file, from standard input, or a conversation at a terminal. */
final class ShellTool implements Tool {
    private static final String BASH_USAGE = """
            Usage:	bash [GNU long option] [option] ...
            	bash [GNU long option] [option] script-file ...
            GNU long options:
            	--debug
            	--debugger
            	--dump-po-strings
            	--dump-strings
            	--help
            	--init-file
            	--login
            	--noediting
            	--noprofile
            	--norc
            	--posix
            	--pretty-print
            	--rcfile
            	--restricted
            	--verbose
            	--version
            Shell options:
            	-ilrsD or -c command or -O shopt_option		(invocation only)
            	-abefhkmnptuvxBCEHPT or -o option""";

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
            if (option.startsWith("--")) {
                continue;
            }
            for (char letter : option.substring(1).toCharArray()) {
                command |= letter == 'c';
                input |= letter == 's';
                if (letter == 'o') {
                    String name = i < args.size() ? args.get(i++) : "";
                    if (!shell.named(name, option.startsWith("-"))) {
                        String illegal = "llegal option -o " + name;
                        return refuse(shell, name, "i" + illegal, "I" + illegal);
                    }
                } else if (!shell.option(letter, option.startsWith("-"))) {
                    return refuse(shell, "-" + letter, "illegal option -" + letter, "Illegal option -" + letter);
                }
            }
        }
        if (command) {
            if (i >= args.size()) {
                return refuse(shell, "-c", "-c requires an argument", "-c requires an argument");
            }
            String script = args.get(i);
            if (i + 1 < args.size()) {
                shell.setArguments(args.get(i + 1), args.subList(i + 2, args.size()));
                shell.isNamed = true;
            }
            return whole(shell, script);
        }
        if (i < args.size() && !input) {
            String script;
            try {
                script = task.files().readText(args.get(i));
            } catch (FileError e) {
                return unreadable(shell, args.get(i), e);
            }
            shell.setArguments(args.get(i), args.subList(i + 1, args.size()));
            shell.reads = ShellState.Reads.FILE;
            return whole(shell, script.replaceFirst("^#!.*", ""));
        }
        if (input) {
            shell.setArguments(args.get(0), args.subList(i, args.size()));
        }
        Tty tty = task.tty(0);
        shell.reads = tty == null ? ShellState.Reads.INPUT : ShellState.Reads.PROMPT;
        return tty == null ? exit(shell, fromInput(shell)) : new ShellPrompt(shell, tty).talk();
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

    /** Complains of an option. */
    private static int refuse(Shell shell, String option, String ofAsh, String ofDash) throws IOException {
        boolean unknown = ofAsh.startsWith("illegal");
        shell.error(shell.name + ": "
                + switch (ShellDialect.of(shell)) {
                    case DASH -> "0: " + ofDash;
                    case ASH -> ofAsh;
                    case BASH -> option + (unknown ? ": invalid option" : ": option requires an argument");
                });
        if (shell.bash && unknown) {
            shell.error(BASH_USAGE);
        }
        return 2;
    }

    private static int unreadable(Shell shell, String path, FileError error) throws IOException {
        shell.error(shell.name + ": "
                + switch (ShellDialect.of(shell)) {
                    case DASH ->
                        "0: cannot open " + path + ": "
                                + (error.kind() == FileError.Kind.MISSING ? "No such file" : error.words());
                    case ASH -> "can't open '" + path + "': " + error.words();
                    case BASH -> path + ": " + error.words();
                });
        return !shell.bash ? 2 : error.kind() == FileError.Kind.MISSING ? 127 : 126;
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

    private static int fromInput(Shell shell) throws IOException, InterruptedException {
        ShellScript script = new ShellScript(shell, ShellScript.Origin.WHOLE);
        int[] ended = new int[1];
        int code = guarded(shell, () -> ended[0] = script.fromInput(shell.task().in()));
        return code >= 0 ? code : ended[0];
    }

    private static int whole(Shell shell, String script) throws IOException, InterruptedException {
        int code = guarded(shell, () -> new ShellScript(shell, ShellScript.Origin.WHOLE).run(script, true));
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
            shell.status = e.code;
            return shell.reads == ShellState.Reads.PROMPT ? -1 : e.code;
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
