package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
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
        if (expectations.satisfied(key)) {
            manage(set, byNode, hash);
            if (expectations.satisfied(key)
                    && !set.text("spec", "updateStrategy", "type").equals("OnDelete")) {
                roll(set, byNode, hash);
            }
        }
        Set<String> inUse = new HashSet<>(Set.of(current.name()));
        owned.forEach(pod -> inUse.add(pod.labels().getOrDefault(RevisionHistory.HASH, "")));
        history.cleanUp(set, revisions, inUse);
        return writeStatus(set, byNode, hash);
    }

    private static Map<String, List<KubeObject>> byNode(List<KubeObject> owned) {
        Map<String, List<KubeObject>> byNode = new LinkedHashMap<>();
        for (KubeObject pod : owned) {
            byNode.computeIfAbsent(DaemonPods.nodeOf(pod), name -> new ArrayList<>())
                    .add(pod);
        }
        return byNode;
    }

    private void manage(KubeObject set, Map<String, List<KubeObject>> byNode, String hash) {
        List<KubeObject> ordered = new ArrayList<>(nodes.all());
        ordered.sort(Comparator.comparing(KubeObject::name));
        Set<String> names = new HashSet<>();
        List<KubeObject> doomed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (KubeObject node : ordered) {
            names.add(node.name());
            List<KubeObject> there = byNode.getOrDefault(node.name(), List.of());
            boolean alive = false;
            for (KubeObject pod : sortedByAge(there)) {
                if (pod.isTerminating()) {
                    alive |= surge(set) == 0;
                } else if (pod.text("status", "phase").equals("Failed")) {
                    events.warning(
                            set,
                            "FailedDaemonPod",
                            "Found failed daemon pod " + pod.namespace() + "/" + pod.name() + " on node " + node.name()
                                    + ", will try to kill it");
                    doomed.add(pod);
                } else if (pod.text("status", "phase").equals("Succeeded")) {
                    events.normal(
                            set,
                            "SucceededDaemonPod",
                            "Found succeeded daemon pod " + pod.namespace() + "/" + pod.name() + " on node "
                                    + node.name() + ", will try to delete it");
                    doomed.add(pod);
                } else if (!DaemonPods.shouldContinue(set, node) || (alive && surge(set) == 0)) {
                    doomed.add(pod);
                } else {
                    alive = true;
                }
            }
            if (!alive && DaemonPods.shouldRun(set, node)) {
                missing.add(node.name());
            }
        }
        byNode.forEach((node, list) -> {
            if (!names.contains(node)) {
                list.stream().filter(pod -> !pod.isTerminating()).forEach(doomed::add);
            }
        });
        for (String node : missing) {
            control.create(
                    set, DaemonPods.pod(set, node, hash, set.annotations().getOrDefault(GENERATION, "")));
        }
        doomed.forEach(pod -> control.delete(set, pod));
    }

    private static List<KubeObject> sortedByAge(List<KubeObject> list) {
        List<KubeObject> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparing(PodState::created).thenComparing(KubeObject::name));
        return sorted;
    }

    private static long surge(KubeObject set) {
        return Trees.scaled(set.at("spec", "updateStrategy", "rollingUpdate", "maxSurge"), 100, true);
    }

    /** Replaces old pods, as many at a time as {@code maxUnavailable} says. */
    private void roll(KubeObject set, Map<String, List<KubeObject>> byNode, String hash) {
        long wanted = nodes.all().stream()
                .filter(node -> DaemonPods.shouldRun(set, node))
                .count();
        Object limit = set.at("spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        long maxUnavailable = limit == null ? 1 : Math.max(1, Trees.scaled(limit, wanted, true));
        long minReady = set.number(0, "spec", "minReadySeconds");
        Instant now = context.instant();
        long unavailable = 0;
        List<KubeObject> healthy = new ArrayList<>();
        List<KubeObject> replace = new ArrayList<>();
        for (List<KubeObject> there : byNode.values()) {
            KubeObject current = there.stream()
                    .filter(pod -> !pod.isTerminating())
                    .findFirst()
                    .orElse(null);
            boolean available = current != null && PodState.isAvailable(current, minReady, now);
            unavailable += available ? 0 : 1;
            if (current != null && !hash.equals(current.labels().get(RevisionHistory.HASH))) {
                (available ? healthy : replace).add(current);
            }
        }
        long budget = Math.max(0, maxUnavailable - unavailable);
        replace.addAll(healthy.subList(0, (int) Math.min(budget, healthy.size())));
        replace.forEach(pod -> control.delete(set, pod));
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
