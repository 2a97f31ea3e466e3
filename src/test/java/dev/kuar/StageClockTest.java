package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class StageClockTest {
    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private final StageClock clock = new StageClock(new Clock() {
        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    private void pass(int seconds) {
        wall = wall.plusSeconds(seconds);
    }

    @Test
    void is_the_wall_clock_until_it_is_told_otherwise() {
        pass(5);
        assertThat(clock.instant()).isEqualTo(wall);
    }

    @Test
    void passes_as_fast_as_it_is_told_and_keeps_what_it_is_ahead() {
        Instant began = clock.instant();
        clock.runAt(6);
        assertThat(clock.instant()).isEqualTo(began);
        pass(10);
        assertThat(clock.instant()).isEqualTo(began.plusSeconds(60));
        clock.runAt(1);
        pass(10);
        assertThat(clock.instant()).isEqualTo(began.plusSeconds(70));
    }

    @Test
    void shows_the_same_time_in_another_zone() {
        clock.runAt(2);
        pass(3);
        Clock seoul = clock.withZone(ZoneId.of("Asia/Seoul"));
        assertThat(seoul.instant()).isEqualTo(clock.instant());
        assertThat(seoul.getZone()).isEqualTo(ZoneId.of("Asia/Seoul"));
    }
}
