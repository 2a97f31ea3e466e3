package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts how many pods a PodDisruptionBudget can spare. Models the disruption controller of Kubernetes 1.36. */
final class DisruptionController implements Reconciler {
    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer budgets;
    private final Informer pods;

    private DisruptionController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("disruption-controller");
        this.events = context.events("controllermanager");
        this.budgets = context.informer(Kinds.BUDGETS);
        this.pods = context.informer(Kinds.PODS);
    }

    static void start(ControllerContext context) {
        DisruptionController controller = new DisruptionController(context);
        Loop loop = context.loop("disruption-controller", controller);
        context.watch(Kinds.BUDGETS, loop);
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod != null) {
                controller.budgets.inNamespace(pod.namespace()).stream()
                        .filter(budget -> selector(budget).matches(pod.labels())
                                || (old != null && selector(budget).matches(old.labels())))
                        .forEach(budget -> loop.add(Key.of(budget)));
            }
        });
        for (GroupResource resource : List.of(Kinds.DEPLOYMENTS, Kinds.STATEFUL_SETS, Kinds.REPLICA_SETS)) {
            context.listen(resource, (old, now) -> {
                if (old != null
                        && now != null
                        && old.number(1, "spec", "replicas") != now.number(1, "spec", "replicas")) {
                    controller.budgets.inNamespace(now.namespace()).forEach(budget -> loop.add(Key.of(budget)));
                }
            });
        }
    }

    private static LabelSelector selector(KubeObject budget) {
        return budget.at("spec", "selector") instanceof Map
                ? LabelSelector.ofObject(budget.map("spec", "selector"))
                : LabelSelector.NOTHING;
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject budget = budgets.find(key.namespace(), key.name()).orElse(null);
        if (budget == null) {
            return Next.ON_CHANGE;
        }
        List<KubeObject> mine = new ArrayList<>();
        for (KubeObject pod : pods.inNamespace(key.namespace())) {
            if (selector(budget).matches(pod.labels()) && !PodState.isFinished(pod)) {
                mine.add(pod);
            }
        }
        if (mine.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        long expected = expected(budget, mine);
        long desired = desired(budget, expected);
        Map<String, Object> disrupted = new LinkedHashMap<>();
        Next next = Next.ON_CHANGE;
        for (Map.Entry<String, Object> entry :
                budget.map("status", "disruptedPods").entrySet()) {
            Instant until = context.due(PodState.time(String.valueOf(entry.getValue())), 120);
            boolean still = mine.stream().anyMatch(pod -> pod.name().equals(entry.getKey()) && !pod.isTerminating());
            if (still && until.isAfter(context.instant())) {
                disrupted.put(entry.getKey(), entry.getValue());
                next = next.or(Next.at(until, context.instant()));
            }
        }
        long healthy = mine.stream()
                .filter(pod -> !pod.isTerminating() && PodState.isReady(pod) && !disrupted.containsKey(pod.name()))
                .count();
        write(budget, healthy, desired, expected, disrupted);
        return next;
    }

    /** As many as the owners want in all; the number there is where a plain count is asked for. */
    private long expected(KubeObject budget, List<KubeObject> mine) {
        boolean count = budget.at("spec", "minAvailable") instanceof Number;
        if (count) {
            return mine.size();
        }
        long sum = 0;
        Set<String> seen = new HashSet<>();
        for (KubeObject pod : mine) {
            Map<String, Object> owner = Owners.controllerOf(pod).orElse(Map.of());
            if (owner.isEmpty()) {
                sum++;
                continue;
            }
            if (!seen.add(Trees.text(owner, "uid"))) {
                continue;
            }
            GroupResource resource =
                    switch (Trees.text(owner, "kind")) {
                        case "StatefulSet" -> Kinds.STATEFUL_SETS;
                        case "ReplicationController" -> Kinds.REPLICATION_CONTROLLERS;
                        default -> Kinds.REPLICA_SETS;
                    };
            sum += context.informer(resource)
                    .find(pod.namespace(), Trees.text(owner, "name"))
                    .map(set -> set.number(1, "spec", "replicas"))
                    .orElse(0L);
        }
        return sum;
    }

    private static long desired(KubeObject budget, long expected) {
        Object unavailable = budget.at("spec", "maxUnavailable");
        return unavailable != null
                ? Math.max(0, expected - Trees.scaled(unavailable, expected, true))
                : Trees.scaled(budget.at("spec", "minAvailable"), expected, true);
    }

    private void write(KubeObject budget, long healthy, long desired, long expected, Map<String, Object> disrupted) {
        long allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
        List<Object> conditions = Trees.withCondition(
                budget.maps("status", "conditions"),
                "DisruptionAllowed",
                allowed > 0 ? "True" : "False",
                allowed > 0 ? "SufficientPods" : "InsufficientPods",
                "",
                context.now());
        for (Object condition : conditions) {
            if (condition instanceof Map<?, ?> map && "DisruptionAllowed".equals(map.get("type"))) {
                @SuppressWarnings("unchecked")
                Map<String, Object> mine = (Map<String, Object>) map;
                mine.put("observedGeneration", budget.generation());
            }
        }
        ControllerContext.writeStatus(
                client,
                Kinds.BUDGETS,
                budget,
                Trees.map(
                        "conditions", conditions,
                        "currentHealthy", healthy,
                        "desiredHealthy", desired,
                        "disruptedPods", disrupted.isEmpty() ? null : disrupted,
                        "disruptionsAllowed", allowed,
                        "expectedPods", expected,
                        "observedGeneration", Trees.orNull(budget.generation())));
    }
}
