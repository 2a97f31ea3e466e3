package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how many pods a PodDisruptionBudget can spare, and takes back what was said of pods that should have been disrupted
 * and were not. Models the disruption controller of Kubernetes 1.36.
 */
final class DisruptionController implements Reconciler {
    /** How long a pod that was to be evicted, or said to be disrupted, may stay. */
    private static final long PATIENCE = 120;

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer budgets;
    private final Informer pods;
    private final PodScales scales;

    private DisruptionController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("disruption-controller");
        this.events = context.events("controllermanager");
        this.budgets = context.informer(Kinds.BUDGETS);
        this.pods = context.informer(Kinds.PODS);
        this.scales = new PodScales(context, client);
    }

    static void start(ControllerContext context) {
        DisruptionController controller = new DisruptionController(context);
        Loop loop = context.loop("disruption-controller", controller);
        Loop stale = context.loop("disruption-controller-stale-pods", controller::staleTarget);
        context.watch(Kinds.BUDGETS, loop);
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod != null) {
                controller.budgetsOf(pod, now != null).forEach(budget -> loop.add(Key.of(budget)));
            }
            if (now != null && isStale(now)) {
                stale.add(Key.of(now));
            }
        });
    }

    private List<KubeObject> budgetsOf(KubeObject pod, boolean there) {
        List<KubeObject> mine = budgets.inNamespace(pod.namespace()).stream()
                .filter(budget -> selector(budget).matches(pod.labels()))
                .sorted(Comparator.comparing(KubeObject::name))
                .toList();
        if (there && mine.size() > 1) {
            events.warning(
                    pod,
                    "MultiplePodDisruptionBudgets",
                    "Pod \"" + pod.namespace() + "\"/\"" + pod.name()
                            + "\" matches multiple PodDisruptionBudgets.  Chose \""
                            + mine.get(0).name()
                            + "\" arbitrarily.");
        }
        return mine;
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
        LabelSelector selector = selector(budget);
        List<KubeObject> mine = pods.inNamespace(key.namespace()).stream()
                .filter(pod -> selector.matches(pod.labels()))
                .toList();
        if (mine.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        try {
            return count(budget, mine);
        } catch (PodScales.Unknown why) {
            String message = String.valueOf(why.getMessage());
            events.warning(
                    budget,
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: " + message);
            failSafe(budget, message);
            return Next.ON_CHANGE;
        }
    }

    private Next count(KubeObject budget, List<KubeObject> mine) throws PodScales.Unknown {
        boolean plain =
                budget.at("spec", "maxUnavailable") == null && budget.at("spec", "minAvailable") instanceof Number;
        PodScales.Sum sum = plain ? new PodScales.Sum(mine.size(), false) : scales.of(mine);
        if (sum.unmanaged()) {
            events.warning(
                    budget,
                    "UnmanagedPods",
                    "Pods selected by this PodDisruptionBudget (selector: "
                            + SelectorText.of(budget, "spec", "selector")
                            + ") were found to be unmanaged. As a result, the status of the PDB cannot be calculated"
                            + " correctly, which may result in undefined behavior. To account for these pods please set"
                            + " \".spec.minAvailable\" field of the PDB to an integer value.");
        }
        Map<String, Object> disrupted = new LinkedHashMap<>();
        Next next = Next.ON_CHANGE;
        for (KubeObject pod : mine) {
            Object since = budget.map("status", "disruptedPods").get(pod.name());
            if (pod.isTerminating() || since == null) {
                continue;
            }
            Instant until = context.due(PodState.time(String.valueOf(since)), PATIENCE);
            if (until.isBefore(context.instant())) {
                events.warning(
                        pod,
                        "NotDeleted",
                        "Pod was expected by PDB " + budget.namespace() + "/" + budget.namespace()
                                + " to be deleted but it wasn't");
            } else {
                disrupted.put(pod.name(), since);
                next = next.or(Next.at(until.plusMillis(1), context.instant()));
            }
        }
        long healthy = mine.stream()
                .filter(pod -> !pod.isTerminating() && PodState.isReady(pod) && !disrupted.containsKey(pod.name()))
                .count();
        write(budget, healthy, desired(budget, sum.pods()), sum.pods(), disrupted);
        return next;
    }

    private static long desired(KubeObject budget, long expected) {
        Object unavailable = budget.at("spec", "maxUnavailable");
        return unavailable != null
                ? Math.max(0, expected - Trees.scaled(unavailable, expected, true))
                : Trees.scaled(budget.at("spec", "minAvailable"), expected, true);
    }

    private void write(KubeObject budget, long healthy, long desired, long expected, Map<String, Object> disrupted) {
        long allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
        List<Object> conditions = condition(
                budget,
                allowed > 0 ? "True" : "False",
                allowed > 0 ? "SufficientPods" : "InsufficientPods",
                "",
                budget.generation());
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

    /** Where nothing can be counted, nothing may be evicted; all else stays as it was told. */
    private void failSafe(KubeObject budget, String why) {
        KubeObject failed = budget.copy();
        failed.set(0L, "status", "disruptionsAllowed");
        failed.set(
                condition(budget, "False", "SyncFailed", why, budget.number(0, "status", "observedGeneration")),
                "status",
                "conditions");
        ControllerContext.writeStatus(client, Kinds.BUDGETS, budget, failed.map("status"));
    }

    private List<Object> condition(KubeObject budget, String status, String reason, String message, long generation) {
        List<Object> conditions = Trees.withCondition(
                budget.maps("status", "conditions"), "DisruptionAllowed", status, reason, message, context.now());
        conditions.replaceAll(each -> {
            if (!(each instanceof Map<?, ?> map) || !"DisruptionAllowed".equals(map.get("type"))) {
                return each;
            }
            Map<String, Object> dated = new LinkedHashMap<>();
            map.forEach((name, value) -> dated.put(String.valueOf(name), value));
            if (generation != 0) {
                dated.put("observedGeneration", generation);
            }
            return dated;
        });
        return conditions;
    }

    private static boolean isStale(KubeObject pod) {
        return !pod.isTerminating()
                && Trees.isTrue(pod, "DisruptionTarget")
                && !"TerminationByKubelet"
                        .equals(Trees.condition(pod, "DisruptionTarget").get("reason"))
                && !PodState.isFinished(pod);
    }

    /** A pod that was said to be disrupted and is not being deleted two minutes later is not disrupted. */
    private Next staleTarget(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null || !isStale(pod)) {
            return Next.ON_CHANGE;
        }
        Instant since = PodState.time(Trees.text(Trees.condition(pod, "DisruptionTarget"), "lastTransitionTime"));
        Instant due = context.due(since, PATIENCE);
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        List<Object> conditions = new ArrayList<>(pod.maps("status", "conditions"));
        conditions.replaceAll(each -> each instanceof Map<?, ?> map && "DisruptionTarget".equals(map.get("type"))
                ? Trees.map("lastTransitionTime", context.now(), "status", "False", "type", "DisruptionTarget")
                : each);
        KubeObject changed = pod.copy();
        changed.set(conditions, "status", "conditions");
        client.updateSubresource(Kinds.PODS, "status", changed);
        return Next.ON_CHANGE;
    }
}
