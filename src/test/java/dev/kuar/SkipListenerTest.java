package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SkipListenerTest {
    @Test
    void the_reason_is_taken_out_of_what_an_assumption_says() {
        assertThat(SkipListener.line("RealHelmIT", "[skipped: helm is not installed] \nExpecting Optional to contain"))
                .isEqualTo("skipped: helm is not installed (RealHelmIT)");
        assertThat(SkipListener.line("t()", "Assumption failed: skipped: no right to mount a file system"))
                .isEqualTo("skipped: no right to mount a file system (t())");
        assertThat(SkipListener.line("t()", "")).isEqualTo("skipped: without a reason (t())");
    }
}
