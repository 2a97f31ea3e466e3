package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of a device's capacities a request takes, as the policies of the capacities round it. */
final class Capacities {
    private Capacities() {}

    /** Whether what is asked for is there beside what others have, and is of a size that the device gives. */
    static boolean fit(Wish wish, Device device, Map<String, Quantity> taken, Map<String, Quantity> beingTaken) {
        Map<String, Object> capacities = device.tree().map("capacity");
        Map<String, Quantity> asked = wish.capacities();
        if (!capacities.keySet().containsAll(asked.keySet())) {
            return false;
        }
        for (Map.Entry<String, Object> each : capacities.entrySet()) {
            KubeObject capacity = Device.tree(each.getValue());
            Quantity consumed = consumed(asked, each.getKey(), capacity);
            Quantity sum = taken.getOrDefault(each.getKey(), Quantity.ZERO)
                    .plus(consumed)
                    .plus(beingTaken.getOrDefault(each.getKey(), Quantity.ZERO));
            if (breaks(consumed, capacity) || sum.compareTo(Quantity.of(capacity.at("value"))) > 0) {
                return false;
            }
        }
        return true;
    }

    /** By the names of the capacities. */
    static Map<String, Quantity> consumed(Wish wish, Device device) {
        Map<String, Quantity> asked = wish.capacities();
        Map<String, Quantity> consumed = new HashMap<>();
        device.tree()
                .map("capacity")
                .forEach((name, capacity) -> consumed.put(name, consumed(asked, name, Device.tree(capacity))));
        return consumed;
    }

    /** All of it where nothing is asked for and no default is set. */
    private static Quantity consumed(Map<String, Quantity> asked, String name, KubeObject capacity) {
        Quantity wanted = asked.get(name);
        if (wanted == null) {
            Object otherwise = capacity.at("requestPolicy", "default");
            return Quantity.of(otherwise == null ? capacity.at("value") : otherwise);
        }
        Object least = capacity.at("requestPolicy", "validRange", "min");
        if (least != null) {
            return roundedUp(wanted, Quantity.of(least), capacity);
        }
        List<?> values = capacity.at("requestPolicy", "validValues") instanceof List<?> list ? list : List.of();
        for (Object value : values) {
            if (wanted.compareTo(Quantity.of(value)) <= 0) {
                return Quantity.of(value);
            }
        }
        return wanted;
    }

    private static Quantity roundedUp(Quantity wanted, Quantity least, KubeObject capacity) {
        Object step = capacity.at("requestPolicy", "validRange", "step");
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        if (step == null) {
            return wanted;
        }
        long size = Quantity.of(step).units();
        long added = wanted.units() - least.units();
        long steps = added / size + (added % size == 0 ? 0 : 1);
        return new Quantity(BigDecimal.valueOf(least.units() + steps * size), true);
    }

    /** Whether the policy gives no such amount. */
    private static boolean breaks(Quantity amount, KubeObject capacity) {
        Object otherwise = capacity.at("requestPolicy", "default");
        if (otherwise != null && amount.equals(Quantity.of(otherwise))) {
            return false;
        }
        if (capacity.at("requestPolicy", "validRange") != null) {
            Object most = capacity.at("requestPolicy", "validRange", "max");
            Object step = capacity.at("requestPolicy", "validRange", "step");
            Quantity least = Quantity.of(capacity.at("requestPolicy", "validRange", "min"));
            return (most != null && amount.compareTo(Quantity.of(most)) > 0)
                    || (step != null
                            && (amount.units() - least.units())
                                            % Quantity.of(step).units()
                                    != 0);
        }
        List<?> values = capacity.at("requestPolicy", "validValues") instanceof List<?> list ? list : List.of();
        return !values.isEmpty() && values.stream().noneMatch(value -> amount.compareTo(Quantity.of(value)) == 0);
    }
}
