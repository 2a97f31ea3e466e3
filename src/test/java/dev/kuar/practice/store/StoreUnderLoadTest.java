package dev.kuar.practice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots and compactions while several write, one key at a time and several at one revision: each snapshot is the store as
 * it was at one revision, and none of what was acknowledged before it began is missing in it.
 */
final class StoreUnderLoadTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 400;
    private static final int ROUNDS = 12;

    /** What each revision did: keys to their values, "" where they were removed. */
    private final Map<Long, Map<String, String>> done = new ConcurrentSkipListMap<>();

    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void each_snapshot_is_the_store_at_one_revision(@TempDir Path folder) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        Map<Path, Long> snapshots = new HashMap<>();
        try (Store store = Stores.open(Optional.of(folder.resolve("live")))) {
            CountDownLatch begun = new CountDownLatch(WRITERS);
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int own = writer;
                writing.add(writers.submit(() -> write(store, own, begun)));
            }
            assertThat(begun.await(5, TimeUnit.MINUTES)).isTrue();
            for (int round = 0; round < ROUNDS; round++) {
                long before = acknowledged.get();
                Path copy = folder.resolve("s" + round).resolve("store.mv");
                long at = store.copyTo(copy);
                assertThat(at).isGreaterThanOrEqualTo(before);
                snapshots.put(copy, at);
                store.compact(Math.max(1, at - 20));
                assertThat(store.compactedRevision()).isLessThanOrEqualTo(store.revision());
            }
            for (Future<?> each : writing) {
                each.get(10, TimeUnit.MINUTES);
            }
            store.compact(store.revision());
            assertThat(held(store)).isEqualTo(at(store.revision()));
        }
        writers.shutdown();
        for (Map.Entry<Path, Long> snapshot : snapshots.entrySet()) {
            try (Store copy = Stores.open(Optional.of(snapshot.getKey().getParent()))) {
                assertThat(copy.revision()).isEqualTo(snapshot.getValue());
                assertThat(held(copy)).isEqualTo(at(snapshot.getValue()));
            }
        }
        try (Store again = Stores.open(Optional.of(folder.resolve("live")))) {
            assertThat(held(again)).isEqualTo(at(again.revision()));
        }
    }

    private void write(Store store, int writer, CountDownLatch begun) {
        Random random = new Random(writer);
        for (int i = 0; i < WRITES; i++) {
            String key = "/k/" + writer + "/" + random.nextInt(30);
            String value = writer + "-" + i + "v".repeat(random.nextInt(400));
            long revision;
            if (random.nextInt(4) == 0) {
                String other = "/m/" + writer + "/" + random.nextInt(5);
                List<Store.Change> changes = store.transact(() -> List.of(op(key, ""), op(other, value)));
                revision = changes.get(0).revision();
                note(revision, Map.of(key, "", other, value));
            } else {
                revision = store.put(key, Store.ANY, r -> value.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .modRevision();
                note(revision, Map.of(key, value));
            }
            acknowledged.accumulateAndGet(revision, Math::max);
            begun.countDown();
        }
    }

    private void note(long revision, Map<String, String> changes) {
        assertThat(done.put(revision, changes)).as("revision %d", revision).isNull();
    }

    private static Store.Op op(String key, String value) {
        return new Store.Op(key, value.isEmpty() ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> held(Store store) {
        Map<String, String> held = new TreeMap<>();
        store.range("/", "0", 0, 0)
                .entries()
                .forEach(entry -> held.put(entry.key(), new String(entry.value(), StandardCharsets.UTF_8)));
        return held;
    }

    private Map<String, String> at(long revision) {
        Map<String, String> state = new TreeMap<>();
        done.forEach((when, changes) -> {
            if (when <= revision) {
                changes.forEach((key, value) -> {
                    if (value.isEmpty()) {
                        state.remove(key);
                    } else {
                        state.put(key, value);
                    }
                });
            }
        });
        return state;
    }
}
