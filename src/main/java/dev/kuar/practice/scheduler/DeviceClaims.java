package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.device.DeviceAllocator;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims of devices that pods make, and the devices that there are; what the plugin DynamicResources of Kubernetes 1.36 reads. */
final class DeviceClaims {
    static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    static final GroupResource CLASSES = GroupResource.of("resource.k8s.io", "deviceclasses");
    static final GroupResource SLICES = GroupResource.of("resource.k8s.io", "resourceslices");

    private final ClusterClock clock;
    private final ClaimCache claims;
    private final Informer classes;
    private final Informer slices;
    private final ExtendedResources extended;
    private final DeviceAllocator allocator;

    DeviceClaims(ApiClient client, ClusterClock clock) {
        this.clock = clock;
        this.claims = new ClaimCache(client.informer(CLAIMS));
        this.classes = client.informer(CLASSES);
        this.slices = client.informer(SLICES);
        this.extended = new ExtendedResources(classes);
        this.allocator = new DeviceAllocator(name -> classes.find("", name));
    }

    ClaimCache cache() {
        return claims;
    }

    ExtendedResources extended() {
        return extended;
    }

    DeviceAllocator allocator() {
        return allocator;
    }

    Informer slices() {
        return slices;
    }

    ClusterClock clock() {
        return clock;
    }

    /**
     * The name of a claim of the pod; empty while it has not been made from its template.
     *
     * @return null where none is needed
     */
    private static @Nullable String name(KubeObject pod, KubeObject wish) {
        String named = wish.text("resourceClaimName");
        for (Map<String, Object> made : pod.maps("status", "resourceClaimStatuses")) {
            if (named.isEmpty() && wish.text("name").equals(made.get("name"))) {
                return made.get("resourceClaimName") instanceof String name ? name : null;
            }
        }
        return named;
    }

    private static boolean isFor(KubeObject pod, KubeObject wish, KubeObject claim) {
        return !wish.text("resourceClaimName").isEmpty()
                || claim.ownerReferences().stream()
                        .anyMatch(owner -> Boolean.TRUE.equals(owner.get("controller"))
                                && pod.uid().equals(owner.get("uid")));
    }

    static boolean uses(KubeObject pod, KubeObject claim) {
        return pod.namespace().equals(claim.namespace())
                && pod.maps("spec", "resourceClaims").stream()
                        .anyMatch(wish -> claim.name().equals(name(pod, KubeObject.of(wish))));
    }

    /** The claims that the pod names; null where one is not there, which nobody says anything of. */
    @Nullable
    List<KubeObject> of(KubeObject pod) {
        List<KubeObject> found = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "resourceClaims")) {
            KubeObject wish = KubeObject.of(tree);
            String name = name(pod, wish);
            if (name == null) {
                continue;
            }
            KubeObject claim = claims.find(pod.namespace(), name)
                    .filter(each -> !each.isTerminating() && isFor(pod, wish, each))
                    .orElse(null);
            if (claim == null) {
                return null;
            }
            found.add(claim);
        }
        return found;
    }

    static boolean isAllocated(KubeObject claim) {
        return claim.at("status", "allocation") instanceof Map;
    }

    static boolean isReservedFor(KubeObject pod, KubeObject claim) {
        return claim.maps("status", "reservedFor").stream()
                .anyMatch(each -> pod.uid().equals(each.get("uid")));
    }

    /** A request for devices of a class that there is not. */
    @Nullable
    Verdict missingClass(KubeObject claim) {
        for (Map<String, Object> tree : claim.maps("spec", "devices", "requests")) {
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
        return null;
    }

    private @Nullable Verdict missing(String request, String name) {
        return name.isEmpty() || classes.find("", name).isPresent()
                ? null
                : DeviceRound.no("request " + request + ": device class " + name + " does not exist");
    }

    /** Whether a claim's change may help the pod. */
    static boolean helps(KubeObject pod, Change change) {
        KubeObject old = change.old();
        if (change.isRemoved()) {
            return false;
        }
        if (old != null && isAllocated(old) && !isAllocated(change.object())) {
            return true;
        }
        return uses(pod, change.object())
                && (old == null || !old.map("status").equals(change.object().map("status")));
    }
}
