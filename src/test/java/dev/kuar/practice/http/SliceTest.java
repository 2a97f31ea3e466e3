package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SliceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"},\"spec\":{}} | {\"name\":\"a\"}",
                "{\"spec\":{\"metadata\":{\"name\":\"no\"}},\"metadata\":{\"labels\":{\"a\":\"}]\"},\"x\":[{}]}} | {\"labels\":{\"a\":\"}]\"},\"x\":[{}]}",
                "{\"data\":{\"k\":\"\\\"metadata\\\":{\"},\"metadata\":{\"uid\":\"a\\\\\"}} | {\"uid\":\"a\\\\\"}"
            })
    void the_metadata_of_an_object_are_found_wherever_they_stand(String json, String metadata) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        Slice found = Slice.ofMetadata(bytes);

        assertThat(new String(bytes, found.start(), found.end() - found.start(), StandardCharsets.UTF_8))
                .isEqualTo(metadata);
    }

    @Test
    void an_object_without_metadata_has_none() {
        assertThat(Slice.ofMetadata("{\"spec\":{\"metadata\":{}}}".getBytes(StandardCharsets.UTF_8))
                        .isEmpty())
                .isTrue();
    }
}
