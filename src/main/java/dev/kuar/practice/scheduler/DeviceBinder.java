package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes which devices claims get and who may use them, and takes that back. Of one thread. */
final class DeviceBinder {
    private static final String FINALIZER = "resource.kubernetes.io/delete-protection";
    private static final int TRIES = 5;

    private final ApiClient client;
    private final ClusterClock clock;
    private final ClaimCache cache;

    DeviceBinder(ApiClient client, ClusterClock clock, ClaimCache cache) {
        this.client = client;
        this.clock = clock;
        this.cache = cache;
    }

    /** Keeps the devices for the pod until {@link #bind} or {@link #giveUp}. */
    void reserve(DeviceRound round, String node) {
        round.given(node).forEach((claim, allocation) -> {
            KubeObject allocated = claim.copy();
            allocated.set(allocation, "status", "allocation");
            cache.reserve(claim.uid(), allocated);
        });
    }

    /** Gives all claims of a round their devices and the pod the right to use them. */
    void bind(KubeObject pod, DeviceRound round, String node) {
        Map<KubeObject, Map<String, Object>> given = round.given(node);
        for (int i = 0; i < round.claims().size(); i++) {
            KubeObject claim = round.claims().get(i);
            Map<String, Object> allocation = given.get(claim);
            if (DeviceClaims.isReservedFor(pod, claim) || (round.isExtended(claim) && allocation == null)) {
                continue;
            }
            KubeObject written = claim;
            try {
                if (round.isExtended(claim)) {
                    written = client.create(
                            DeviceClaims.CLAIMS,
                            pod.namespace(),
                            fresh(Objects.requireNonNull(round.offer(node)).extended()));
                    round.claims().set(i, written);
                }
                written = bind(pod, written, allocation);
                round.claims().set(i, written);
                cache.wrote(written);
            } finally {
                cache.release(claim.uid());
            }
            if (round.isExtended(claim)) {
                say(pod, written, Objects.requireNonNull(round.offer(node)).mappings());
            }
        }
    }

    private static KubeObject fresh(@Nullable KubeObject extended) {
        KubeObject claim = Objects.requireNonNull(extended).copy();
        claim.set(null, "metadata", "name");
        claim.set(null, "metadata", "uid");
        return claim;
    }

    private KubeObject bind(KubeObject pod, KubeObject claim, @Nullable Map<String, Object> allocation) {
        String name = claim.namespace() + "/" + claim.name();
        KubeObject current = claim;
        for (int i = 0; ; i++) {
            try {
                return tryToBind(pod, current, name, allocation);
            } catch (ApiException e) {
                if (!e.isConflict() || i == TRIES) {
                    throw new SchedulerFault((allocation != null
                                    ? "add allocation and reservation to claim "
                                    : "add reservation to claim ")
                            + name + ": " + e.getMessage());
                }
                current = client.get(DeviceClaims.CLAIMS, claim.namespace(), claim.name());
            }
        }
    }

    private KubeObject tryToBind(
            KubeObject pod, KubeObject claim, String name, @Nullable Map<String, Object> allocation) {
        if (claim.isTerminating()) {
            throw new SchedulerFault("claim " + name + " got deleted in the meantime");
        }
        if (DeviceClaims.isAllocated(claim) == (allocation != null)) {
            throw new SchedulerFault("claim " + name
                    + (allocation != null
                            ? " got allocated elsewhere in the meantime"
                            : " got deallocated elsewhere in the meantime"));
        }
        KubeObject changed = claim.copy();
        if (allocation != null) {
            if (!changed.finalizers().contains(FINALIZER)) {
                List<String> finalizers = new ArrayList<>(changed.finalizers());
                finalizers.add(FINALIZER);
                changed.set(finalizers, "metadata", "finalizers");
                changed = client.update(DeviceClaims.CLAIMS, changed).copy();
            }
            changed.set(KubeObject.copyOf(allocation), "status", "allocation");
        }
        List<Object> users = new ArrayList<>(changed.maps("status", "reservedFor"));
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("resource", "pods");
        user.put("name", pod.name());
        user.put("uid", pod.uid());
        users.add(user);
        changed.set(users, "status", "reservedFor");
        if (changed.text("status", "allocation", "allocationTimestamp").isEmpty()) {
            changed.set(
                    clock.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    "status",
                    "allocation",
                    "allocationTimestamp");
        }
        return client.updateSubresource(DeviceClaims.CLAIMS, "status", changed);
    }

    private void say(KubeObject pod, KubeObject claim, List<Map<String, Object>> mappings) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("requestMappings", mappings);
        status.put("resourceClaimName", claim.name());
        client.patch(
                PodReports.PODS,
                pod.namespace(),
                pod.name(),
                "status",
                ApiClient.PatchType.STRATEGIC,
                Map.of("status", Map.of("extendedResourceClaimStatus", status)));
    }

    /** How it stands with devices that have to be prepared: null while they are not, empty when they are, or what went wrong. */
    @Nullable
    String state(DeviceRound round, Instant now, Instant until) {
        boolean met = true;
        for (int i = 0; i < round.claims().size(); i++) {
            KubeObject claim = round.claims().get(i);
            if (!DeviceClaims.isAllocated(claim)) {
                continue;
            }
            KubeObject current = cache.find(claim.namespace(), claim.name()).orElse(null);
            if (current == null) {
                return "could not find v1.ResourceClaim \"" + claim.namespace() + "/" + claim.name() + "\"";
            }
            round.claims().set(i, current);
            String failure = DeviceConditions.failure(current);
            boolean ready = DeviceClaims.isAllocated(current) && DeviceConditions.areMet(current);
            if (failure != null) {
                return failure;
            }
            if (!ready && DeviceConditions.isLate(current, now)) {
                return "device binding timeout: claim=" + current.name();
            }
            met &= ready;
        }
        if (met) {
            return "";
        }
        return now.isBefore(until) ? null : "device binding timeout: context deadline exceeded";
    }

    /** Takes back what was written for a pod that does not get its node after all. */
    void giveUp(KubeObject pod, DeviceRound round) {
        for (KubeObject claim : round.claims()) {
            cache.release(claim.uid());
            if (round.isExtended(claim) && ExtendedClaim.isUnwritten(claim)) {
                continue;
            }
            try {
                if (ExtendedClaim.isOf(claim, pod)) {
                    delete(claim);
                } else if (DeviceClaims.isAllocated(claim) && DeviceClaims.isReservedFor(pod, claim)) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("$patch", "delete");
                    entry.put("uid", pod.uid());
                    cache.wrote(client.patch(
                            DeviceClaims.CLAIMS,
                            claim.namespace(),
                            claim.name(),
                            "status",
                            ApiClient.PatchType.STRATEGIC,
                            Map.of(
                                    "metadata",
                                    Map.of("uid", claim.uid()),
                                    "status",
                                    Map.of("reservedFor", List.of(entry)))));
                }
            } catch (ApiException e) {
                System.getLogger(DeviceBinder.class.getName()).log(System.Logger.Level.DEBUG, "a reservation stays", e);
            }
        }
    }

    private void delete(KubeObject claim) {
        KubeObject freed =
                client.get(DeviceClaims.CLAIMS, claim.namespace(), claim.name()).copy();
        List<String> finalizers = new ArrayList<>(freed.finalizers());
        if (finalizers.remove(FINALIZER)) {
            freed.set(finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
            client.update(DeviceClaims.CLAIMS, freed);
        }
        client.delete(DeviceClaims.CLAIMS, claim.namespace(), claim.name(), ApiClient.DeleteOptions.ofUid(claim.uid()));
    }

    /** Frees a claim whose devices do not do where nobody else uses it; what is to be said of the pod that found no node. */
    String makeRoom(KubeObject pod, DeviceRound round) {
        if (round.isEmpty()) {
            return "no new claims to deallocate";
        }
        for (KubeObject claim : round.unavailable()) {
            List<Map<String, Object>> users = claim.maps("status", "reservedFor");
            boolean free = users.isEmpty() || (users.size() == 1 && DeviceClaims.isReservedFor(pod, claim));
            if (!round.isExtended(claim) && free) {
                KubeObject freed = claim.copy();
                freed.set(null, "status", "reservedFor");
                freed.set(null, "status", "allocation");
                freed.set(null, "status", "devices");
                cache.wrote(client.updateSubresource(DeviceClaims.CLAIMS, "status", freed));
                return "deallocation of ResourceClaim completed";
            }
        }
        KubeObject extended = round.extended();
        if (extended != null && !ExtendedClaim.isUnwritten(extended)) {
            delete(extended);
            return "deletion of ResourceClaim completed";
        }
        return "still not schedulable";
    }
}
