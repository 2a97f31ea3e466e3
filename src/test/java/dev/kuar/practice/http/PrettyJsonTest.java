package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PrettyJsonTest {
    @Test
    void nests_by_two_spaces_and_leaves_empty_ones_and_texts_alone() {
        assertThat(indent("{\"a\":{},\"b\":[1,[]],\"c\":\"x,{\\\"}\"}")).isEqualTo("""
                        {
                          "a": {},
                          "b": [
                            1,
                            []
                          ],
                          "c": "x,{\\"}"
                        }""");
    }

    private static String indent(String json) {
        return new String(PrettyJson.indent(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
