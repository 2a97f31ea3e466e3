package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives a pod the node that was chosen for it, once its volumes and its devices are there. Of one thread. */
final class PodBinder {
    private final ApiClient client;
    private final ClusterClock clock;
    private final SchedulerEvents events;
    private final Cluster cluster;
    private final SchedulingQueue queue;
    private final VolumeBindings bindings;
    private final DeviceBinder devices;
    private final PodReports reports;
    private final Consumer<KubeObject> again;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    /**
     * A pod that has its node, but is not bound yet.
     *
     * @param volumes that it waits for; null for none
     * @param until when it is too late for its devices
     */
    private record Waiting(
            KubeObject pod, KubeObject node, VolumeBindings.@Nullable Open volumes, DeviceRound round, Instant until) {}

    PodBinder(
            ApiClient client,
            ClusterClock clock,
            SchedulerEvents events,
            Cluster cluster,
            SchedulingQueue queue,
            Volumes volumes,
            DeviceBinder devices,
            PodReports reports,
            Consumer<KubeObject> again) {
        this.client = client;
        this.clock = clock;
        this.events = events;
        this.cluster = cluster;
        this.queue = queue;
        this.bindings = new VolumeBindings(client, volumes);
        this.devices = devices;
        this.reports = reports;
        this.again = again;
    }

    void place(KubeObject pod, KubeObject node, VolumePlan plan, DeviceRound round) {
        boolean hasVolumes = !plan.bindings().isEmpty() || !plan.provisions().isEmpty();
        if (!hasVolumes && round.isEmpty()) {
            bind(pod, node.name(), round);
            return;
        }
        queue.hold(pod);
        Waiting mine;
        try {
            reports.nominated(pod, node.name());
            VolumeBindings.Open open = hasVolumes ? bindings.begin(pod, node, plan, clock.now()) : null;
            mine = new Waiting(pod, node, open, round, clock.now().plus(DeviceConditions.LONGEST));
        } catch (ApiException e) {
            fail(pod, round, "running PreBind plugin \"VolumeBinding\": " + e.getMessage());
            return;
        }
        try {
            devices.bind(pod, round, node.name());
        } catch (ApiException | SchedulerFault e) {
            fail(pod, round, "running PreBind plugin \"DynamicResources\": " + e.getMessage());
            return;
        }
        if (round.claims().stream().anyMatch(DeviceConditions::any)) {
            events.record(
                    pod,
                    null,
                    "Normal",
                    "BindingConditionsPending",
                    "Scheduling",
                    "waiting for binding conditions for device on node " + node.name());
        }
        waiting.put(pod.uid(), mine);
        settle(mine);
    }

    /** Looks again at the pods that wait for their volumes or devices. */
    void settle() {
        new ArrayList<>(waiting.values()).forEach(this::settle);
    }

    private void settle(Waiting mine) {
        KubeObject pod = mine.pod();
        if (!queue.knows(pod)) {
            forget(pod, mine.round());
            return;
        }
        VolumeBindings.State state = mine.volumes() == null
                ? new VolumeBindings.State(true, "")
                : bindings.state(mine.volumes(), clock.now());
        String prepared = devices.state(mine.round(), clock.now(), mine.until());
        if (!state.done() && !state.fault().isEmpty()) {
            fail(pod, mine.round(), "running PreBind plugin \"VolumeBinding\": binding volumes: " + state.fault());
        } else if (prepared != null && !prepared.isEmpty()) {
            fail(pod, mine.round(), "running PreBind plugin \"DynamicResources\": " + prepared);
        } else if (state.done() && prepared != null) {
            waiting.remove(pod.uid());
            bindings.end(pod);
            bind(pod, mine.node().name(), mine.round());
        }
    }

    private void forget(KubeObject pod, DeviceRound round) {
        waiting.remove(pod.uid());
        bindings.end(pod);
        devices.giveUp(pod, round);
        cluster.forget(pod);
    }

    /** The pod could have had the node, but for something that may be otherwise next time. */
    private void fail(KubeObject pod, DeviceRound round, String message) {
        forget(pod, round);
        fault(pod, message);
    }

    /** Says that a pod could not be scheduled for a reason of the scheduler's own, and tries it again after a while. */
    void fault(KubeObject pod, String message) {
        queue.refused(pod, Set.of(), clock.now());
        KubeObject latest = queue.latest(pod);
        if (latest != null) {
            again.accept(latest);
            reports.refused(latest, "SchedulerError", message, "");
        }
    }

    private void bind(KubeObject pod, String node, DeviceRound round) {
        KubeObject binding = KubeObject.create("v1", "Binding", pod.namespace(), pod.name());
        binding.set(pod.uid(), "metadata", "uid");
        binding.set("Node", "target", "kind");
        binding.set(node, "target", "name");
        try {
            client.createSubresource(PodReports.PODS, pod.namespace(), pod.name(), "binding", binding);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                forget(pod, round);
            } else {
                fail(pod, round, "running Bind plugin \"DefaultBinder\": " + e.getMessage());
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
