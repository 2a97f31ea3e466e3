package dev.kuar.practice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose disk fills up under several writers, and gets room again. */
final class FullStoreTest {
    private static final int WRITERS = 4;
    private static final byte[] VALUE = new byte[3000];

    @TempDir
    private Path directory = Path.of("");

    private final FilePath disk = new SmallDisk();

    @BeforeEach
    void mount() {
        FilePath.register(disk);
        SmallDisk.ROOM.set(600_000);
    }

    @AfterEach
    void unmount() {
        SmallDisk.ROOM.set(Long.MAX_VALUE);
        FilePath.unregister(disk);
    }

    @Test
    void refuses_writes_while_the_disk_is_full_loses_nothing_and_goes_on_afterwards() throws Exception {
        Path file = directory.resolve("store.mv");
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        List<Long> told = new CopyOnWriteArrayList<>();
        try (Store store = new IndexedStore(
                new OwnThreadJournal(MvJournal.open(file, SmallDisk.SCHEME + ":" + file.toAbsolutePath())))) {
            store.watch("/", "0", 1, changes -> changes.forEach(change -> told.add(change.revision())));
            List<StoreException> refused = writeUntilRefused(store, acknowledged);
            assertThat(refused).hasSize(WRITERS).allSatisfy(each -> {
                assertThat(each.kind()).isEqualTo(StoreException.Kind.FULL);
                assertThat(each).hasMessageContaining("No space left on device");
            });
            assertThat(store.figures().full()).isTrue();
            assertThat(store.figures().bytes()).isPositive();
            assertThat(store.range("/", "0", 0, 0).total()).isEqualTo(acknowledged.size());
            store.compact(store.revision() - 1);
            // It may make room, or be refused as the writes were.
            assertThat(Assertions.catchThrowable(store::defragment))
                    .satisfiesAnyOf(made -> assertThat(made).isNull(), full -> assertThat(full)
                            .isInstanceOf(StoreException.class));

            SmallDisk.ROOM.set(Long.MAX_VALUE);
            acknowledged.put(
                    "/after", store.put("/after", 0, r -> VALUE).orElseThrow().modRevision());
            assertThat(store.figures().full()).isFalse();
            assertThat(told)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(2, store.revision()).boxed().toList());
        }
        try (Store again = Stores.open(Optional.of(directory))) {
            Map<String, Long> found = new ConcurrentHashMap<>();
            again.range("/", "0", 0, 0).entries().forEach(entry -> found.put(entry.key(), entry.modRevision()));
            assertThat(found).isEqualTo(acknowledged);
        }
    }

    private static List<StoreException> writeUntilRefused(Store store, Map<String, Long> acknowledged)
            throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Future<StoreException>> ends = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            ends.add(writers.submit(() -> {
                for (int i = 0; ; i++) {
                    String key = "/w" + number + "/" + i;
                    try {
                        acknowledged.put(
                                key, store.put(key, 0, r -> VALUE).orElseThrow().modRevision());
                    } catch (StoreException full) {
                        return full;
                    }
                }
            }));
        }
        List<StoreException> refused = new ArrayList<>();
        for (Future<StoreException> end : ends) {
            refused.add(end.get(5, TimeUnit.MINUTES));
        }
        writers.shutdown();
        return refused;
    }

    @Test
    void an_error_in_the_journal_is_no_acknowledgement() {
        Journal journal = new Journal() {
            private final Journal rest = new EphemeralJournal();

            @Override
            public void append(List<LogRecord> records) {
                throw new OutOfMemoryError("for the test");
            }

            @Override
            public long replay(Consumer<LogRecord> reader) {
                return rest.replay(reader);
            }

            @Override
            public void compact(long compactedRevision, List<LogRecord> superseded) {
                rest.compact(compactedRevision, superseded);
            }

            @Override
            public void defragment() {
                rest.defragment();
            }

            @Override
            public Store.Figures figures() {
                return rest.figures();
            }

            @Override
            public void close() {
                // nothing to release
            }
        };
        try (Store store = new IndexedStore(journal)) {
            assertThatThrownBy(() -> store.put("/a", 0, r -> VALUE)).isInstanceOf(OutOfMemoryError.class);
            assertThat(store.get("/a")).isEmpty();
            assertThat(store.revision()).isEqualTo(1);
        }
    }

    @Test
    void a_watcher_that_fails_takes_nothing_from_others() {
        List<Long> told = new ArrayList<>();
        try (Store store = Stores.open(Optional.empty())) {
            store.watch("/", "0", 1, changes -> {
                throw new IllegalStateException("for the test");
            });
            store.watch("/", "0", 1, changes -> changes.forEach(change -> told.add(change.revision())));
            assertThat(store.put("/a", 0, r -> VALUE)).isPresent();
            assertThat(told).containsExactly(2L);
        }
    }
}
