package dev.kuar.practice.container;

import java.util.List;

/** Thrown by a shell whose last command takes its place, as {@code exec} does: its thread is then free. */
final class ExecInstead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Tool tool;
    private final transient List<String> args;

    ExecInstead(Tool tool, List<String> args) {
        super("exec", null, false, false);
        this.tool = tool;
        this.args = List.copyOf(args);
    }

    Tool tool() {
        return tool;
    }

    List<String> args() {
        return args;
    }
}
