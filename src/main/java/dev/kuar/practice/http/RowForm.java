package dev.kuar.practice.http;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.Ago;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's row with its object's metadata, as far as it stays while the object does: JSON with gaps where ages stand. The metadata
 * are a part of the object's own JSON and not kept again. Immutable.
 */
final class RowForm {
    private final byte[] fixed;
    private final List<Gap> gaps;
    private final Slice metadata;

    private RowForm(byte[] fixed, List<Gap> gaps, Slice metadata) {
        this.fixed = fixed;
        this.gaps = gaps;
        this.metadata = metadata;
    }

    /** What stands before the byte at {@code place}. */
    private record Gap(int place, Ago age) {}

    /**
     * The form of one object's row.
     *
     * @param metadata where they stand in the object's JSON
     * @param version of the metadata, {@code v1}
     */
    static RowForm of(List<@Nullable Object> cells, Slice metadata, String version) {
        JsonWriter writer = new JsonWriter();
        List<Gap> gaps = new ArrayList<>(1);
        writer.raw("{\"cells\":[");
        String comma = "";
        for (Object cell : cells) {
            writer.raw(comma);
            comma = ",";
            if (cell instanceof Ago age) {
                gaps.add(new Gap(writer.length(), age));
            } else {
                writer.value(cell);
            }
        }
        writer.raw("],\"object\":{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/")
                .raw(version)
                .raw("\",\"metadata\":");
        return new RowForm(writer.toBytes(), List.copyOf(gaps), metadata);
    }

    /** Appends the row of the object with this JSON. */
    void write(JsonWriter writer, byte[] json, Ages ages) {
        int from = 0;
        for (Gap gap : gaps) {
            writer.raw(fixed, from, gap.place()).string(ages.of(gap.age()));
            from = gap.place();
        }
        writer.raw(fixed, from, fixed.length);
        if (metadata.isEmpty()) {
            writer.raw("{}");
        } else {
            writer.raw(json, metadata.start(), metadata.end());
        }
        writer.raw("}}");
    }
}
