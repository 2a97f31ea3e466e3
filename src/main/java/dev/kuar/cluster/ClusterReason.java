package dev.kuar.cluster;

import dev.kuar.error.Fault;
import dev.kuar.error.Reason;
import dev.kuar.error.UserException;
import dev.kuar.practice.ClusterException;

/** Why a cluster cannot be made or found. */
public enum ClusterReason implements Reason {
    NAME_TAKEN("cluster-name-taken", 1),
    NO_SUCH_CLUSTER("no-such-cluster", 1),
    NOT_POSSIBLE("not-possible", 1),
    TOOL_NOT_LIVE("tool-not-live", 3),
    NOT_CONFIRMED("not-confirmed", 1),
    ANOTHER_NAME("another-name", 1),
    PORT_TAKEN("port-taken", 3),
    ETCD_PORT_TAKEN("etcd-port-taken", 3),
    OWNED("owned-elsewhere", 3),
    FILES("files", 3),
    DAMAGED("damaged", 3),
    SNAPSHOT("no-snapshot", 1);

    private final String id;
    private final int exitCode;

    ClusterReason(String id, int exitCode) {
        this.id = id;
        this.exitCode = exitCode;
    }

    /** What a practice cluster's failure is to the user. */
    public static UserException explain(ClusterException failure) {
        String text = String.valueOf(failure.getMessage());
        Throwable why = failure.getCause();
        return switch (failure.kind()) {
            case NAME -> new UserException(Fault.USAGE, text, why);
            case NAME_TAKEN -> new UserException(ANOTHER_NAME, text, why);
            case PORT_TAKEN -> UserException.saying(PORT_TAKEN, "cluster.port-is-taken", failure.about());
            case ETCD_PORT_TAKEN ->
                UserException.saying(ETCD_PORT_TAKEN, "cluster.etcd-port-is-taken", failure.about());
            case OWNED -> new UserException(OWNED, text, why);
            case DAMAGED -> new UserException(DAMAGED, text, why);
            case FILES -> new UserException(FILES, text, why);
            case SNAPSHOT -> new UserException(SNAPSHOT, text, why);
        };
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
