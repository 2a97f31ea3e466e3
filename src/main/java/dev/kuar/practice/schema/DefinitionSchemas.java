package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The schemas of a CustomResourceDefinition: structural, and without what Kubernetes leaves out of OpenAPI. */
final class DefinitionSchemas {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final String ANYTHING = "x-kubernetes-preserve-unknown-fields";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String EITHER = "x-kubernetes-int-or-string";
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");

    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String typeless;

        Level(String typeless) {
            this.typeless = typeless;
        }
    }

    private DefinitionSchemas() {}

    /** @param holder has the schema; nothing is asked where it has none */
    static void check(KubeObject holder, String path, FieldErrors errors) {
        if (!(holder.at("openAPIV3Schema") instanceof Map<?, ?> map)) {
            return;
        }
        KubeObject schema = DefinitionRules.view(map);
        String at = path + ".openAPIV3Schema";
        if (schema.flag("nullable")) {
            errors.forbidden(at + ".nullable", "nullable cannot be true at the root");
        }
        FieldErrors structural = new FieldErrors();
        structural(schema, Level.ROOT, at, structural);
        List<Map<String, Object>> sorted = new ArrayList<>(structural.causes());
        sorted.sort(Comparator.comparing(each -> each.get("field") + ": " + each.get("message")));
        errors.addAll(sorted);
        openApi(schema, at, true, errors);
    }

    private static void structural(KubeObject schema, Level level, String path, FieldErrors errors) {
        String type = schema.text("type");
        if (type.equals("array") && schema.at("items") == null) {
            errors.required(path + ".items", "must be specified");
        }
        if (schema.at("items") instanceof Map<?, ?> items) {
            structural(DefinitionRules.view(items), Level.ITEM, path + ".items", errors);
        }
        schema.map("properties").forEach((name, each) -> {
            if (each instanceof Map<?, ?> map) {
                structural(DefinitionRules.view(map), Level.FIELD, path + ".properties[" + name + "]", errors);
            }
        });
        if (schema.at("additionalProperties") != null) {
            if (level == Level.ROOT) {
                errors.forbidden(path + ".additionalProperties", "must not be used at the root");
            }
            if (schema.at("additionalProperties") instanceof Map<?, ?> map) {
                structural(DefinitionRules.view(map), Level.FIELD, path + ".additionalProperties", errors);
            }
        }
        boolean either = schema.flag(EITHER);
        boolean anything = schema.flag(ANYTHING);
        boolean embedded = schema.flag(EMBEDDED);
        if (either && anything) {
            errors.invalid(path + "." + ANYTHING, true, "must be false if x-kubernetes-int-or-string is true");
        }
        if (either && embedded) {
            errors.invalid(path + "." + EMBEDDED, true, "must be false if x-kubernetes-int-or-string is true");
        }
        values(schema, either, path, errors);
        if (embedded && !type.equals("object")) {
            said(path + ".type", type, "must be object if x-kubernetes-embedded-resource is true", errors);
        } else if (type.isEmpty() && !either && !anything) {
            errors.required(path + ".type", level.typeless);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.invalid(path + ".type", type, "must be object at the root");
        }
        if (level == Level.ROOT || embedded) {
            metadata(schema, path, errors);
        }
        if (level == Level.ROOT) {
            rootMetadata(schema, path, errors);
        }
        if (embedded && !anything && schema.map("properties").isEmpty()) {
            errors.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    /** Refuses a type, whether it is another one or none. */
    private static void said(String path, String type, String why, FieldErrors errors) {
        if (type.isEmpty()) {
            errors.required(path, why);
        } else {
            errors.invalid(path, type, why);
        }
    }

    private static void metadata(KubeObject schema, String path, FieldErrors errors) {
        for (String name : List.of("kind", "apiVersion", "metadata")) {
            String wanted = name.equals("metadata") ? "object" : "string";
            if (schema.at("properties", name) != null
                    && !schema.text("properties", name, "type").equals(wanted)) {
                errors.invalid(
                        path + ".properties[" + name + "].type",
                        schema.text("properties", name, "type"),
                        "must be " + wanted);
            }
        }
    }

    private static void rootMetadata(KubeObject schema, String path, FieldErrors errors) {
        KubeObject metadata = KubeObject.of(schema.map("properties", "metadata"));
        Set<String> said = new HashSet<>(metadata.tree().keySet());
        said.removeAll(List.of("type", "default", "description"));
        Set<String> named = new HashSet<>(metadata.map("properties").keySet());
        named.removeAll(List.of("name", "generateName"));
        if (named.isEmpty()) {
            said.remove("properties");
        }
        if (!said.isEmpty()) {
            errors.forbidden(
                    path + ".properties[metadata]",
                    "must not specify anything other than name and generateName, but metadata is implicitly"
                            + " specified");
        }
    }

    /** What restricts values in a schema, and in those that it combines. */
    private static void values(KubeObject schema, boolean either, String path, FieldErrors errors) {
        for (String list : List.of("anyOf", "allOf", "oneOf")) {
            List<Map<String, Object>> all = schema.maps(list);
            for (int i = 0; i < all.size() && !(either && !list.equals("oneOf")); i++) {
                nested(KubeObject.of(all.get(i)), path + "." + list + "[" + i + "]", errors);
            }
        }
        if (schema.at("not") instanceof Map<?, ?> map) {
            nested(DefinitionRules.view(map), path + ".not", errors);
        }
        String pattern = schema.text("pattern");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            errors.invalid(
                    path + ".pattern",
                    pattern,
                    "must be a valid regular expression, but isn't: error parsing regexp: " + wrong.getDescription());
        }
    }

    private static void nested(KubeObject schema, String path, FieldErrors errors) {
        values(schema, false, path, errors);
        if (schema.at("items") instanceof Map<?, ?> items) {
            nested(DefinitionRules.view(items), path + ".items", errors);
        }
        schema.map("properties").forEach((name, each) -> {
            if (each instanceof Map<?, ?> map) {
                nested(DefinitionRules.view(map), path + ".properties[" + name + "]", errors);
            }
        });
        for (String[] field : new String[][] {
            {"type", "must be empty to be structural"},
            {"additionalProperties", "must be undefined to be structural"},
            {"default", "must be undefined to be structural"},
            {"title", "must be empty to be structural"},
            {"description", "must be empty to be structural"},
            {"nullable", "must be false to be structural"},
            {ANYTHING, "must be false to be structural"},
            {EMBEDDED, "must be false to be structural"},
            {EITHER, "must be false to be structural"},
            {KEYS, "must be empty to be structural"},
            {LIST_TYPE, "must be undefined to be structural"},
            {MAP_TYPE, "must be undefined to be structural"}
        }) {
            Object set = schema.at(field[0]);
            if (set != null && !Boolean.FALSE.equals(set)) {
                errors.forbidden(path + "." + field[0], field[1]);
            }
        }
        if (schema.at("properties", "metadata") != null) {
            errors.forbidden(path + ".properties[metadata]", "must not be specified in a nested context");
        }
    }

    private static void openApi(KubeObject schema, String path, boolean root, FieldErrors errors) {
        String type = schema.text("type");
        errors.oneOf(path + ".type", type, TYPES);
        for (String field :
                List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref")) {
            if (schema.at(field) != null) {
                errors.forbidden(path + "." + field, field + " is not supported");
            }
        }
        if (schema.at("items") instanceof List<?>) {
            errors.forbidden(path + ".items", "items must be a schema object and not an array");
        }
        if (schema.flag("uniqueItems")) {
            errors.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        Object additional = schema.at("additionalProperties");
        if (additional != null
                && !Boolean.TRUE.equals(additional)
                && !schema.map("properties").isEmpty()) {
            errors.forbidden(
                    path + ".additionalProperties", "additionalProperties and properties are mutual exclusive");
        }
        if (additional instanceof Map<?, ?> map) {
            openApi(DefinitionRules.view(map), path + ".additionalProperties", false, errors);
        }
        schema.map("properties").forEach((name, each) -> {
            if (each instanceof Map<?, ?> map) {
                String below = path + ".properties[" + name + "]";
                if (root && name.equals("metadata") && map.get("default") != null) {
                    errors.forbidden(below + ".default", "must not be set in top-level metadata");
                }
                openApi(DefinitionRules.view(map), below, false, errors);
            }
        });
        if (schema.at("items") instanceof Map<?, ?> map) {
            openApi(DefinitionRules.view(map), path + ".items", false, errors);
        }
        if (Boolean.FALSE.equals(schema.at(ANYTHING))) {
            errors.invalid(path + "." + ANYTHING, false, "must be true or undefined");
        }
        if (schema.at(MAP_TYPE) != null) {
            if (!type.equals("object")) {
                said(path + ".type", type, "must be object if x-kubernetes-map-type is specified", errors);
            }
            errors.oneOf(path + "." + MAP_TYPE, schema.at(MAP_TYPE), List.of("atomic", "granular"));
        }
        listType(schema, path, errors);
        DefinitionRulesOfCel.check(schema, path, errors);
    }

    private static void listType(KubeObject schema, String path, FieldErrors errors) {
        String listType = schema.text(LIST_TYPE);
        List<String> keys = schema.texts(KEYS);
        KubeObject items = KubeObject.of(schema.map("items"));
        if (!listType.isEmpty() && !schema.text("type").equals("array")) {
            said(path + ".type", schema.text("type"), "must be array if x-kubernetes-list-type is specified", errors);
        }
        errors.oneOf(path + "." + LIST_TYPE, listType, List.of("atomic", "set", "map"));
        if (!keys.isEmpty() && !listType.equals("map")) {
            said(path + "." + LIST_TYPE, listType, "must be map if x-kubernetes-list-map-keys is non-empty", errors);
        }
        if (!listType.equals("map")) {
            return;
        }
        if (keys.isEmpty()) {
            errors.required(path + "." + KEYS, "must not be empty if x-kubernetes-list-type is map");
        }
        if (schema.at("items") == null) {
            errors.required(path + ".items", "must have a schema if x-kubernetes-list-type is map");
            return;
        }
        if (!items.text("type").equals("object")) {
            errors.invalid(
                    path + ".items.type",
                    items.text("type"),
                    "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        for (String key : keys) {
            if (items.at("properties", key) == null) {
                errors.invalid(path + "." + KEYS, keys, "entries must all be names of item properties");
            } else if (List.of("array", "object").contains(items.text("properties", key, "type"))) {
                errors.invalid(
                        path + ".items.properties[" + key + "].type",
                        "object",
                        "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }
        }
        for (String key : keys) {
            if (items.at("properties", key) != null
                    && !items.texts("required").contains(key)
                    && items.at("properties", key, "default") == null) {
                errors.required(
                        path + ".items.properties[" + key + "].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            }
        }
    }
}
