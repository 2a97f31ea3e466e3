package dev.kuar.practice.device;

/** Why devices cannot even be looked for. */
public final class AllocationException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean ofNode;

    private AllocationException(String message, boolean ofNode) {
        super(message);
        this.ofNode = ofNode;
    }

    /** Something about a claim or a class, whatever the node. */
    static AllocationException ofClaim(String message) {
        return new AllocationException(message, false);
    }

    static AllocationException ofNode(String message) {
        return new AllocationException(message, true);
    }

    /** Whether another node may do. */
    public boolean isOfNode() {
        return ofNode;
    }
}
