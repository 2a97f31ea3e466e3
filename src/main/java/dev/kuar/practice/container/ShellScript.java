package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A text of commands, read and run a line of them at a time, so that one line can change how the next is read. */
final class ShellScript {
    /** Where a text comes from, which tells what complaints about it say. */
    enum Origin {
        WHOLE,
        EVAL,
        FILE
    }

    private final Shell shell;
    private final Origin origin;

    ShellScript(Shell shell, Origin origin) {
        this.shell = shell;
        this.origin = origin;
    }

    /** Runs the script that {@code .} reads from a file. */
    static int source(Shell shell, String path, String text) throws IOException, InterruptedException {
        String before = shell.sourced;
        int line = shell.line;
        shell.sourced = path;
        try {
            int status = new ShellScript(shell, Origin.FILE).run(text, false);
            shell.sourced = before;
            return status;
        } catch (ShellState.Jump jump) {
            shell.sourced = before;
            throw jump;
        } finally {
            shell.line = line;
        }
    }

    /**
     * Runs it; the exit status.
     *
     * @param last whether its last command may take the shell's place
     */
    int run(String script, boolean last) throws IOException, InterruptedException {
        ShellParser parser = parser(script, origin == Origin.EVAL && shell.bash ? shell.line : 1, false);
        boolean any = false;
        try {
            ShellNode node = parser.next();
            while (node != null) {
                any = true;
                warn(parser);
                line(node, last && !shell.subshell && shell.traps().isEmpty() && parser.isAtEnd());
                node = parser.next();
            }
        } catch (ShellSyntaxError e) {
            complain(e);
            shell.status = 2;
            if (origin != Origin.WHOLE && shell.bash) {
                return 2;
            }
            throw new ShellState.Jump(shell.reads == ShellState.Reads.PROMPT ? "interrupt" : "exit", 2);
        }
        if (!any) {
            shell.status = 0;
        }
        return shell.status;
    }

    private ShellParser parser(String script, int first, boolean partial) {
        Map<String, String> aliases = shell.bash && !shell.interactive ? Map.of() : shell.aliases();
        return new ShellParser(script, ShellDialect.of(shell), aliases, first, partial);
    }

    private void warn(ShellParser parser) throws IOException {
        for (String warning : parser.warnings()) {
            if (shell.bash) {
                shell.error(shell.name + ": " + warning);
            }
        }
        parser.warnings().clear();
    }

    /** A line of commands; bash goes on with the next where a sum or a substitution fails in one of a file. */
    private void line(ShellNode node, boolean last) throws IOException, InterruptedException {
        try {
            shell.run(node, last);
        } catch (ShellState.Failure e) {
            if (!e.discards || origin != Origin.WHOLE || shell.reads == ShellState.Reads.TEXT || shell.subshell) {
                throw e;
            }
            shell.say(e);
            shell.sourced = "";
            shell.status = e.code;
        }
    }

    /** Runs what comes on standard input, which the commands can read too. */
    int fromInput(InputStream in) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        int first = 1;
        while (true) {
            String read = ShellTool.line(in);
            script.append(read);
            if (read.isEmpty() && script.length() == 0) {
                return shell.status;
            }
            String text = script.toString();
            try {
                if (!read.isEmpty() && goesOn(text)) {
                    continue;
                }
                ShellParser parser = parser(text, first, !read.isEmpty());
                ShellNode node = parser.next();
                first += (int) text.chars().filter(c -> c == '\n').count();
                script.setLength(0);
                while (node != null) {
                    warn(parser);
                    line(node, false);
                    node = parser.next();
                }
            } catch (ShellSyntaxError e) {
                if (!e.isIncomplete() || read.isEmpty()) {
                    complain(e);
                    return 2;
                }
            }
        }
    }

    /** A line at the prompt; the error is incomplete where more lines belong to it. */
    static ShellNode parse(String script, Shell shell) throws ShellSyntaxError {
        if (goesOn(script)) {
            throw new ShellSyntaxError("syntax error: unexpected end of file", true, 1, "");
        }
        ShellParser parser = new ShellParser(script, ShellDialect.of(shell), shell.aliases(), 1, true);
        ShellNode node = parser.next();
        return node == null ? new ShellNode.Sequence(java.util.List.of()) : node;
    }

    /** Whether the last line ends in a backslash that joins the next to it. */
    private static boolean goesOn(String script) {
        int end = script.length() - 1;
        int backslashes = 0;
        while (end - 1 - backslashes >= 0 && script.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        int start = script.lastIndexOf('\n', end - 1) + 1;
        boolean comment = script.substring(start).strip().startsWith("#");
        return script.endsWith("\n") && backslashes % 2 == 1 && !comment;
    }

    /** Says what is wrong with the syntax. */
    void complain(ShellSyntaxError error) throws IOException {
        shell.line = shell.from + error.line() - 1;
        String message = String.valueOf(error.getMessage());
        if (!shell.bash || origin == Origin.FILE) {
            shell.error((origin == Origin.EVAL ? shell.where("eval") : shell.where()) + message);
        }
        if (!shell.bash) {
            return;
        }
        if (origin == Origin.FILE) {
            if (!error.source().isEmpty()) {
                shell.error(shell.where() + "`" + error.source() + "'");
            }
            return;
        }
        boolean prompt = shell.reads == ShellState.Reads.PROMPT && origin == Origin.WHOLE;
        String place = origin == Origin.EVAL
                ? "eval: "
                : origin == Origin.WHOLE && shell.reads == ShellState.Reads.TEXT ? "-c: " : "";
        String head = shell.name + ": " + place + (prompt ? "" : "line " + error.line() + ": ");
        shell.error(head + message);
        if (!error.source().isEmpty() && !prompt) {
            shell.error(head + "`" + error.source() + "'");
        }
    }
}
