package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Tolerations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Deletes pods that do not tolerate a NoExecute taint of their node, or no longer do. */
final class TaintEvictionController implements Reconciler {
    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer pods;
    private final Informer nodes;

    /** The pods that are to be deleted later, by uid. */
    private final Set<String> planned = ConcurrentHashMap.newKeySet();

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
            if (now == null || now.text("spec", "nodeName").isEmpty()) {
                return;
            }
            if (old == null
                    || !old.text("spec", "nodeName").equals(now.text("spec", "nodeName"))
                    || !old.maps("spec", "tolerations").equals(now.maps("spec", "tolerations"))) {
                loop.add(Key.of(now));
            }
        });
        context.listen(Kinds.NODES, (old, now) -> {
            if (now != null && (old == null || !old.maps("spec", "taints").equals(now.maps("spec", "taints")))) {
                for (KubeObject pod : controller.pods.all()) {
                    if (pod.text("spec", "nodeName").equals(now.name())) {
                        loop.add(Key.of(pod));
                    }
                }
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        KubeObject node = pod == null
                ? null
                : nodes.find("", pod.text("spec", "nodeName")).orElse(null);
        if (pod == null || node == null || pod.isTerminating()) {
            if (pod != null) {
                planned.remove(pod.uid());
            }
            return Next.ON_CHANGE;
        }
        Instant due = Instant.MAX;
        for (Map<String, Object> taint : node.maps("spec", "taints")) {
            if ("NoExecute".equals(taint.get("effect"))) {
                Instant patience = until(pod.maps("spec", "tolerations"), taint);
                due = patience.isBefore(due) ? patience : due;
            }
        }
        if (due.equals(Instant.MAX)) {
            if (planned.remove(pod.uid())) {
                events.normal(
                        pod,
                        "TaintManagerEviction",
                        "Cancelling deletion of Pod " + pod.namespace() + "/" + pod.name());
            }
            return Next.ON_CHANGE;
        }
        if (due.isAfter(context.instant())) {
            planned.add(pod.uid());
            return Next.at(due, context.instant());
        }
        planned.remove(pod.uid());
        evict(pod);
        return Next.ON_CHANGE;
    }

    private void evict(KubeObject pod) {
        events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + pod.namespace() + "/" + pod.name());
        try {
            KubeObject changed = pod.copy();
            changed.set(
                    Trees.withCondition(
                            pod.maps("status", "conditions"),
                            "DisruptionTarget",
                            "True",
                            "DeletionByTaintManager",
                            "Taint manager: deleting due to NoExecute taint",
                            context.now()),
                    "status",
                    "conditions");
            client.updateSubresource(Kinds.PODS, "status", changed);
            client.delete(Kinds.PODS, pod.namespace(), pod.name(), ApiClient.DeleteOptions.ofUid(pod.uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** How long the pod stays in spite of the taint. */
    private Instant until(List<Map<String, Object>> tolerations, Map<String, Object> taint) {
        Instant added = PodState.time(Trees.text(taint, "timeAdded"));
        Instant start = added.equals(Instant.MIN) ? context.instant() : added;
        Instant until = Instant.MIN;
        for (Map<String, Object> toleration : tolerations) {
            if (!Tolerations.tolerates(toleration, taint)) {
                continue;
            }
            Instant mine = toleration.get("tolerationSeconds") instanceof Number seconds
                    ? context.due(start, Math.max(0, seconds.longValue()))
                    : Instant.MAX;
            // The shortest of those that apply counts.
            until = until.equals(Instant.MIN) || mine.isBefore(until) ? mine : until;
        }
        return until;
    }
}
