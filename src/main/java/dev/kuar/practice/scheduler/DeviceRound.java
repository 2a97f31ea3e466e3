package dev.kuar.practice.scheduler;

import dev.kuar.practice.device.AllocationException;
import dev.kuar.practice.device.TakenDevices;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One try to find a pod's devices: its claims, and what could be given to them on each node. Of one thread. */
final class DeviceRound {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * What a node would give.
     *
     * @param allocations of the claims that have none yet, in their order
     * @param extended the claim for extended resources; null where the node needs none
     * @param mappings which container uses which of its requests
     */
    record Offer(
            List<Map<String, Object>> allocations, @Nullable KubeObject extended, List<Map<String, Object>> mappings) {}

    private final DeviceClaims devices;
    private final KubeObject pod;
    private final PodRequest request;
    private final List<KubeObject> claims;
    private final @Nullable KubeObject extended;
    private final Map<String, Offer> offers = new HashMap<>();
    private final Set<KubeObject> unavailable = new LinkedHashSet<>();
    private @Nullable TakenDevices taken;

    /** @param claims that the pod names */
    DeviceRound(DeviceClaims devices, KubeObject pod, PodRequest request, List<KubeObject> claims) {
        this.devices = devices;
        this.pod = pod;
        this.request = request;
        this.claims = new ArrayList<>(claims);
        this.extended = devices.extended().any(request.amounts())
                ? devices.cache().all().stream()
                        .filter(claim -> ExtendedClaim.isOf(claim, pod))
                        .findFirst()
                        .orElseGet(() -> ExtendedClaim.unwritten(pod))
                : null;
        if (extended != null) {
            this.claims.add(extended);
        }
    }

    static Verdict no(String reason) {
        return Verdict.unresolvable(Plugin.DYNAMIC_RESOURCES, reason);
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    /** All claims; the one for extended resources is the last. Live: what is written is put back here. */
    List<KubeObject> claims() {
        return claims;
    }

    boolean isExtended(KubeObject claim) {
        return claim.equals(extended);
    }

    @Nullable
    KubeObject extended() {
        return extended;
    }

    /** Claims with devices that do not do. */
    Set<KubeObject> unavailable() {
        return unavailable;
    }

    @Nullable
    Offer offer(String node) {
        return offers.get(node);
    }

    private List<KubeObject> open() {
        return claims.stream().filter(claim -> !DeviceClaims.isAllocated(claim)).toList();
    }

    /** What keeps the pod from every node; null for nothing. */
    @Nullable
    Verdict problem() {
        for (KubeObject claim : open()) {
            if (devices.cache().isPending(claim)) {
                return no("resource claim " + claim.namespace() + "/" + claim.name()
                        + " is in the process of being allocated");
            }
            Verdict missing = isExtended(claim) ? null : devices.missingClass(claim);
            if (missing != null) {
                return missing;
            }
        }
        return null;
    }

    /** Whether claims have to bring a resource to the node. */
    boolean brings(String resource, NodeState node) {
        return extended != null && devices.extended().isClaimed(resource, node);
    }

    /** Null where the node does; what it would give is kept then. */
    @Nullable
    Verdict check(NodeState state) {
        if (claims.isEmpty()) {
            return null;
        }
        KubeObject own = null;
        List<Map<String, Object>> mappings = List.of();
        if (extended != null) {
            if (!ExtendedClaim.isUnwritten(extended)) {
                return no("cannot schedule extended resource claim");
            }
            Map<String, String> types = types(state);
            if (types == null) {
                return no("cannot fit resource");
            }
            if (!types.isEmpty()) {
                ExtendedClaim.Requests requests = ExtendedClaim.Requests.of(pod, types);
                own = extended.copy();
                own.set(requests.requests(), "spec", "devices", "requests");
                mappings = requests.mappings();
            } else if (claims.size() == 1) {
                return null;
            }
        }
        boolean available = true;
        for (KubeObject claim : claims) {
            if (DeviceClaims.isAllocated(claim) && !isAvailable(claim, state.node())) {
                unavailable.add(claim);
                available = false;
            }
        }
        List<Map<String, Object>> allocations;
        try {
            allocations = allocations(state, own);
        } catch (AllocationException e) {
            if (e.isOfNode()) {
                return no(String.valueOf(e.getMessage()));
            }
            throw new SchedulerFault("running \"DynamicResources\" filter plugin: " + e.getMessage());
        }
        if (allocations == null) {
            return no("cannot allocate all claims");
        }
        if (!available) {
            return no("resourceclaim not available on the node");
        }
        offers.put(state.name(), new Offer(allocations, own, mappings));
        return null;
    }

    /** The extended resources that claims have to bring, with their classes; null where one is not to be had. */
    private @Nullable Map<String, String> types(NodeState state) {
        Map<String, String> types = new HashMap<>();
        for (Map.Entry<String, Long> each : request.amounts().entrySet()) {
            String resource = each.getKey();
            if (each.getValue() == 0 || !ExtendedResources.isExtended(resource)) {
                continue;
            }
            Optional<KubeObject> type = devices.extended().classOf(resource);
            if (type.isPresent() && state.allocatable(resource) <= 0) {
                types.put(resource, type.get().name());
            } else if (!state.offers(resource)) {
                return null;
            }
        }
        return types;
    }

    private boolean isAvailable(KubeObject claim, KubeObject node) {
        List<Map<String, Object>> terms = claim.maps("status", "allocation", "nodeSelector", "nodeSelectorTerms");
        boolean here = terms.isEmpty()
                || terms.stream().anyMatch(term -> NodeSelection.matchesTerm(KubeObject.of(term), node));
        return here
                && DeviceConditions.failure(claim) == null
                && (DeviceConditions.areMet(claim)
                        || !DeviceConditions.isLate(claim, devices.clock().now()));
    }

    private @Nullable List<Map<String, Object>> allocations(NodeState state, @Nullable KubeObject own) {
        List<KubeObject> open = new ArrayList<>();
        for (KubeObject claim : open()) {
            if (!isExtended(claim)) {
                open.add(claim);
            } else if (own != null) {
                open.add(own);
            }
        }
        if (open.isEmpty()) {
            return List.of();
        }
        if (taken == null) {
            taken = devices.cache().taken();
        }
        Instant end = devices.clock().now().plus(LONGEST);
        return devices.allocator()
                .allocate(state.node(), open, devices.slices().all(), taken, () -> devices.clock()
                        .now()
                        .isAfter(end))
                .orElse(null);
    }

    /**
     * What the node would give to each claim that has nothing yet and needs something there, in the order of the claims.
     *
     * @return claim to allocation
     */
    Map<KubeObject, Map<String, Object>> given(String node) {
        Map<KubeObject, Map<String, Object>> given = new LinkedHashMap<>();
        Offer offer = offers.get(node);
        int next = 0;
        if (offer == null) {
            return given;
        }
        for (KubeObject claim : open()) {
            if (!isExtended(claim) || offer.extended() != null) {
                given.put(claim, offer.allocations().get(next++));
            }
        }
        return given;
    }

    /** How early the alternatives are that the node would give. */
    long score(String node) {
        Map<KubeObject, Map<String, Object>> given = given(node);
        long score = 0;
        for (KubeObject claim : claims) {
            KubeObject allocation = KubeObject.of(
                    DeviceClaims.isAllocated(claim)
                            ? claim.map("status", "allocation")
                            : given.getOrDefault(claim, Map.of()));
            Set<String> requests = new LinkedHashSet<>();
            allocation.maps("devices", "results").forEach(each -> requests.add(String.valueOf(each.get("request"))));
            for (Map<String, Object> each : claim.maps("spec", "devices", "requests")) {
                KubeObject wish = KubeObject.of(each);
                List<Map<String, Object>> alternatives = wish.maps("firstAvailable");
                for (int i = 0; i < alternatives.size(); i++) {
                    if (requests.contains(
                            wish.text("name") + "/" + alternatives.get(i).get("name"))) {
                        score += 8L - i;
                    }
                }
            }
        }
        return score;
    }
}
