package dev.kuar.practice.cel;

import dev.cel.common.values.CelByteString;
import dev.kuar.practice.schema.TypeSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of custom resources as rules see them: fields that are not null by the names that CEL can write, moments, durations and bytes where
 * the format says so, lists that know whether their order counts.
 */
final class SchemaValues {
    private SchemaValues() {}

    static Object of(TypeSchema schema, @Nullable Object value) {
        if (value == null) {
            return CelProgram.NULL;
        } else if (schema.isIntOrString()) {
            return value;
        } else if (value instanceof Map<?, ?> map) {
            return object(schema, map);
        } else if (value instanceof List<?> list) {
            return list(schema, list);
        } else if (value instanceof String text && schema.type().equals("string")) {
            return text(schema.format(), text);
        } else if (value instanceof Number number && schema.type().equals("number")) {
            return number.doubleValue();
        }
        return value;
    }

    private static Object object(TypeSchema schema, Map<?, ?> map) {
        Map<String, Object> seen = new LinkedHashMap<>();
        map.forEach((key, each) -> {
            if (each == null) {
                return;
            }
            String name = (String) key;
            TypeSchema field = schema.field(name);
            String escaped = schema.fields().containsKey(name) ? FieldNames.escaped(name) : null;
            Object value = field == null ? each : of(field, each);
            seen.put(escaped == null ? name : escaped, value);
        });
        return seen;
    }

    private static Object raw(@Nullable Object value) {
        return value == null ? CelProgram.NULL : value;
    }

    private static Object list(TypeSchema schema, List<?> list) {
        TypeSchema items = schema.items();
        List<Object> seen = new ArrayList<>();
        list.forEach(each -> seen.add(items == null ? raw(each) : of(items, each)));
        return switch (schema.listType()) {
            case "set" -> new KeyedList(seen, List.of());
            case "map" -> new KeyedList(seen, keys(schema));
            default -> seen;
        };
    }

    private static List<String> keys(TypeSchema schema) {
        List<String> keys = new ArrayList<>();
        for (String key : schema.listMapKeys()) {
            String escaped = FieldNames.escaped(key);
            keys.add(escaped == null ? key : escaped);
        }
        return keys;
    }

    /** A text that its format does not fit stays a text; validation has refused it before. */
    private static Object text(String format, String text) {
        try {
            return switch (format) {
                case "date" ->
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                case "date-time" -> moment(text);
                case "duration" -> {
                    Duration duration = LooseDuration.read(text);
                    yield duration == null ? text : duration;
                }
                case "byte" -> CelByteString.of(Base64.getMimeDecoder().decode(text));
                default -> text;
            };
        } catch (DateTimeParseException | IllegalArgumentException misfit) {
            return text;
        }
    }

    private static Instant moment(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T').toUpperCase(java.util.Locale.ROOT))
                .toInstant();
    }
}
