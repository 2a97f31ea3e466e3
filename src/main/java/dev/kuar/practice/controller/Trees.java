package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Short words for parts of object trees. */
final class Trees {
    private Trees() {}

    /** A map of alternating names and values; a null value is left out. */
    static Map<String, Object> map(@Nullable Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                map.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return map;
    }

    static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }

    /** The value, or null where it is zero, as Go leaves such fields out. */
    static @Nullable Long orNull(long value) {
        return value == 0 ? null : value;
    }

    static String text(Map<String, Object> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    static long number(Map<String, Object> map, String name, long otherwise) {
        return map.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    /** The condition of a type, or an empty map. */
    static Map<String, Object> condition(KubeObject object, String type) {
        for (Map<String, Object> condition : object.maps("status", "conditions")) {
            if (type.equals(condition.get("type"))) {
                return condition;
            }
        }
        return Map.of();
    }

    static boolean isTrue(KubeObject object, String conditionType) {
        return "True".equals(condition(object, conditionType).get("status"));
    }

    /**
     * Conditions with one of them set; its lastTransitionTime stays when its status does.
     *
     * @param now RFC 3339
     */
    static List<Object> withCondition(
            List<Map<String, Object>> conditions,
            String type,
            String status,
            String reason,
            String message,
            String now) {
        List<Object> all = new ArrayList<>();
        Map<String, Object> fresh =
                map("lastTransitionTime", now, "message", message, "reason", reason, "status", status, "type", type);
        boolean set = false;
        for (Map<String, Object> condition : conditions) {
            if (!type.equals(condition.get("type"))) {
                all.add(condition);
                continue;
            }
            if (status.equals(condition.get("status"))) {
                fresh.put("lastTransitionTime", Objects.requireNonNullElse(condition.get("lastTransitionTime"), now));
            }
            all.add(fresh);
            set = true;
        }
        if (!set) {
            all.add(fresh);
        }
        return all;
    }

    /** An absolute number or a percentage of {@code total}, as Kubernetes rounds it. */
    static long scaled(@Nullable Object value, long total, boolean up) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof String text && text.endsWith("%")) {
            long percent = Long.parseLong(text.substring(0, text.length() - 1));
            return up ? (percent * total + 99) / 100 : percent * total / 100;
        }
        return 0;
    }
}
