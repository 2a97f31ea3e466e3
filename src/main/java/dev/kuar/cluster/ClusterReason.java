package dev.kuar.cluster;

import dev.kuar.error.Reason;

/** Why a cluster cannot be made or found. */
public enum ClusterReason implements Reason {
    NAME_TAKEN("cluster-name-taken", 1),
    NO_SUCH_CLUSTER("no-such-cluster", 1),
    NOT_POSSIBLE("not-possible", 1),
    TOOL_NOT_LIVE("tool-not-live", 3),
    NOT_CONFIRMED("not-confirmed", 1),
    PORT_TAKEN("cluster-port-taken", 3),
    OWNED("cluster-owned", 3),
    FILES("cluster-files", 3);

    private final String id;
    private final int exitCode;

    ClusterReason(String id, int exitCode) {
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
        return "cluster." + id;
    }
}
