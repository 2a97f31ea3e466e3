package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The priority of a pod's class, and how long it stays on a node that is not ready or unreachable. */
final class PodDefaults implements Admission {
    private static final GroupResource CLASSES = GroupResource.of("scheduling.k8s.io", "priorityclasses");
    private static final long TOLERATION_SECONDS = 300;

    private final ClusterReader reader;

    PodDefaults(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods") || !request.isCreate() && !request.isUpdate()) {
            return;
        }
        if (request.isCreate()) {
            priority(request);
        } else {
            keepPriority(request.now(), request.before());
        }
        tolerate(request.now(), "node.kubernetes.io/not-ready");
        tolerate(request.now(), "node.kubernetes.io/unreachable");
    }

    /** What was worked out at the creation stays where a change leaves it out. */
    private static void keepPriority(KubeObject pod, KubeObject old) {
        for (String field : List.of("priority", "preemptionPolicy")) {
            if (pod.at("spec", field) == null) {
                pod.set(old.at("spec", field), "spec", field);
            }
        }
    }

    private void priority(AdmissionRequest request) {
        KubeObject pod = request.now();
        String name = pod.text("spec", "priorityClassName");
        Optional<KubeObject> found = name.isEmpty()
                ? reader.list(CLASSES, "").stream()
                        .filter(c -> c.flag("globalDefault"))
                        .findFirst()
                : reader.find(CLASSES, "", name);
        if (found.isEmpty() && !name.isEmpty()) {
            throw request.forbidden("no PriorityClass with name " + name + " was found");
        }
        if (found.isPresent()) {
            pod.set(found.get().name(), "spec", "priorityClassName");
        }
        long value = found.map(c -> c.number(0, "value")).orElse(0L);
        Object given = pod.at("spec", "priority");
        if (given != null && pod.number(0, "spec", "priority") != value) {
            throw request.forbidden("the integer value of priority (" + given
                    + ") must not be provided in pod spec; priority admission controller computed " + value
                    + " from the given PriorityClass name");
        }
        pod.set(value, "spec", "priority");
        if (pod.text("spec", "preemptionPolicy").isEmpty()) {
            String policy = found.map(c -> c.text("preemptionPolicy")).orElse("");
            pod.set(policy.isEmpty() ? "PreemptLowerPriority" : policy, "spec", "preemptionPolicy");
        }
    }

    private static void tolerate(KubeObject pod, String taint) {
        for (Map<String, Object> each : pod.maps("spec", "tolerations")) {
            KubeObject toleration = KubeObject.of(each);
            String effect = toleration.text("effect");
            boolean fits = toleration.text("key").equals(taint)
                    || toleration.text("key").isEmpty();
            if (fits && (effect.equals("NoExecute") || effect.isEmpty())) {
                return;
            }
        }
        Map<String, Object> toleration = new LinkedHashMap<>();
        toleration.put("key", taint);
        toleration.put("operator", "Exists");
        toleration.put("effect", "NoExecute");
        toleration.put("tolerationSeconds", TOLERATION_SECONDS);
        List<Object> all = new ArrayList<>(pod.maps("spec", "tolerations"));
        all.add(toleration);
        pod.set(all, "spec", "tolerations");
    }
}
