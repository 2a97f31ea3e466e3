package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CustomResourceDefinitions: names, scope, versions, and that schemas are structural. */
final class DefinitionRules implements KindRules {
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");

    @Override
    public void check(KubeObject definition, FieldErrors errors) {
        KubeObject spec = KubeObject.of(definition.map("spec"));
        String expected = spec.text("names", "plural") + "." + spec.text("group");
        if (!definition.name().equals(expected)) {
            errors.invalid("metadata.name", definition.name(), "must be spec.names.plural+\".\"+spec.group");
        }
        if (spec.text("group").isEmpty()) {
            errors.required("spec.group", "");
        } else {
            errors.syntax("spec.group", spec.text("group"), Syntax.subdomain(spec.text("group")));
        }
        if (spec.text("scope").isEmpty()) {
            errors.required("spec.scope", "");
        } else {
            errors.oneOf("spec.scope", spec.at("scope"), List.of("Cluster", "Namespaced"));
        }
        List<Map<String, Object>> versions = spec.maps("versions");
        long stored = versions.stream()
                .filter(each -> Boolean.TRUE.equals(each.get("storage")))
                .count();
        if (stored != 1) {
            List<Object> shown = new ArrayList<>();
            versions.forEach(each -> shown.add(internal(each)));
            errors.invalid("spec.versions", shown, "must have exactly one version marked as storage version");
        }
        for (int i = 0; i < versions.size(); i++) {
            String field = versions.size() == 1
                    ? "spec.validation.openAPIV3Schema"
                    : "spec.versions[" + i + "].schema.openAPIV3Schema";
            Map<String, Object> schema = KubeObject.of(versions.get(i)).map("schema", "openAPIV3Schema");
            if (KubeObject.of(versions.get(i)).at("schema") == null) {
                errors.required("spec.versions[" + i + "].schema.openAPIV3Schema", "schemas are required");
            } else {
                structural(KubeObject.of(schema), field, true, errors);
            }
        }
        for (String name : List.of("plural", "kind")) {
            if (spec.text("names", name).isEmpty()) {
                errors.required("spec.names." + name, "");
            }
        }
        if (stored == 0) {
            errors.invalid("status.storedVersions", null, "must have at least one stored version");
        }
    }

    private static void structural(KubeObject schema, String field, boolean root, FieldErrors errors) {
        String type = schema.text("type");
        boolean free = schema.flag("x-kubernetes-int-or-string") || schema.flag("x-kubernetes-preserve-unknown-fields");
        if (type.isEmpty() && !free) {
            errors.required(
                    field + ".type",
                    root ? "must not be empty at the root" : "must not be empty for specified object fields");
        } else if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.unsupported(field + ".type", type, TYPES);
        } else if (root && !type.equals("object") && !type.isEmpty()) {
            errors.invalid(field + ".type", type, "must be object at the root");
        }
        schema.map("properties").forEach((name, each) -> {
            if (each instanceof Map<?, ?> map) {
                structural(view(map), field + ".properties[" + name + "]", false, errors);
            }
        });
        if (schema.at("items") instanceof Map<?, ?> map) {
            structural(view(map), field + ".items", false, errors);
        }
        if (schema.at("additionalProperties") instanceof Map<?, ?> map && !map.isEmpty()) {
            structural(view(map), field + ".additionalProperties", false, errors);
        }
    }

    @SuppressWarnings("unchecked")
    private static KubeObject view(Map<?, ?> map) {
        return KubeObject.of((Map<String, Object>) map);
    }

    /** As upstream's internal type prints: a schema that all versions share stands elsewhere. */
    private static Map<String, @Nullable Object> internal(Map<String, Object> version) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("Name", version.getOrDefault("name", ""));
        shown.put("Served", version.getOrDefault("served", false));
        shown.put("Storage", version.getOrDefault("storage", false));
        shown.put("Deprecated", version.getOrDefault("deprecated", false));
        for (String name : List.of(
                "DeprecationWarning", "Schema", "Subresources", "AdditionalPrinterColumns", "SelectableFields")) {
            shown.put(name, null);
        }
        return shown;
    }

    @Override
    public void change(KubeObject definition, KubeObject old, FieldErrors errors) {
        for (String[] path : new String[][] {{"group"}, {"scope"}, {"names", "plural"}, {"names", "kind"}}) {
            KubeObject now = KubeObject.of(definition.map("spec"));
            if (!now.text(path).equals(KubeObject.of(old.map("spec")).text(path))) {
                errors.invalid("spec." + String.join(".", path), now.text(path), "field is immutable");
            }
        }
    }
}
