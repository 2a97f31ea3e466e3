package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** ConfigMaps: their keys, their size, and that they stay as they are once they say so. */
final class ConfigMapRules implements KindRules {
    static final long LIMIT = 1 << 20;

    @Override
    public void check(KubeObject map, FieldErrors errors) {
        long size = 0;
        for (String field : List.of("data", "binaryData")) {
            for (Map.Entry<String, Object> each : map.map(field).entrySet()) {
                errors.syntax(field + "[" + each.getKey() + "]", each.getKey(), Syntax.configKey(each.getKey()));
                if (field.equals("data") && map.map("binaryData").containsKey(each.getKey())) {
                    errors.invalid(
                            field + "[" + each.getKey() + "]", each.getKey(), "duplicate of key present in binaryData");
                }
                size += length(each.getValue(), field.equals("binaryData"));
            }
        }
        if (size > LIMIT) {
            errors.tooLong("[]", LIMIT);
        }
    }

    static long length(Object value, boolean encoded) {
        String text = String.valueOf(value);
        return encoded ? text.length() / 4 * 3L : text.length();
    }

    @Override
    public void change(KubeObject map, KubeObject old, FieldErrors errors) {
        immutable(map, old, errors);
    }

    static void immutable(KubeObject now, KubeObject old, FieldErrors errors) {
        if (!old.flag("immutable")) {
            return;
        }
        if (!now.flag("immutable")) {
            errors.forbidden("immutable", "field is immutable when `immutable` is set");
        }
        for (String field : List.of("data", "binaryData")) {
            if (!Objects.equals(now.map(field), old.map(field))) {
                errors.forbidden(field, "field is immutable when `immutable` is set");
            }
        }
    }
}
