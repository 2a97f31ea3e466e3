package dev.kuar.guard;

import dev.kuar.error.Reason;

/** Why a context cannot be opened or reached through the guard. */
public enum GuardReason implements Reason {
    CONFIG_UNUSABLE("config-unusable", 3),
    NO_SUCH_CONTEXT("no-such-context", 1),
    NOT_FOREIGN("not-foreign", 1),
    CLUSTER_SILENT("cluster-silent", 3),
    NOT_CONFIRMED("not-confirmed", 1),
    SERVER_NAMED("server-named", 1);

    private final String id;
    private final int exitCode;

    GuardReason(String id, int exitCode) {
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
        return "guard." + id;
    }
}
