package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the pods of a DaemonSet become those of its template: old ones go as {@code maxUnavailable} allows, or new ones come
 * beside them as {@code maxSurge} does. Models the DaemonSet controller of Kubernetes 1.36.
 */
final class DaemonRollout {
    private final ControllerContext context;

    DaemonRollout(ControllerContext context) {
        this.context = context;
    }

    /**
     * The next step.
     *
     * @param nodes where a pod is to be made
     * @param pods which are to go
     */
    record Plan(List<String> nodes, List<KubeObject> pods) {}

    /** The old and the new pod of a node that are not going. */
    private record Pair(@Nullable KubeObject old, @Nullable KubeObject fresh) {}

    private static @Nullable Object limit(KubeObject set, String which) {
        return set.at("spec", "updateStrategy", "rollingUpdate", which);
    }

    static boolean surges(KubeObject set) {
        boolean rolls = !set.text("spec", "updateStrategy", "type").equals("OnDelete");
        return rolls && Trees.scaled(limit(set, "maxSurge"), 100, true) > 0;
    }

    /** Which of the pods that run on one node, the oldest first, are too many. */
    List<KubeObject> surplus(KubeObject set, List<KubeObject> running, String hash) {
        if (running.size() <= 1) {
            return List.of();
        }
        if (!surges(set)) {
            return running.subList(1, running.size());
        }
        List<KubeObject> surplus = new ArrayList<>();
        KubeObject old = null;
        KubeObject fresh = null;
        for (KubeObject pod : running) {
            if (isNew(pod, hash) && fresh == null) {
                fresh = pod;
            } else if (!isNew(pod, hash) && old == null) {
                old = pod;
            } else {
                surplus.add(pod);
            }
        }
        if (old != null && fresh != null && (!PodState.isReady(old) || isAvailable(set, fresh))) {
            surplus.add(old);
        }
        return surplus;
    }

    private static boolean isNew(KubeObject pod, String hash) {
        return hash.equals(pod.labels().get(RevisionHistory.HASH));
    }

    private boolean isAvailable(KubeObject set, KubeObject pod) {
        return PodState.isAvailable(pod, set.number(0, "spec", "minReadySeconds"), context.instant());
    }

    Plan plan(KubeObject set, Collection<KubeObject> nodes, Map<String, List<KubeObject>> byNode, String hash) {
        List<KubeObject> wanted =
                nodes.stream().filter(node -> DaemonPods.shouldRun(set, node)).toList();
        long surge = Trees.scaled(limit(set, "maxSurge"), wanted.size(), true);
        Object most = limit(set, "maxUnavailable");
        long unavailable = most == null ? 1 : Trees.scaled(most, wanted.size(), true);
        if (surge > 0) {
            return surge(set, wanted, byNode, hash, surge);
        }
        return replace(set, wanted, byNode, hash, unavailable == 0 ? 1 : unavailable);
    }

    private static Pair pair(List<KubeObject> there, String hash) {
        KubeObject old = null;
        KubeObject fresh = null;
        for (KubeObject pod : there) {
            if (!pod.isTerminating()) {
                fresh = isNew(pod, hash) ? pod : fresh;
                old = isNew(pod, hash) ? old : pod;
            }
        }
        return new Pair(old, fresh);
    }

    private Plan replace(
            KubeObject set,
            List<KubeObject> wanted,
            Map<String, List<KubeObject>> byNode,
            String hash,
            long maxUnavailable) {
        long unavailable = 0;
        List<KubeObject> doomed = new ArrayList<>();
        List<KubeObject> candidates = new ArrayList<>();
        for (KubeObject node : wanted) {
            Pair pair = pair(byNode.getOrDefault(node.name(), List.of()), hash);
            KubeObject old = pair.old();
            KubeObject fresh = pair.fresh();
            if (old == null || fresh != null) {
                unavailable += old == null && fresh != null && isAvailable(set, fresh) ? 0 : 1;
            } else if (isAvailable(set, old)) {
                candidates.add(old);
            } else {
                doomed.add(old);
                unavailable++;
            }
        }
        long budget = Math.max(0, Math.min(maxUnavailable - unavailable, candidates.size()));
        doomed.addAll(candidates.subList(0, (int) budget));
        return new Plan(List.of(), doomed);
    }

    private Plan surge(
            KubeObject set, List<KubeObject> wanted, Map<String, List<KubeObject>> byNode, String hash, long maxSurge) {
        long surging = 0;
        List<String> allowed = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        List<KubeObject> doomed = new ArrayList<>();
        for (KubeObject node : wanted) {
            Pair pair = pair(byNode.getOrDefault(node.name(), List.of()), hash);
            KubeObject old = pair.old();
            KubeObject fresh = pair.fresh();
            if (old == null) {
                continue;
            }
            if (fresh == null) {
                (isAvailable(set, old) ? candidates : allowed).add(node.name());
            } else if (isAvailable(set, fresh)) {
                doomed.add(old);
            } else {
                surging++;
            }
        }
        long budget = Math.max(0, Math.min(maxSurge - surging, candidates.size()));
        allowed.addAll(candidates.subList(0, (int) budget));
        return new Plan(allowed, doomed);
    }
}
