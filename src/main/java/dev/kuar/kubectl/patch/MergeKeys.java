package dev.kuar.kubectl.patch;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By what lists of built-in kinds are merged: {@code x-kubernetes-patch-merge-key} of Kubernetes' OpenAPI. */
final class MergeKeys {
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("volumes", "name"),
            Map.entry("env", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("secrets", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("resourceClaims", "name"),
            Map.entry("ownerReferences", "uid"),
            Map.entry("addresses", "type"),
            Map.entry("conditions", "type"));
    private static final Set<String> SETS = Set.of("finalizers");

    private MergeKeys() {}

    /** The key of the objects in list {@code field}; null where the list is replaced whole. {@code kind} is the object's. */
    static @Nullable String of(String field, String kind) {
        if ("ports".equals(field)) {
            return "Service".equals(kind) ? "port" : "containerPort";
        }
        return KEYS.get(field);
    }

    /** Whether a list of texts is a set. */
    static boolean isSet(String field) {
        return SETS.contains(field);
    }

    /** Maps that a patch replaces or keeps only the named keys of. */
    static boolean retainsKeys(String field) {
        return "strategy".equals(field) || "volumes".equals(field);
    }
}
