package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CustomResourceDefinitions: names, scope, versions, conversion. What all versions share, upstream's internal type has once, and
 * errors name it there: {@code spec.validation}, {@code spec.subresources}, {@code spec.additionalPrinterColumns}.
 */
final class DefinitionRules implements KindRules {
    private static final String APPROVED = "api-approved.kubernetes.io";
    private static final String SEE = "see https://github.com/kubernetes/enhancements/pull/1111";

    @Override
    public void check(KubeObject definition, FieldErrors errors) {
        KubeObject spec = KubeObject.of(definition.map("spec"));
        String expected = spec.text("names", "plural") + "." + spec.text("group");
        if (!definition.name().equals(expected)) {
            errors.invalid("metadata.name", definition.name(), "must be spec.names.plural+\".\"+spec.group");
        }
        group(spec.text("group"), errors);
        if (spec.text("scope").isEmpty()) {
            errors.required("spec.scope", "");
        } else {
            errors.oneOf("spec.scope", spec.at("scope"), List.of("Cluster", "Namespaced"));
        }
        List<KubeObject> versions = new ArrayList<>();
        spec.maps("versions").forEach(each -> versions.add(KubeObject.of(each)));
        Object schema = shared(versions, "schema");
        Object subresources = shared(versions, "subresources");
        Object columns = shared(versions, "additionalPrinterColumns");
        if (schema == null) {
            for (int i = 0; i < versions.size(); i++) {
                if (versions.get(i).at("schema", "openAPIV3Schema") == null) {
                    errors.required("spec.versions[" + i + "].schema.openAPIV3Schema", "");
                }
            }
        }
        Set<String> names = new HashSet<>();
        boolean unique = true;
        for (int i = 0; i < versions.size(); i++) {
            KubeObject version = versions.get(i);
            String path = "spec.versions[" + i + "]";
            unique &= names.add(version.text("name"));
            joined(path + ".name", version.text("name"), "", errors);
            warning(version, path, errors);
            if (schema == null) {
                DefinitionSchemas.check(KubeObject.of(version.map("schema")), path + ".schema", errors);
            }
            if (subresources == null) {
                DefinitionParts.subresources(version, path + ".subresources", errors);
            }
            if (columns == null) {
                DefinitionParts.columns(version, path + ".additionalPrinterColumns", errors);
            }
        }
        long stored = versions.stream().filter(each -> each.flag("storage")).count();
        if (!unique) {
            errors.invalid("spec.versions", internal(spec), "must contain unique version names");
        }
        if (stored != 1) {
            errors.invalid("spec.versions", internal(spec), "must have exactly one version marked as storage version");
        }
        names(KubeObject.of(spec.map("names")), errors);
        if (schema instanceof Map<?, ?> map) {
            DefinitionSchemas.check(view(map), "spec.validation", errors);
        }
        if (subresources != null) {
            DefinitionParts.subresources(versions.get(0), "spec.subresources", errors);
        }
        if (columns != null) {
            DefinitionParts.columns(versions.get(0), "spec.additionalPrinterColumns", errors);
        }
        DefinitionParts.conversion(KubeObject.of(spec.map("conversion")), errors);
        if (stored == 0) {
            errors.invalid("status.storedVersions", null, "must have at least one stored version");
        }
        List<String> storedVersions = definition.texts("status", "storedVersions");
        for (int i = 0; i < storedVersions.size(); i++) {
            if (!names.contains(storedVersions.get(i))) {
                errors.invalid(
                        "status.storedVersions[" + i + "]",
                        storedVersions.get(i),
                        String.format(
                                Locale.ROOT,
                                "missing from spec.versions; %1$s was previously a storage version, and must remain in"
                                        + " spec.versions until a storage migration ensures no data remains persisted in"
                                        + " %1$s and removes %1$s from status.storedVersions",
                                storedVersions.get(i)));
            }
        }
        approval(definition, errors);
        if (spec.flag("preserveUnknownFields")) {
            errors.invalid(
                    "spec.preserveUnknownFields",
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
    }

    /** What all versions have alike; null where they differ or have nothing. */
    private static @Nullable Object shared(List<KubeObject> versions, String field) {
        Object first = versions.isEmpty() ? null : versions.get(0).at(field);
        boolean alike = versions.stream().allMatch(each -> Objects.equals(first, each.at(field)));
        return alike && !(first instanceof List<?> list && list.isEmpty()) ? first : null;
    }

    private static void group(String group, FieldErrors errors) {
        List<String> wrong = Syntax.subdomain(group);
        if (group.isEmpty()) {
            errors.required("spec.group", "");
        } else if (!wrong.isEmpty()) {
            errors.invalid("spec.group", group, String.join(",", wrong));
        } else if (!group.contains(".")) {
            errors.invalid("spec.group", group, "should be a domain with at least one dot");
        }
    }

    /** A DNS label; all that is wrong with it is one complaint. */
    private static void joined(String path, String text, String before, FieldErrors errors) {
        List<String> wrong = Syntax.dns1035(before.isEmpty() ? text : text.toLowerCase(Locale.ROOT));
        if (!wrong.isEmpty()) {
            errors.invalid(path, text, before + String.join(",", wrong));
        }
    }

    private static void warning(KubeObject version, String path, FieldErrors errors) {
        Object warning = version.at("deprecationWarning");
        String field = path + ".deprecationWarning";
        if (warning != null && !version.flag("deprecated")) {
            errors.invalid(field, warning, "can only be set for deprecated versions");
        } else if (warning instanceof String text) {
            if (Syntax.bytes(text) > 256) {
                errors.invalid(field, text, "must be <= 256 characters long");
            }
            if (text.isEmpty()) {
                errors.invalid(field, text, "must not be an empty string");
            }
        }
    }

    private static void names(KubeObject names, FieldErrors errors) {
        for (String name : List.of("plural", "singular", "kind", "listKind")) {
            if (names.text(name).isEmpty()) {
                errors.required("spec.names." + name, "");
            }
        }
        String mixed = "may have mixed case, but should otherwise match: ";
        for (String name : List.of("plural", "singular", "kind", "listKind")) {
            if (!names.text(name).isEmpty()) {
                joined("spec.names." + name, names.text(name), name.endsWith("ind") ? mixed : "", errors);
            }
        }
        list(names, "shortNames", errors);
        if (!names.text("kind").isEmpty() && names.text("kind").equals(names.text("listKind"))) {
            errors.invalid("spec.names.listKind", names.text("listKind"), "kind and listKind may not be the same");
        }
        list(names, "categories", errors);
    }

    private static void list(KubeObject names, String list, FieldErrors errors) {
        List<String> all = names.texts(list);
        for (int i = 0; i < all.size(); i++) {
            joined("spec.names." + list + "[" + i + "]", all.get(i), "", errors);
        }
    }

    /** Kubernetes' own groups are not anybody's. */
    private static void approval(KubeObject definition, FieldErrors errors) {
        String group = "." + definition.text("spec", "group");
        if (!group.endsWith(".k8s.io") && !group.endsWith(".kubernetes.io")) {
            return;
        }
        String given = definition.annotations().getOrDefault(APPROVED, "");
        String path = "metadata.annotations[" + APPROVED + "]";
        String demand = "protected groups must have approval annotation \"" + APPROVED + "\"";
        if (given.isEmpty()) {
            errors.required(path, demand + ", " + SEE);
        } else if (!given.startsWith("unapproved") && !isUrl(given)) {
            errors.invalid(path, given, demand + " with either a URL or a reason starting with \"unapproved\", " + SEE);
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null && uri.getHost() != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    static KubeObject view(Map<?, ?> map) {
        return KubeObject.of((Map<String, Object>) map);
    }

    /** The versions as upstream's internal type prints them: what all share stands elsewhere. */
    private static List<Object> internal(KubeObject spec) {
        List<Object> all = new ArrayList<>();
        for (Map<String, Object> version : spec.maps("versions")) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("Name", version.getOrDefault("name", ""));
            shown.put("Served", version.getOrDefault("served", false));
            shown.put("Storage", version.getOrDefault("storage", false));
            shown.put("Deprecated", version.getOrDefault("deprecated", false));
            for (String name : List.of(
                    "DeprecationWarning", "Schema", "Subresources", "AdditionalPrinterColumns", "SelectableFields")) {
                shown.put(name, null);
            }
            all.add(shown);
        }
        return all;
    }

    @Override
    public void change(KubeObject definition, KubeObject old, FieldErrors errors) {
        boolean established = old.maps("status", "conditions").stream()
                .map(KubeObject::of)
                .anyMatch(each -> each.text("type").equals("Established")
                        && each.text("status").equals("True"));
        if (established) {
            immutable(definition, old, errors, "scope");
            immutable(definition, old, errors, "names", "kind");
        }
        immutable(definition, old, errors, "group");
        immutable(definition, old, errors, "names", "plural");
    }

    private static void immutable(KubeObject definition, KubeObject old, FieldErrors errors, String... path) {
        KubeObject now = KubeObject.of(definition.map("spec"));
        if (!now.text(path).equals(KubeObject.of(old.map("spec")).text(path))) {
            errors.invalid("spec." + String.join(".", path), now.text(path), "field is immutable");
        }
    }
}
