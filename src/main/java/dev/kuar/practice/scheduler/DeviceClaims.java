package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Claims of devices that a pod makes, as far as a cluster without drivers goes: a claim that nobody has allocated is never
 * allocated. The words are those of the plugin DynamicResources of Kubernetes 1.36.
 */
final class DeviceClaims {
    static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    static final GroupResource CLASSES = GroupResource.of("resource.k8s.io", "deviceclasses");

    private final Informer claims;
    private final Informer classes;

    DeviceClaims(ApiClient client) {
        this.claims = client.informer(CLAIMS);
        this.classes = client.informer(CLASSES);
    }

    static boolean any(KubeObject pod) {
        return !pod.maps("spec", "resourceClaims").isEmpty();
    }

    /** The name of a claim of the pod; empty while it has not been made from its template. */
    private static String name(KubeObject pod, KubeObject wish) {
        String named = wish.text("resourceClaimName");
        for (Map<String, Object> made : pod.maps("status", "resourceClaimStatuses")) {
            if (named.isEmpty() && wish.text("name").equals(made.get("name"))) {
                return KubeObject.of(made).text("resourceClaimName");
            }
        }
        return named;
    }

    static boolean uses(KubeObject pod, KubeObject claim) {
        return pod.namespace().equals(claim.namespace())
                && pod.maps("spec", "resourceClaims").stream()
                        .anyMatch(wish -> name(pod, KubeObject.of(wish)).equals(claim.name()));
    }

    /** Whether all that the pod names is there; until then nothing is tried and nothing is said. */
    boolean areThere(KubeObject pod) {
        for (Map<String, Object> wish : pod.maps("spec", "resourceClaims")) {
            boolean there = claims.find(pod.namespace(), name(pod, KubeObject.of(wish)))
                    .filter(claim -> !claim.isTerminating())
                    .isPresent();
            if (!there) {
                return false;
            }
        }
        return true;
    }

    private List<KubeObject> of(KubeObject pod) {
        List<KubeObject> found = new ArrayList<>();
        for (Map<String, Object> wish : pod.maps("spec", "resourceClaims")) {
            claims.find(pod.namespace(), name(pod, KubeObject.of(wish))).ifPresent(found::add);
        }
        return found;
    }

    private static boolean isAllocated(KubeObject claim) {
        return claim.at("status", "allocation") instanceof Map;
    }

    /** A request for devices of a class that there is not. */
    @Nullable
    Verdict problem(KubeObject pod) {
        for (KubeObject claim : of(pod)) {
            for (Map<String, Object> tree :
                    isAllocated(claim) ? List.<Map<String, Object>>of() : claim.maps("spec", "devices", "requests")) {
                KubeObject request = KubeObject.of(tree);
                Verdict missing = missing(request.text("name"), request.text("exactly", "deviceClassName"));
                for (Map<String, Object> each : request.maps("firstAvailable")) {
                    KubeObject sub = KubeObject.of(each);
                    missing = missing != null
                            ? missing
                            : missing(request.text("name") + "/" + sub.text("name"), sub.text("deviceClassName"));
                }
                if (missing != null) {
                    return missing;
                }
            }
        }
        return null;
    }

    private @Nullable Verdict missing(String request, String name) {
        return name.isEmpty() || classes.find("", name).isPresent()
                ? null
                : Verdict.unresolvable(
                        Plugin.DYNAMIC_RESOURCES, "request " + request + ": device class " + name + " does not exist");
    }

    @Nullable
    Verdict check(KubeObject pod, KubeObject node) {
        boolean open = false;
        boolean elsewhere = false;
        for (KubeObject claim : of(pod)) {
            List<Map<String, Object>> terms = claim.maps("status", "allocation", "nodeSelector", "nodeSelectorTerms");
            open |= !isAllocated(claim);
            elsewhere |= !terms.isEmpty()
                    && terms.stream().noneMatch(term -> NodeSelection.matchesTerm(KubeObject.of(term), node));
        }
        if (open) {
            return Verdict.unresolvable(Plugin.DYNAMIC_RESOURCES, "cannot allocate all claims");
        }
        return elsewhere
                ? Verdict.unresolvable(Plugin.DYNAMIC_RESOURCES, "resourceclaim not available on the node")
                : null;
    }
}
