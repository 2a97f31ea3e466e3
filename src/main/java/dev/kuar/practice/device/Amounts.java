package dev.kuar.practice.device;

import dev.kuar.practice.object.Quantity;
import java.util.HashMap;
import java.util.Map;

/** Named quantities by the name of what has them. */
final class Amounts<K> {
    private final Map<K, Map<String, Quantity>> amounts = new HashMap<>();

    Map<String, Quantity> of(K key) {
        return amounts.getOrDefault(key, Map.of());
    }

    boolean has(K key) {
        return amounts.containsKey(key);
    }

    void add(K key, Map<String, Quantity> more) {
        Map<String, Quantity> mine = amounts.computeIfAbsent(key, unused -> new HashMap<>());
        more.forEach((name, amount) -> mine.merge(name, amount, Quantity::plus));
    }

    /** Takes off what was added before; what has nothing any more is no longer there. */
    void remove(K key, Map<String, Quantity> less) {
        Map<String, Quantity> mine = amounts.get(key);
        if (mine == null) {
            return;
        }
        less.forEach((name, amount) -> mine.computeIfPresent(name, (unused, now) -> now.minus(amount)));
        if (mine.values().stream().allMatch(Quantity::isZero)) {
            amounts.remove(key);
        }
    }
}
