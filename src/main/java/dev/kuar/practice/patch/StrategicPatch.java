package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Strategic merge patch with its directives, worded as {@code apimachinery/pkg/util/strategicpatch} words errors. */
final class StrategicPatch {
    static final String PATCH = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicPatch() {}

    static Map<String, Object> apply(
            @Nullable TypeSchema schema, Map<String, Object> target, Map<String, Object> patch) {
        Object directive = patch.get(PATCH);
        if (directive != null) {
            if (directive.equals("replace")) {
                Map<String, Object> replaced = new LinkedHashMap<>(patch);
                replaced.remove(PATCH);
                return withoutNulls(replaced);
            }
            if (directive.equals("delete")) {
                return new LinkedHashMap<>();
            }
            if (!directive.equals("merge")) {
                throw Statuses.internal("unknown patch type: " + directive + " in map: " + goMap(patch));
            }
        }
        Map<String, Object> merged = new LinkedHashMap<>(target);
        retain(merged, patch);
        for (Map.Entry<String, Object> entry : patch.entrySet()) {
            String name = entry.getKey();
            if (name.equals(PATCH) || name.equals(RETAIN) || name.startsWith(ORDER)) {
                continue;
            }
            if (name.startsWith(DELETE_FROM)) {
                deleteFrom(merged, name.substring(DELETE_FROM.length()), entry.getValue());
                continue;
            }
            TypeSchema field = schema == null ? null : schema.field(name);
            mergeField(field, merged, name, entry.getValue(), patch.get(ORDER + name));
        }
        for (Map.Entry<String, Object> entry : patch.entrySet()) {
            if (entry.getKey().startsWith(ORDER)) {
                String name = entry.getKey().substring(ORDER.length());
                TypeSchema field = schema == null ? null : schema.field(name);
                if (!patch.containsKey(name) && merged.get(name) instanceof List<?> list) {
                    merged.put(name, ElementOrder.order(keyOf(field), list, List.of(), list, entry.getValue()));
                }
            }
        }
        return merged;
    }

    private static void mergeField(
            @Nullable TypeSchema field,
            Map<String, Object> merged,
            String name,
            @Nullable Object value,
            @Nullable Object order) {
        Object old = merged.get(name);
        if (value == null) {
            merged.remove(name);
        } else if (value instanceof Map<?, ?>) {
            Map<String, Object> patch = Patches.map(value);
            if ("delete".equals(patch.get(PATCH))) {
                merged.remove(name);
            } else if (field != null && field.patchStrategy().contains("replace")) {
                merged.put(name, withoutNulls(patch));
            } else {
                merged.put(name, apply(field, old instanceof Map<?, ?> ? Patches.map(old) : Map.of(), patch));
            }
        } else if (value instanceof List<?> list
                && field != null
                && field.patchStrategy().contains("merge")) {
            merged.put(name, ListMerge.merge(field, old instanceof List<?> items ? items : List.of(), list, order));
        } else {
            merged.put(name, KubeObject.copyOf(value));
        }
    }

    private static void retain(Map<String, Object> merged, Map<String, Object> patch) {
        Object keys = patch.get(RETAIN);
        if (keys == null) {
            return;
        }
        if (!(keys instanceof List<?> list)) {
            throw Statuses.badRequest("invalid patch format of retainKeys");
        }
        for (String name : patch.keySet()) {
            if (!name.startsWith("$") && patch.get(name) != null && !list.contains(name)) {
                throw Statuses.badRequest("invalid patch format of retainKeys");
            }
        }
        merged.keySet().removeIf(name -> !list.contains(name));
    }

    private static void deleteFrom(Map<String, Object> merged, String name, @Nullable Object value) {
        if (!(value instanceof List<?> gone)) {
            throw Statuses.badRequest("invalid patch format of primitive list");
        }
        if (merged.get(name) instanceof List<?> list) {
            List<Object> left = new ArrayList<>(list);
            left.removeIf(gone::contains);
            merged.put(name, left);
        }
    }

    static String keyOf(@Nullable TypeSchema field) {
        return field == null ? "" : field.patchMergeKey();
    }

    /** A patch that becomes a value of its own: nulls and directives have nothing to act on. */
    static Map<String, Object> withoutNulls(Map<String, Object> patch) {
        Map<String, Object> left = new LinkedHashMap<>();
        patch.forEach((name, value) -> {
            if (value instanceof Map<?, ?>) {
                left.put(name, withoutNulls(Patches.map(value)));
            } else if (value != null && !name.startsWith("$")) {
                left.put(name, Objects.requireNonNull(KubeObject.copyOf(value)));
            }
        });
        return left;
    }

    /** As Go prints a map with {@code %v}. */
    static String goMap(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            StringBuilder text = new StringBuilder("map[");
            new TreeMap<>(Patches.map(value)).forEach((name, each) -> text.append(text.length() > 4 ? " " : "")
                    .append(name)
                    .append(':')
                    .append(goMap(each)));
            return text.append(']').toString();
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(" ", list.stream().map(StrategicPatch::goMap).toList()) + "]";
        }
        return value == null ? "<nil>" : value.toString();
    }
}
