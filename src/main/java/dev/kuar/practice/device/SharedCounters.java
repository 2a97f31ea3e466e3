package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashMap;
import java.util.Map;

/** What is left of the counters that the devices of a pool share, while devices are tried out. */
final class SharedCounters {
    private final TakenDevices taken;
    private final Map<Pool, Map<String, Map<String, Quantity>>> left = new HashMap<>();

    SharedCounters(TakenDevices taken) {
        this.taken = taken;
    }

    private Map<String, Map<String, Quantity>> left(Pool pool) {
        return left.computeIfAbsent(pool, unused -> {
            Map<String, Map<String, Quantity>> all = new HashMap<>();
            pool.counters().forEach((set, counters) -> all.put(set, new HashMap<>(counters)));
            pool.here().stream().filter(device -> taken.isAny(device.id())).forEach(device -> take(all, device));
            pool.elsewhere().stream().filter(device -> taken.isAny(device.id())).forEach(device -> take(all, device));
            return all;
        });
    }

    private static void take(Map<String, Map<String, Quantity>> counters, Device device) {
        change(counters, device, false);
    }

    private static void change(Map<String, Map<String, Quantity>> counters, Device device, boolean back) {
        for (Map<String, Object> each : device.tree().maps("consumesCounters")) {
            KubeObject consumed = KubeObject.of(each);
            Map<String, Quantity> set = counters.getOrDefault(consumed.text("counterSet"), Map.of());
            Pool.quantities(consumed)
                    .forEach((name, amount) ->
                            set.computeIfPresent(name, (unused, now) -> back ? now.plus(amount) : now.minus(amount)));
        }
    }

    /** Takes what the device consumes, if the counters of its pool have that much. */
    boolean take(Device device) {
        Map<String, Map<String, Quantity>> counters = left(device.pool());
        take(counters, device);
        boolean enough = counters.values().stream()
                .flatMap(set -> set.values().stream())
                .allMatch(amount -> amount.value().signum() >= 0);
        if (!enough) {
            giveBack(device);
        }
        return enough;
    }

    void giveBack(Device device) {
        change(left(device.pool()), device, true);
    }
}
