package dev.kuar.practice.device;

import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tries devices for claims one after the other, and takes back what leads nowhere. */
final class Search {
    /** What came of a try; too many means that a claim would have more devices than it may. */
    private enum Outcome {
        FOUND,
        NONE,
        TOO_MANY
    }

    private final List<ClaimSearch> claims;
    private final List<Device> candidates = new ArrayList<>();
    private final TakenDevices taken;
    private final String node;
    private final BooleanSupplier expired;
    private final SharedCounters counters;

    /** Whole devices that are about to be taken, and by which of the claims. */
    private final Map<DeviceId, Set<Integer>> taking = new HashMap<>();

    private final Amounts<DeviceId> shares = new Amounts<>();

    Search(List<ClaimSearch> claims, List<Pool> pools, TakenDevices taken, String node, BooleanSupplier expired) {
        this.claims = claims;
        this.taken = taken;
        this.node = node;
        this.expired = expired;
        this.counters = new SharedCounters(taken);
        pools.stream().filter(pool -> pool.state() == Pool.State.GOOD).forEach(pool -> candidates.addAll(pool.here()));
    }

    boolean succeeds() {
        return request(0, 0) == Outcome.FOUND;
    }

    private Outcome request(int claim, int request) {
        if (claim >= claims.size()) {
            return Outcome.FOUND;
        }
        ClaimSearch search = claims.get(claim);
        if (request >= search.requests().size()) {
            Outcome next = request(claim + 1, 0);
            return next == Outcome.TOO_MANY ? Outcome.NONE : next;
        }
        List<ClaimSearch.Selection> alternatives = search.requests().get(request);
        boolean tooMany = true;
        for (ClaimSearch.Selection each : alternatives) {
            Outcome outcome = device(claim, request, each, 0, 0);
            if (outcome == Outcome.FOUND) {
                search.choose(request, each);
                return outcome;
            }
            tooMany &= outcome == Outcome.TOO_MANY;
        }
        return tooMany ? Outcome.TOO_MANY : Outcome.NONE;
    }

    /** @param start of the candidates, so that no set of devices of one request is tried twice */
    private Outcome device(int claim, int request, ClaimSearch.Selection selection, int index, int start) {
        if (expired.getAsBoolean()) {
            throw AllocationException.ofClaim("node " + node + ": timed out trying to allocate devices");
        }
        if (selection.wish().wantsAll() && selection.count() == 0) {
            return Outcome.NONE;
        }
        if (index >= selection.count()) {
            return request(claim, request + 1);
        }
        if (claims.get(claim).choices().size() + selection.count() - index > ClaimSearch.MOST) {
            return Outcome.TOO_MANY;
        }
        if (selection.wish().wantsAll()) {
            return with(
                    claim,
                    selection,
                    selection.all().get(index),
                    () -> device(claim, request, selection, index + 1, 0));
        }
        for (int i = start; i < candidates.size(); i++) {
            Device device = candidates.get(i);
            if (isInTheWay(claim, selection.wish(), device)
                    || !selection.selects(device)
                    || !fits(selection.wish(), device)) {
                continue;
            }
            int next = i + 1;
            Outcome outcome = with(claim, selection, device, () -> device(claim, request, selection, index + 1, next));
            if (outcome != Outcome.NONE) {
                return outcome;
            }
        }
        return Outcome.NONE;
    }

    private boolean isInTheWay(int claim, Wish wish, Device device) {
        Set<Integer> takers = taking.getOrDefault(device.id(), Set.of());
        return wish.isAdmin() ? takers.contains(claim) : taken.isWhole(device.id()) || !takers.isEmpty();
    }

    private boolean fits(Wish wish, Device device) {
        return Capacities.fit(wish, device, taken.consumed(device.id()), shares.of(device.id()));
    }

    private interface Rest {
        Outcome find();
    }

    /** What comes of the rest once the device is taken, which is given back where nothing does. */
    private Outcome with(int claim, ClaimSearch.Selection selection, Device device, Rest rest) {
        if (!take(claim, selection, device)) {
            return Outcome.NONE;
        }
        Outcome outcome = rest.find();
        if (outcome != Outcome.FOUND) {
            giveBack(claim);
        }
        return outcome;
    }

    private boolean take(int claim, ClaimSearch.Selection selection, Device device) {
        Wish wish = selection.wish();
        boolean shared = device.isShared();
        boolean inUse = shared && (taken.isConsumed(device.id()) || shares.has(device.id()));
        if ((isInTheWay(claim, wish, device) && !(shared && wish.isAdmin())) || !fits(wish, device)) {
            return false;
        }
        // As upstream, counters stay taken where a taint or a constraint refuses the device after all.
        if (!inUse && !device.tree().maps("consumesCounters").isEmpty() && !counters.take(device)) {
            return false;
        }
        if (wish.isRefusedBy(device) || !constrain(claim, wish, device)) {
            return false;
        }
        Map<String, Quantity> consumed = Map.of();
        if (shared) {
            consumed = Capacities.consumed(wish, device);
            shares.add(device.id(), consumed);
        } else {
            taking.computeIfAbsent(device.id(), unused -> new HashSet<>()).add(claim);
        }
        claims.get(claim).choices().add(new Choice(wish, device, consumed));
        return true;
    }

    private boolean constrain(int claim, Wish wish, Device device) {
        List<Constraint> constraints = claims.get(claim).constraints();
        for (int i = 0; i < constraints.size(); i++) {
            if (!constraints.get(i).add(wish, device)) {
                if (wish.wantsAll()) {
                    throw AllocationException.ofClaim(
                            "claim " + claims.get(claim).id() + ", request " + wish.name()
                                    + ": cannot add device " + device.id()
                                    + " because a claim constraint would not be satisfied");
                }
                constraints.subList(0, i).forEach(constraint -> constraint.remove(wish));
                return false;
            }
        }
        return true;
    }

    private void giveBack(int claim) {
        List<Choice> choices = claims.get(claim).choices();
        Choice last = choices.remove(choices.size() - 1);
        Device device = last.device();
        claims.get(claim).constraints().forEach(constraint -> constraint.remove(last.wish()));
        if (device.isShared()) {
            shares.remove(device.id(), last.consumed());
        } else {
            taking.getOrDefault(device.id(), Set.of()).remove(claim);
            if (!device.tree().maps("consumesCounters").isEmpty()) {
                counters.giveBack(device);
            }
        }
    }
}
