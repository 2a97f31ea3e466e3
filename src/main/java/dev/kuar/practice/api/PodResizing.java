package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a resize of a pod changes, and what it may: {@code podResizeStrategy} and {@code ValidatePodResize} of Kubernetes 1.36.2. */
final class PodResizing {
    private static final List<String> LISTS = List.of("containers", "initContainers");

    private PodResizing() {}

    /** Keeps everything as it was but resources and their policies; where containers are not the same, all is left to be refused. */
    static void prepare(KubeObject pod, KubeObject old) {
        for (String list : LISTS) {
            if (pod.maps("spec", list).size() != old.maps("spec", list).size()) {
                return;
            }
        }
        KubeObject spec = KubeObject.of(KubeObject.copyOf(old.map("spec")));
        spec.set(pod.at("spec", "resources"), "resources");
        for (String list : LISTS) {
            List<Map<String, Object>> now = pod.maps("spec", list);
            List<Map<String, Object>> kept = spec.maps(list);
            boolean same = true;
            for (int i = 0; i < now.size(); i++) {
                same &= Objects.equals(now.get(i).get("name"), kept.get(i).get("name"));
            }
            if (!same) {
                spec.set(now, list);
                continue;
            }
            for (int i = 0; i < now.size(); i++) {
                for (String field : List.of("resources", "resizePolicy")) {
                    KubeObject.of(kept.get(i)).set(now.get(i).get(field), field);
                }
            }
        }
        pod.set(spec.tree(), "spec");
        pod.set(KubeObject.copyOf(old.map("status")), "status");
    }

    /** Empty for a change that may be made. */
    static List<Map<String, Object>> errors(KubeObject pod, KubeObject old) {
        if (old.annotations().containsKey("kubernetes.io/config.mirror")) {
            return List.of(forbidden("", "static pods cannot be resized"));
        }
        if (old.text("spec", "os", "name").equals("windows")) {
            return List.of(forbidden("", "windows pods cannot be resized"));
        }
        List<Map<String, Object>> errors = new ArrayList<>();
        String quality = PodStrategy.qualityOf(old);
        if (!PodStrategy.qualityOf(pod).equals(quality)) {
            errors.add(Statuses.cause(
                    "FieldValueInvalid",
                    "Invalid value: \"" + quality + "\": Pod QOS Class may not change as a result of resizing",
                    "spec"));
        }
        whole(pod, old, errors);
        int before = errors.size();
        LISTS.forEach(list -> order(pod, old, list, errors));
        if (errors.size() > before) {
            return errors;
        }
        for (String list : List.of("initContainers", "containers")) {
            List<Map<String, Object>> was = old.maps("spec", list);
            for (int i = 0; i < was.size(); i++) {
                String path = "spec." + list + "[" + i + "].resources.";
                removed(pod.maps("spec", list).get(i), was.get(i), path, "resource ", errors);
            }
        }
        fixed(pod, old, errors);
        return errors;
    }

    private static Map<String, Object> forbidden(String field, String message) {
        return Statuses.cause("FieldValueForbidden", "Forbidden: " + message, field);
    }

    private static void whole(KubeObject pod, KubeObject old, List<Map<String, Object>> errors) {
        if (old.at("spec", "resources") == null) {
            return;
        }
        if (pod.at("spec", "resources") == null) {
            errors.add(forbidden("spec.resources", "pod-level resources cannot be removed"));
            return;
        }
        removed(pod.map("spec"), old.map("spec"), "spec.resources.", "pod-level resource ", errors);
        if (!others(pod.map("spec")).equals(others(old.map("spec")))) {
            errors.add(forbidden("spec", "only cpu and memory resources are mutable at pod-level"));
        }
    }

    private static void order(KubeObject pod, KubeObject old, String list, List<Map<String, Object>> errors) {
        List<Map<String, Object>> now = pod.maps("spec", list);
        List<Map<String, Object>> was = old.maps("spec", list);
        if (now.size() != was.size()) {
            errors.add(forbidden("spec." + list, list + " may not be added or removed on resize"));
            return;
        }
        for (int i = 0; i < was.size(); i++) {
            if (!Objects.equals(now.get(i).get("name"), was.get(i).get("name"))) {
                errors.add(forbidden(
                        "spec." + list + "[" + i + "].name", list + " may not be renamed or reordered on resize"));
            }
        }
    }

    private static void removed(
            Map<String, Object> now,
            Map<String, Object> was,
            String path,
            String what,
            List<Map<String, Object>> errors) {
        for (String side : List.of("requests", "limits")) {
            Map<String, Object> left = KubeObject.of(now).map("resources", side);
            if (!left.keySet()
                    .containsAll(KubeObject.of(was).map("resources", side).keySet())) {
                errors.add(forbidden(path + side, what + side + " cannot be removed"));
            }
        }
    }

    /** Nothing but cpu and memory may change, and what is started anew for them is no init container. */
    private static void fixed(KubeObject pod, KubeObject old, List<Map<String, Object>> errors) {
        List<Map<String, Object>> was = old.maps("spec", "containers");
        for (int i = 0; i < was.size(); i++) {
            if (!rest(pod.maps("spec", "containers").get(i)).equals(rest(was.get(i)))) {
                errors.add(forbidden("spec", "only cpu and memory resources are mutable"));
            }
        }
        List<Map<String, Object>> init = old.maps("spec", "initContainers");
        for (int i = 0; i < init.size(); i++) {
            Map<String, Object> now = pod.maps("spec", "initContainers").get(i);
            String path = "spec.initContainers[" + i + "]";
            if (!rest(now).equals(rest(init.get(i)))) {
                errors.add(forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable"));
            }
            boolean restarts = KubeObject.of(now).maps("resizePolicy").stream()
                    .anyMatch(each -> "RestartContainer".equals(each.get("restartPolicy")));
            if (restarts && !"Always".equals(now.get("restartPolicy")) && !now.equals(init.get(i))) {
                errors.add(forbidden(
                        path,
                        "non-sidecar init containers with a resize policy of RestartContainer cannot be resized"));
            }
        }
    }

    /** A container without the amounts that may change. */
    private static Map<String, Object> rest(Map<String, Object> container) {
        Map<String, Object> rest = new LinkedHashMap<>(container);
        rest.put("resources", others(container));
        return rest;
    }

    private static Map<String, Object> others(Map<String, Object> holder) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (String side : List.of("requests", "limits")) {
            Map<String, Object> amounts = new LinkedHashMap<>();
            KubeObject.of(holder).map("resources", side).forEach((name, amount) -> {
                if (!name.equals("cpu") && !name.equals("memory")) {
                    amounts.put(name, Quantity.of(amount).value().stripTrailingZeros());
                }
            });
            others.put(side, amounts);
        }
        return others;
    }
}
