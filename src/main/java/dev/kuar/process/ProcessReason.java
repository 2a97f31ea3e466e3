package dev.kuar.process;

import dev.kuar.error.Reason;

/** Why running something failed before it began. */
public enum ProcessReason implements Reason {
    HOME_NOT_WRITABLE("home-not-writable", 3);

    private final String id;
    private final int exitCode;

    ProcessReason(String id, int exitCode) {
        this.id = id;
        this.exitCode = exitCode;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String advice() {
        return "process." + id;
    }
}
