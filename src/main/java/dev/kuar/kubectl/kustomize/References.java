package dev.kuar.kubectl.kustomize;

import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows renamed objects: whoever names one gets its new name. */
final class References {
    private static final Map<String, String> FIELDS = Map.of(
            "configMap/name", "ConfigMap",
            "configMapRef/name", "ConfigMap",
            "configMapKeyRef/name", "ConfigMap",
            "secret/secretName", "Secret",
            "secret/name", "Secret",
            "secretRef/name", "Secret",
            "secretKeyRef/name", "Secret",
            "persistentVolumeClaim/claimName", "PersistentVolumeClaim",
            "service/name", "Service");

    private References() {}

    static void rename(Tree object, Map<String, String> names) {
        walk(object.value(), "", names);
        String account = object.text("spec", "template", "spec", "serviceAccountName");
        if (names.containsKey("ServiceAccount/" + account)) {
            object.set(names.get("ServiceAccount/" + account), "spec", "template", "spec", "serviceAccountName");
        }
        for (Tree reference : object.items("subjects")) {
            renameKind(reference, names);
        }
        renameKind(object.at("roleRef"), names);
        renameKind(object.at("spec", "scaleTargetRef"), names);
    }

    private static void renameKind(Tree reference, Map<String, String> names) {
        String fresh = names.get(reference.kind() + "/" + reference.text("name"));
        if (fresh != null) {
            reference.set(fresh, "name");
        }
    }

    private static void walk(@Nullable Object part, String key, Map<String, String> names) {
        if (part instanceof List<?> list) {
            list.forEach(item -> walk(item, key, names));
        } else if (part instanceof Map<?, ?> map) {
            Tree tree = new Tree(part);
            for (String field : List.of("name", "secretName", "claimName")) {
                String kind = FIELDS.get(key + "/" + field);
                String fresh = kind == null ? null : names.get(kind + "/" + tree.text(field));
                if (fresh != null) {
                    tree.set(fresh, field);
                }
            }
            map.forEach((name, item) -> walk(item, String.valueOf(name), names));
        }
    }
}
