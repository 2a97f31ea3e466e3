package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The schemas of an OpenAPI document: the types of some kinds and all that these refer to, described. */
final class OpenApiSchemas {
    private static final String ANYTHING = "x-kubernetes-preserve-unknown-fields";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private final boolean v3;
    private Types types = Types.builtIn();
    private final Descriptions descriptions = new Descriptions();
    private final Map<String, Object> all = new TreeMap<>();

    OpenApiSchemas(boolean v3) {
        this.v3 = v3;
    }

    Map<String, Object> all() {
        return all;
    }

    void add(Kind kind) {
        if (kind.isCustom()) {
            custom(kind);
            return;
        }
        types = kind.schema().types();
        String name = kind.schema().reference();
        named(name);
        if (kind.verbs().contains("list")) {
            named(name + "List");
        }
        kind.subresources().forEach(part -> {
            if (part.kind().equals("Scale")) {
                named("io.k8s.api.autoscaling.v1.Scale");
            } else if (part.kind().equals("Eviction")) {
                named("io.k8s.api.policy.v1.Eviction");
            } else if (part.kind().equals("TokenRequest")) {
                named("io.k8s.api.authentication.v1.TokenRequest");
            }
        });
        for (String each : List.of("Status", "APIResourceList", "Patch")) {
            named(META + each);
        }
        for (String each : List.of("DeleteOptions", "WatchEvent")) {
            named(META + each);
            if (v3) {
                everywhere(each, kind);
            }
        }
    }

    /** Kinds of every group: a v3 document names the core group and its own. */
    private void everywhere(String name, Kind kind) {
        List<Object> kinds = new ArrayList<>();
        kinds.add(gvk("", name, "v1"));
        if (!kind.group().isEmpty()) {
            kinds.add(gvk(kind.group(), name, kind.version()));
        }
        Map<String, Object> schema =
                new LinkedHashMap<>(map(Objects.requireNonNullElse(all.get(META + name), Map.of())));
        schema.put("x-kubernetes-group-version-kind", kinds);
        all.put(META + name, schema);
    }

    private static Map<String, Object> gvk(String group, String kind, String version) {
        Map<String, Object> gvk = new LinkedHashMap<>();
        gvk.put("group", group);
        gvk.put("kind", kind);
        gvk.put("version", version);
        return gvk;
    }

    /** The schema of a type that no kind is made of. */
    void addType(String name) {
        named(name);
    }

    private void named(String name) {
        Map<String, Object> facts = types.find(name);
        if (facts == null || all.containsKey(name)) {
            return;
        }
        all.put(name, Map.of());
        Map<String, Object> schema = new LinkedHashMap<>();
        String words = descriptions.of(name, "");
        if (!words.isEmpty()) {
            schema.put("description", words);
        }
        schema.putAll(shape(facts, name));
        schema.remove(ANYTHING);
        all.put(name, schema);
    }

    private Map<String, Object> shape(Map<String, Object> facts, String owner) {
        Map<String, Object> shape = new LinkedHashMap<>();
        facts.forEach((word, value) -> {
            switch (word) {
                case "$ref" -> reference((String) value, facts, shape);
                case "properties" -> shape.put("properties", properties(map(value), owner));
                case "items", "additionalProperties" ->
                    shape.put(word, value instanceof Map<?, ?> ? shape(map(value), "") : value);
                case "default" -> {
                    if (v3) {
                        shape.put(word, value);
                    }
                }
                default -> shape.put(word, value);
            }
        });
        if ("quantity".equals(shape.get("format"))) {
            shape.remove("format");
            alternatives(shape, "string", "number");
        } else if ("int-or-string".equals(shape.get("format"))) {
            alternatives(shape, "integer", "string");
        }
        return shape;
    }

    private void alternatives(Map<String, Object> shape, String one, String other) {
        if (v3) {
            shape.remove("type");
            shape.put("oneOf", List.of(Map.of("type", one), Map.of("type", other)));
        }
    }

    private void reference(String name, Map<String, Object> facts, Map<String, Object> shape) {
        named(name);
        String target = (v3 ? "#/components/schemas/" : "#/definitions/") + name;
        if (v3 && facts.size() > 1) {
            List<Object> one = new ArrayList<>();
            one.add(Map.of("$ref", target));
            shape.put("allOf", one);
        } else {
            shape.put("$ref", target);
        }
    }

    private Map<String, Object> properties(Map<String, Object> fields, String owner) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            Map<String, Object> facts = map(field);
            String words = words(owner, name, facts);
            Map<String, Object> property = new LinkedHashMap<>();
            if (!words.isEmpty()) {
                property.put("description", words);
                if (v3 && facts.containsKey("$ref") && facts.size() == 1) {
                    Map<String, Object> described = new LinkedHashMap<>(facts);
                    described.put("description", words);
                    facts = described;
                }
            }
            property.putAll(shape(facts, ""));
            properties.put(name, property);
        });
        return properties;
    }

    /** A field's own words, with what values it takes; empty where only its type is described. */
    private String words(String owner, String field, Map<String, Object> facts) {
        String own = descriptions.of(owner, field);
        if (facts.get("enum") instanceof List<?> values
                && !own.isEmpty()
                && !own.contains("\n\nPossible enum values:\n")) {
            StringBuilder text = new StringBuilder(own).append("\n\nPossible enum values:");
            values.forEach(value -> text.append("\n - `\"").append(value).append("\"`"));
            return text.toString();
        }
        return own;
    }

    /** The name of a kind's schema: its type's, or for custom kinds the group's labels from the last to the first. */
    static String name(Kind kind) {
        if (!kind.isCustom()) {
            return kind.schema().reference();
        }
        List<String> labels = new ArrayList<>(List.of(kind.group().split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels) + "." + kind.version() + "." + kind.kind();
    }

    private void custom(Kind kind) {
        boolean anything = !v3 && Boolean.TRUE.equals(kind.schema().facts().get(ANYTHING));
        Map<String, Object> schema = new LinkedHashMap<>(
                anything ? Map.of("type", "object") : kind.schema().facts());
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("apiVersion", described(META + "DeleteOptions", "apiVersion", Map.of("type", "string")));
        properties.put("kind", described(META + "DeleteOptions", "kind", Map.of("type", "string")));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("description", "Standard object's metadata.");
        metadata.put("$ref", META + "ObjectMeta");
        properties.put("metadata", shape(metadata, ""));
        if (schema.get("properties") instanceof Map<?, ?> own) {
            map(own).forEach(properties::putIfAbsent);
        }
        if (!anything) {
            // Clients of v2 take what is not named for forbidden.
            schema.put("properties", properties);
        }
        schema.put("x-kubernetes-group-version-kind", List.of(gvk(kind.group(), kind.kind(), kind.version())));
        all.put(name(kind), schema);
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("description", kind.kind() + "List is a list of " + kind.kind());
        list.put("type", "object");
        list.put("required", List.of("items"));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", described(META + "DeleteOptions", "apiVersion", Map.of("type", "string")));
        Map<String, Object> items = new LinkedHashMap<>();
        items.put(
                "description",
                "List of " + kind.resource() + ". More info:"
                        + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md");
        items.put("type", "array");
        items.put("items", shape(Map.of("$ref", name(kind)), ""));
        fields.put("items", items);
        fields.put("kind", described(META + "DeleteOptions", "kind", Map.of("type", "string")));
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put(
                "description",
                "Standard list metadata. More info:"
                        + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds");
        meta.put("$ref", META + "ListMeta");
        fields.put("metadata", shape(meta, ""));
        list.put("properties", fields);
        list.put("x-kubernetes-group-version-kind", List.of(gvk(kind.group(), kind.kind() + "List", kind.version())));
        all.put(name(kind) + "List", list);
        for (String each : List.of("Status", "Patch", "DeleteOptions")) {
            named(META + each);
        }
    }

    private Map<String, Object> described(String type, String field, Map<String, Object> facts) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", descriptions.of(type, field));
        property.putAll(facts);
        return property;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
