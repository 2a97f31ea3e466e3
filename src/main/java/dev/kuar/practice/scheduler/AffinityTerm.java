package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One term of a pod's affinity to other pods, read.
 *
 * @param key the node label whose value makes a place
 * @param weight 0 for a required term
 */
record AffinityTerm(
        Set<String> namespaces,
        LabelSelector namespaceSelector,
        LabelSelector selector,
        String key,
        long weight,
        Informer namespaceList) {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    /** @param kind {@code podAffinity} or {@code podAntiAffinity} */
    static List<AffinityTerm> required(KubeObject pod, String kind, Informer namespaces) {
        List<Map<String, Object>> trees = pod.maps("spec", "affinity", kind, REQUIRED);
        List<AffinityTerm> terms = new ArrayList<>(trees.size());
        for (Map<String, Object> tree : trees) {
            terms.add(of(pod, KubeObject.of(tree), 0, namespaces));
        }
        return terms;
    }

    /** @param kind {@code podAffinity} or {@code podAntiAffinity} */
    static List<AffinityTerm> preferred(KubeObject pod, String kind, Informer namespaces) {
        List<Map<String, Object>> trees = pod.maps("spec", "affinity", kind, PREFERRED);
        List<AffinityTerm> terms = new ArrayList<>(trees.size());
        for (Map<String, Object> tree : trees) {
            KubeObject weighted = KubeObject.of(tree);
            terms.add(
                    of(pod, KubeObject.of(weighted.map("podAffinityTerm")), weighted.number(0, "weight"), namespaces));
        }
        return terms;
    }

    private static AffinityTerm of(KubeObject owner, KubeObject term, long weight, Informer namespaces) {
        Set<String> names = new TreeSet<>(term.texts("namespaces"));
        boolean selects = term.at("namespaceSelector") instanceof Map;
        if (names.isEmpty() && !selects) {
            names.add(owner.namespace());
        }
        return new AffinityTerm(
                names,
                selects ? LabelSelector.ofObject(term.map("namespaceSelector")) : LabelSelector.NOTHING,
                term.at("labelSelector") instanceof Map
                        ? LabelSelector.ofObject(term.map("labelSelector"))
                        : LabelSelector.NOTHING,
                term.text("topologyKey"),
                weight,
                namespaces);
    }

    boolean matches(KubeObject pod) {
        return inNamespace(pod.namespace()) && selector.matches(pod.labels());
    }

    private boolean inNamespace(String name) {
        return namespaces.contains(name)
                || namespaceSelector.isEverything()
                || (namespaceSelector != LabelSelector.NOTHING
                        && namespaceList
                                .find("", name)
                                .filter(namespace -> namespaceSelector.matches(namespace.labels()))
                                .isPresent());
    }

    /** Whether one pod has all that the terms ask for; no terms are met by nobody. */
    static boolean all(List<AffinityTerm> terms, KubeObject pod) {
        return !terms.isEmpty() && terms.stream().allMatch(term -> term.matches(pod));
    }
}
