package dev.kuar.practice.scheduler;

/** What ends a try to schedule a pod before anything is known of nodes: it is tried again after a while. */
final class SchedulerFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    SchedulerFault(String message) {
        super(message);
    }
}
