package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Validator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The metadata of what a webhook converted: it may change labels and annotations, and nothing else. */
final class ConvertedMetadata {
    private final KubeObject original;
    private final KubeObject converted;

    /** @param converted the caller's own */
    ConvertedMetadata(KubeObject original, KubeObject converted) {
        this.original = original;
        this.converted = converted;
    }

    /** What of kind, name, namespace and UID is another one now; empty where nothing is. */
    String identityProblem() {
        String[][] fields = {{"kind", "kind"}, {"metadata", "name"}, {"metadata", "namespace"}, {"metadata", "uid"}};
        for (String[] field : fields) {
            String[] path = field[0].equals("kind") ? new String[] {"kind"} : field;
            String before = original.text(path);
            String after = converted.text(path);
            if (!before.equals(after)) {
                String name = field[1].equals("uid") ? "UID" : field[1];
                return "must have the same " + name + ": " + before + " != " + after;
            }
        }
        return "";
    }

    /** Puts the original's metadata in place, with the converted labels and annotations; what is wrong with those, or empty. */
    String restore() {
        Object said = converted.at("metadata");
        if (!converted.tree().containsKey("metadata")) {
            return "missing metadata in converted object";
        }
        if (!(said instanceof Map<?, ?> answered)) {
            return "invalid metadata of type " + goType(said) + " in converted object";
        }
        Map<String, Object> metadata = KubeObject.copyOf(original.map("metadata"));
        for (String field : List.of("labels", "annotations")) {
            Object now = answered.get(field);
            if (now == null) {
                metadata.remove(field);
                continue;
            }
            if (!(now instanceof Map<?, ?> values)) {
                return "invalid metadata." + field + " of type " + goType(now) + " in converted object";
            }
            Map<String, Object> texts = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : values.entrySet()) {
                if (!(each.getValue() instanceof String text)) {
                    return "metadata." + field + "[" + each.getKey() + "] must be a string, but is "
                            + goType(each.getValue()) + " in converted object";
                }
                texts.put(String.valueOf(each.getKey()), text);
            }
            String problem = texts.equals(original.map("metadata", field)) ? "" : problem(field, texts);
            if (!problem.isEmpty()) {
                return problem;
            }
            metadata.put(field, texts);
        }
        converted.tree().put("metadata", metadata);
        return "";
    }

    private static String problem(String field, Map<String, Object> texts) {
        List<Map<String, Object>> causes =
                field.equals("labels") ? Validator.labels(texts) : Validator.annotations(texts);
        String all = causes.stream()
                .map(each -> each.get("field") + ": " + each.get("message"))
                .distinct()
                .collect(Collectors.joining(", "));
        return causes.size() > 1 ? "[" + all + "]" : all;
    }

    private static String goType(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number) {
            return value instanceof Double ? "float64" : "int64";
        }
        return value instanceof String
                ? "string"
                : value instanceof List ? "[]interface {}" : "map[string]interface {}";
    }
}
