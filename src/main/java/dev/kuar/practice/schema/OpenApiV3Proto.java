package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An OpenAPI v3 document as a protobuf message, {@code openapi.v3.Document} of gnostic.
 *
 * <p>What messages there are and which field has which number is data: {@code openapi-v3.messages}. There a field is
 * {@code key=number:kind}; the kind is {@code s} text, {@code b} truth, {@code i} integer, {@code n} number, {@code any} a
 * value as YAML, a message's name, {@code *} before a list of it, {@code %} before a map of it, and {@code ?} after what may
 * be a reference instead.
 */
final class OpenApiV3Proto {
    private static final OpenApiV3Proto MESSAGES = new OpenApiV3Proto();

    private final Map<String, Map<String, Slot>> messages = new HashMap<>();

    private record Slot(int number, String kind) {}

    private OpenApiV3Proto() {
        for (String line : Bundled.lines("openapi-v3.messages")) {
            String[] words = line.split(" ");
            Map<String, Slot> slots = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equal = words[i].indexOf('=');
                int colon = words[i].indexOf(':');
                slots.put(
                        words[i].substring(0, equal),
                        new Slot(
                                Integer.parseInt(words[i].substring(equal + 1, colon)), words[i].substring(colon + 1)));
            }
            messages.put(words[0], slots);
        }
    }

    static byte[] encode(Map<String, Object> document) {
        return MESSAGES.message("Document", document).toBytes();
    }

    private ProtoMessage message(String type, Map<String, Object> tree) {
        ProtoMessage message = new ProtoMessage();
        Map<String, Slot> slots = messages.getOrDefault(type, Map.of());
        slots.forEach((key, slot) -> {
            if (key.equals("x-")) {
                tree.forEach((name, value) -> {
                    if (name.startsWith("x-")) {
                        message.named(slot.number(), name, any(value));
                    }
                });
            } else if (key.equals("*")) {
                tree.forEach((name, value) -> {
                    if (!name.startsWith("x-") && !slots.containsKey(name)) {
                        message.named(slot.number(), name, one(slot.kind(), value));
                    }
                });
            } else if (tree.containsKey(key)) {
                field(message, slot.number(), slot.kind(), tree.get(key));
            }
        });
        return message;
    }

    private void field(ProtoMessage message, int number, String kind, Object value) {
        if (kind.startsWith("*")) {
            for (Object item : value instanceof List<?> list ? list : List.of()) {
                field(message, number, kind.substring(1), item);
            }
        } else if (kind.startsWith("%")) {
            ProtoMessage entries = new ProtoMessage();
            map(value).forEach((name, each) -> entries.named(1, name, one(kind.substring(1), each)));
            message.message(number, entries);
        } else {
            switch (kind) {
                case "s" -> message.text(number, value);
                case "b" -> message.truth(number, Boolean.TRUE.equals(value));
                case "i" -> message.integer(number, ((Number) value).longValue());
                case "n" -> message.real(number, ((Number) value).doubleValue());
                default -> message.message(number, one(kind, value));
            }
        }
    }

    private ProtoMessage one(String kind, Object value) {
        if (kind.endsWith("?")) {
            boolean refers = map(value).get("$ref") instanceof String;
            String type = refers ? "Reference" : kind.substring(0, kind.length() - 1);
            return wrapped(refers ? 2 : 1, message(type, map(value)));
        }
        return switch (kind) {
            case "any" -> any(value);
            case "Default" -> defaultOf(value);
            case "Items" -> wrapped(1, one("Schema?", value));
            case "Additional" -> {
                if (value instanceof Boolean allowed) {
                    ProtoMessage message = new ProtoMessage();
                    message.integer(2, allowed ? 1 : 0);
                    yield message;
                }
                yield wrapped(1, one("Schema?", value));
            }
            default -> message(kind, map(value));
        };
    }

    private static ProtoMessage wrapped(int field, ProtoMessage inner) {
        ProtoMessage message = new ProtoMessage();
        message.message(field, inner);
        return message;
    }

    private static ProtoMessage any(Object value) {
        ProtoMessage message = new ProtoMessage();
        message.text(2, JsonWriter.text(value) + "\n");
        return message;
    }

    /** Objects and lists have no form there; that there is a default is all that is said. */
    private static ProtoMessage defaultOf(Object value) {
        ProtoMessage message = new ProtoMessage();
        if (value instanceof Number number) {
            message.real(1, number.doubleValue());
        } else if (value instanceof Boolean truth) {
            message.integer(2, truth ? 1 : 0);
        } else if (value instanceof String text) {
            message.text(3, text);
        }
        return message;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
