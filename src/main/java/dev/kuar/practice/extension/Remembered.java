package dev.kuar.practice.extension;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers that are kept for a while; failures are not. Thread-safe. */
final class Remembered<K, V> {
    private static final int MOST = 1000;

    private final ClusterClock clock;
    private final Duration life;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

    Remembered(ClusterClock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    private record Kept<V>(V value, Instant until) {}

    V get(K key, Function<K, V> asked) {
        Kept<V> known = kept.get(key);
        if (known != null && clock.now().isBefore(known.until())) {
            return known.value();
        }
        V value = asked.apply(key);
        if (kept.size() >= MOST) {
            kept.clear();
        }
        kept.put(key, new Kept<>(value, clock.now().plus(life)));
        return value;
    }
}
