package dev.kuar.practice.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void writes_what_it_reads() {
        String json =
                "{\"a\":[1,-2.5,true,null,{}],\"b\\n\":\"\\u003c한\\\"\\\\ 😀\",\"c\":{\"a\":\"\"},\"d\":9223372036854775807}";
        assertThat(JsonWriter.text(JsonReader.read(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(json);
    }

    @Test
    void escapes_as_go_does() {
        assertThat(JsonWriter.text("<&>\u0001\u2028\t")).isEqualTo("\"\\u003c\\u0026\\u003e\\u0001\\u2028\\t\"");
    }

    @Test
    void quantities_keep_their_canonical_form() {
        assertThat(Quantity.parse("1500m")).hasToString("1500m");
        assertThat(Quantity.parse("0.5")).hasToString("500m");
        assertThat(Quantity.parse("2048Ki")).hasToString("2Mi");
        assertThat(Quantity.parse("1.5Gi")).hasToString("1536Mi");
        assertThat(Quantity.parse("1e3")).hasToString("1k");
        assertThat(Quantity.parse("250m").plus(Quantity.parse("750m"))).hasToString("1");
        assertThat(Quantity.parse("100Mi").plus(Quantity.parse("70Mi"))).hasToString("170Mi");
    }
}
