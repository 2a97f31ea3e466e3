package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.ClusterClock;
import dev.kuar.practice.time.Sleeps;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SleepFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_killed_cluster_slept_since_its_last_write() throws IOException {
        Path store = Files.createFile(directory.resolve("store.mv"));
        Instant lastWrite;
        try (SystemClusterClock clock = SystemClusterClock.realTime()) {
            lastWrite = clock.now().minusSeconds(3600);
        }
        Files.setLastModifiedTime(store, FileTime.from(lastWrite));

        Sleeps sleeps = SleepFile.wake(directory);

        assertThat(sleeps.spans()).hasSize(1);
        try (SystemClusterClock clock = SystemClusterClock.realTime(sleeps)) {
            assertThat(leaseEnds(clock, lastWrite)).isAfter(clock.now());
        }
    }

    /** A lease of 40 s that was renewed with the last write: over long ago by the wall clock, not by the cluster's. */
    private static Instant leaseEnds(ClusterClock clock, Instant renewed) {
        return clock.due(renewed, Duration.ofSeconds(40));
    }

    @Test
    void sleeps_are_kept() throws IOException {
        Path store = Files.createFile(directory.resolve("store.mv"));
        Files.setLastModifiedTime(store, FileTime.from(Instant.parse("2026-11-22T12:00:00Z")));
        Sleeps first = SleepFile.wake(directory);
        SleepFile.sleep(directory);

        Sleeps second = SleepFile.wake(directory);

        assertThat(second.spans()).startsWith(first.spans().get(0));
    }

    @Test
    void a_new_cluster_never_slept() throws IOException {
        assertThat(SleepFile.wake(directory).spans()).isEmpty();
    }
}
