package dev.kuar.practice.http;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that are something simpler in JSON: times, quantities, int-or-string, raw JSON, lists with a name. */
final class ProtoScalars {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ProtoScalars() {}

    /** Whether {@code type} is written by {@link #encode}. */
    static boolean isSpecial(Descriptor type) {
        return switch (type.getName()) {
            case "Time",
                    "MicroTime",
                    "Quantity",
                    "IntOrString",
                    "FieldsV1",
                    "RawExtension",
                    "JSON",
                    "ExtraValue",
                    "Verbs",
                    "Duration",
                    "JSONSchemaPropsOrBool",
                    "JSONSchemaPropsOrArray",
                    "JSONSchemaPropsOrStringArray" -> true;
            default -> false;
        };
    }

    /** The body of the message for a value as it stands in a tree. */
    static byte[] encode(Descriptor type, Object value, ProtoWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        switch (type.getName()) {
            case "Time", "MicroTime" -> {
                Instant instant = Instant.parse((String) value);
                out.writeInt64(1, instant.getEpochSecond());
                out.writeInt32(2, instant.getNano());
            }
            case "Quantity" -> out.writeString(1, value.toString());
            case "Duration" -> out.writeInt64(1, value instanceof Number number ? number.longValue() : 0);
            case "IntOrString" -> {
                boolean number = value instanceof Number;
                out.writeInt64(1, number ? 0 : 1);
                out.writeInt32(2, number ? ((Number) value).intValue() : 0);
                out.writeString(3, number ? "" : value.toString());
            }
            case "ExtraValue", "Verbs" -> {
                for (Object item : (List<?>) value) {
                    out.writeString(1, (String) item);
                }
            }
            case "JSONSchemaPropsOrBool" -> {
                out.writeBool(1, !Boolean.FALSE.equals(value));
                schema(type, value, writer, out);
            }
            case "JSONSchemaPropsOrArray" -> {
                if (value instanceof List<?> list) {
                    for (Object item : list) {
                        out.writeByteArray(
                                2, writer.message(type.getFields().get(1).getMessageType(), item));
                    }
                } else {
                    out.writeByteArray(1, writer.message(type.getFields().get(0).getMessageType(), value));
                }
            }
            case "JSONSchemaPropsOrStringArray" -> {
                if (value instanceof List<?> list) {
                    for (Object item : list) {
                        out.writeString(2, (String) item);
                    }
                } else {
                    out.writeByteArray(1, writer.message(type.getFields().get(0).getMessageType(), value));
                }
            }
            default -> out.writeByteArray(1, JsonWriter.write(value));
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static void schema(Descriptor type, Object value, ProtoWriter writer, CodedOutputStream out)
            throws IOException {
        if (value instanceof Map<?, ?>) {
            out.writeByteArray(2, writer.message(type.findFieldByName("schema").getMessageType(), value));
        }
    }

    /** What stands in a tree for the fields of such a message; null for nothing (a zero time). */
    static @Nullable Object decode(Descriptor type, ProtoFields fields) {
        return switch (type.getName()) {
            case "Time", "MicroTime" -> time(type, fields);
            case "Quantity" -> fields.text(1);
            case "Duration" -> fields.number(1);
            case "IntOrString" -> fields.number(1) == 0 ? (Object) fields.number(2) : fields.text(3);
            case "ExtraValue", "Verbs" -> new ArrayList<Object>(fields.texts(1));
            default -> {
                byte[] raw = fields.bytes(1);
                yield raw.length == 0 ? null : JsonReader.read(raw);
            }
        };
    }

    private static @Nullable Object time(Descriptor type, ProtoFields fields) {
        if (fields.isEmpty()) {
            return null;
        }
        try {
            Instant instant = Instant.ofEpochSecond(fields.number(1), fields.number(2));
            return type.getName().equals("Time")
                    ? instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString()
                    : MICROS.format(instant);
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }
}
