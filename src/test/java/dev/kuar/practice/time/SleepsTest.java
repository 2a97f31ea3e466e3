package dev.kuar.practice.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SleepsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Sleeps SLEEPS = new Sleeps(List.of(
            new Sleeps.Span(NOON, NOON.plusSeconds(3600)),
            new Sleeps.Span(NOON.plusSeconds(3660), NOON.plusSeconds(7200))));

    @Test
    void nothing_passes_while_the_cluster_sleeps() {
        // Ten seconds before the first sleep, sixty between the two, and the rest after the second.
        Instant due = SLEEPS.due(NOON.minusSeconds(10), Duration.ofSeconds(100));

        assertThat(due).isEqualTo(NOON.plusSeconds(7200 + 30));
    }

    @Test
    void what_is_over_before_a_sleep_is_not_moved() {
        assertThat(SLEEPS.due(NOON.minusSeconds(100), Duration.ofSeconds(40))).isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void what_began_in_a_sleep_counts_from_its_end() {
        assertThat(SLEEPS.due(NOON.plusSeconds(600), Duration.ofSeconds(40))).isEqualTo(NOON.plusSeconds(3640));
    }

    @Test
    void sleeps_of_long_ago_do_not_count() {
        assertThat(SLEEPS.due(NOON.plusSeconds(9000), Duration.ofSeconds(40))).isEqualTo(NOON.plusSeconds(9040));
    }
}
