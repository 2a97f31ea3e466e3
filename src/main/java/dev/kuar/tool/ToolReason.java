package dev.kuar.tool;

import dev.kuar.error.Reason;

/** Why a stand-in cannot work. */
public enum ToolReason implements Reason {
    STATE_UNUSABLE("tool-state-unusable", 3);

    private final String id;
    private final int exitCode;

    ToolReason(String id, int exitCode) {
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
        return "reason." + id;
    }
}
