package dev.kuar.practice.container;

/** What the container runtime answers when it cannot start a process; worded as containerd and runc word it. */
public final class RuntimeError extends Exception {
    private static final long serialVersionUID = 1L;

    public RuntimeError(String message) {
        super(message);
    }
}
