package dev.kuar.practice.schema;

import dev.kuar.practice.object.Quantity;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Texts, numbers and truth values in the form that a field allows. */
final class Scalars {
    /** Optional texts and lists for which empty is something else than absent: pointers in Go. */
    private static final Set<String> POINTERS = Set.of(
            "storageClassName", "ingressClassName", "volumeAttributesClassName", "resourceClaimName", "managedFields");

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private Scalars() {}

    static boolean isPointer(String name) {
        return POINTERS.contains(name);
    }

    static Object of(Object value, TypeSchema schema, String struct, String goPath) {
        return switch (schema.type()) {
            case "string" -> text(value, schema, struct, goPath);
            case "boolean" -> value instanceof Boolean ? value : Shapes.mismatch(value, schema, struct, goPath);
            case "integer" -> integer(value, schema, struct, goPath);
            case "number" -> value instanceof Number ? value : Shapes.mismatch(value, schema, struct, goPath);
            default -> value;
        };
    }

    private static Object integer(Object value, TypeSchema schema, String struct, String goPath) {
        if (value instanceof Long number) {
            if (schema.format().equals("int32") && number != number.intValue()) {
                throw new DecodeException("json: cannot unmarshal number " + number + " into Go struct field " + struct
                        + "." + goPath + " of type int32");
            }
            return number;
        }
        if (value instanceof Double number) {
            if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                return number.longValue();
            }
            throw new DecodeException("json: cannot unmarshal number " + number + " into Go struct field " + struct
                    + "." + goPath + " of type " + Shapes.goType(schema));
        }
        return Shapes.mismatch(value, schema, struct, goPath);
    }

    private static Object text(Object value, TypeSchema schema, String struct, String goPath) {
        String format = schema.format();
        if (format.equals("quantity") && !(value instanceof Boolean)) {
            return quantity(value);
        }
        if (!(value instanceof String text)) {
            return Shapes.mismatch(value, schema, struct, goPath);
        }
        return switch (format) {
            case "date-time" -> time(text, schema);
            case "byte" -> bytes(text);
            default -> text;
        };
    }

    private static String quantity(Object value) {
        try {
            String text = value instanceof Double number && number == Math.rint(number)
                    ? String.valueOf(number.longValue())
                    : String.valueOf(value);
            return Quantity.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new DecodeException(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
    }

    private static String time(String text, TypeSchema schema) {
        boolean micro = schema.reference().endsWith("MicroTime");
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return micro
                    ? MICROS.format(time)
                    : DateTimeFormatter.ISO_INSTANT.format(
                            time.truncatedTo(ChronoUnit.SECONDS).toInstant());
        } catch (DateTimeException e) {
            String layout = micro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00";
            throw new DecodeException(
                    "parsing time \"" + text + "\" as \"" + layout + "\": cannot parse \"" + text + "\" as \"2006\"");
        }
    }

    /** Base64 without the ends of lines that it may be broken with, once it is known to be base64. */
    private static String bytes(String text) {
        int data = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pad = c == '=';
            if (c == '\n' || c == '\r') {
                continue;
            }
            boolean alphabet =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            if (!alphabet && !pad
                    || pad && data % 4 < 2 && !text.substring(0, i).endsWith("=")) {
                throw new DecodeException("illegal base64 data at input byte " + i);
            }
            data++;
        }
        if (data % 4 != 0) {
            throw new DecodeException("illegal base64 data at input byte " + (text.length() / 4 * 4));
        }
        return data == text.length() ? text : text.replace("\n", "").replace("\r", "");
    }
}
