package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which pods a node takes, and what of its resources they are given: one decision after the other. Thread-safe. */
final class NodeAdmission {
    private static final Verdict PREEMPTED = new Verdict(
            "Preempting",
            "Preempted in order to admit critical pod",
            "Pod was preempted by Kubelet to accommodate a critical pod.");

    private final NodeAgent node;

    NodeAdmission(NodeAgent node) {
        this.node = node;
    }

    /** Takes a pod, or says why not; neither where others are to end first, for a critical one. */
    synchronized Optional<PodAdmission.Rejection> admit(PodWorker asking) {
        PodAdmission rules = rules(asking);
        Optional<PodAdmission.Rejection> rejection = rules.of(asking.pod());
        if (rejection.isPresent() && asking.isCritical()) {
            rejection = rules.ofCritical(asking.pod());
            if (rejection.isEmpty()) {
                return makeRoom(asking, rules.lacking(asking.pod()));
            }
        }
        if (rejection.isEmpty()) {
            asking.admit();
        }
        return rejection;
    }

    /** Allocates what a pod asks for by now, or says what the node has too little of. */
    synchronized String allocate(PodWorker asking, Runnable allocation) {
        String lack = rules(asking)
                .lack(asking.pod())
                .map(PodAdmission.Rejection::message)
                .orElse("");
        if (lack.isEmpty()) {
            allocation.run();
        }
        return lack;
    }

    private List<PodWorker> others(PodWorker asking) {
        return node.workers().stream()
                .filter(worker -> worker != asking && worker.isAdmitted())
                .toList();
    }

    private PodAdmission rules(PodWorker asking) {
        List<KubeObject> others =
                others(asking).stream().map(PodWorker::allocated).toList();
        return new PodAdmission(node.current(), others, node.pressure().conditions());
    }

    /** Ends other pods for a critical one, which is taken once they are gone; why not, where all would not do. */
    private Optional<PodAdmission.Rejection> makeRoom(PodWorker asking, Map<String, Long> lacking) {
        List<PodWorker> others = others(asking);
        if (others.stream().anyMatch(PodWorker::isCondemned)) {
            return Optional.empty();
        }
        Optional<List<PodWorker>> victims = new CriticalRoom(asking, others).victims(lacking);
        victims.ifPresent(all -> all.forEach(victim -> node.execute(() -> {
            boolean unusedResult = victim.condemn(PREEMPTED, Long.MAX_VALUE);
        })));
        if (victims.isPresent()) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder("[");
        lacking.forEach((name, amount) -> all.append("(res: " + name + ", q: " + amount + "), "));
        return Optional.of(new PodAdmission.Rejection(
                "UnexpectedAdmissionError",
                "Unexpected error while attempting to recover from admission failure: preemption: error finding a set of"
                        + " pods to preempt: no set of running pods found to reclaim resources: " + all + "]"));
    }
}
