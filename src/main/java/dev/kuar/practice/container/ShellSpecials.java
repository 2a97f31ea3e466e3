package dev.kuar.practice.container;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parameters that a shell makes up itself. */
final class ShellSpecials {
    private ShellSpecials() {}

    /** The value of one; null for other names, also for what this shell does not know. */
    static @Nullable String value(Shell shell, String name) {
        ShellDialect dialect = ShellDialect.of(shell);
        if (shell.variables().containsKey(name) && !name.equals("RANDOM")) {
            return null;
        }
        return switch (name) {
            case "PPID" -> Integer.toString(shell.task().parent());
            case "LINENO" ->
                switch (dialect) {
                    case DASH -> null;
                    case ASH -> Integer.toString(shell.reads == ShellState.Reads.TEXT ? shell.line - 1 : shell.line);
                    case BASH -> Integer.toString(shell.line);
                };
            case "RANDOM" ->
                dialect == ShellDialect.DASH ? null : Integer.toString((int) (System.nanoTime() >> 5 & 32767));
            case "OSTYPE" -> dialect == ShellDialect.BASH ? "linux-gnu" : null;
            case "MACHTYPE" -> dialect == ShellDialect.BASH ? "x86_64-pc-linux-gnu" : null;
            case "HOSTTYPE" -> dialect == ShellDialect.BASH ? "x86_64" : null;
            default -> null;
        };
    }

    /** What bash sets by itself where nobody else did; null for other variables. */
    static @Nullable String ofBash(ShellState shell, String key) {
        Task task = shell.task();
        return switch (key) {
            case "HOSTNAME" -> task.container().spec().hostname();
            case "UID", "EUID" -> Integer.toString(task.who().uid());
            case "BASH_VERSION" -> ShellState.BASH_VERSION;
            case "SECONDS" ->
                Long.toString(Duration.between(
                                task.started(), task.container().clock().now())
                        .toSeconds());
            default -> null;
        };
    }

    /** The code with which bash ends for want of a parameter. */
    static int fatal(Shell shell) {
        return shell.reads == ShellState.Reads.TEXT && !shell.isSubshell() ? 127 : 1;
    }
}
