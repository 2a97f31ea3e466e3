package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Pods: their spec at creation, and the few fields that may change afterwards. */
final class PodRules implements KindRules {
    private static final String ONLY = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
            + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    @Override
    public void check(KubeObject pod, FieldErrors errors) {
        PodSpecRules.check(KubeObject.of(pod.map("spec")), "spec", errors);
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
                if (KubeObject.of(now.get(i)).text("image").isEmpty()) {
                    errors.required("spec." + list + "[" + i + "].image", "");
                }
            }
        }
        List<Map<String, Object>> tolerations = old.maps("spec", "tolerations");
        if (!pod.maps("spec", "tolerations").containsAll(tolerations)) {
            errors.forbidden(
                    "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
        }
        if (!masked(pod).equals(masked(old))) {
            errors.forbidden("spec", ONLY);
        }
    }

    /** The spec without what may change. */
    private static Map<String, Object> masked(KubeObject pod) {
        KubeObject copy = KubeObject.of(KubeObject.copyOf(pod.map("spec")));
        for (String list : List.of("containers", "initContainers")) {
            copy.maps(list).forEach(container -> container.remove("image"));
        }
        copy.set(null, "activeDeadlineSeconds");
        copy.set(null, "tolerations");
        copy.set(null, "schedulingGates");
        return copy.tree();
    }
}
