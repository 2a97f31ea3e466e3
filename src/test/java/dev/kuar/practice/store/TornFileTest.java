package dev.kuar.practice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store whose file was cut, torn or overwritten at a random place.
 *
 * <p>Behind the last sync: all that was acknowledged is there. Before it: it is there too, or opening is refused with what
 * happened, and the file is set aside. {@code -Dkuar.seed=N} replays a run.
 */
final class TornFileTest {
    private static final int BLOCK = 4096;
    private static final int SAMPLE = 45;
    private static final int ALL = 1_000;

    @TempDir
    private Path directory = Path.of("");

    private final long seed = Long.getLong("kuar.seed", 42);
    private final Random random = new Random(seed);
    private final Map<String, Integer> expected = new HashMap<>();
    private int round;

    /** What happened to the file. */
    private enum Damage {
        CUT_BEHIND_THE_SYNC(true),
        TORN_BEHIND_THE_SYNC(true),
        GARBAGE_APPENDED(true),
        CUT(false),
        FLIPPED_BIT(false),
        BLOCK_OF_ZEROES(false),
        BLOCK_OF_NOISE(false),
        EMPTY(false),
        GONE(false);

        private final boolean harmless;

        Damage(boolean harmless) {
            this.harmless = harmless;
        }
    }

    @Test
    void no_acknowledged_write_is_lost_in_silence() throws IOException {
        run(SAMPLE);
    }

    @Test
    @Tag("slow")
    void no_acknowledged_write_is_lost_in_silence_in_1000_reopenings() throws IOException {
        run(ALL);
    }

    @Test
    void a_write_whose_middle_did_not_arrive_is_dropped_and_what_was_acknowledged_stays() throws IOException {
        Path live = directory.resolve("live");
        Path torn = Files.createDirectory(directory.resolve("torn"));
        try (Store store = Stores.open(Optional.of(live))) {
            write(store, 20);
            Files.copy(live.resolve("store.acknowledged"), torn.resolve("store.acknowledged"));
            long synced = Files.size(live.resolve("store.mv"));
            assertThat(store.put("/long", 0, r -> "v".repeat(10 * BLOCK).getBytes(UTF_8)))
                    .isPresent();
            byte[] next = Files.readAllBytes(live.resolve("store.mv"));
            Arrays.fill(next, (int) synced + BLOCK, (int) synced + 6 * BLOCK, (byte) 0);
            Files.write(torn.resolve("store.mv"), next);
        }
        try (Store opened = Stores.open(Optional.of(torn))) {
            assertThat(opened.get("/long")).isEmpty();
            assertThat(opened.range("/", "0", 0, 0).total()).isEqualTo(expected.size());
        }
    }

    private void run(int rounds) throws IOException {
        Map<Damage, Integer> refused = new EnumMap<>(Damage.class);
        for (round = 0; round < rounds; round++) {
            Damage damage = Damage.values()[round % Damage.values().length];
            Path torn = written(damage);
            if (reopen(torn, damage)) {
                refused.merge(damage, 1, Integer::sum);
            }
            erase(torn);
        }
        System.getLogger("TornFileTest").log(System.Logger.Level.INFO, "seed " + seed + ", refused: " + refused);
        assertThat(refused).as("seed %d", seed).doesNotContainKeys(harmless());
        // What cannot be missed is not missed.
        assertThat(refused).as("seed %d", seed).containsKeys(Damage.CUT, Damage.EMPTY, Damage.GONE);
    }

    private static Damage[] harmless() {
        return Arrays.stream(Damage.values()).filter(each -> each.harmless).toArray(Damage[]::new);
    }

    /** A folder with a damaged store of which {@link #expected} was acknowledged. */
    private Path written(Damage damage) throws IOException {
        Path live = Files.createDirectory(directory.resolve("live" + round));
        Path torn = Files.createDirectory(directory.resolve("torn" + round));
        expected.clear();
        try (Store store = Stores.open(Optional.of(live))) {
            write(store, 5 + random.nextInt(60));
            if (random.nextBoolean()) {
                store.compact(2 + random.nextInt((int) store.revision() - 1));
            }
            write(store, 1 + random.nextInt(20));
            for (String name : List.of("store.mv", "store.acknowledged")) {
                Files.copy(live.resolve(name), torn.resolve(name));
            }
            byte[] synced = Files.readAllBytes(live.resolve("store.mv"));
            Map<String, Integer> then = Map.copyOf(expected);
            write(store, 1);
            byte[] next = Files.readAllBytes(live.resolve("store.mv"));
            expected.clear();
            expected.putAll(then);
            hurt(torn.resolve("store.mv"), damage, synced, next);
        }
        erase(live);
        return torn;
    }

    private void write(Store store, int times) {
        for (int i = 0; i < times; i++) {
            String key = "/k" + random.nextInt(40);
            if (random.nextInt(8) == 0 && store.delete(key, Store.ANY).isPresent()) {
                expected.remove(key);
                continue;
            }
            int length = random.nextInt(5000);
            assertThat(store.put(key, Store.ANY, r -> "v".repeat(length).getBytes(UTF_8)))
                    .isPresent();
            expected.put(key, length);
        }
    }

    /** @param next the file after one more write, of which a part may have got to the disk */
    private void hurt(Path file, Damage damage, byte[] synced, byte[] next) throws IOException {
        try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
            switch (damage) {
                case CUT_BEHIND_THE_SYNC -> {
                    torn.write(next);
                    torn.setLength(synced.length + random.nextInt(Math.max(1, next.length - synced.length)));
                }
                case TORN_BEHIND_THE_SYNC -> tear(torn, synced, next);
                case GARBAGE_APPENDED -> {
                    torn.seek(synced.length);
                    torn.write(noise(1 + random.nextInt(3 * BLOCK)));
                }
                case CUT -> torn.setLength(random.nextInt(synced.length));
                case FLIPPED_BIT -> {
                    int at = random.nextInt(synced.length);
                    torn.seek(at);
                    torn.write(synced[at] ^ 1 << random.nextInt(8));
                }
                case BLOCK_OF_ZEROES -> {
                    torn.seek(block(synced));
                    torn.write(new byte[BLOCK]);
                }
                case BLOCK_OF_NOISE -> {
                    torn.seek(block(synced));
                    torn.write(noise(BLOCK));
                }
                case EMPTY -> torn.setLength(0);
                case GONE -> Files.delete(file);
            }
        }
    }

    private long block(byte[] file) {
        return (long) random.nextInt((file.length + BLOCK - 1) / BLOCK) * BLOCK;
    }

    /** Of the blocks that the next write changed some arrive, in no order, one of them up to its middle. */
    private void tear(RandomAccessFile torn, byte[] synced, byte[] next) throws IOException {
        for (int at = 0; at < next.length; at += BLOCK) {
            int end = Math.min(next.length, at + BLOCK);
            boolean changed =
                    at >= synced.length || !Arrays.equals(synced, at, Math.min(end, synced.length), next, at, end);
            if (changed && random.nextBoolean()) {
                torn.seek(at);
                torn.write(next, at, random.nextInt(4) == 0 ? random.nextInt(end - at) : end - at);
            }
        }
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whether it was refused. */
    private boolean reopen(Path torn, Damage damage) throws IOException {
        String about = damage + ", round " + round + " of seed " + seed;
        Store opened;
        try {
            opened = Stores.open(Optional.of(torn));
        } catch (StoreException refused) {
            assertThat(refused.kind()).as(about).isEqualTo(StoreException.Kind.DAMAGED);
            if (damage.harmless) {
                refused.printStackTrace();
            }
            assertThat(refused).as(about).hasMessageContaining("store.mv is");
            assertThat(torn.resolve("store.mv")).as(about).doesNotExist();
            if (damage != Damage.GONE) {
                assertThat(refused).as(about).hasMessageContaining("it is kept as store.mv.damaged");
                assertThat(torn.resolve("store.mv.damaged")).as(about).exists();
            }
            // Then and later: a cluster that was lost is not silently a new one.
            assertThatThrownBy(() -> Stores.open(Optional.of(torn)))
                    .as(about)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("store.mv is gone");
            return true;
        }
        if (damage == Damage.TORN_BEHIND_THE_SYNC) {
            assertThat(torn.resolve("store.mv.mending")).as(about).doesNotExist();
        }
        try (opened) {
            Map<String, Integer> found = new HashMap<>();
            opened.range("/", "0", 0, 0).entries().forEach(entry -> found.put(entry.key(), entry.value().length));
            if (!found.equals(expected)) {
                // one more write may have got through as a whole
                assertThat(damage.harmless).as(about).isTrue();
                assertThat(found.entrySet().stream()
                                .filter(each -> !each.getValue().equals(expected.get(each.getKey()))))
                        .as(about)
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(found.size()).as(about).isBetween(expected.size() - 1, expected.size() + 1);
            }
            assertThat(opened.put("/after", 0, r -> new byte[] {1})).as(about).isPresent();
        }
        return false;
    }

    private static void erase(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void a_file_of_an_older_form_is_left_as_it_is_and_said_so() throws IOException {
        Path old = Files.createDirectory(directory.resolve("old"));
        try (MVStore before = MVStore.open(old.resolve("store.mv").toString())) {
            before.<Long, byte[]>openMap("records").put(2L, new byte[] {1});
        }

        assertThatThrownBy(() -> Stores.open(Optional.of(old)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written in an older form");
        assertThat(old.resolve("store.mv")).exists();
    }
}
