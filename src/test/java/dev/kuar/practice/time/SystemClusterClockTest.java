package dev.kuar.practice.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SystemClusterClockTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void what_was_planned_in_real_time_comes_sooner_when_the_clock_runs_faster() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        Instant planned = clock.now();
        clock.after(Duration.ofHours(10), came::countDown);
        clock.runAt(1_000_000);
        assertThat(came.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(clock.now()).isAfterOrEqualTo(planned.plus(Duration.ofHours(10)));
    }

    @Test
    void a_sleeper_wakes_when_the_clock_runs_faster() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        Thread sleeper = new Thread(() -> {
            try {
                asleep.countDown();
                clock.sleep(Duration.ofHours(10));
                awake.countDown();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        sleeper.start();
        asleep.await();
        clock.runAt(1_000_000);
        assertThat(awake.await(60, TimeUnit.SECONDS)).isTrue();
        sleeper.join();
    }

    @Test
    void never_goes_back_when_it_is_slowed() {
        clock.runAt(1_000_000);
        Instant fast = clock.now();
        clock.runAt(1);
        assertThat(clock.now()).isAfterOrEqualTo(fast);
    }

    @Test
    void what_was_cancelled_does_not_come_back_with_another_speed() throws Exception {
        CountDownLatch dropped = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        clock.after(Duration.ofHours(1), dropped::countDown).cancel();
        clock.after(Duration.ofHours(2), later::countDown);
        clock.runAt(1_000_000);
        assertThat(later.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(dropped.getCount()).isEqualTo(1);
    }

    @Test
    void refuses_a_speed_at_which_nothing_comes() {
        assertThatThrownBy(() -> clock.runAt(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
