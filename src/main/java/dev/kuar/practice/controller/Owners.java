package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who controls an object. */
final class Owners {
    private Owners() {}

    /** The one owner reference that says {@code controller: true}. */
    static Optional<Map<String, Object>> controllerOf(KubeObject object) {
        for (Map<String, Object> reference : object.ownerReferences()) {
            if (Boolean.TRUE.equals(reference.get("controller"))) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    static boolean controls(KubeObject owner, KubeObject object) {
        return controllerOf(object)
                .map(reference -> owner.uid().equals(reference.get("uid")))
                .orElse(false);
    }

    /** The key of the controller, if it is of this kind. */
    static Optional<Key> controllerKey(KubeObject object, String kind) {
        return controllerOf(object)
                .filter(reference -> kind.equals(reference.get("kind")))
                .map(reference -> new Key(object.namespace(), Trees.text(reference, "name")));
    }

    static Map<String, Object> reference(KubeObject owner) {
        return Trees.map(
                "apiVersion", owner.apiVersion(),
                "kind", owner.kind(),
                "name", owner.name(),
                "uid", owner.uid(),
                "controller", true,
                "blockOwnerDeletion", true);
    }

    static List<Object> references(KubeObject owner) {
        return Trees.list(reference(owner));
    }
}
