package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which claims of devices a pod uses. */
final class PodClaims {
    private PodClaims() {}

    static boolean isWithout(KubeObject pod) {
        return pod.maps("spec", "resourceClaims").isEmpty()
                && pod.text("status", "extendedResourceClaimStatus", "resourceClaimName")
                        .isEmpty();
    }

    /** What the pod's status says of one of its claims. */
    static @Nullable Map<String, Object> status(KubeObject pod, String wish) {
        return pod.maps("status", "resourceClaimStatuses").stream()
                .filter(each -> wish.equals(each.get("name")))
                .findFirst()
                .orElse(null);
    }

    /** The names of those that there are, the one for extended resources last. */
    static List<String> names(KubeObject pod) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "resourceClaims")) {
            KubeObject wish = KubeObject.of(tree);
            String name = wish.text("resourceClaimName");
            Map<String, Object> made = name.isEmpty() ? status(pod, wish.text("name")) : null;
            if (made != null) {
                name = Trees.text(made, "resourceClaimName");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        String extended = pod.text("status", "extendedResourceClaimStatus", "resourceClaimName");
        if (!extended.isEmpty()) {
            names.add(extended);
        }
        return names;
    }

    static boolean uses(KubeObject pod, KubeObject claim) {
        return pod.namespace().equals(claim.namespace()) && names(pod).contains(claim.name());
    }

    static boolean isReserved(KubeObject pod, KubeObject claim) {
        return claim.maps("status", "reservedFor").stream()
                .anyMatch(user -> pod.uid().equals(user.get("uid")));
    }

    /** Whether it will use its claims no more. */
    static boolean isDone(KubeObject pod) {
        return PodState.isFinished(pod)
                || (pod.isTerminating() && pod.text("spec", "nodeName").isEmpty());
    }
}
