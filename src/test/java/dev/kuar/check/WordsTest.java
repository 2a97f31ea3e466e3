package dev.kuar.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void a_word_is_never_part_of_another() {
        assertThat(Words.contains("kind-worker2  Ready", "kind-worker")).isFalse();
        assertThat(Words.contains("node/kind-worker created", "kind-worker")).isTrue();
        assertThat(Words.contains("nameserver 10.96.0.10", "10.96.0.1")).isFalse();
        assertThat(Words.contains("It is v1.36.2.", "v1.36.2")).isTrue();
        assertThat(Words.contains("\"gitVersion\": \"v1.36.2\"", "v1.36.2")).isTrue();
        assertThat(Words.contains("anything", "")).isFalse();
    }

    @Test
    void amounts_compare_as_amounts() {
        assertThat(Answers.matches("0.1", "100m")).isTrue();
        assertThat(Answers.matches("1Gi", "1024Mi")).isTrue();
        assertThat(Answers.matches("Yes", List.of("yes", "네"))).isTrue();
        assertThat(Answers.matches("네", List.of("yes", "네"))).isTrue();
        assertThat(Answers.matches("", List.of("", "x"))).isFalse();
        assertThat(Quantities.milli("1")).isEqualTo(1000);
        assertThat(Quantities.units("70Mi")).isEqualTo(73_400_320L);
    }
}
