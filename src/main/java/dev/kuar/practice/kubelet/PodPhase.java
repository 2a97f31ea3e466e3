package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The phase of a pod, out of what its containers do. Models the kubelet of Kubernetes 1.36. */
final class PodPhase {
    private final KubeObject pod;
    private final List<ContainerRecord> records;
    private int waiting;
    private int running;
    private int stopped;
    private int stoppedForGood;
    private int succeeded;
    private int pendingSidecars;

    private PodPhase(KubeObject pod, List<ContainerRecord> records) {
        this.pod = pod;
        this.records = records;
    }

    /** @param over whether no container is started again whatever the policies say */
    static String of(KubeObject pod, List<ContainerRecord> records, boolean over) {
        return new PodPhase(pod, records).phase(over);
    }

    private String phase(boolean over) {
        boolean pending = false;
        boolean initialized = false;
        for (ContainerRecord record : records) {
            switch (record.kind()) {
                case INIT -> {
                    if (hasFailed(record) && !restarts(record)) {
                        return "Failed";
                    }
                    pending |= !record.succeeded() && !hasFailed(record);
                }
                case SIDECAR -> sidecar(record);
                case MAIN -> {
                    main(record);
                    initialized |= record.isSeenRunning() || record.isTerminated();
                }
                case EPHEMERAL -> {}
            }
        }
        if (pending || pendingSidecars > 0 && !initialized || waiting > 0) {
            return "Pending";
        }
        if (running > 0) {
            return "Running";
        }
        if (stopped == 0) {
            return "Pending";
        }
        boolean mirror = pod.annotations().containsKey("kubernetes.io/config.mirror");
        if (!(over && !mirror) && stopped != stoppedForGood) {
            return "Running";
        }
        return stopped == succeeded ? "Succeeded" : "Failed";
    }

    private boolean restarts(ContainerRecord record) {
        Map<String, Object> ended = ended(record);
        boolean all = ended != null && RestartRules.RESTARTING.equals(ended.get("reason"));
        return all || RestartRules.restarts(pod, record, code(record));
    }

    private static boolean hasFailed(ContainerRecord record) {
        Map<String, Object> ended = ended(record);
        return ended != null && code(record) != 0;
    }

    private void sidecar(ContainerRecord record) {
        if (record.isSeenRunning()) {
            running++;
            pendingSidecars += record.started ? 0 : 1;
        } else if (ended(record) == null) {
            pendingSidecars++;
            waiting++;
        }
    }

    private void main(ContainerRecord record) {
        if (record.isSeenRunning()) {
            running++;
        } else if (ended(record) != null) {
            stopped++;
            stoppedForGood += restarts(record) ? 0 : 1;
            succeeded += record.isSeenTerminated() && record.succeeded() ? 1 : 0;
        } else {
            waiting++;
        }
    }

    private static @Nullable Map<String, Object> ended(ContainerRecord record) {
        if (record.isSeenRunning()) {
            return null;
        }
        return record.isTerminated() ? record.terminated : record.before();
    }

    private static int code(ContainerRecord record) {
        Map<String, Object> ended = ended(record);
        return ended != null && ended.get("exitCode") instanceof Number number ? number.intValue() : 0;
    }
}
