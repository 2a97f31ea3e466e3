package dev.kuar.practice.schema;

import java.util.HashMap;
import java.util.Map;

/** What types and fields are for, as generated when kuar is built; read one file at a time, when first asked for. */
final class Descriptions {
    private final Map<String, Map<String, Object>> files = new HashMap<>();

    /** Of a type ({@code field} empty) or a field of it; empty where none is known. */
    synchronized String of(String type, String field) {
        int dot = type.lastIndexOf('.');
        if (dot < 0) {
            return "";
        }
        Map<String, Object> file = files.computeIfAbsent(type.substring(0, dot), prefix -> {
            Map<String, Object> found = Bundled.find("descriptions/" + prefix + ".json");
            return found == null ? Map.of() : found;
        });
        return file.get(type.substring(dot + 1)) instanceof Map<?, ?> fields && fields.get(field) instanceof String text
                ? text
                : "";
    }
}
