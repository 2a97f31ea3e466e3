package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Affinity and anti-affinity between pods, required and preferred. */
final class Affinity {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private final Informer namespaces;

    Affinity(Informer namespaces) {
        this.namespaces = namespaces;
    }

    @Nullable
    Verdict check(KubeObject pod, NodeState state, List<NodeState> all) {
        for (Map<String, Object> term : pod.maps("spec", "affinity", "podAffinity", REQUIRED)) {
            boolean anywhere = all.stream().anyMatch(node -> hosts(pod, term, node));
            boolean first = !anywhere
                    && matches(pod, term, pod)
                    && state.node().labels().containsKey(key(term));
            if (!first && !together(pod, term, state, all)) {
                return new Verdict("node(s) didn't match pod affinity rules", false);
            }
        }
        for (Map<String, Object> term : pod.maps("spec", "affinity", "podAntiAffinity", REQUIRED)) {
            if (together(pod, term, state, all)) {
                return new Verdict("node(s) didn't match pod anti-affinity rules", true);
            }
        }
        for (NodeState node : all) {
            for (KubeObject other : node.podsWithAffinity()) {
                for (Map<String, Object> term : other.maps("spec", "affinity", "podAntiAffinity", REQUIRED)) {
                    if (sameDomain(term, node, state) && matches(other, term, pod)) {
                        return new Verdict("node(s) didn't satisfy existing pods anti-affinity rules", true);
                    }
                }
            }
        }
        return null;
    }

    /** Weights of preferred terms that hold on this node, both ways. */
    long score(KubeObject pod, NodeState state, List<NodeState> all) {
        long score = 0;
        boolean prefers = !pod.maps("spec", "affinity", "podAffinity", PREFERRED)
                        .isEmpty()
                || !pod.maps("spec", "affinity", "podAntiAffinity", PREFERRED).isEmpty();
        for (NodeState node : all) {
            for (KubeObject other : prefers ? node.pods() : List.<KubeObject>of()) {
                score += weigh(pod, "podAffinity", other, node, state)
                        - weigh(pod, "podAntiAffinity", other, node, state);
            }
            for (KubeObject other : node.podsWithAffinity()) {
                score += weigh(other, "podAffinity", pod, node, state)
                        - weigh(other, "podAntiAffinity", pod, node, state);
            }
        }
        return score;
    }

    private long weigh(KubeObject owner, String kind, KubeObject subject, NodeState at, NodeState candidate) {
        long sum = 0;
        for (Map<String, Object> weighted : owner.maps("spec", "affinity", kind, PREFERRED)) {
            Map<String, Object> term = KubeObject.of(weighted).map("podAffinityTerm");
            if (sameDomain(term, at, candidate) && matches(owner, term, subject)) {
                sum += KubeObject.of(weighted).number(0, "weight");
            }
        }
        return sum;
    }

    private boolean together(KubeObject pod, Map<String, Object> term, NodeState state, List<NodeState> all) {
        return all.stream().anyMatch(node -> sameDomain(term, node, state) && hosts(pod, term, node));
    }

    private boolean hosts(KubeObject owner, Map<String, Object> term, NodeState node) {
        return node.node().labels().containsKey(key(term))
                && node.pods().stream()
                        .anyMatch(other -> !other.uid().equals(owner.uid()) && matches(owner, term, other));
    }

    private static boolean sameDomain(Map<String, Object> term, NodeState a, NodeState b) {
        String value = a.node().labels().get(key(term));
        return value != null && value.equals(b.node().labels().get(key(term)));
    }

    private static String key(Map<String, Object> term) {
        return KubeObject.of(term).text("topologyKey");
    }

    private boolean matches(KubeObject owner, Map<String, Object> tree, KubeObject other) {
        KubeObject term = KubeObject.of(tree);
        Set<String> names = new TreeSet<>(term.texts("namespaces"));
        boolean everywhere = false;
        if (term.at("namespaceSelector") instanceof Map) {
            LabelSelector selector = LabelSelector.ofObject(term.map("namespaceSelector"));
            everywhere = selector.isEverything()
                    || namespaces
                            .find("", other.namespace())
                            .filter(namespace -> selector.matches(namespace.labels()))
                            .isPresent();
        } else if (names.isEmpty()) {
            names.add(owner.namespace());
        }
        return (everywhere || names.contains(other.namespace()))
                && term.at("labelSelector") instanceof Map
                && LabelSelector.ofObject(term.map("labelSelector")).matches(other.labels());
    }
}
