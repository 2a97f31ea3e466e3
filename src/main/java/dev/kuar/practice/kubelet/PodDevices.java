package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The devices of a pod's claims, which their drivers would have to prepare on the node; no driver is ever registered here. */
final class PodDevices {
    private static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");

    /** A kubelet looks at a pod again after a minute and up to half of one. */
    private static final Duration AGAIN = Duration.ofSeconds(75);

    private final ApiClient api;
    private @Nullable Instant tried;
    private boolean ready;

    PodDevices(ApiClient api) {
        this.api = api;
    }

    /** How long until they are asked for again; negative when nothing is missing. */
    Duration untilNext(Instant now) {
        Instant last = tried;
        return ready || last == null ? Duration.ofSeconds(-1) : Duration.between(now, last.plus(AGAIN));
    }

    /** Asks for them where it is time to; what is in the way, if anything new is known. */
    Optional<PodProblem> prepare(KubeObject pod, Instant now) {
        Instant last = tried;
        if (ready || (last != null && now.isBefore(last.plus(AGAIN)))) {
            return Optional.empty();
        }
        tried = now;
        for (Wanted each : wanted(pod)) {
            String fault = fault(pod, each);
            if (!fault.isEmpty()) {
                return Optional.of(new PodProblem(
                        "FailedPrepareDynamicResources",
                        "Failed to prepare dynamic resources: prepare dynamic resources: " + fault));
            }
        }
        ready = true;
        return Optional.empty();
    }

    /**
     * A claim that the pod uses.
     *
     * @param name null where there is none yet
     * @param own whether it has to have been made for the pod
     */
    private record Wanted(@Nullable String name, boolean own) {}

    private static List<Wanted> wanted(KubeObject pod) {
        List<Wanted> wanted = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "resourceClaims")) {
            KubeObject wish = KubeObject.of(tree);
            String name = wish.text("resourceClaimName");
            if (!name.isEmpty()) {
                wanted.add(new Wanted(name, false));
                continue;
            }
            Optional<Map<String, Object>> made = pod.maps("status", "resourceClaimStatuses").stream()
                    .filter(each -> wish.text("name").equals(each.get("name")))
                    .findFirst();
            String given = made.map(each -> KubeObject.of(each).text("resourceClaimName"))
                    .orElse(null);
            if (given == null || !given.isEmpty()) {
                wanted.add(new Wanted(given, true));
            }
        }
        String extended = pod.text("status", "extendedResourceClaimStatus", "resourceClaimName");
        if (!extended.isEmpty()) {
            wanted.add(new Wanted(extended, false));
        }
        return wanted;
    }

    private String fault(KubeObject pod, Wanted wanted) {
        String id = pod.namespace() + "/" + pod.name();
        String name = wanted.name();
        if (name == null) {
            return "pod \"" + id + "\": ResourceClaim not created yet";
        }
        KubeObject claim = api.find(CLAIMS, pod.namespace(), name).orElse(null);
        if (claim == null) {
            return "fetch ResourceClaim " + name + ": resourceclaims.resource.k8s.io \"" + name + "\" not found";
        }
        boolean own = claim.ownerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.get("controller"))
                        && pod.uid().equals(owner.get("uid")));
        if (wanted.own() && !own) {
            return "ResourceClaim " + pod.namespace() + "/" + name + " was not created for Pod " + id
                    + " (Pod is not owner)";
        }
        boolean reserved = claim.maps("status", "reservedFor").stream()
                .anyMatch(user -> pod.uid().equals(user.get("uid")));
        if (!reserved) {
            return "pod " + pod.name() + " (" + pod.uid() + ") is not allowed to use ResourceClaim " + name + " ("
                    + claim.uid() + ")";
        }
        if (claim.at("status", "allocation") == null) {
            return "ResourceClaim " + name + ": not allocated";
        }
        return claim.maps("status", "allocation", "devices", "results").stream()
                .map(result -> "DRA driver " + KubeObject.of(result).text("driver") + " is not registered")
                .findFirst()
                .orElse("");
    }
}
