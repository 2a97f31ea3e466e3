package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What whole objects within custom resources must be: fields with {@code x-kubernetes-embedded-resource}. */
final class EmbeddedRules {
    private EmbeddedRules() {}

    static void check(@Nullable TypeSchema schema, @Nullable Object value, String path, FieldErrors errors) {
        if (schema == null) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            if (schema.flag("x-kubernetes-embedded-resource")) {
                object(map, path, errors);
            }
            map.forEach((name, each) -> {
                TypeSchema known = schema.fields().get(String.valueOf(name));
                String at = known == null ? path + "[" + name + "]" : StructuralRules.join(path, (String) name);
                check(known == null ? schema.values() : known, each, at, errors);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(schema.items(), list.get(i), path + "[" + i + "]", errors);
            }
        }
    }

    private static void object(Map<?, ?> map, String path, FieldErrors errors) {
        for (String field : List.of("apiVersion", "kind")) {
            String at = StructuralRules.join(path, field);
            Object value = map.get(field);
            if (!map.containsKey(field)) {
                errors.required(at, "");
            } else if (!(value instanceof String text)) {
                errors.invalid(at, value, "must be a string");
            } else if (text.isEmpty()) {
                errors.invalid(at, text, "must not be empty");
            } else {
                words(field, text, at, errors);
            }
        }
        if (map.get("metadata") instanceof Map<?, ?> metadata) {
            KubeObject object = KubeObject.of(KubeObject.copyOf(Map.of("metadata", metadata)));
            String at = StructuralRules.join(path, "metadata");
            errors.syntax(at + ".name", object.name(), Syntax.pathSegment(object.name()));
            MetadataRules.labels(object.map("metadata", "labels"), at + ".labels", errors);
            MetadataRules.annotations(object.map("metadata", "annotations"), at + ".annotations", errors);
        }
    }

    private static void words(String field, String text, String path, FieldErrors errors) {
        if (field.equals("kind")) {
            List<String> wrong = Syntax.dns1035(text.toLowerCase(Locale.ROOT));
            if (!wrong.isEmpty()) {
                errors.invalid(
                        path, text, "may have mixed case, but should otherwise match: " + String.join(",", wrong));
            }
        } else if (text.chars().filter(c -> c == '/').count() > 1) {
            errors.invalid(path, text, "unexpected GroupVersion string: " + text);
        }
    }
}
