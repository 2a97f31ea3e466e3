package dev.kuar.practice.kubelet;

/**
 * What a kubelet has decided over a pod's head.
 *
 * @param reason {@code Evicted}, {@code DeadlineExceeded} and their like; empty where nothing was
 * @param disruption what the condition {@code DisruptionTarget} says; empty for no such condition
 */
record Verdict(String reason, String message, String disruption) {
    static final Verdict NONE = new Verdict("", "", "");

    boolean isNone() {
        return reason.isEmpty();
    }
}
