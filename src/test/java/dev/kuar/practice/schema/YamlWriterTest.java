package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class YamlWriterTest {
    @Test
    void keys_are_sorted_lists_not_indented_and_lookalikes_quoted() {
        assertThat(write(Map.of(
                        "b", List.of(Map.of("x", "1", "z", 2L)),
                        "a", Map.of("t", "2026-11-22T19:04:25Z", "s", "plain", "yes", "no"))))
                .isEqualTo("""
                        a:
                          s: plain
                          t: "2026-11-22T19:04:25Z"
                          "yes": "no"
                        b:
                        - x: "1"
                          z: 2
                        """);
    }

    @Test
    void several_lines_are_a_block() {
        assertThat(write(Map.of("k", "a\nb\n"))).isEqualTo("k: |\n  a\n  b\n");
    }

    private static String write(Map<String, Object> tree) {
        return new String(YamlWriter.write(tree), StandardCharsets.UTF_8);
    }
}
