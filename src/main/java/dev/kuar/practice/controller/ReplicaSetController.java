package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many pods as {@code spec.replicas} of a ReplicaSet, or of a ReplicationController, says.
 *
 * <p>Models the ReplicaSet controller of Kubernetes 1.36, adoption and release by selector included. Pods are created in
 * batches of 1, 2, 4 … so that a quota is not run against many times over.
 */
final class ReplicaSetController implements Reconciler {
    private static final int BURST = 500;

    private final ControllerContext context;
    private final ApiClient client;
    private final GroupResource resource;
    private final Informer sets;
    private final Informer pods;
    private final Expectations expectations;
    private final PodControl control;
    private final Claims claims;

    private ReplicaSetController(ControllerContext context, GroupResource resource, String account) {
        this.context = context;
        this.client = context.clientFor(account);
        this.resource = resource;
        this.sets = context.informer(resource);
        this.pods = context.informer(Kinds.PODS);
        this.expectations = new Expectations(context.clock());
        this.control = new PodControl(client, context.events(account), expectations);
        this.claims = new Claims(client, Kinds.PODS);
    }

    static void start(ControllerContext context) {
        start(context, Kinds.REPLICA_SETS, "ReplicaSet", "replicaset-controller");
        start(context, Kinds.REPLICATION_CONTROLLERS, "ReplicationController", "replication-controller");
    }

    private static void start(ControllerContext context, GroupResource resource, String kind, String account) {
        ReplicaSetController controller = new ReplicaSetController(context, resource, account);
        Loop loop = context.loop(account, controller);
        context.watch(resource, loop);
        PodControl.follow(context, kind, controller.expectations, loop);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null && Owners.controllerOf(now).isEmpty()) {
                for (KubeObject set : controller.sets.inNamespace(now.namespace())) {
                    if (controller.selector(set).matches(now.labels())) {
                        loop.add(Key.of(set));
                    }
                }
            }
        });
    }

    private LabelSelector selector(KubeObject set) {
        return resource.group().isEmpty()
                ? LabelSelector.ofLabels(set.textMap("spec", "selector"))
                : LabelSelector.ofObject(set.map("spec", "selector"));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject set = sets.find(key.namespace(), key.name()).orElse(null);
        if (set == null) {
            return Next.ON_CHANGE;
        }
        boolean settled = expectations.satisfied(key);
        Collection<KubeObject> candidates = pods.claimable(key.namespace(), set.uid());
        LabelSelector selector = selector(set);
        List<KubeObject> active =
                claims.claim(set, candidates.stream().filter(PodState::isActive).toList(), selector, "");
        long terminating = candidates.stream()
                .filter(pod ->
                        PodState.isTerminating(pod) && Owners.controls(set, pod) && selector.matches(pod.labels()))
                .count();
        ApiException failure = null;
        boolean creating = false;
        if (settled && !set.isTerminating()) {
            long missing = set.number(1, "spec", "replicas") - active.size();
            creating = missing > 0;
            failure = missing > 0 ? create(set, missing) : delete(set, active, -missing);
        }
        Next next = writeStatus(set, active, terminating, failure, creating);
        if (failure != null) {
            throw failure;
        }
        return next;
    }

    private @Nullable ApiException create(KubeObject set, long missing) {
        Map<String, Object> template = set.map("spec", "template");
        ApiException failure = SlowStart.run(
                        Math.min(missing, BURST), i -> control.create(set, PodControl.fromTemplate(set, template)))
                .failure();
        return failure != null && PodControl.isForTermination(failure) ? null : failure;
    }

    private @Nullable ApiException delete(KubeObject set, List<KubeObject> active, long surplus) {
        if (surplus <= 0) {
            return null;
        }
        List<KubeObject> ranked = new ArrayList<>(active);
        if (surplus < ranked.size()) {
            ranked.sort(new DeletionOrder(related(set), context.instant()));
        }
        ApiException failure = null;
        for (KubeObject pod : ranked.subList(0, (int) Math.min(surplus, Math.min(ranked.size(), BURST)))) {
            try {
                control.delete(set, pod);
            } catch (ApiException e) {
                failure = failure == null ? e : failure;
            }
        }
        return failure;
    }

    /** The pods of all sets of the same owner; none for a set that nobody owns. */
    private List<KubeObject> related(KubeObject set) {
        Object owner =
                Owners.controllerOf(set).map(reference -> reference.get("uid")).orElse(null);
        if (owner == null) {
            return List.of();
        }
        List<LabelSelector> selectors = sets.inNamespace(set.namespace()).stream()
                .filter(other -> Owners.controllerOf(other)
                        .map(reference -> owner.equals(reference.get("uid")))
                        .orElse(false))
                .map(this::selector)
                .toList();
        return pods.inNamespace(set.namespace()).stream()
                .filter(pod -> selectors.stream().anyMatch(selector -> selector.matches(pod.labels())))
                .toList();
    }

    private Next writeStatus(
            KubeObject set,
            List<KubeObject> active,
            long terminating,
            @Nullable ApiException failure,
            boolean creating) {
        long minReady = set.number(0, "spec", "minReadySeconds");
        LabelSelector template = LabelSelector.ofLabels(set.textMap("spec", "template", "metadata", "labels"));
        Next next = Next.ON_CHANGE;
        long ready = 0;
        long available = 0;
        long labelled = 0;
        for (KubeObject pod : active) {
            labelled += template.matches(pod.labels()) ? 1 : 0;
            if (PodState.isReady(pod)) {
                ready++;
                if (PodState.isAvailable(pod, minReady, context.instant())) {
                    available++;
                } else {
                    next = next.or(Next.at(PodState.availableAt(pod, minReady), context.instant()));
                }
            }
        }
        Map<String, Object> status = Trees.map(
                "availableReplicas", Trees.orNull(available),
                "conditions", conditions(set, failure, creating),
                "fullyLabeledReplicas", Trees.orNull(labelled),
                "observedGeneration", Trees.orNull(set.generation()),
                "readyReplicas", Trees.orNull(ready),
                "replicas", (long) active.size(),
                "terminatingReplicas", resource.group().isEmpty() ? null : terminating);
        ControllerContext.writeStatus(client, resource, set, status);
        return next;
    }

    private @Nullable List<Object> conditions(KubeObject set, @Nullable ApiException failure, boolean creating) {
        List<Object> conditions = new ArrayList<>();
        Map<String, Object> before = Trees.condition(set, "ReplicaFailure");
        for (Map<String, Object> condition : set.maps("status", "conditions")) {
            if (!"ReplicaFailure".equals(condition.get("type"))) {
                conditions.add(condition);
            }
        }
        if (failure != null) {
            conditions.add(
                    before.isEmpty()
                            ? Trees.map(
                                    "lastTransitionTime",
                                    context.now(),
                                    "message",
                                    Objects.requireNonNullElse(failure.getMessage(), ""),
                                    "reason",
                                    creating ? "FailedCreate" : "FailedDelete",
                                    "status",
                                    "True",
                                    "type",
                                    "ReplicaFailure")
                            : before);
        }
        return conditions.isEmpty() ? null : conditions;
    }
}
