package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a node spreads a pod's like, as the plugin PodTopologySpread of Kubernetes 1.36 scores it: by the constraints that
 * need not hold, or, for a pod without any, by the scheduler's own over nodes and zones for what its Services and its owner
 * select.
 */
final class SpreadScore {
    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final long MAX = 100;
    private static final long IGNORED = -1;

    private final Informer services;
    private final Map<String, Informer> owners;

    SpreadScore(ApiClient client) {
        this.services = client.informer(GroupResource.core("services"));
        this.owners = Map.of(
                "v1/ReplicationController", client.informer(GroupResource.core("replicationcontrollers")),
                "apps/v1/ReplicaSet", client.informer(GroupResource.of("apps", "replicasets")),
                "apps/v1/StatefulSet", client.informer(GroupResource.of("apps", "statefulsets")));
    }

    /** 0 to 100 for each of the nodes; all 0 where nothing asks for spreading. */
    long[] scores(KubeObject pod, List<NodeState> feasible, List<NodeState> all) {
        long[] scores = new long[feasible.size()];
        boolean own = !pod.maps("spec", "topologySpreadConstraints").isEmpty();
        List<SpreadConstraint> constraints = own ? SpreadConstraint.of(pod, "ScheduleAnyway") : preset(pod);
        if (constraints.isEmpty()) {
            return scores;
        }
        List<Map<String, Long>> places = new ArrayList<>();
        int ignored = 0;
        while (places.size() < constraints.size()) {
            places.add(new HashMap<>());
        }
        for (int n = 0; n < scores.length; n++) {
            KubeObject node = feasible.get(n).node();
            if (own && !SpreadConstraint.hasAllKeys(node, constraints)) {
                scores[n] = IGNORED;
                ignored++;
                continue;
            }
            for (int i = 0; i < constraints.size(); i++) {
                places.get(i)
                        .putIfAbsent(
                                node.labels().getOrDefault(constraints.get(i).key(), ""), 0L);
            }
        }
        count(pod, constraints, own, places, all);
        for (int n = 0; n < scores.length; n++) {
            double sum = 0;
            for (int i = 0; scores[n] != IGNORED && i < constraints.size(); i++) {
                SpreadConstraint constraint = constraints.get(i);
                String place = feasible.get(n).node().labels().get(constraint.key());
                boolean host = constraint.key().equals(HOST);
                int size = host ? scores.length - ignored : places.get(i).size();
                if (place != null) {
                    long count = host
                            ? constraint.count(pod, feasible.get(n))
                            : places.get(i).getOrDefault(place, 0L);
                    sum += count * Math.log(size + 2.0) + constraint.maxSkew() - 1;
                }
            }
            scores[n] = scores[n] == IGNORED ? IGNORED : Math.round(sum);
        }
        return normal(scores);
    }

    private static void count(
            KubeObject pod,
            List<SpreadConstraint> constraints,
            boolean own,
            List<Map<String, Long>> places,
            List<NodeState> all) {
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            boolean known = places.get(i).keySet().stream().anyMatch(place -> !place.isEmpty());
            if (constraint.key().equals(HOST) || !known) {
                continue;
            }
            for (NodeState state : all) {
                KubeObject node = state.node();
                if (own && !SpreadConstraint.hasAllKeys(node, constraints) || !constraint.includes(pod, node)) {
                    continue;
                }
                String place = node.labels().getOrDefault(constraint.key(), "");
                places.get(i).computeIfPresent(place, (name, count) -> count + constraint.count(pod, state));
            }
        }
    }

    /** The fewer the better; a node without the labels gets nothing. */
    private static long[] normal(long[] scores) {
        long max = Arrays.stream(scores).max().orElse(0);
        long min = Arrays.stream(scores).filter(score -> score != IGNORED).min().orElse(0);
        return Arrays.stream(scores)
                .map(score -> score == IGNORED ? 0 : max <= 0 ? MAX : MAX * (max + min - score) / max)
                .toArray();
    }

    private List<SpreadConstraint> preset(KubeObject pod) {
        LabelSelector selector = selector(pod);
        return selector.isEverything()
                ? List.of()
                : List.of(
                        new SpreadConstraint(3, HOST, selector, 1, true, false),
                        new SpreadConstraint(5, ZONE, selector, 1, true, false));
    }

    /** What the Services and the controller of a pod select together; everything where there are none. */
    private LabelSelector selector(KubeObject pod) {
        Map<String, Object> labels = new LinkedHashMap<>();
        for (KubeObject service : services.inNamespace(pod.namespace())) {
            Map<String, String> selected = service.textMap("spec", "selector");
            if (service.at("spec", "selector") instanceof Map
                    && LabelSelector.ofLabels(selected).matches(pod.labels())) {
                labels.putAll(selected);
            }
        }
        List<Object> expressions = new ArrayList<>();
        for (Map<String, Object> reference : pod.ownerReferences()) {
            Informer kind = owners.get(reference.get("apiVersion") + "/" + reference.get("kind"));
            if (kind != null && Boolean.TRUE.equals(reference.get("controller"))) {
                kind.find(pod.namespace(), String.valueOf(reference.get("name")))
                        .ifPresent(owner -> {
                            boolean plain = "ReplicationController".equals(reference.get("kind"));
                            labels.putAll(
                                    plain
                                            ? owner.map("spec", "selector")
                                            : owner.map("spec", "selector", "matchLabels"));
                            expressions.addAll(owner.maps("spec", "selector", "matchExpressions"));
                        });
            }
        }
        return LabelSelector.ofObject(Map.of("matchLabels", labels, "matchExpressions", expressions));
    }
}
