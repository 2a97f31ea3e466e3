package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pods: the few fields that may change. */
final class PodRules implements KindRules {
    private static final String ONLY = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
            + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    @Override
    public void check(KubeObject pod, FieldErrors errors) {
        // The rule file of pods asks all.
    }

    @Override
    public void change(KubeObject pod, KubeObject old, FieldErrors errors) {
        for (String list : List.of("containers", "initContainers")) {
            List<Map<String, Object>> now = pod.maps("spec", list);
            if (now.size() != old.maps("spec", list).size()) {
                errors.forbidden("spec." + list, "pod updates may not add or remove containers");
                return;
            }
            for (int i = 0; i < now.size(); i++) {
                String image = KubeObject.of(now.get(i)).text("image");
                String field = "spec." + list + "[" + i + "].image";
                if (image.isEmpty()) {
                    errors.required(field, "");
                } else if (!image.strip().equals(image)) {
                    errors.invalid(field, image, "must not have leading or trailing whitespace");
                }
            }
        }
        if (!deadline(pod, old, errors)) {
            return;
        }
        tolerations(pod, old, errors);
        List<Map<String, Object>> gates = old.maps("spec", "schedulingGates");
        List<Map<String, Object>> left = pod.maps("spec", "schedulingGates");
        for (int i = 0; i < left.size(); i++) {
            if (!gates.contains(left.get(i))) {
                errors.forbidden(
                        "spec.schedulingGates[" + i + "].name",
                        "only deletion is allowed, but found new scheduling gate '"
                                + left.get(i).get("name") + "'");
            }
        }
        Map<String, Object> now = munged(pod, old);
        if (!now.equals(old.map("spec"))) {
            errors.forbidden("spec", ONLY + "\n" + GoStructs.diff("PodSpec", old.map("spec"), now));
        }
    }

    /** False where nothing more is checked. */
    private static boolean deadline(KubeObject pod, KubeObject old, FieldErrors errors) {
        String field = "spec.activeDeadlineSeconds";
        boolean had = old.at("spec", "activeDeadlineSeconds") != null;
        if (pod.at("spec", "activeDeadlineSeconds") == null) {
            if (had) {
                errors.invalid(field, null, "must not update from a positive integer to nil value");
            }
            return true;
        }
        long now = pod.number(0, "spec", "activeDeadlineSeconds");
        if (now < 0 || now > Integer.MAX_VALUE) {
            errors.invalid(field, now, "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
            return false;
        }
        if (had && old.number(0, "spec", "activeDeadlineSeconds") < now) {
            errors.invalid(field, now, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void tolerations(KubeObject pod, KubeObject old, FieldErrors errors) {
        Set<Object> now = new HashSet<>();
        pod.maps("spec", "tolerations").forEach(each -> now.add(withoutSeconds(each)));
        for (Map<String, Object> each : old.maps("spec", "tolerations")) {
            if (!now.contains(withoutSeconds(each))) {
                errors.forbidden(
                        "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static Map<String, Object> withoutSeconds(Map<String, Object> toleration) {
        Map<String, Object> rest = new HashMap<>(toleration);
        rest.remove("tolerationSeconds");
        return rest;
    }

    /** The new spec with what may change put back. */
    private static Map<String, Object> munged(KubeObject pod, KubeObject old) {
        KubeObject spec = KubeObject.of(KubeObject.copyOf(pod.map("spec")));
        for (String list : List.of("containers", "initContainers")) {
            List<Map<String, Object>> before = old.maps("spec", list);
            List<Map<String, Object>> containers = spec.maps(list);
            for (int i = 0; i < containers.size(); i++) {
                containers.get(i).put("image", before.get(i).get("image"));
            }
        }
        for (String field : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates")) {
            spec.set(old.at("spec", field), field);
        }
        if (!old.maps("spec", "schedulingGates").isEmpty()) {
            Map<String, String> wanted = spec.textMap("nodeSelector");
            if (wanted.entrySet()
                    .containsAll(old.textMap("spec", "nodeSelector").entrySet())) {
                spec.set(old.at("spec", "nodeSelector"), "nodeSelector");
            }
        }
        if (old.number(0, "spec", "terminationGracePeriodSeconds") < 0
                && spec.number(0, "terminationGracePeriodSeconds") == 1) {
            spec.set(old.at("spec", "terminationGracePeriodSeconds"), "terminationGracePeriodSeconds");
        }
        return spec.tree();
    }
}
