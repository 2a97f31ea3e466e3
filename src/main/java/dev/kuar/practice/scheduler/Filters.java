package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The filters of the default profile, in upstream's order; the first plugin that says no counts, with all its reasons. */
final class Filters {
    private final Affinity affinity;
    private final Volumes volumes;
    private final VolumeProblems problems;
    private final VolumeConflicts conflicts;

    Filters(Affinity affinity, Volumes volumes) {
        this.affinity = affinity;
        this.volumes = volumes;
        this.problems = new VolumeProblems(volumes);
        this.conflicts = new VolumeConflicts(volumes);
    }

    /** What keeps a pod from every node, whatever runs there; null for nothing. */
    @Nullable
    Verdict problem(KubeObject pod) {
        Set<String> names = namedNodes(pod);
        if (names != null && names.isEmpty()) {
            return Verdict.unresolvable(Plugin.NODE_AFFINITY, "pod affinity terms conflict");
        }
        return problems.of(pod);
    }

    /** The nodes that a pod's required node affinity names, each term of it; null where a term names none. */
    static @Nullable Set<String> namedNodes(KubeObject pod) {
        Set<String> names = null;
        for (Map<String, Object> term : pod.maps(
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms")) {
            Set<String> named = null;
            for (Map<String, Object> tree : KubeObject.of(term).maps("matchFields")) {
                KubeObject field = KubeObject.of(tree);
                if (field.text("key").equals("metadata.name")
                        && field.text("operator").equals("In")) {
                    Set<String> values = new HashSet<>(field.texts("values"));
                    if (named == null) {
                        named = values;
                    } else {
                        named.retainAll(values);
                    }
                }
            }
            if (named == null) {
                return null;
            }
            names = names == null ? new HashSet<>() : names;
            names.addAll(named);
        }
        return names;
    }

    Round round(KubeObject pod, PodRequest request, List<NodeState> all, DeviceRound devices) {
        return new Round(pod, request, all, devices);
    }

    /** A pod against the nodes as they are in one moment. */
    final class Round {
        private final KubeObject pod;
        private final PodRequest request;
        private final DeviceRound devices;
        private final List<NodeState> all;
        private final TopologySpread spread;
        private final Affinity.Counts counts;
        private final boolean claimsInUse;

        private Round(KubeObject pod, PodRequest request, List<NodeState> all, DeviceRound devices) {
            this.pod = pod;
            this.request = request;
            this.devices = devices;
            this.all = all;
            this.spread = new TopologySpread(pod, all);
            this.counts = affinity.new Counts(pod, all);
            this.claimsInUse = VolumeConflicts.inUse(pod, conflicts.exclusive(pod), all);
        }

        /** The same with another state of one node. */
        Round with(NodeState changed) {
            List<NodeState> view = new ArrayList<>(all);
            view.replaceAll(state -> state.name().equals(changed.name()) ? changed : state);
            return new Round(pod, request, view, devices);
        }

        /** Empty when the pod fits. */
        List<Verdict> check(NodeState state) {
            KubeObject node = state.node();
            Verdict verdict = node(pod, node);
            if (verdict == null && request.hostPorts().stream().anyMatch(state::hasPort)) {
                verdict = Verdict.resolvable(
                        Plugin.NODE_PORTS, "node(s) didn't have free ports for the requested pod ports");
            }
            if (verdict != null) {
                return List.of(verdict);
            }
            List<Verdict> missing = resources(request, state, devices::brings);
            if (!missing.isEmpty()) {
                return missing;
            }
            verdict = conflicts.disk(pod, state);
            if (verdict == null && claimsInUse) {
                verdict = Verdict.resolvable(
                        Plugin.VOLUME_RESTRICTIONS,
                        "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already"
                                + " in-use by another pod");
            }
            verdict = verdict != null ? verdict : conflicts.limits(pod, state);
            if (verdict != null) {
                return List.of(verdict);
            }
            List<String> unmet =
                    VolumePlan.of(pod, node, volumes, volumes.given()).reasons();
            if (!unmet.isEmpty()) {
                return unmet.stream()
                        .map(reason -> Verdict.unresolvable(Plugin.VOLUME_BINDING, reason))
                        .toList();
            }
            verdict = problems.zone(pod, node);
            verdict = verdict != null ? verdict : spread.check(node);
            verdict = verdict != null ? verdict : counts.check(node);
            verdict = verdict != null ? verdict : devices.check(state);
            return verdict == null ? List.of() : List.of(verdict);
        }
    }

    /** What about the node itself is in the way. */
    static @Nullable Verdict node(KubeObject pod, KubeObject node) {
        if (node.flag("spec", "unschedulable") && !toleratesUnschedulable(pod)) {
            return Verdict.unresolvable(Plugin.NODE_UNSCHEDULABLE, "node(s) were unschedulable");
        }
        String wanted = pod.text("spec", "nodeName");
        if (!wanted.isEmpty() && !wanted.equals(node.name())) {
            return Verdict.unresolvable(Plugin.NODE_NAME, "node(s) didn't match the requested node name");
        }
        if (!tolerates(pod, node)) {
            return Verdict.unresolvable(Plugin.TAINT_TOLERATION, "node(s) had untolerated taint(s)");
        }
        if (!NodeSelection.matches(pod, node)) {
            return Verdict.unresolvable(Plugin.NODE_AFFINITY, "node(s) didn't match Pod's node affinity/selector");
        }
        return null;
    }

    static boolean tolerates(KubeObject pod, KubeObject node) {
        return Tolerations.tolerateAll(
                pod.maps("spec", "tolerations"), node.maps("spec", "taints"), List.of("NoSchedule", "NoExecute"));
    }

    static boolean toleratesUnschedulable(KubeObject pod) {
        Map<String, Object> taint = Map.of("key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule");
        return pod.maps("spec", "tolerations").stream().anyMatch(t -> Tolerations.tolerates(t, taint));
    }

    /**
     * What a node has too little of.
     *
     * @param brought resources that claims of devices have to bring to the node
     */
    static List<Verdict> resources(PodRequest request, NodeState state, BiPredicate<String, NodeState> brought) {
        List<Verdict> missing = new ArrayList<>();
        if (state.used("pods") + 1 > state.allocatable("pods")) {
            missing.add(Verdict.resolvable(Plugin.NODE_RESOURCES_FIT, "Too many pods"));
        }
        request.amounts().forEach((resource, amount) -> {
            if (amount > 0
                    && amount > state.allocatable(resource) - state.used(resource)
                    && !brought.test(resource, state)) {
                missing.add(new Verdict(
                        Plugin.NODE_RESOURCES_FIT, "Insufficient " + resource, amount <= state.allocatable(resource)));
            }
        });
        return missing;
    }
}
