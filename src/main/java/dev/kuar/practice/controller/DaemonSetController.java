package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs one pod of a DaemonSet on every node that it fits. Models the DaemonSet controller of Kubernetes 1.36. */
final class DaemonSetController implements Reconciler {
    private static final String GENERATION = "deprecated.daemonset.template.generation";

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer sets;
    private final Informer pods;
    private final Informer nodes;
    private final Expectations expectations;
    private final PodControl control;
    private final Claims claims;
    private final RevisionHistory history;
    private final DaemonRollout rollout;
    private final BackOffs failures;

    private DaemonSetController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("daemon-set-controller");
        this.events = context.events("daemonset-controller");
        this.sets = context.informer(Kinds.DAEMON_SETS);
        this.pods = context.informer(Kinds.PODS);
        this.nodes = context.informer(Kinds.NODES);
        this.expectations = new Expectations(context.clock());
        this.control = new PodControl(client, events, expectations);
        this.claims = new Claims(client, Kinds.PODS);
        this.history = new RevisionHistory(context, client);
        this.rollout = new DaemonRollout(context);
        this.failures = new BackOffs(context, Duration.ofSeconds(1), Duration.ofMinutes(15));
    }

    static void start(ControllerContext context) {
        DaemonSetController controller = new DaemonSetController(context);
        Loop loop = context.loop("daemonset-controller", controller);
        context.watch(Kinds.DAEMON_SETS, loop);
        PodControl.follow(context, "DaemonSet", controller.expectations, loop);
        context.listen(Kinds.NODES, (old, now) -> {
            boolean matters = old == null
                    || now == null
                    || !old.labels().equals(now.labels())
                    || !old.map("spec").equals(now.map("spec"));
            if (matters) {
                controller.sets.all().forEach(set -> loop.add(Key.of(set)));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject set = sets.find(key.namespace(), key.name()).orElse(null);
        if (set == null || set.isTerminating()) {
            return Next.ON_CHANGE;
        }
        LabelSelector selector = LabelSelector.ofObject(set.map("spec", "selector"));
        List<KubeObject> owned = claims.claim(set, pods.claimable(key.namespace(), set.uid()), selector, "");
        List<KubeObject> revisions = history.of(set);
        KubeObject current = history.current(set, revisions);
        String hash = current.labels().getOrDefault(RevisionHistory.HASH, "");
        Map<String, List<KubeObject>> byNode = byNode(owned);
        Next next = Next.ON_CHANGE;
        if (expectations.satisfied(key)) {
            next = manage(set, byNode, hash);
            if (expectations.satisfied(key)
                    && !set.text("spec", "updateStrategy", "type").equals("OnDelete")) {
                DaemonRollout.Plan plan = rollout.plan(set, nodes.all(), byNode, hash);
                change(set, plan.nodes(), plan.pods(), hash);
            }
        }
        Set<String> inUse = new HashSet<>(Set.of(current.name()));
        owned.forEach(pod -> inUse.add(pod.labels().getOrDefault(RevisionHistory.HASH, "")));
        history.cleanUp(set, revisions, inUse);
        return next.or(writeStatus(set, byNode, hash));
    }

    private static Map<String, List<KubeObject>> byNode(List<KubeObject> owned) {
        Map<String, List<KubeObject>> byNode = new LinkedHashMap<>();
        for (KubeObject pod : owned) {
            byNode.computeIfAbsent(DaemonPods.nodeOf(pod), name -> new ArrayList<>())
                    .add(pod);
        }
        return byNode;
    }

    private Next manage(KubeObject set, Map<String, List<KubeObject>> byNode, String hash) {
        List<KubeObject> ordered = new ArrayList<>(nodes.all());
        ordered.sort(Comparator.comparing(KubeObject::name));
        Set<String> names = new HashSet<>();
        List<KubeObject> doomed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Next next = Next.ON_CHANGE;
        for (KubeObject node : ordered) {
            names.add(node.name());
            List<KubeObject> there = sortedByAge(byNode.getOrDefault(node.name(), List.of()));
            if (there.isEmpty()) {
                if (DaemonPods.shouldRun(set, node)) {
                    missing.add(node.name());
                }
            } else if (DaemonPods.shouldContinue(set, node)) {
                List<KubeObject> running = new ArrayList<>();
                for (KubeObject pod : there) {
                    if (!pod.isTerminating()) {
                        next = next.or(sort(set, node.name(), pod, running, doomed));
                    }
                }
                boolean again = DaemonRollout.surges(set) && running.isEmpty() && DaemonPods.shouldRun(set, node);
                if (again) {
                    missing.add(node.name());
                }
                doomed.addAll(rollout.surplus(set, running, hash));
            } else {
                there.stream().filter(pod -> !pod.isTerminating()).forEach(doomed::add);
            }
        }
        byNode.forEach((node, list) -> {
            if (!names.contains(node)) {
                list.stream().filter(pod -> !pod.isTerminating()).forEach(doomed::add);
            }
        });
        change(set, missing, doomed, hash);
        return next;
    }

    /** A pod that has ended is deleted, one that failed after a back-off; its successor comes once it is gone. */
    private Next sort(KubeObject set, String node, KubeObject pod, List<KubeObject> running, List<KubeObject> doomed) {
        String what = pod.namespace() + "/" + pod.name() + " on node " + node;
        switch (pod.text("status", "phase")) {
            case "Failed" -> {
                Instant due = failures.due(set.uid() + "/" + node);
                if (due.isAfter(context.instant())) {
                    return Next.at(due, context.instant());
                }
                failures.next(set.uid() + "/" + node);
                events.warning(set, "FailedDaemonPod", "Found failed daemon pod " + what + ", will try to kill it");
                doomed.add(pod);
            }
            case "Succeeded" -> {
                events.normal(
                        set, "SucceededDaemonPod", "Found succeeded daemon pod " + what + ", will try to delete it");
                doomed.add(pod);
            }
            default -> running.add(pod);
        }
        return Next.ON_CHANGE;
    }

    private void change(KubeObject set, List<String> missing, List<KubeObject> doomed, String hash) {
        String generation = set.annotations().getOrDefault(GENERATION, "");
        missing.forEach(node -> control.create(set, DaemonPods.pod(set, node, hash, generation)));
        doomed.forEach(pod -> control.delete(set, pod));
    }

    private static List<KubeObject> sortedByAge(List<KubeObject> list) {
        List<KubeObject> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparing(PodState::created).thenComparing(KubeObject::name));
        return sorted;
    }

    private Next writeStatus(KubeObject set, Map<String, List<KubeObject>> byNode, String hash) {
        long minReady = set.number(0, "spec", "minReadySeconds");
        long desired = 0;
        long scheduled = 0;
        long misscheduled = 0;
        long ready = 0;
        long available = 0;
        long updated = 0;
        Next next = Next.ON_CHANGE;
        for (KubeObject node : nodes.all()) {
            List<KubeObject> there = sortedByAge(byNode.getOrDefault(node.name(), List.of()));
            if (!DaemonPods.shouldRun(set, node)) {
                misscheduled += there.isEmpty() ? 0 : 1;
                continue;
            }
            desired++;
            if (there.isEmpty()) {
                continue;
            }
            scheduled++;
            KubeObject pod = there.get(0);
            updated += hash.equals(pod.labels().get(RevisionHistory.HASH)) ? 1 : 0;
            if (PodState.isReady(pod)) {
                ready++;
                if (PodState.isAvailable(pod, minReady, context.instant())) {
                    available++;
                } else {
                    next = next.or(Next.at(PodState.availableAt(pod, minReady), context.instant()));
                }
            }
        }
        ControllerContext.writeStatus(
                client,
                Kinds.DAEMON_SETS,
                set,
                Trees.map(
                        "collisionCount", set.at("status", "collisionCount"),
                        "currentNumberScheduled", scheduled,
                        "desiredNumberScheduled", desired,
                        "numberAvailable", Trees.orNull(available),
                        "numberMisscheduled", misscheduled,
                        "numberReady", ready,
                        "numberUnavailable", Trees.orNull(desired - available),
                        "observedGeneration", Trees.orNull(set.generation()),
                        "updatedNumberScheduled", Trees.orNull(updated)));
        return next;
    }
}
