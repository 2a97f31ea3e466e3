package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/5 * * * * | 2026-11-22T19:04:25Z | 2026-11-22T19:05Z",
                "0 1 * * * | 2026-11-22T19:04:25Z | 2026-11-23T01:00Z",
                "30 8 1 jan * | 2026-11-22T19:04:25Z | 2027-01-01T08:30Z",
                "0 12 * * mon-fri | 2026-11-21T13:00:00Z | 2026-11-23T12:00Z",
                "0 0 13 * 5 | 2026-11-14T00:00:00Z | 2026-11-20T00:00Z",
                "@hourly | 2026-11-22T19:00:00Z | 2026-11-22T20:00Z",
                "0 0 * * 7 | 2026-11-21T00:00:00Z | 2026-11-22T00:00Z"
            })
    void fires_next(String schedule, String from, String next) {
        assertThat(CronSchedule.parse(schedule).next(ZonedDateTime.parse(from))).contains(ZonedDateTime.parse(next));
    }

    @Test
    void refuses_what_is_no_schedule() {
        assertThatThrownBy(() -> CronSchedule.parse("61 * * * *")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CronSchedule.parse("* * * *")).isInstanceOf(IllegalArgumentException.class);
    }
}
