package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One claim on its way to devices: what it asks for, and what was chosen so far. */
final class ClaimSearch {
    /** How many devices a claim may have. */
    static final int MOST = 32;

    /** A request, or an alternative of one, and how many devices it takes. */
    final class Selection {
        private final Wish wish;
        private final KubeObject type;
        private final Map<DeviceId, Boolean> matches = new HashMap<>();
        private final List<Device> all = new ArrayList<>();
        private long count;

        private Selection(Wish wish, KubeObject type) {
            this.wish = wish;
            this.type = type;
        }

        Wish wish() {
            return wish;
        }

        /** Its class. */
        KubeObject type() {
            return type;
        }

        long count() {
            return count;
        }

        /** The devices that a request for all of them means. */
        List<Device> all() {
            return all;
        }

        /** Whether class and request select the device, and it is on the node. */
        boolean selects(Device device) {
            Boolean known = matches.get(device.id());
            if (known == null) {
                known = selectors.match("class " + type.name(), type.maps("spec", "selectors"), device)
                        && selectors.match("claim " + id(), wish.selectors(), device)
                        && device.isOn(node);
                matches.put(device.id(), known);
            }
            return known;
        }
    }

    private final KubeObject claim;
    private final KubeObject node;
    private final Selectors selectors;
    private final List<List<Selection>> requests = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final Map<Integer, Selection> chosen = new HashMap<>();

    /** @throws AllocationException when the claim can't be met, whatever devices there are */
    ClaimSearch(
            KubeObject claim,
            KubeObject node,
            List<Pool> pools,
            Selectors selectors,
            Function<String, Optional<KubeObject>> classes,
            TakenDevices taken) {
        this.claim = claim;
        this.node = node;
        this.selectors = selectors;
        long least = 0;
        for (Map<String, Object> each : claim.maps("spec", "devices", "requests")) {
            List<Selection> alternatives = new ArrayList<>();
            for (Wish wish : Wish.of(KubeObject.of(each))) {
                alternatives.add(selection(wish, pools, classes, taken));
            }
            requests.add(alternatives);
            least += alternatives.stream().mapToLong(Selection::count).min().orElse(0);
        }
        if (least > MOST) {
            throw AllocationException.ofClaim(
                    "claim " + id() + ": number of requested devices " + least + " exceeds the claim limit of " + MOST);
        }
        claim.maps("spec", "devices", "constraints")
                .forEach(each -> constraints.add(new Constraint(KubeObject.of(each))));
    }

    private Selection selection(
            Wish wish, List<Pool> pools, Function<String, Optional<KubeObject>> classes, TakenDevices taken) {
        String what = "claim " + id() + ", request " + wish.name();
        KubeObject type = classes.apply(wish.className())
                .orElseThrow(() -> AllocationException.ofClaim(what + ": could not retrieve device class "
                        + wish.className() + ": deviceclass.resource.k8s.io \"" + wish.className() + "\" not found"));
        Selection selection = new Selection(wish, type);
        selection.count = wish.count();
        if (wish.wantsAll()) {
            for (Pool pool : pools) {
                if (pool.state() != Pool.State.GOOD) {
                    throw AllocationException.ofClaim(what + ": asks for all devices, but resource pool " + pool.id()
                            + " is currently "
                            + (pool.state() == Pool.State.INVALID ? "invalid" : "being updated"));
                }
                pool.here().stream()
                        .filter(selection::selects)
                        .filter(device -> Capacities.fit(wish, device, taken.consumed(device.id()), Map.of()))
                        .forEach(selection.all::add);
            }
            selection.count = selection.all.size();
        }
        return selection;
    }

    /** {@code namespace/name}. */
    String id() {
        return claim.namespace() + "/" + claim.name();
    }

    KubeObject claim() {
        return claim;
    }

    /** Each with its alternatives; one that has none is its only one. */
    List<List<Selection>> requests() {
        return requests;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** What was chosen so far, in the order of the requests; live. */
    List<Choice> choices() {
        return choices;
    }

    void choose(int request, Selection selection) {
        chosen.put(request, selection);
    }

    /** What was chosen of a request. */
    Selection chosen(int request) {
        return chosen.getOrDefault(request, requests.get(request).get(0));
    }
}
