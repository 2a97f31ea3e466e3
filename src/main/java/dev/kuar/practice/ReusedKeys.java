package dev.kuar.practice;

import dev.kuar.practice.pki.ClusterPki;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * RSA keys for clusters that are thrown away, because making one takes longer than starting a cluster.
 *
 * <p>Within a world no two clusters have the same key; the next world gets the same ones again. Thread-safe.
 */
public final class ReusedKeys {
    private final List<CompletableFuture<KeyPair>> made = new ArrayList<>();

    /** The keys of one world, from the first. */
    public Supplier<KeyPair> ofOneWorld() {
        AtomicInteger taken = new AtomicInteger();
        return () -> key(taken.getAndIncrement()).join();
    }

    private CompletableFuture<KeyPair> key(int index) {
        synchronized (made) {
            while (made.size() <= index) {
                made.add(CompletableFuture.supplyAsync(ClusterPki::newRsaPair));
            }
            return made.get(index);
        }
    }
}
