package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pod's way to a node: filter, score, bind; or the reasons, and perhaps preemption. Of one thread. */
final class SchedulingCycle {
    /** What is said after a pod's own fault: no plugin that makes room has anything to go by. */
    private static final String NOTHING_TO_GO_BY = " not found";

    private final ClusterClock clock;
    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final Volumes volumes;
    private final DeviceClaims devices;
    private final DeviceBinder deviceBinder;
    private final Filters filters;
    private final Scores scores;
    private final Preemption preemption;
    private final PodReports reports;
    private final PodBinder binder;

    SchedulingCycle(
            ApiClient client,
            ClusterClock clock,
            String host,
            Cluster cluster,
            SchedulingQueue queue,
            Affinity affinity,
            DeviceClaims devices,
            Consumer<KubeObject> again) {
        this.clock = clock;
        this.cluster = cluster;
        this.queue = queue;
        this.volumes = new Volumes(client);
        this.devices = devices;
        this.deviceBinder = new DeviceBinder(client, clock, devices.cache());
        this.filters = new Filters(affinity, volumes);
        this.scores = new Scores(affinity, new SpreadScore(client));
        this.preemption = new Preemption(client.informer(GroupResource.of("policy", "poddisruptionbudgets")));
        SchedulerEvents events = new SchedulerEvents(client, clock, host);
        this.reports = new PodReports(client, clock, events);
        this.binder = new PodBinder(client, clock, events, cluster, queue, volumes, deviceBinder, reports, again);
    }

    PodBinder binder() {
        return binder;
    }

    /** A claim changed, or the first or last was heard of it. */
    void claimChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        devices.cache().changed(old, now);
    }

    /**
     * What came of one try; exactly one of node and message is there.
     *
     * @param hindered what preemption says, where that has to be told after what became of the pod's claims
     */
    private record Try(
            @Nullable NodeState node,
            @Nullable VolumePlan plan,
            String message,
            Set<Plugin> refusedBy,
            Preemption.@Nullable Outcome outcome,
            @Nullable String hindered) {}

    void schedule(KubeObject pod) {
        List<KubeObject> claims = devices.of(pod);
        if (claims == null) {
            queue.refused(pod, Set.of(Plugin.DYNAMIC_RESOURCES), clock.now());
            return;
        }
        PodRequest request = PodRequest.of(pod);
        DeviceRound round = new DeviceRound(devices, pod, request, claims);
        try {
            schedule(pod, request, round);
        } catch (SchedulerFault e) {
            binder.fault(pod, String.valueOf(e.getMessage()));
        }
    }

    private void schedule(KubeObject pod, PodRequest request, DeviceRound round) {
        Try result;
        synchronized (cluster) {
            List<NodeState> all = cluster.nodes();
            result = all.isEmpty()
                    ? refusal("no nodes available to schedule pods", Set.of(), null)
                    : attempt(pod, request, round, all);
            if (result.node() != null) {
                cluster.assume(pod, result.node().name());
                deviceBinder.reserve(round, result.node().name());
            } else if (result.outcome() != null && result.outcome().node() != null) {
                cluster.nominate(pod, result.outcome().node());
            }
        }
        if (result.node() != null && result.plan() != null) {
            binder.place(pod, result.node().node(), result.plan(), round);
        } else {
            refuse(pod, result, round);
        }
    }

    private static Try refusal(String message, Set<Plugin> by, Preemption.@Nullable Outcome outcome) {
        return new Try(null, null, message, by, outcome, null);
    }

    private Try attempt(KubeObject pod, PodRequest request, DeviceRound devices, List<NodeState> all) {
        Verdict problem = filters.problem(pod);
        problem = problem != null ? problem : devices.problem();
        if (problem != null) {
            String message = FitFailure.everywhere(all.size(), problem.reason());
            if (problem.plugin() == Plugin.DYNAMIC_RESOURCES) {
                Verdict why = problem;
                Preemption.Outcome outcome = preemption.find(pod, Map.of(), all, state -> List.of(why));
                return refusal(
                        message + " no new claims to deallocate, preemption: " + outcome.message(),
                        Set.of(problem.plugin()),
                        outcome);
            }
            return refusal(
                    message + NOTHING_TO_GO_BY,
                    Set.of(problem.plugin()),
                    new Preemption.Outcome(null, List.of(), "", true));
        }
        Filters.Round round = filters.round(pod, request, all, devices);
        Map<NodeState, List<Verdict>> refused = new LinkedHashMap<>();
        List<NodeState> feasible = feasible(pod, round, all, refused);
        if (!feasible.isEmpty()) {
            NodeState best = scores.best(pod, request, feasible, all, devices);
            return new Try(best, VolumePlan.of(pod, best.node(), volumes, volumes.given()), "", Set.of(), null, null);
        }
        Map<String, Integer> reasons = new LinkedHashMap<>();
        Set<Plugin> by = EnumSet.noneOf(Plugin.class);
        refused.values()
                .forEach(list -> list.forEach(verdict -> {
                    reasons.merge(verdict.reason(), 1, Integer::sum);
                    by.add(verdict.plugin());
                }));
        if (refused.size() < all.size()) {
            reasons.merge("node(s) didn't satisfy plugin(s) [NodeAffinity]", all.size() - refused.size(), Integer::sum);
            by.add(Plugin.NODE_AFFINITY);
        }
        Preemption.Outcome outcome = preemption.find(pod, refused, all, state -> check(pod, round.with(state), state));
        String summary = FitFailure.summary(all.size(), reasons);
        return new Try(null, null, summary, by, outcome, outcome.node() != null ? null : outcome.message());
    }

    /** The nodes that do; the one that was kept for the pod alone, if it does. */
    private List<NodeState> feasible(
            KubeObject pod, Filters.Round round, List<NodeState> all, Map<NodeState, List<Verdict>> refused) {
        String promised = pod.text("status", "nominatedNodeName");
        for (NodeState node : promised.isEmpty() ? List.<NodeState>of() : all) {
            if (node.name().equals(promised) && check(pod, round, node).isEmpty()) {
                return List.of(node);
            }
        }
        Set<String> named = Filters.namedNodes(pod);
        List<NodeState> feasible = new ArrayList<>();
        for (NodeState node : all) {
            if (named != null && !named.contains(node.name())) {
                continue;
            }
            List<Verdict> verdicts = check(pod, round, node);
            if (verdicts.isEmpty()) {
                feasible.add(node);
            } else {
                refused.put(node, verdicts);
            }
        }
        return feasible;
    }

    /** With and without the pods of no lower priority that room is being made for on the node. */
    private List<Verdict> check(KubeObject pod, Filters.Round round, NodeState node) {
        NodeState crowded = null;
        for (KubeObject other : cluster.nominated(node.name())) {
            if (Preemption.priority(other) >= Preemption.priority(pod)
                    && !other.uid().equals(pod.uid())) {
                crowded = crowded == null ? node.copy() : crowded;
                crowded.add(other);
            }
        }
        List<Verdict> verdicts =
                crowded == null ? List.of() : round.with(crowded).check(crowded);
        return verdicts.isEmpty() ? round.check(node) : verdicts;
    }

    private void refuse(KubeObject pod, Try result, DeviceRound round) {
        Preemption.Outcome outcome = result.outcome();
        String node = outcome == null ? "" : outcome.keeps() ? null : outcome.node() == null ? "" : outcome.node();
        queue.refused(pod, result.refusedBy(), clock.now());
        if ("".equals(node)) {
            cluster.nominate(pod, "");
        }
        String message = result.message();
        if (result.hindered() != null) {
            message += " " + deviceBinder.makeRoom(pod, round) + ", preemption: " + result.hindered();
        }
        reports.refused(pod, "Unschedulable", message, node);
        if (outcome != null && outcome.node() != null) {
            String kept = outcome.node();
            outcome.victims().forEach(victim -> reports.preempt(pod, victim, kept));
            yieldTo(pod, kept);
        }
    }

    /** Pods of lower priority give up the node that was kept for them. */
    private void yieldTo(KubeObject pod, String node) {
        for (KubeObject other : cluster.nominated(node)) {
            if (Preemption.priority(other) < Preemption.priority(pod)) {
                try {
                    reports.nominated(other, "");
                } catch (ApiException e) {
                    if (!e.isNotFound()) {
                        throw e;
                    }
                }
            }
        }
    }
}
