package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Tolerations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes pods that do not tolerate a NoExecute taint of their node, at once, or do so for a time only, when it is over.
 *
 * <p>The time runs from when this controller learns of taint and pod, not from when the taint was set, and is not set anew
 * once it runs. Models the taint eviction controller of Kubernetes 1.36.
 */
final class TaintEvictionController implements Reconciler {
    private static final String REASON = "TaintManagerEviction";

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer pods;
    private final Informer nodes;

    /** When pods are to be deleted. */
    private final Map<Key, Instant> planned = new ConcurrentHashMap<>();

    private TaintEvictionController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("node-controller");
        this.events = context.events("taint-eviction-controller");
        this.pods = context.informer(Kinds.PODS);
        this.nodes = context.informer(Kinds.NODES);
    }

    static void start(ControllerContext context) {
        TaintEvictionController controller = new TaintEvictionController(context);
        Loop loop = context.loop("taint-eviction-controller", controller);
        context.listen(Kinds.PODS, (old, now) -> {
            if (old == null
                    || now == null
                    || !nodeOf(old).equals(nodeOf(now))
                    || !old.maps("spec", "tolerations").equals(now.maps("spec", "tolerations"))) {
                loop.add(Key.of(now == null ? Objects.requireNonNull(old) : now));
            }
        });
        context.listen(Kinds.NODES, (old, now) -> {
            if (now != null && !drivingAway(old).equals(drivingAway(now))) {
                for (KubeObject pod : controller.pods.all()) {
                    if (nodeOf(pod).equals(now.name())) {
                        loop.add(Key.of(pod));
                    }
                }
            }
        });
    }

    private static String nodeOf(KubeObject pod) {
        return pod.text("spec", "nodeName");
    }

    private static List<Map<String, Object>> drivingAway(@Nullable KubeObject node) {
        return node == null
                ? List.of()
                : node.maps("spec", "taints").stream()
                        .filter(taint -> "NoExecute".equals(taint.get("effect")))
                        .toList();
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null) {
            cancel(key);
            return Next.ON_CHANGE;
        }
        KubeObject node = nodes.find("", nodeOf(pod)).orElse(null);
        if (node != null) {
            plan(key, pod.maps("spec", "tolerations"), drivingAway(node));
        }
        Instant due = planned.get(key);
        if (due == null) {
            return Next.ON_CHANGE;
        }
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        evict(key);
        planned.remove(key);
        return Next.ON_CHANGE;
    }

    private void plan(Key key, List<Map<String, Object>> tolerations, List<Map<String, Object>> taints) {
        if (taints.isEmpty()) {
            cancel(key);
            return;
        }
        List<Map<String, Object>> used = new ArrayList<>();
        for (Map<String, Object> taint : taints) {
            Optional<Map<String, Object>> first = tolerations.stream()
                    .filter(toleration -> Tolerations.tolerates(toleration, taint))
                    .findFirst();
            if (first.isEmpty()) {
                cancelUnlessDue(key);
                planned.put(key, context.instant());
                return;
            }
            used.add(first.get());
        }
        long patience = Long.MAX_VALUE;
        for (Map<String, Object> toleration : used) {
            patience = Math.min(patience, Math.max(0, Trees.number(toleration, "tolerationSeconds", Long.MAX_VALUE)));
        }
        if (patience == Long.MAX_VALUE) {
            cancel(key);
        } else {
            // One that is planned already stays as it is.
            planned.putIfAbsent(key, context.due(context.instant(), patience));
        }
    }

    /** One that failed at its time is tried again without a word. */
    private void cancelUnlessDue(Key key) {
        Instant due = planned.get(key);
        if (due != null && due.isAfter(context.instant())) {
            cancel(key);
        }
    }

    private void cancel(Key key) {
        if (planned.remove(key) != null) {
            events.normal(reference(key), REASON, "Cancelling deletion of Pod " + key.namespace() + "/" + key.name());
        }
    }

    private void evict(Key key) {
        events.normal(reference(key), REASON, "Marking for deletion Pod " + key.namespace() + "/" + key.name());
        KubeObject pod = client.find(Kinds.PODS, key.namespace(), key.name()).orElse(null);
        if (pod == null) {
            return;
        }
        PodConditions.patch(
                context,
                client,
                pod,
                Map.of(),
                "DeletionByTaintManager",
                "Taint manager: deleting due to NoExecute taint");
        PodConditions.delete(client, pod, -1);
    }

    /** Upstream knows no more of the pod than its name here. */
    private static KubeObject reference(Key key) {
        return KubeObject.create("v1", "Pod", key.namespace(), key.name());
    }
}
