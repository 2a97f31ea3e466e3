package dev.kuar.practice.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of audit events: statuses, and objects without what nobody wants to read. */
final class AuditForm {
    private static final List<String> OF_STATUS = List.of("status", "message", "reason", "details");

    private AuditForm() {}

    /** What was answered: of a Status what is bounded, and the code. */
    static Map<String, Object> outcome(Map<String, Object> status, int code) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("metadata", new LinkedHashMap<>());
        for (String field : OF_STATUS) {
            Object value = status.get(field);
            if (value != null) {
                outcome.put(field, value);
            }
        }
        outcome.put("code", (long) code);
        return outcome;
    }

    /** A copy of an object, a list or a table in which no object has managed fields. */
    static Object withoutManagedFields(Object object) {
        if (!(object instanceof Map<?, ?> map)) {
            return object;
        }
        Map<String, Object> copy = copy(map);
        if (copy.get("metadata") instanceof Map<?, ?> metadata) {
            Map<String, Object> left = copy(metadata);
            left.remove("managedFields");
            copy.put("metadata", left);
        }
        for (String part : List.of("items", "rows")) {
            if (copy.get(part) instanceof List<?> list) {
                copy.put(
                        part, list.stream().map(AuditForm::withoutManagedFields).toList());
            }
        }
        if (copy.containsKey("cells") && copy.get("object") instanceof Map<?, ?> shown) {
            copy.put("object", withoutManagedFields(shown));
        }
        return copy;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
