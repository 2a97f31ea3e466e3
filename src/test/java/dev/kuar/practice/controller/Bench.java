package dev.kuar.practice.controller;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/** A cluster in memory, a clock that is moved by hand, and controllers that work when told to: nothing here is left to chance. */
final class Bench {
    final ManualClock clock = new ManualClock();
    final FakeApiClient client = new FakeApiClient(clock);
    private final Deque<Runnable> work = new ArrayDeque<>();
    final Executor executor = work::add;
    final ControllerContext context = new ControllerContext(client, clock, executor);

    Bench() {
        client.serve(Kinds.PODS, "v1", "Pod", true);
        client.serve(Kinds.CONFIG_MAPS, "v1", "ConfigMap", true);
        client.serve(Kinds.SERVICE_ACCOUNTS, "v1", "ServiceAccount", true);
        client.serve(Kinds.REPLICA_SETS, "apps/v1", "ReplicaSet", true);
        client.serve(Kinds.DEPLOYMENTS, "apps/v1", "Deployment", true);
        client.serve(Kinds.JOBS, "batch/v1", "Job", true);
        client.serve(Kinds.NODES, "v1", "Node", false);
    }

    /** Lets everybody work until nobody has anything to do. */
    void settle() {
        int steps = 0;
        while (!work.isEmpty()) {
            work.poll().run();
            if (++steps > 100_000) {
                throw new AssertionError("the controllers do not come to rest");
            }
        }
    }

    void advance(Duration by) {
        clock.advance(by);
        settle();
    }

    KubeObject get(GroupResource resource, String namespace, String name) {
        return client.get(resource, namespace, name);
    }

    /** By name. */
    List<KubeObject> all(GroupResource resource) {
        List<KubeObject> list = new ArrayList<>(client.informer(resource).all());
        list.sort(Comparator.comparing(KubeObject::name));
        return list;
    }

    List<String> events() {
        return all(Kinds.EVENTS).stream()
                .sorted(Comparator.comparingLong(event -> Long.parseLong(event.resourceVersion())))
                .map(event -> event.text("reason") + ": " + event.text("message"))
                .toList();
    }

    /** What kubelets would do: pods that live on a node run and are ready, those that go are gone. */
    void kubelets() {
        settle();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (KubeObject pod : all(Kinds.PODS)) {
                if (pod.isTerminating()) {
                    client.delete(
                            Kinds.PODS, pod.namespace(), pod.name(), dev.kuar.practice.api.ApiClient.DeleteOptions.NOW);
                    changed = true;
                } else if (pod.text("status", "phase").equals("Pending")) {
                    run(pod);
                    changed = true;
                }
            }
            settle();
        }
    }

    void run(KubeObject pod) {
        KubeObject running = pod.copy();
        running.set("Running", "status", "phase");
        running.set("10.244.1." + pod.resourceVersion(), "status", "podIP");
        running.set(
                Trees.list(Trees.map("type", "Ready", "status", "True", "lastTransitionTime", context.now())),
                "status",
                "conditions");
        client.updateSubresource(Kinds.PODS, "status", running);
    }

    void finish(KubeObject pod, String phase) {
        KubeObject finished =
                client.get(Kinds.PODS, pod.namespace(), pod.name()).copy();
        finished.set(phase, "status", "phase");
        finished.set(Trees.list(), "status", "conditions");
        client.updateSubresource(Kinds.PODS, "status", finished);
        settle();
    }
}
