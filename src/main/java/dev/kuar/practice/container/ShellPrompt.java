package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

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
            script.append(line);
            try {
                ShellNode node = ShellTool.parse(script.toString(), shell.bash);
                script.setLength(0);
                int code = ShellTool.guarded(shell, () -> shell.run(node, false));
                if (code >= 0) {
                    return code;
                }
            } catch (ShellSyntaxError e) {
                if (!e.isIncomplete()) {
                    script.setLength(0);
                    shell.error(shell.name + ": " + e.getMessage());
                }
            }
        }
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
        String directory = shell.files().directory();
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
