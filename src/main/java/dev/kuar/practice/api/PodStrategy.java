package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pods: pending from the start, with the quality of service that their resources give. */
final class PodStrategy implements Strategy {
    private static final String GENERATION = "observedGeneration";

    @Override
    public void prepareCreate(Write write) {
        KubeObject pod = write.object();
        pod.set(null, "status");
        pod.set("Pending", "status", "phase");
        pod.set(qualityOf(pod), "status", "qosClass");
        pod.set(1L, "metadata", "generation");
        if (!pod.maps("spec", "schedulingGates").isEmpty()) {
            Map<String, Object> gated = new LinkedHashMap<>();
            gated.put("type", "PodScheduled");
            gated.put("status", "False");
            gated.put("lastProbeTime", null);
            gated.put("lastTransitionTime", null);
            gated.put("reason", "SchedulingGated");
            gated.put("message", "Scheduling is blocked due to non-empty scheduling gates");
            pod.set(new ArrayList<>(List.of(gated)), "status", "conditions");
        }
        PodSelectors.merge(pod);
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        if (write.subresource().equals("resize")) {
            PodResizing.prepare(write.object(), old);
        }
        if (write.subresource().equals("status")) {
            if (write.object().text("status", "qosClass").isEmpty()) {
                write.object().set(old.at("status", "qosClass"), "status", "qosClass");
            }
            keepGenerations(write.object(), old);
        }
    }

    /** Whoever leaves out which generation a status or a condition is of leaves it as it was. */
    private static void keepGenerations(KubeObject pod, KubeObject old) {
        if (pod.number(0, "status", GENERATION) == 0) {
            pod.set(old.at("status", GENERATION), "status", GENERATION);
        }
        for (Map<String, Object> condition : pod.maps("status", "conditions")) {
            for (Map<String, Object> before : old.maps("status", "conditions")) {
                boolean same = Objects.equals(before.get("type"), condition.get("type"));
                if (same && !condition.containsKey(GENERATION) && before.containsKey(GENERATION)) {
                    condition.put(GENERATION, before.get(GENERATION));
                }
            }
        }
    }

    /** Old kubelets would break garbage collection. */
    @Override
    public List<String> keptByStatus() {
        return List.of("ownerReferences");
    }

    @Override
    public List<Map<String, Object>> errors(Write write) {
        KubeObject old = write.old();
        return old != null && write.subresource().equals("resize")
                ? PodResizing.errors(write.object(), old)
                : List.of();
    }

    /** Guaranteed where every container limits cpu and memory to what it requests, BestEffort where none asks for any. */
    static String qualityOf(KubeObject pod) {
        if (pod.at("spec", "resources") instanceof Map) {
            return qualityOfWhole(pod);
        }
        boolean guaranteed = true;
        boolean any = false;
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> each : pod.maps("spec", list)) {
                KubeObject container = KubeObject.of(each);
                for (String resource : List.of("cpu", "memory")) {
                    Quantity limit = Quantity.of(container.at("resources", "limits", resource));
                    Object asked = container.at("resources", "requests", resource);
                    Quantity request = asked == null ? limit : Quantity.of(asked);
                    any |= !limit.isZero() || !request.isZero();
                    guaranteed &= !limit.isZero() && limit.compareTo(request) == 0;
                }
            }
        }
        return guaranteed && any ? "Guaranteed" : any ? "Burstable" : "BestEffort";
    }

    /** Of a pod that says for all its containers together what they ask for. */
    private static String qualityOfWhole(KubeObject pod) {
        boolean guaranteed = true;
        boolean any = false;
        boolean limited = !pod.map("spec", "resources", "limits").isEmpty();
        for (String resource : List.of("cpu", "memory")) {
            Quantity limit = Quantity.of(pod.at("spec", "resources", "limits", resource));
            Quantity request = Quantity.of(pod.at("spec", "resources", "requests", resource));
            any |= !limit.isZero() || !request.isZero();
            guaranteed &= limit.compareTo(request) == 0 && (!limited || !limit.isZero());
        }
        return guaranteed && any ? "Guaranteed" : any ? "Burstable" : "BestEffort";
    }
}
