package dev.kuar.kubectl.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "64M, 64M",
        "64000000, 64M",
        "1000k, 1M",
        "100m, 100m",
        "0.1, 100m",
        "1000m, 1",
        "100Mi, 100Mi",
        "1024Ki, 1Mi",
        "1e3, 1k",
        "0, 0"
    })
    void is_written_as_kubernetes_writes_it(String given, String written) {
        assertThat(Quantity.parse(given)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource({"64M, 100Mi, 168857600", "50Mi, 64M, 113700Ki", "100m, 1900m, 2"})
    void is_added_in_the_form_of_the_first(String first, String second, String sum) {
        assertThat(Quantity.parse(first).plus(Quantity.parse(second))).hasToString(sum);
    }
}
