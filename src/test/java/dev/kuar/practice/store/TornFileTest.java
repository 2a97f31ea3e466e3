package dev.kuar.practice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was cut, or got noise, behind its last sync: all that was acknowledged is there. */
final class TornFileTest {
    private static final int FIXED_SAMPLE = 60;

    @Test
    void every_acknowledged_write_survives_what_happens_behind_the_last_sync(@TempDir Path directory)
            throws IOException {
        long seed = Long.getLong("kuar.seed", 42);
        int rounds = Integer.getInteger("kuar.torn.rounds", FIXED_SAMPLE);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Path live = Files.createDirectory(directory.resolve("r" + round));
            Path torn = Files.createDirectory(directory.resolve("t" + round));
            int acknowledged = 1 + random.nextInt(40);
            try (Store store = Stores.open(Optional.of(live))) {
                write(store, 0, acknowledged, random);
                Files.copy(live.resolve("store.mv"), torn.resolve("store.mv"));
                long synced = Files.size(torn.resolve("store.mv"));
                write(store, acknowledged, acknowledged + 1 + random.nextInt(5), random);
                tear(live.resolve("store.mv"), torn.resolve("store.mv"), synced, random);
            }
            try (Store again = Stores.open(Optional.of(torn))) {
                assertThat(again.revision())
                        .as("round %d of seed %d", round, seed)
                        .isGreaterThanOrEqualTo(1 + acknowledged);
                for (int i = 0; i < acknowledged; i++) {
                    assertThat(again.get("/k" + i))
                            .as("key %d, round %d, seed %d", i, round, seed)
                            .isPresent();
                }
                assertThat(again.put("/after", 0, r -> new byte[] {1})).isPresent();
            }
        }
    }

    private static void write(Store store, int from, int to, Random random) {
        for (int i = from; i < to; i++) {
            byte[] value = "v".repeat(random.nextInt(5000)).getBytes(UTF_8);
            assertThat(store.put("/k" + i, 0, r -> value)).isPresent();
        }
    }

    /** Of what the next writes put behind the synced end, a random part arrives: cut short, or with a torn block. */
    private static void tear(Path written, Path torn, long synced, Random random) throws IOException {
        byte[] all = Files.readAllBytes(written);
        if (all.length <= synced) {
            return;
        }
        int arrived = (int) synced + random.nextInt(all.length - (int) synced + 1);
        try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
            file.seek(synced);
            file.write(all, (int) synced, arrived - (int) synced);
            if (arrived > synced && random.nextBoolean()) {
                file.seek(synced + random.nextInt(arrived - (int) synced));
                file.write(random.nextInt(256));
            }
        }
    }
}
