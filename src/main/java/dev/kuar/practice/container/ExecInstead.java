package dev.kuar.practice.container;

import java.util.List;

/** Thrown by a shell whose last command takes its place, as {@code exec} does: its thread is then free. */
final class ExecInstead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Tool tool;
    private final transient List<String> args;
    private final transient FileView files;

    /** @param files as the program sees them */
    ExecInstead(Tool tool, List<String> args, FileView files) {
        super("exec", null, false, false);
        this.tool = tool;
        this.args = List.copyOf(args);
        this.files = files;
    }

    Tool tool() {
        return tool;
    }

    List<String> args() {
        return args;
    }

    FileView files() {
        return files;
    }
}
