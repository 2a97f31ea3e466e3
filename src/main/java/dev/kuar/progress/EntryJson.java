package dev.kuar.progress;

import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Entries as lines of JSON, one flat object of strings each. */
final class EntryJson {
    private final JsonFactory json = new JsonFactory();

    String header() {
        return line(Map.of("formatVersion", String.valueOf(ProgressStore.FORMAT_VERSION)));
    }

    String line(Entry entry) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("at", entry.at().toString());
        fields.put("kind", entry.kind().name());
        fields.put("lesson", entry.lesson());
        fields.put("step", entry.step());
        fields.put("hash", entry.hash());
        fields.put("detail", entry.detail());
        fields.values().removeIf(String::isEmpty);
        return line(fields);
    }

    String line(Map<String, String> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            fields.forEach((name, value) -> {
                out.writeName(name);
                out.writeString(value);
            });
            out.writeEndObject();
        }
        return text.toString();
    }

    /** The fields of a line; empty when it isn't a flat object of strings. */
    Optional<Map<String, String>> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser in = json.createParser(ObjectReadContext.empty(), line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                if (in.nextToken() != JsonToken.VALUE_STRING) {
                    return Optional.empty();
                }
                fields.put(name, in.getString());
            }
            return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The entry that the fields are; empty when they are none. A kind that this kuar doesn't know is none. */
    static Optional<Entry> entry(Map<String, String> fields) {
        try {
            return Optional.of(new Entry(
                    Instant.parse(fields.getOrDefault("at", "")),
                    Entry.Kind.valueOf(fields.getOrDefault("kind", "")),
                    fields.getOrDefault("lesson", ""),
                    fields.getOrDefault("step", ""),
                    fields.getOrDefault("hash", ""),
                    fields.getOrDefault("detail", "")));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
