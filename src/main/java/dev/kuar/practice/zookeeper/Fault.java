package dev.kuar.practice.zookeeper;

/** A request that can't be done, by ZooKeeper's number for why. */
final class Fault extends Exception {
    static final int UNIMPLEMENTED = -6;
    static final int BAD_ARGUMENTS = -8;
    static final int NO_NODE = -101;
    static final int BAD_VERSION = -103;
    static final int NO_CHILDREN_FOR_EPHEMERALS = -108;
    static final int NODE_EXISTS = -110;
    static final int NOT_EMPTY = -111;
    static final int SESSION_EXPIRED = -112;

    private static final long serialVersionUID = 1L;

    private final int code;

    Fault(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
