package dev.kuar.practice.kubelet;

/** Why a pod or a container of it can't go on for now, with the reason and the message that its status shows. */
final class PodProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PodProblem(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
