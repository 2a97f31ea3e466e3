package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What all kinds have in common about their metadata, checked around the schema's own rules. */
final class KindRules {
    private KindRules() {}

    /** Puts the request's namespace into an object that has none; refuses another one. What is in none loses it. */
    static void settleNamespace(Kind kind, KubeObject object, String namespace) {
        if (!kind.namespaced()) {
            object.set(null, "metadata", "namespace");
            return;
        }
        checkNamespace(kind, object, namespace);
        if (object.namespace().isEmpty()) {
            insertNamespace(object, namespace);
        }
    }

    /** Refuses an object that says another namespace than the request. */
    static void checkNamespace(Kind kind, KubeObject object, String namespace) {
        String own = object.namespace();
        if (kind.namespaced() && !own.isEmpty() && !own.equals(namespace)) {
            throw Statuses.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /** Keeps the order that Kubernetes prints: name, generateName, namespace. */
    private static void insertNamespace(KubeObject object, String namespace) {
        Map<String, Object> before = object.map("metadata");
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, before, "name");
        put(metadata, before, "generateName");
        metadata.put("namespace", namespace);
        before.forEach(metadata::putIfAbsent);
        object.set(metadata, "metadata");
    }

    private static void put(Map<String, Object> to, Map<String, Object> from, String name) {
        if (from.containsKey(name)) {
            to.put(name, from.get(name));
        }
    }

    /** Puts an object and its metadata into the order that Kubernetes prints: metadata first, status last. */
    static void orderMetadata(KubeObject object) {
        Map<String, Object> before = object.map("metadata");
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String name : List.of(
                "name",
                "generateName",
                "namespace",
                "uid",
                "resourceVersion",
                "generation",
                "creationTimestamp",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "labels",
                "annotations",
                "ownerReferences",
                "finalizers",
                "managedFields")) {
            put(metadata, before, name);
        }
        before.forEach(metadata::putIfAbsent);
        object.set(metadata, "metadata");
        orderFields(object.tree());
    }

    private static void orderFields(Map<String, Object> tree) {
        int last = 0;
        for (String name : tree.keySet()) {
            if (rank(name) < last) {
                List<Map.Entry<String, Object>> fields = new ArrayList<>(new LinkedHashMap<>(tree).entrySet());
                fields.sort(Comparator.comparingInt(field -> rank(field.getKey())));
                tree.clear();
                fields.forEach(field -> tree.put(field.getKey(), field.getValue()));
                return;
            }
            last = rank(name);
        }
    }

    private static int rank(String name) {
        return switch (name) {
            case "kind", "apiVersion" -> 0;
            case "metadata" -> 1;
            case "status" -> 3;
            default -> 2;
        };
    }

    static void checkName(KubeObject object, String name) {
        if (object.name().isEmpty()) {
            throw Statuses.badRequest(
                    "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
        }
        if (!object.name().equals(name)) {
            throw Statuses.badRequest(
                    "the name of the object (" + object.name() + ") does not match the name on the URL (" + name + ")");
        }
    }

    /** The precondition that a uid in an update is. */
    static void checkUid(Kind kind, String key, KubeObject object, KubeObject old) {
        String wanted = object.uid();
        if (!wanted.isEmpty() && !wanted.equals(old.uid())) {
            throw Statuses.conflict(
                    kind.groupResource(),
                    old.name(),
                    "StorageError: invalid object, Code: 4, Key: " + key
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                            + wanted + ", UID in object meta: " + old.uid());
        }
    }

    /** 422 for a patch that changes the uid; upstream says it twice. */
    static void refuseNewUid(Kind kind, KubeObject now, KubeObject old) {
        if (!now.uid().equals(old.uid()) && !now.uid().isEmpty()) {
            Map<String, Object> cause = Statuses.cause(
                    "FieldValueInvalid",
                    "Invalid value: " + JsonWriter.text(now.uid()) + ": field is immutable",
                    "metadata.uid");
            throw Statuses.invalid(kind.group(), kind.kind(), now.name(), List.of(cause, cause));
        }
    }

    /** Whether two objects differ in nothing but their resourceVersion. */
    static boolean same(KubeObject one, KubeObject other) {
        for (Map.Entry<String, Object> entry : one.tree().entrySet()) {
            if (!entry.getKey().equals("metadata")
                    && !Objects.equals(entry.getValue(), other.tree().get(entry.getKey()))) {
                return false;
            }
        }
        if (one.tree().size() != other.tree().size()) {
            return false;
        }
        Map<String, Object> left = new LinkedHashMap<>(one.map("metadata"));
        Map<String, Object> right = new LinkedHashMap<>(other.map("metadata"));
        left.remove("resourceVersion");
        right.remove("resourceVersion");
        return left.equals(right);
    }

    /** Whether anything but metadata and status differs: what a generation counts. */
    static boolean sameSpec(KubeObject one, KubeObject other) {
        Map<String, Object> left = new LinkedHashMap<>(one.tree());
        Map<String, Object> right = new LinkedHashMap<>(other.tree());
        for (String part : List.of("metadata", "status", "apiVersion", "kind")) {
            left.remove(part);
            right.remove(part);
        }
        return left.equals(right);
    }
}
