package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.Ago;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowFormTest {
    private static final Instant MADE = Instant.parse("2026-11-22T20:00:00Z");
    private static final byte[] JSON =
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"web\"},\"spec\":{}}".getBytes(StandardCharsets.UTF_8);

    private static Map<String, Object> written(RowForm form, byte[] json, Instant now) {
        JsonWriter writer = new JsonWriter();
        form.write(writer, json, new Ages(now));
        return JsonReader.readMap(writer.toBytes());
    }

    @Test
    void ages_move_on_and_all_else_stays() {
        RowForm form = RowForm.of(
                Arrays.asList(
                        "web",
                        1L,
                        new Ago("", MADE, ""),
                        "<none>",
                        null,
                        new Ago("3 (", MADE.minusSeconds(60), " ago)")),
                Slice.ofMetadata(JSON),
                "v1");

        assertThat(written(form, JSON, MADE.plusSeconds(5)).get("cells"))
                .isEqualTo(Arrays.asList("web", 1L, "5s", "<none>", null, "3 (65s ago)"));
        Map<String, Object> later = written(form, JSON, MADE.plusSeconds(3600 * 24 * 3));
        assertThat(later.get("cells")).isEqualTo(Arrays.asList("web", 1L, "3d", "<none>", null, "3 (3d ago)"));
        assertThat(later.get("object"))
                .isEqualTo(Map.of(
                        "kind",
                        "PartialObjectMetadata",
                        "apiVersion",
                        "meta.k8s.io/v1",
                        "metadata",
                        Map.of("name", "web")));
    }

    @Test
    void a_row_of_ages_alone_and_without_metadata_is_a_row_too() {
        RowForm form = RowForm.of(List.of(new Ago("", MADE, ""), new Ago("", MADE, "")), Slice.NONE, "v1beta1");

        Map<String, Object> row = written(form, new byte[0], MADE.minusSeconds(30));

        assertThat(row.get("cells")).isEqualTo(List.of("<invalid>", "<invalid>"));
        assertThat(row.get("object"))
                .isEqualTo(Map.of(
                        "kind", "PartialObjectMetadata", "apiVersion", "meta.k8s.io/v1beta1", "metadata", Map.of()));
    }

    @Test
    void part_of_a_second_counts_as_none() {
        Ages ages = new Ages(MADE.plusMillis(1900));

        assertThat(ages.of(new Ago("", MADE, ""))).isEqualTo("1s");
        assertThat(ages.of(new Ago("", MADE.plusMillis(950), ""))).isEqualTo("0s");
        assertThat(ages.of(new Ago("", MADE, ""))).isEqualTo("1s");
    }
}
