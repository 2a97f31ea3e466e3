package dev.kuar.practice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "5s, 5000000000",
        "+5s, 5000000000",
        "-1.5s, -1500000000",
        "1h30m, 5400000000000",
        ".5ms, 500000",
        "1.us, 1000",
        "2\u00b5s, 2000",
        "2\u03bcs, 2000",
        "0.3333333333333333333h, 1200000000000",
        "1.9ns, 1",
        "9223372036854775807ns, 9223372036854775807",
        "-9223372036854775808ns, -9223372036854775808",
        "0.000000000000000000000001h, 0"
    })
    void reads_what_go_reads(String text, long nanos) {
        assertThat(GoDuration.find(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid duration",
        "-, invalid duration",
        "x, invalid duration",
        ".s, invalid duration",
        "9223372036854775808ns, invalid duration",
        "99999999999999999999s, invalid duration",
        "3, missing unit in duration",
        "1h5, missing unit in duration",
        "3d, unknown unit \"d\" in duration",
        "1h 5m, unknown unit \"h \" in duration"
    })
    void says_in_gos_words_what_is_none(String text, String why) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage("time: " + why + " \"" + text + "\"");
        assertThat(GoDuration.find(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "999, 999ns",
        "1500, 1.5\u00b5s",
        "1428600, 1.4286ms",
        "1115039687, 1.115039687s",
        "65000000000, 1m5s",
        "3600000000000, 1h0m0s"
    })
    void prints_as_go_prints(long nanos, String text) {
        assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void reads_what_it_printed() {
        Duration time = Duration.ofNanos(5_025_001_002_003L);
        assertThat(GoDuration.find(GoDuration.format(time))).contains(time);
    }
}
