package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.util.Set;
import java.util.function.Consumer;

/** Gives a pod the node that was chosen for it, once its volumes are there. Of one thread. */
final class PodBinder {
    private final ApiClient client;
    private final ClusterClock clock;
    private final SchedulerEvents events;
    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final VolumeBindings bindings;
    private final PodReports reports;
    private final Consumer<KubeObject> again;

    PodBinder(
            ApiClient client,
            ClusterClock clock,
            SchedulerEvents events,
            Cluster cluster,
            SchedulingQueue queue,
            Volumes volumes,
            PodReports reports,
            Consumer<KubeObject> again) {
        this.client = client;
        this.clock = clock;
        this.events = events;
        this.cluster = cluster;
        this.queue = queue;
        this.bindings = new VolumeBindings(client, volumes);
        this.reports = reports;
        this.again = again;
    }

    void place(KubeObject pod, KubeObject node, VolumePlan plan) {
        if (plan.bindings().isEmpty() && plan.provisions().isEmpty()) {
            bind(pod, node.name());
            return;
        }
        queue.hold(pod);
        try {
            reports.nominated(pod, node.name());
            settle(bindings.begin(pod, node, plan, clock.now()));
        } catch (ApiException e) {
            fail(pod, "running PreBind plugin \"VolumeBinding\": " + e.getMessage());
        }
    }

    /** Looks again at the pods that wait for their volumes. */
    void settle() {
        bindings.all().forEach(this::settle);
    }

    private void settle(VolumeBindings.Open waiting) {
        KubeObject pod = waiting.pod();
        if (!queue.knows(pod)) {
            bindings.end(pod);
            cluster.forget(pod);
            return;
        }
        VolumeBindings.State state = bindings.state(waiting, clock.now());
        if (state.done()) {
            bindings.end(pod);
            bind(pod, waiting.node().name());
        } else if (!state.fault().isEmpty()) {
            fail(pod, "running PreBind plugin \"VolumeBinding\": binding volumes: " + state.fault());
        }
    }

    /** The pod could have had the node, but for something that may be otherwise next time. */
    private void fail(KubeObject pod, String message) {
        bindings.end(pod);
        cluster.forget(pod);
        queue.refused(pod, Set.of(), clock.now());
        KubeObject latest = queue.latest(pod);
        if (latest != null) {
            again.accept(latest);
            reports.refused(latest, "SchedulerError", message, "");
        }
    }

    private void bind(KubeObject pod, String node) {
        KubeObject binding = KubeObject.create("v1", "Binding", pod.namespace(), pod.name());
        binding.set(pod.uid(), "metadata", "uid");
        binding.set("Node", "target", "kind");
        binding.set(node, "target", "name");
        try {
            client.createSubresource(PodReports.PODS, pod.namespace(), pod.name(), "binding", binding);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                cluster.forget(pod);
            } else {
                fail(pod, "running Bind plugin \"DefaultBinder\": " + e.getMessage());
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
}
