package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a change may help a pod that was refused; the queueing hints of the plugins of Kubernetes 1.36. */
final class Hints {
    private final Affinity affinity;
    private final ExtendedResources extended;

    Hints(Affinity affinity, ExtendedResources extended) {
        this.affinity = affinity;
        this.extended = extended;
    }

    /** @param refusedBy whose veto the change would have to lift, one of them at least */
    boolean helps(KubeObject pod, Set<Plugin> refusedBy, Change change) {
        return refusedBy.stream().anyMatch(plugin -> helps(pod, plugin, change));
    }

    private boolean helps(KubeObject pod, Plugin plugin, Change change) {
        return switch (change.what()) {
            case NODE -> node(pod, plugin, change.old(), change.now());
            case PLACED_POD -> placedPod(pod, plugin, change);
            case CLAIM ->
                !change.isRemoved()
                        && usesVolumes(plugin)
                        && plugin != Plugin.NODE_VOLUME_LIMITS
                        && Volumes.uses(pod, change.object());
            case VOLUME -> !change.isRemoved() && (plugin == Plugin.VOLUME_BINDING || plugin == Plugin.VOLUME_ZONE);
            case STORAGE_CLASS -> !change.isRemoved() && plugin == Plugin.VOLUME_BINDING && classHelps(change);
            case CSI_NODE -> !change.isRemoved() && plugin == Plugin.NODE_VOLUME_LIMITS;
            case CAPACITY -> !change.isRemoved() && plugin == Plugin.VOLUME_BINDING;
            case DEVICE_CLAIM -> plugin == Plugin.DYNAMIC_RESOURCES && DeviceClaims.helps(pod, change);
            case DEVICE_CLASS ->
                !change.isRemoved()
                        && (plugin == Plugin.DYNAMIC_RESOURCES
                                || (plugin == Plugin.NODE_RESOURCES_FIT
                                        && ExtendedResources.helps(
                                                PodRequest.of(pod).amounts(), change)));
            case DEVICE_SLICE -> !change.isRemoved() && plugin == Plugin.DYNAMIC_RESOURCES;
        };
    }

    private static boolean usesVolumes(Plugin plugin) {
        return plugin == Plugin.VOLUME_RESTRICTIONS
                || plugin == Plugin.NODE_VOLUME_LIMITS
                || plugin == Plugin.VOLUME_BINDING
                || plugin == Plugin.VOLUME_ZONE;
    }

    private static boolean classHelps(Change change) {
        KubeObject old = change.old();
        return old == null
                || !old.maps("allowedTopologies").equals(change.object().maps("allowedTopologies"));
    }

    private boolean node(KubeObject pod, Plugin plugin, @Nullable KubeObject old, @Nullable KubeObject now) {
        if (now == null) {
            return plugin == Plugin.POD_TOPOLOGY_SPREAD
                    && old != null
                    && SpreadConstraint.hasAllKeys(old, SpreadConstraint.of(pod, "DoNotSchedule"));
        }
        boolean labels = old == null || !old.labels().equals(now.labels());
        return switch (plugin) {
            case NODE_UNSCHEDULABLE ->
                (!now.flag("spec", "unschedulable") && (old == null || old.flag("spec", "unschedulable")))
                        || (old == null && Filters.toleratesUnschedulable(pod));
            case NODE_NAME -> old == null && now.name().equals(pod.text("spec", "nodeName"));
            case TAINT_TOLERATION -> Filters.tolerates(pod, now) && (old == null || !Filters.tolerates(pod, old));
            case NODE_AFFINITY -> NodeSelection.matches(pod, now) && (old == null || !NodeSelection.matches(pod, old));
            case NODE_PORTS, NODE_VOLUME_LIMITS -> old == null;
            case DYNAMIC_RESOURCES ->
                labels || old == null || !old.map("status", "allocatable").equals(now.map("status", "allocatable"));
            case NODE_RESOURCES_FIT -> hasRoom(pod, old, now);
            case VOLUME_BINDING, VOLUME_ZONE -> labels;
            case VOLUME_RESTRICTIONS -> old == null;
            case POD_TOPOLOGY_SPREAD -> spread(pod, old, now);
            case INTER_POD_AFFINITY -> old == null ? near(pod, now) : moved(pod, old, now);
        };
    }

    private boolean hasRoom(KubeObject pod, @Nullable KubeObject old, KubeObject now) {
        PodRequest request = PodRequest.of(pod);
        if (!Filters.resources(request, new NodeState(now), extended::isClaimed).isEmpty()) {
            return false;
        }
        if (old == null) {
            return true;
        }
        Map<String, Long> before = NodeState.amounts(old);
        return NodeState.amounts(now).entrySet().stream()
                .anyMatch(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L)
                        && (entry.getKey().equals("pods") || request.of(entry.getKey()) > 0));
    }

    private static boolean spread(KubeObject pod, @Nullable KubeObject old, KubeObject now) {
        List<SpreadConstraint> constraints = SpreadConstraint.of(pod, "DoNotSchedule");
        boolean counts = SpreadConstraint.hasAllKeys(now, constraints);
        if (old == null || counts != SpreadConstraint.hasAllKeys(old, constraints)) {
            return old != null || counts;
        }
        return counts
                && (!old.maps("spec", "taints").equals(now.maps("spec", "taints"))
                        || constraints.stream().anyMatch(constraint -> !old.labels()
                                .getOrDefault(constraint.key(), "")
                                .equals(now.labels().getOrDefault(constraint.key(), ""))));
    }

    private boolean near(KubeObject pod, KubeObject node) {
        return !affinity.against(pod).isEmpty()
                || affinity.to(pod).stream().anyMatch(term -> node.labels().containsKey(term.key()));
    }

    private boolean moved(KubeObject pod, KubeObject old, KubeObject now) {
        return affinity.to(pod).stream().anyMatch(term -> gains(now, old, term.key()))
                || affinity.against(pod).stream().anyMatch(term -> gains(old, now, term.key()));
    }

    /** Whether one has a label that the other has not, or not so. */
    private static boolean gains(KubeObject one, KubeObject other, String key) {
        String value = one.labels().get(key);
        return value != null && !value.equals(other.labels().get(key));
    }

    private boolean placedPod(KubeObject pod, Plugin plugin, Change change) {
        KubeObject other = change.object();
        return switch (plugin) {
            case NODE_PORTS -> change.isRemoved() && collide(pod, other);
            case NODE_RESOURCES_FIT -> change.isRemoved() || shrank(pod, change);
            case VOLUME_RESTRICTIONS, NODE_VOLUME_LIMITS ->
                change.isRemoved() && other.namespace().equals(pod.namespace());
            case POD_TOPOLOGY_SPREAD -> counts(pod, change);
            case INTER_POD_AFFINITY -> wanted(pod, change);
            default -> false;
        };
    }

    private static boolean collide(KubeObject pod, KubeObject other) {
        List<String> taken = PodRequest.of(other).hostPorts();
        return PodRequest.of(pod).hostPorts().stream()
                .anyMatch(port -> taken.stream().anyMatch(mine -> NodeState.collide(port, mine)));
    }

    private static boolean shrank(KubeObject pod, Change change) {
        if (change.old() == null || change.now() == null) {
            return false;
        }
        PodRequest before = PodRequest.ofPlaced(change.old());
        PodRequest after = PodRequest.ofPlaced(change.now());
        return PodRequest.of(pod).amounts().entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 0 && before.of(entry.getKey()) > after.of(entry.getKey()));
    }

    private static boolean counts(KubeObject pod, Change change) {
        if (!change.object().namespace().equals(pod.namespace())) {
            return false;
        }
        KubeObject old = change.old();
        KubeObject now = change.now();
        for (SpreadConstraint constraint : SpreadConstraint.of(pod, "DoNotSchedule")) {
            boolean before = old != null && constraint.selector().matches(old.labels());
            boolean after = now != null && constraint.selector().matches(now.labels());
            if (before != after) {
                return true;
            }
        }
        return false;
    }

    private boolean wanted(KubeObject pod, Change change) {
        List<AffinityTerm> to = affinity.to(pod);
        List<AffinityTerm> against = affinity.against(pod);
        KubeObject old = change.old();
        KubeObject now = change.now();
        boolean was = old != null && AffinityTerm.all(to, old);
        boolean is = now != null && AffinityTerm.all(to, now);
        if (!was && is) {
            return true;
        }
        if (old == null) {
            return false;
        }
        boolean refused = AffinityTerm.all(against, old);
        boolean refuses = now != null && AffinityTerm.all(against, now);
        return (refused && !refuses) || (now == null && AffinityTerm.all(affinity.against(old), pod));
    }
}
