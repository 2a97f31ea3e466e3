package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pod's way to a node: filter, score, bind; or the reasons, and perhaps preemption. */
final class SchedulingCycle {
    private static final GroupResource PODS = GroupResource.core("pods");

    private final ApiClient client;
    private final ClusterClock clock;
    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final SchedulerEvents events;
    private final Volumes volumes;
    private final Filters filters;
    private final Scores scores;
    private final Preemption preemption;

    SchedulingCycle(ApiClient client, ClusterClock clock, String host, Cluster cluster, SchedulingQueue queue) {
        this.client = client;
        this.clock = clock;
        this.cluster = cluster;
        this.queue = queue;
        this.events = new SchedulerEvents(client, clock, host);
        Affinity affinity = new Affinity(client.informer(GroupResource.core("namespaces")));
        TopologySpread spread = new TopologySpread();
        this.volumes = new Volumes(client);
        this.filters = new Filters(affinity, spread, volumes);
        this.scores = new Scores(affinity, spread);
        this.preemption = new Preemption(filters);
    }

    void schedule(KubeObject pod) {
        PodRequest request = PodRequest.of(pod);
        String problem = volumes.problem(pod);
        String message;
        Preemption.Plan plan = null;
        NodeState chosen = null;
        synchronized (cluster) {
            List<NodeState> all = cluster.nodes();
            if (all.isEmpty()) {
                message = "no nodes available to schedule pods";
            } else if (!problem.isEmpty()) {
                message = FitFailure.withPreemption(
                        FitFailure.everywhere(all.size(), problem),
                        all.size(),
                        Map.of(Preemption.NOT_HELPFUL, all.size()));
            } else {
                Map<NodeState, List<Verdict>> refused = new LinkedHashMap<>();
                List<NodeState> feasible = feasible(pod, request, all, refused);
                message = "";
                if (feasible.isEmpty()) {
                    Map<String, Integer> outcomes = new LinkedHashMap<>();
                    plan = preemption.find(pod, request, refused, all, outcomes);
                    message = message(all.size(), refused, outcomes, plan);
                } else {
                    chosen = scores.best(pod, request, feasible, all);
                    if (volumes.select(pod, chosen.name())) {
                        cluster.assume(pod, chosen.name());
                    } else {
                        return;
                    }
                }
            }
        }
        if (chosen != null) {
            bind(pod, chosen.name());
        } else {
            refuse(pod, message, plan);
        }
    }

    private List<NodeState> feasible(
            KubeObject pod, PodRequest request, List<NodeState> all, Map<NodeState, List<Verdict>> refused) {
        List<NodeState> feasible = new ArrayList<>();
        for (NodeState node : all) {
            List<Verdict> verdicts = filters.check(pod, request, node, all);
            if (verdicts.isEmpty()) {
                feasible.add(node);
            } else {
                refused.put(node, verdicts);
            }
        }
        return feasible;
    }

    private static String message(
            int nodes,
            Map<NodeState, List<Verdict>> refused,
            Map<String, Integer> outcomes,
            Preemption.@Nullable Plan plan) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        refused.values().forEach(list -> list.forEach(verdict -> reasons.merge(verdict.reason(), 1, Integer::sum)));
        String summary = FitFailure.summary(nodes, reasons);
        return plan == null ? FitFailure.withPreemption(summary, nodes, outcomes) : summary;
    }

    private void bind(KubeObject pod, String node) {
        KubeObject binding = KubeObject.create("v1", "Binding", pod.namespace(), pod.name());
        binding.set(pod.uid(), "metadata", "uid");
        binding.set("Node", "target", "kind");
        binding.set(node, "target", "name");
        try {
            client.createSubresource(PODS, pod.namespace(), pod.name(), "binding", binding);
        } catch (ApiException e) {
            cluster.forget(pod);
            if (!e.isNotFound()) {
                throw e;
            }
            return;
        }
        queue.remove(pod);
        events.record(
                pod,
                null,
                "Normal",
                "Scheduled",
                "Binding",
                "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + node);
    }

    private void refuse(KubeObject pod, String message, Preemption.@Nullable Plan plan) {
        events.record(pod, null, "Warning", "FailedScheduling", "Scheduling", message);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put(
                "lastTransitionTime",
                clock.now().truncatedTo(ChronoUnit.SECONDS).toString());
        condition.put("message", message);
        condition.put("reason", "Unschedulable");
        condition.put("status", "False");
        condition.put("type", "PodScheduled");
        Map<String, Object> status = new LinkedHashMap<>();
        for (Map<String, Object> before : pod.maps("status", "conditions")) {
            if ("PodScheduled".equals(before.get("type")) && "False".equals(before.get("status"))) {
                condition.put("lastTransitionTime", before.get("lastTransitionTime"));
            }
            if (condition.equals(before)) {
                condition.clear();
                break;
            }
        }
        if (!condition.isEmpty()) {
            status.put("conditions", List.of(condition));
        }
        if (plan != null) {
            status.put("nominatedNodeName", plan.node().name());
        }
        if (!status.isEmpty()) {
            client.patch(
                    PODS,
                    pod.namespace(),
                    pod.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Map.of("status", status));
        }
        if (plan != null) {
            plan.victims().forEach(victim -> preempt(pod, victim, plan.node().name()));
        }
    }

    private void preempt(KubeObject pod, KubeObject victim, String node) {
        if (victim.isTerminating()) {
            return;
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put(
                "lastTransitionTime",
                clock.now().truncatedTo(ChronoUnit.SECONDS).toString());
        condition.put("message", SchedulerEvents.NAME + ": preempting to accommodate a higher priority pod");
        condition.put("reason", "PreemptionByScheduler");
        condition.put("status", "True");
        condition.put("type", "DisruptionTarget");
        try {
            client.patch(
                    PODS,
                    victim.namespace(),
                    victim.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Map.of("status", Map.of("conditions", List.of(condition))));
            client.delete(PODS, victim.namespace(), victim.name(), ApiClient.DeleteOptions.ofUid(victim.uid()));
            events.record(
                    victim,
                    pod,
                    "Normal",
                    "Preempted",
                    "Preempting",
                    "Preempted by pod " + pod.uid() + " on node " + node);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
