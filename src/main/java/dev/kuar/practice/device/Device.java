package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device that a slice offers.
 *
 * @param tree as it stands in the slice
 * @param slice that it stands in
 */
record Device(DeviceId id, KubeObject tree, KubeObject slice, Pool pool) {
    /** Whether several claims may have a share of it. */
    boolean isShared() {
        return tree.flag("allowMultipleAllocations");
    }

    /** Whether each device of the slice says for itself on which nodes it is. */
    private boolean choosesNodes() {
        return slice.flag("spec", "perDeviceNodeSelection");
    }

    boolean isOn(KubeObject node) {
        return !choosesNodes() || isOn(node, tree);
    }

    /** Where the device is, or the slice. */
    KubeObject place() {
        return choosesNodes() ? tree : KubeObject.of(slice.map("spec"));
    }

    /** @param place what names nodes: a slice's spec or a device */
    static boolean isOn(KubeObject node, KubeObject place) {
        if (!place.text("nodeName").isEmpty()) {
            return place.text("nodeName").equals(node.name());
        }
        return place.flag("allNodes")
                || place.maps("nodeSelector", "nodeSelectorTerms").stream()
                        .anyMatch(term -> NodeSelection.matchesTerm(KubeObject.of(term), node));
    }

    /** The attribute of that full name; the driver's domain may be left out where it stands. */
    @Nullable
    KubeObject attribute(String name) {
        Map<String, Object> attributes = tree.map("attributes");
        Object value = attributes.get(name);
        int slash = name.indexOf('/');
        if (value == null && slash >= 0 && name.substring(0, slash).equals(id.driver())) {
            value = attributes.get(name.substring(slash + 1));
        }
        return value == null ? null : tree(value);
    }

    @SuppressWarnings("unchecked")
    static KubeObject tree(@Nullable Object value) {
        return KubeObject.of(value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }
}
