package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The filters of the default profile, in upstream's order; the first plugin that says no counts, with all its reasons. */
final class Filters {
    private final Affinity affinity;
    private final TopologySpread spread;
    private final Volumes volumes;

    Filters(Affinity affinity, TopologySpread spread, Volumes volumes) {
        this.affinity = affinity;
        this.spread = spread;
        this.volumes = volumes;
    }

    /** Empty when the pod fits. */
    List<Verdict> check(KubeObject pod, PodRequest request, NodeState state, List<NodeState> all) {
        KubeObject node = state.node();
        if (node.flag("spec", "unschedulable") && !toleratesUnschedulable(pod)) {
            return List.of(new Verdict("node(s) were unschedulable", false));
        }
        String wanted = pod.text("spec", "nodeName");
        if (!wanted.isEmpty() && !wanted.equals(state.name())) {
            return List.of(new Verdict("node(s) didn't match the requested node name", false));
        }
        if (!Tolerations.tolerateAll(
                pod.maps("spec", "tolerations"), node.maps("spec", "taints"), List.of("NoSchedule", "NoExecute"))) {
            return List.of(new Verdict("node(s) had untolerated taint(s)", false));
        }
        if (!NodeSelection.matches(pod, node)) {
            return List.of(new Verdict("node(s) didn't match Pod's node affinity/selector", false));
        }
        if (request.hostPorts().stream().anyMatch(state::hasPort)) {
            return List.of(new Verdict("node(s) didn't have free ports for the requested pod ports", true));
        }
        List<Verdict> missing = resources(request, state);
        if (!missing.isEmpty()) {
            return missing;
        }
        Verdict verdict = volumes.check(pod, node);
        verdict = verdict != null ? verdict : spread.check(pod, state, all);
        verdict = verdict != null ? verdict : affinity.check(pod, state, all);
        return verdict == null ? List.of() : List.of(verdict);
    }

    private static boolean toleratesUnschedulable(KubeObject pod) {
        Map<String, Object> taint = Map.of("key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule");
        return pod.maps("spec", "tolerations").stream().anyMatch(t -> Tolerations.tolerates(t, taint));
    }

    private static List<Verdict> resources(PodRequest request, NodeState state) {
        List<Verdict> missing = new ArrayList<>();
        if (state.used("pods") + 1 > state.allocatable("pods")) {
            missing.add(new Verdict("Too many pods", true));
        }
        request.amounts().forEach((resource, amount) -> {
            if (amount > 0 && amount > state.allocatable(resource) - state.used(resource)) {
                missing.add(new Verdict("Insufficient " + resource, amount <= state.allocatable(resource)));
            }
        });
        return missing;
    }
}
