package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Affinity and anti-affinity between pods, required and preferred, as the plugin InterPodAffinity of Kubernetes 1.36. */
final class Affinity {
    private static final String TO = "podAffinity";
    private static final String AGAINST = "podAntiAffinity";

    /** What another pod's required affinity to this one is worth. */
    private static final long HARD_WEIGHT = 1;

    private final Informer namespaces;

    Affinity(Informer namespaces) {
        this.namespaces = namespaces;
    }

    /** What the pods on the nodes say about a pod that waits; of one moment. */
    final class Counts {
        private final KubeObject pod;
        private final List<AffinityTerm> to;
        private final List<AffinityTerm> against;
        private final Places wanted = new Places();
        private final Places unwanted = new Places();
        private final Places refusing = new Places();

        Counts(KubeObject pod, List<NodeState> all) {
            this.pod = pod;
            this.to = AffinityTerm.required(pod, TO, namespaces);
            this.against = AffinityTerm.required(pod, AGAINST, namespaces);
            for (NodeState node : all) {
                for (KubeObject other : node.podsWithAffinity()) {
                    for (AffinityTerm term : AffinityTerm.required(other, AGAINST, namespaces)) {
                        if (term.matches(pod)) {
                            refusing.add(node.node(), term.key(), 1);
                        }
                    }
                }
                if (!to.isEmpty() || !against.isEmpty()) {
                    node.pods().forEach(other -> count(node.node(), other));
                }
            }
        }

        private void count(KubeObject node, KubeObject other) {
            if (AffinityTerm.all(to, other)) {
                to.forEach(term -> wanted.add(node, term.key(), 1));
            }
            for (AffinityTerm term : against) {
                if (term.matches(other)) {
                    unwanted.add(node, term.key(), 1);
                }
            }
        }

        @Nullable
        Verdict check(KubeObject node) {
            if (!isNear(node)) {
                return Verdict.unresolvable(Plugin.INTER_POD_AFFINITY, "node(s) didn't match pod affinity rules");
            }
            if (against.stream().anyMatch(term -> unwanted.at(node, term.key()) > 0)) {
                return Verdict.resolvable(Plugin.INTER_POD_AFFINITY, "node(s) didn't match pod anti-affinity rules");
            }
            if (refusing.any(node)) {
                return Verdict.resolvable(
                        Plugin.INTER_POD_AFFINITY, "node(s) didn't satisfy existing pods anti-affinity rules");
            }
            return null;
        }

        /** Near to what it wants to be near to; the first of a kind that wants to be near to itself may go anywhere. */
        private boolean isNear(KubeObject node) {
            boolean near = true;
            for (AffinityTerm term : to) {
                if (!node.labels().containsKey(term.key())) {
                    return false;
                }
                near &= wanted.at(node, term.key()) > 0;
            }
            return near || (wanted.isEmpty() && AffinityTerm.all(to, pod));
        }
    }

    /** By place, the weights of the terms that hold there, both ways. */
    Places scores(KubeObject pod, List<NodeState> all) {
        List<AffinityTerm> to = AffinityTerm.preferred(pod, TO, namespaces);
        List<AffinityTerm> against = AffinityTerm.preferred(pod, AGAINST, namespaces);
        boolean prefers = !to.isEmpty() || !against.isEmpty();
        Places places = new Places();
        for (NodeState node : all) {
            Collection<KubeObject> others = prefers ? node.pods() : node.podsWithAffinity();
            for (KubeObject other : others) {
                weigh(places, to, other, node.node(), 1);
                weigh(places, against, other, node.node(), -1);
                if (other.at("spec", "affinity") != null) {
                    weigh(places, AffinityTerm.preferred(other, TO, namespaces), pod, node.node(), 1);
                    weigh(places, AffinityTerm.preferred(other, AGAINST, namespaces), pod, node.node(), -1);
                    for (AffinityTerm term : AffinityTerm.required(other, TO, namespaces)) {
                        if (term.matches(pod)) {
                            places.add(node.node(), term.key(), HARD_WEIGHT);
                        }
                    }
                }
            }
        }
        return places;
    }

    private static void weigh(Places places, List<AffinityTerm> terms, KubeObject subject, KubeObject node, long sign) {
        for (AffinityTerm term : terms) {
            if (term.matches(subject)) {
                places.add(node, term.key(), sign * term.weight());
            }
        }
    }

    List<AffinityTerm> to(KubeObject pod) {
        return AffinityTerm.required(pod, TO, namespaces);
    }

    List<AffinityTerm> against(KubeObject pod) {
        return AffinityTerm.required(pod, AGAINST, namespaces);
    }
}
