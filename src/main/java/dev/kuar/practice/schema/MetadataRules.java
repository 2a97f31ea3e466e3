package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What every object's metadata must be. */
final class MetadataRules {
    private static final int ANNOTATIONS_LIMIT = 256 * 1024;
    private static final Set<String> LABEL_NAMES = Set.of("namespaces", "services", "resourceclaimtemplates");
    private static final Set<String> PATH_NAMES = Set.of(
            "roles",
            "rolebindings",
            "clusterroles",
            "clusterrolebindings",
            "apiservices",
            "flowschemas",
            "prioritylevelconfigurations");

    private MetadataRules() {}

    static void create(Kind kind, KubeObject object, FieldErrors errors) {
        if (kind.resource().isEmpty()) {
            return;
        }
        String name = object.name();
        if (name.isEmpty()) {
            errors.required("metadata.name", "name or generateName is required");
        } else {
            errors.syntax("metadata.name", name, name(kind, name));
        }
        common(object, errors);
    }

    private static List<String> name(Kind kind, String name) {
        if (LABEL_NAMES.contains(kind.resource()) && kind.group().isEmpty()) {
            return Syntax.label(name);
        }
        return PATH_NAMES.contains(kind.resource()) && !kind.isCustom()
                ? Syntax.pathSegment(name)
                : Syntax.subdomain(name);
    }

    static void update(KubeObject object, KubeObject old, FieldErrors errors) {
        common(object, errors);
        immutable(object, old, "name", errors);
        immutable(object, old, "namespace", errors);
        immutable(object, old, "uid", errors);
        immutable(object, old, "creationTimestamp", errors);
        if (old.isTerminating()) {
            List<String> added = object.finalizers().stream()
                    .filter(each -> !old.finalizers().contains(each))
                    .toList();
            if (!added.isEmpty()) {
                errors.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + goStrings(added));
            }
        }
    }

    private static String goStrings(List<String> values) {
        return "[]string{"
                + String.join(
                        ", ", values.stream().map(each -> "\"" + each + "\"").toList()) + "}";
    }

    private static void immutable(KubeObject object, KubeObject old, String field, FieldErrors errors) {
        Object now = object.at("metadata", field);
        if (now != null && !now.equals(old.at("metadata", field))) {
            errors.invalid("metadata." + field, now, "field is immutable");
        }
    }

    private static void common(KubeObject object, FieldErrors errors) {
        labels(object.map("metadata", "labels"), "metadata.labels", errors);
        long size = 0;
        for (Map.Entry<String, String> each : object.annotations().entrySet()) {
            errors.syntax(
                    "metadata.annotations",
                    each.getKey(),
                    Syntax.qualifiedName(each.getKey().toLowerCase(Locale.ROOT)));
            size += each.getKey().length() + each.getValue().length();
        }
        if (size > ANNOTATIONS_LIMIT) {
            errors.tooLong("metadata.annotations", ANNOTATIONS_LIMIT);
        }
        List<Map<String, Object>> owners = object.ownerReferences();
        for (int i = 0; i < owners.size(); i++) {
            KubeObject owner = KubeObject.of(owners.get(i));
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (owner.text(field).isEmpty()) {
                    errors.invalid("metadata.ownerReferences[" + i + "]." + field, "", "must not be empty");
                }
            }
        }
        List<String> finalizers = object.finalizers();
        for (int i = 0; i < finalizers.size(); i++) {
            errors.syntax("metadata.finalizers[" + i + "]", finalizers.get(i), Syntax.qualifiedName(finalizers.get(i)));
        }
    }

    static void labels(Map<String, Object> labels, String field, FieldErrors errors) {
        labels.forEach((name, value) -> {
            errors.syntax(field, name, Syntax.qualifiedName(name));
            errors.syntax(field, String.valueOf(value), Syntax.labelValue(String.valueOf(value)));
        });
    }
}
