package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProcessorTest {
    private final SleepingClock clock = new SleepingClock();

    /** Time passes where somebody sleeps. */
    private static final class SleepingClock implements ClusterClock {
        private Instant now = Instant.parse("2026-11-22T19:20:58Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public Timeout after(Duration delay, Runnable action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sleep(Duration delay) {
            now = now.plus(delay);
        }
    }

    private Duration took(Processor processor, Duration cost, int threads) throws InterruptedException {
        Instant begin = clock.now();
        processor.work(cost, threads);
        return Duration.between(begin, clock.now());
    }

    @Test
    void work_takes_what_it_costs_and_is_counted() throws Exception {
        Processor processor = new Processor(clock, 0);
        assertThat(took(processor, Duration.ofMillis(60), 1)).isEqualTo(Duration.ofMillis(60));
        assertThat(took(processor, Duration.ofMillis(200), 2)).isEqualTo(Duration.ofMillis(100));
        assertThat(processor.seconds()).isEqualTo(0.26);
    }

    @Test
    void a_limit_throttles() throws Exception {
        Processor processor = new Processor(clock, 500);
        assertThat(took(processor, Duration.ofMillis(60), 1)).isEqualTo(Duration.ofMillis(120));
        Instant begin = clock.now();
        for (int i = 0; i < 100; i++) {
            processor.work(Duration.ofMillis(20), 4);
        }
        assertThat(Duration.between(begin, clock.now())).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void a_loop_that_waits_for_nobody_takes_a_core() throws Exception {
        Processor processor = new Processor(clock, 0);
        Processor.Circles circles = processor.circles();
        Instant begin = clock.now();
        while (clock.now().isBefore(begin.plusSeconds(10))) {
            circles.turn();
        }
        assertThat(processor.seconds()).isBetween(9.9, 10.1);
    }

    @Test
    void a_loop_that_sleeps_does_not() throws Exception {
        Processor processor = new Processor(clock, 0);
        Processor.Circles circles = processor.circles();
        for (int i = 0; i < 10_000; i++) {
            circles.turn();
            clock.sleep(Duration.ofMillis(10));
        }
        assertThat(processor.seconds()).isZero();
    }
}
