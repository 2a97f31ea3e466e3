package dev.kuar.practice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kuar.practice.store.Store.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store keeps to, ephemeral or durable. */
final class StoreTest {
    private final Store store = Stores.open(Optional.empty());

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private long put(String key, String value) {
        return store.put(key, Store.ANY, r -> bytes(value)).orElseThrow().modRevision();
    }

    @Test
    void compacting_a_journal_that_was_closed_meanwhile_does_nothing() {
        OwnThreadJournal journal = new OwnThreadJournal(new EphemeralJournal());
        journal.close();
        journal.compact(3, List.of());
    }

    @Test
    void counts_one_revision_a_write_and_versions_a_key() {
        put("/a", "1");
        put("/a", "2");
        Store.Entry entry = store.get("/a").orElseThrow();
        assertThat(entry.createRevision()).isEqualTo(2);
        assertThat(entry.modRevision()).isEqualTo(3);
        assertThat(entry.version()).isEqualTo(2);
        assertThat(store.revision()).isEqualTo(3);
    }

    private static Store.Op op(String key, String value) {
        return new Store.Op(key, bytes(value));
    }

    @Test
    void several_writes_have_one_revision_and_come_to_a_watcher_together() {
        put("/p/a", "1");
        put("/p/b", "1");
        List<List<Change>> seen = new ArrayList<>();
        store.watch("/p/", Store.prefixEnd("/p/"), store.revision(), seen::add);

        List<Change> done = store.transact(() ->
                List.of(op("/p/c", "2"), new Store.Op("/p/a", null), new Store.Op("/p/none", null), op("/p/b", "2")));

        assertThat(done).extracting(Change::revision).containsExactly(4L, 4L, 4L);
        assertThat(done).extracting(Change::part).containsExactly(0, 1, 2);
        assertThat(store.revision()).isEqualTo(4);
        assertThat(seen).containsExactly(done);
        assertThat(store.get("/p/b").orElseThrow().version()).isEqualTo(2);
        assertThat(store.range("/p/", "/q", 3, 0).entries())
                .extracting(Store.Entry::key)
                .containsExactly("/p/a", "/p/b");
        List<Change> missed = new ArrayList<>();
        store.watch("/p/", "/q", 3, missed::addAll).close();
        assertThat(missed).isEqualTo(done);
    }

    @Test
    void a_decision_that_fails_or_writes_nothing_leaves_the_revision() {
        put("/a", "1");
        assertThat(store.transact(() -> List.of(new Store.Op("/none", null)))).isEmpty();
        assertThatThrownBy(() -> store.transact(() -> List.of(op("/a", "2"), op("/a", "3"))))
                .hasMessage("/a is written twice at one revision");
        assertThatThrownBy(() -> store.transact(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.get("/a").orElseThrow().value()).isEqualTo(bytes("1"));
    }

    @Test
    void several_writes_at_one_revision_are_kept_and_compacted_one_by_one(@TempDir Path directory) {
        try (Store durable = Stores.open(Optional.of(directory))) {
            durable.transact(() -> List.of(op("/a", "1"), op("/b", "1"), op("/c", "1")));
            durable.put("/a", Store.ANY, r -> bytes("2"));
            durable.transact(() -> List.of(new Store.Op("/b", null), op("/d", "1")));
            durable.compact(4);
        }
        try (Store again = Stores.open(Optional.of(directory))) {
            assertThat(again.revision()).isEqualTo(4);
            assertThat(again.range("/", "0", 0, 0).entries())
                    .extracting(Store.Entry::key, Store.Entry::modRevision)
                    .containsExactly(tuple("/a", 3L), tuple("/c", 2L), tuple("/d", 4L));
            again.transact(() -> List.of(op("/e", "1"), op("/f", "1")));
        }
        try (Store last = Stores.open(Optional.of(directory))) {
            assertThat(last.revision()).isEqualTo(5);
            List<Change> since = new ArrayList<>();
            last.watch("/", "0", 4, since::addAll).close();
            assertThat(since).extracting(Change::part).containsExactly(0, 1);
        }
    }

    @Test
    void makes_the_value_from_the_revision_it_will_have() {
        store.put("/a", 0, r -> bytes("rv" + r));
        assertThat(store.get("/a").orElseThrow().value()).isEqualTo(bytes("rv2"));
    }

    @Test
    void refuses_a_write_whose_expectation_fails_and_writes_nothing() {
        long mod = put("/a", "1");
        assertThat(store.put("/a", 0, r -> bytes("x"))).isEmpty();
        assertThat(store.put("/a", mod + 7, r -> bytes("x"))).isEmpty();
        assertThat(store.put("/b", mod, r -> bytes("x"))).isEmpty();
        assertThat(store.delete("/a", mod + 7)).isEmpty();
        assertThat(store.delete("/none", Store.ANY)).isEmpty();
        assertThat(store.revision()).isEqualTo(mod);
    }

    @Test
    void a_value_that_cannot_be_made_fails_its_writer_alone() {
        assertThatThrownBy(() -> store.put("/a", Store.ANY, r -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(put("/b", "1")).isEqualTo(2);
    }

    @Test
    void reads_a_range_as_it_was() {
        put("/p/a", "1");
        put("/p/b", "1");
        long then = store.revision();
        put("/p/a", "2");
        store.delete("/p/b", Store.ANY);
        put("/p/c", "1");
        put("/q/a", "1");

        Store.Range old = store.range("/p/", Store.prefixEnd("/p/"), then, 0);
        assertThat(old.entries()).extracting(Store.Entry::key).containsExactly("/p/a", "/p/b");
        assertThat(old.entries().get(0).value()).isEqualTo(bytes("1"));
        Store.Range now = store.range("/p/", Store.prefixEnd("/p/"), 0, 1);
        assertThat(now.entries()).extracting(Store.Entry::key).containsExactly("/p/a");
        assertThat(now.total()).isEqualTo(2);
        assertThatThrownBy(() -> store.range("/p/", "/q/", 99, 0)).isInstanceOf(FutureRevisionException.class);
    }

    @Test
    void tells_a_watcher_of_what_it_missed_and_of_what_comes() {
        put("/p/a", "1");
        long since = store.revision();
        put("/p/a", "2");
        List<Change> seen = new ArrayList<>();
        Store.Watch watch = store.watch("/p/", Store.prefixEnd("/p/"), since, seen::addAll);
        put("/q/a", "1");
        store.delete("/p/a", Store.ANY);
        watch.close();
        put("/p/a", "3");

        assertThat(seen).extracting(Change::revision).containsExactly(3L, 5L);
        assertThat(seen.get(1).now()).isEmpty();
        assertThat(seen.get(1).previous().orElseThrow().value()).isEqualTo(bytes("2"));
    }

    @Test
    void watchers_of_ranges_within_each_other_hear_of_their_keys_alone() {
        List<String> all = new ArrayList<>();
        List<String> pods = new ArrayList<>();
        List<String> some = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        store.watch("/", "0", 1, changes -> changes.forEach(each -> all.add(each.key())));
        store.watch("/p/", Store.prefixEnd("/p/"), 1, changes -> changes.forEach(each -> pods.add(each.key())));
        store.watch("/p/b", "/p/d", 1, changes -> changes.forEach(each -> some.add(each.key())));
        Store.Watch left = store.watch(
                "/p/", Store.prefixEnd("/p/"), 1, changes -> changes.forEach(each -> twice.add(each.key())));
        List<String> keys = List.of("/p/a", "/p/b", "/p/c/x", "/p/d", "/pa/b", "/q/p/b");

        keys.forEach(key -> put(key, "1"));
        left.close();
        put("/p/e", "1");

        assertThat(all)
                .startsWith("/p/a", "/p/b", "/p/c/x", "/p/d", "/pa/b", "/q/p/b")
                .hasSize(7);
        assertThat(pods).containsExactly("/p/a", "/p/b", "/p/c/x", "/p/d", "/p/e");
        assertThat(some).containsExactly("/p/b", "/p/c/x");
        assertThat(twice).containsExactly("/p/a", "/p/b", "/p/c/x", "/p/d");
    }

    @Test
    void forgets_history_when_compacted_but_no_newest_state() {
        put("/a", "1");
        put("/a", "2");
        put("/b", "1");
        store.delete("/b", Store.ANY);
        put("/c", "1");
        store.compact(5);

        assertThat(store.compactedRevision()).isEqualTo(5);
        assertThat(store.get("/a").orElseThrow().value()).isEqualTo(bytes("2"));
        assertThat(store.get("/b")).isEmpty();
        assertThat(store.range("/", "0", 5, 0).entries())
                .extracting(Store.Entry::key)
                .containsExactly("/a");
        assertThatThrownBy(() -> store.range("/", "0", 4, 0)).isInstanceOf(CompactedException.class);
        assertThatThrownBy(() -> store.watch("/", "0", 4, c -> {})).isInstanceOf(CompactedException.class);
    }

    @Test
    void writers_side_by_side_lose_nothing() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        CountDownLatch done = new CountDownLatch(8);
        List<Long> told = new ArrayList<>();
        store.watch("/", "0", 1, changes -> changes.forEach(c -> told.add(c.revision())));
        AtomicInteger won = new AtomicInteger();
        for (int w = 0; w < 8; w++) {
            int writer = w;
            writers.execute(() -> {
                for (int i = 0; i < 500; i++) {
                    store.put("/w" + writer + "/" + i, 0, r -> bytes("x"));
                    long mod =
                            store.get("/shared").map(Store.Entry::modRevision).orElse(0L);
                    store.put("/shared", mod, r -> bytes("y")).ifPresent(e -> won.incrementAndGet());
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        writers.shutdown();
        assertThat(store.revision()).isEqualTo(1 + 4000 + won.get());
        assertThat(store.get("/shared").orElseThrow().version()).isEqualTo(won.get());
        assertThat(told)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, store.revision()).boxed().toList());
    }

    @Test
    void a_durable_store_opens_as_it_was_left(@TempDir Path directory) {
        try (Store first = Stores.open(Optional.of(directory))) {
            first.put("/a", 0, r -> bytes("1"));
            first.put("/a", 2, r -> bytes("2"));
            first.put("/b", 0, r -> bytes("1"));
            first.delete("/b", Store.ANY);
            first.compact(3);
        }
        try (Store again = Stores.open(Optional.of(directory))) {
            List<Change> missed = new ArrayList<>();
            again.watch("/", "0", 3, missed::addAll);
            assertThat(again.revision()).isEqualTo(5);
            assertThat(again.compactedRevision()).isEqualTo(3);
            assertThat(again.get("/a").orElseThrow().version()).isEqualTo(2);
            assertThat(missed).extracting(Change::revision).containsExactly(4L, 5L);
            again.copyTo(directory.resolve("copy").resolve("store.mv"));
        }
        try (Store copy = Stores.open(Optional.of(directory.resolve("copy")))) {
            assertThat(copy.revision()).isEqualTo(5);
            assertThat(copy.get("/a").orElseThrow().value()).isEqualTo(bytes("2"));
        }
    }

    @Test
    void a_second_owner_is_refused(@TempDir Path directory) {
        try (Store first = Stores.open(Optional.of(directory))) {
            assertThat(first.revision()).isEqualTo(1);
            assertThatThrownBy(() -> Stores.open(Optional.of(directory))).isInstanceOf(StoreException.class);
        }
    }
}
