package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** A shell at a terminal. */
final class ShellPrompt {
    private final Shell shell;
    private final Tty tty;

    ShellPrompt(Shell shell, Tty tty) {
        this.shell = shell;
        this.tty = tty;
    }

    int talk() throws IOException, InterruptedException {
        Task task = shell.task();
        boolean bash = List.of("bash", "zsh").contains(task.name())
                || task.container().spec().image().flavour().equals("gnu")
                        && task.name().equals("bash");
        shell.interactive = true;
        task.handle(Signal.INT, signal -> {});
        task.handle(Signal.TERM, signal -> {});
        StringBuilder script = new StringBuilder();
        int lines = 0;
        while (true) {
            Runnable unused = tty.onInterrupt(() -> {
                script.setLength(0);
                endLine();
                prompt(bash, false);
            });
            tty.setPrompting(true);
            if (tty.takeStruck()) {
                endLine();
            }
            shell.jobs.tell();
            prompt(bash, script.length() > 0);
            String line = ShellTool.line(task.in());
            tty.setPrompting(false);
            shell.begin();
            unused = tty.onInterrupt(shell::strike);
            boolean unusedStrike = tty.takeStruck();
            if (line.isEmpty()) {
                task.println(bash ? "exit" : "");
                return shell.status;
            }
            lines++;
            shell.from = script.isEmpty() ? lines : shell.from;
            script.append(line);
            shell.history.add(line);
            try {
                ShellNode node = ShellScript.parse(script.toString(), shell);
                script.setLength(0);
                OptionalInt left = run(node);
                if (left.isPresent()) {
                    return left.getAsInt();
                }
            } catch (ShellSyntaxError e) {
                if (!e.isIncomplete()) {
                    script.setLength(0);
                    new ShellScript(shell, ShellScript.Origin.WHOLE).complain(e);
                }
            }
        }
    }

    /** Runs a line; the exit code where it leaves the shell. What would end a script ends the line alone. */
    private OptionalInt run(ShellNode node) throws IOException, InterruptedException {
        try {
            int unused = shell.run(node, false);
        } catch (ShellState.Jump jump) {
            if (jump.kind.equals("exit")) {
                return OptionalInt.of(jump.value);
            }
        } catch (ShellState.Failure failure) {
            shell.say(failure);
            shell.status = failure.code;
        } catch (FileError e) {
            shell.error(shell.where() + e.path() + ": " + e.words());
            shell.status = 2;
        }
        return OptionalInt.empty();
    }

    private void endLine() {
        show("\n");
    }

    private void show(String text) {
        try {
            shell.task().print(text);
        } catch (IOException gone) {
            // The terminal has gone; the next read from it says so.
            return;
        }
    }

    private void prompt(boolean bash, boolean more) {
        String mark = shell.task().who().uid() == 0 ? "#" : "$";
        String directory = shell.here();
        String home = shell.variable("HOME");
        String shown = !home.isEmpty() && !home.equals("/") && directory.startsWith(home)
                ? "~" + directory.substring(home.length())
                : directory;
        String user = ContainerFiles.nameOf(
                shell.files().tree(), "/etc/passwd", shell.task().who().uid());
        boolean dash =
                !bash && shell.task().container().spec().image().flavour().equals("gnu");
        String text = more
                ? "> "
                : bash
                        ? (user.isEmpty() ? "I have no name!" : user) + "@"
                                + shell.task().container().spec().hostname() + ":" + shown + mark + " "
                        : dash ? mark + " " : shown + " " + mark + " ";
        show(text);
    }
}
