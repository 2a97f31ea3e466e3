package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Objects in another version than the stored one.
 *
 * <p>Custom resources and most kinds differ in their apiVersion alone. Events of {@code events.k8s.io} are core events
 * under other names; autoscaling/v1 is autoscaling/v2 with one metric moved.
 */
final class Versions {
    private static final Map<String, String> EVENT_NAMES = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "count", "deprecatedCount",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "reportingComponent", "reportingController");

    private Versions() {}

    /** How a stored object is served as {@code kind}. */
    static Stored served(Kind kind, Stored stored) {
        if (kind.storedAs().isEmpty() || kind.storedAs().equals(kind.apiVersion())) {
            return stored;
        }
        KubeObject converted = fromStored(kind, stored.object());
        return Stored.of(stored.key(), stored.modRevision(), converted, stored.bareItems());
    }

    /** A copy of a stored object's top level in the version of {@code kind}. */
    static KubeObject fromStored(Kind kind, KubeObject object) {
        return convert(kind, object, kind.apiVersion(), false);
    }

    /** A copy of the top level of an object of {@code kind} in the stored version. */
    static KubeObject toStored(Kind kind, KubeObject object) {
        return kind.storedAs().isEmpty() || kind.storedAs().equals(kind.apiVersion())
                ? object
                : convert(kind, object, kind.storedAs(), true);
    }

    private static KubeObject convert(Kind kind, KubeObject object, String apiVersion, boolean store) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (kind.kind().equals("Event") && kind.group().equals("events.k8s.io")) {
            object.tree().forEach((name, value) -> {
                if (store || !"".equals(value)) {
                    tree.put(renamed(name, store), value);
                }
            });
        } else {
            tree.putAll(object.tree());
        }
        tree.put("apiVersion", apiVersion);
        KubeObject result = KubeObject.of(tree);
        if (kind.kind().equals("HorizontalPodAutoscaler")) {
            if (store) {
                AutoscalerVersions.toV2(result);
            } else {
                AutoscalerVersions.toV1(result);
            }
        }
        return result;
    }

    private static String renamed(String name, boolean store) {
        for (Map.Entry<String, String> pair : EVENT_NAMES.entrySet()) {
            if (name.equals(store ? pair.getValue() : pair.getKey())) {
                return store ? pair.getKey() : pair.getValue();
            }
        }
        return name;
    }
}
