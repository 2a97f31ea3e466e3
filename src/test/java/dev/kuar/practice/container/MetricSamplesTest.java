package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MetricSamplesTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    private final MetricSamples samples = new MetricSamples();

    private static String text(double container, double node) {
        return "# TYPE container_cpu_usage_seconds_total counter\n"
                + "container_cpu_usage_seconds_total{container=\"web\",namespace=\"shop\",pod=\"a\"} " + container
                + " 1\n"
                + "container_memory_working_set_bytes{container=\"web\",namespace=\"shop\",pod=\"a\"} 1048576 1\n"
                + "node_cpu_usage_seconds_total " + node + " 1\nnode_memory_working_set_bytes 2097152 1\n";
    }

    @Test
    void one_sample_is_no_rate() {
        samples.add("n1", text(5, 50), START);

        assertThat(samples.isReady()).isFalse();
        assertThat(samples.pod("shop", "a")).isEmpty();
    }

    @Test
    void what_lies_between_two_samples_is_the_use() {
        samples.add("n1", text(5, 50), START);
        samples.add("n1", text(6.5, 65), START.plusSeconds(15));

        assertThat(samples.pod("shop", "a").orElseThrow().parts())
                .containsEntry("web", new MetricSamples.Amount(100_000_000, 1048576));
        assertThat(samples.node("n1").orElseThrow().total())
                .isEqualTo(new MetricSamples.Amount(1_000_000_000, 2097152));
        assertThat(samples.pod("shop", "b")).isEmpty();
    }

    @Test
    void a_counter_that_began_anew_is_left_out_once() {
        samples.add("n1", text(5, 50), START);
        samples.add("n1", text(0.1, 65), START.plusSeconds(15));

        assertThat(samples.pod("shop", "a")).isEmpty();
    }
}
