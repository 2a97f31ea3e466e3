package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A driver's devices of one pool as a node sees them. */
final class Pool {
    /** Whether the slices are all there, and agree. */
    enum State {
        GOOD,
        INCOMPLETE,
        INVALID
    }

    private final String driver;
    private final String name;
    private final State state;

    /** On the node, by slice and in the slice's order. */
    private final List<Device> here = new ArrayList<>();

    /** Elsewhere, which count for the counters that are shared. */
    private final List<Device> elsewhere = new ArrayList<>();

    private final Map<String, Map<String, Quantity>> counters = new HashMap<>();

    /** One whose slices are not all there yet. */
    static Pool incomplete(String driver, String name) {
        return new Pool(driver, name);
    }

    private Pool(String driver, String name) {
        this.driver = driver;
        this.name = name;
        this.state = State.INCOMPLETE;
    }

    /**
     * @param onNode slices that the node can use, and those of counters
     * @param all slices of the pool
     */
    Pool(String driver, String name, List<KubeObject> onNode, List<KubeObject> all) {
        this.driver = driver;
        this.name = name;
        List<KubeObject> sorted = new ArrayList<>(onNode);
        sorted.sort(Comparator.comparing(KubeObject::name));
        Set<String> used = new HashSet<>();
        boolean good = true;
        for (KubeObject slice : sorted) {
            used.add(slice.name());
            if (slice.maps("spec", "sharedCounters").isEmpty()) {
                add(slice, here);
            } else {
                good &= count(slice);
            }
        }
        for (KubeObject slice : all) {
            if (!used.contains(slice.name())) {
                add(slice, elsewhere);
            }
        }
        good &= here.stream().map(Device::id).distinct().count() == here.size();
        good &= here.stream().allMatch(this::isCounted) && elsewhere.stream().allMatch(this::isCounted);
        this.state = good ? State.GOOD : State.INVALID;
    }

    private void add(KubeObject slice, List<Device> devices) {
        for (Map<String, Object> each : slice.maps("spec", "devices")) {
            KubeObject device = KubeObject.of(each);
            devices.add(new Device(new DeviceId(driver, name, device.text("name")), device, slice, this));
        }
    }

    private boolean count(KubeObject slice) {
        boolean single = true;
        for (Map<String, Object> each : slice.maps("spec", "sharedCounters")) {
            KubeObject set = KubeObject.of(each);
            single &= counters.put(set.text("name"), quantities(set)) == null;
        }
        return single;
    }

    /** What a set of counters has, or a device takes of one. */
    static Map<String, Quantity> quantities(KubeObject set) {
        Map<String, Quantity> quantities = new HashMap<>();
        set.map("counters")
                .forEach((name, counter) ->
                        quantities.put(name, Quantity.of(Device.tree(counter).at("value"))));
        return quantities;
    }

    private boolean isCounted(Device device) {
        return device.tree().maps("consumesCounters").stream()
                .map(KubeObject::of)
                .allMatch(taken -> counters.getOrDefault(taken.text("counterSet"), Map.of())
                                .keySet()
                                .containsAll(taken.map("counters").keySet())
                        && counters.containsKey(taken.text("counterSet")));
    }

    /** {@code driver/pool}. */
    String id() {
        return driver + "/" + name;
    }

    State state() {
        return state;
    }

    List<Device> here() {
        return here;
    }

    List<Device> elsewhere() {
        return elsewhere;
    }

    /** By the set's name and the counter's. */
    Map<String, Map<String, Quantity>> counters() {
        return counters;
    }

    /** Whether a device has to be prepared before a pod is bound; such pools are asked last. */
    boolean needsPreparation() {
        return here.stream().anyMatch(device -> device.tree().at("bindingConditions") != null);
    }
}
