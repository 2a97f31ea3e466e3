package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request of a claim, or one of its alternatives.
 *
 * @param parent the request that this is an alternative of; empty for a request
 * @param tree what is asked for: class, mode, count and the rest
 */
record Wish(String parent, String name, KubeObject tree) {
    /** The request itself, or its alternatives in their order. */
    static List<Wish> of(KubeObject request) {
        List<Wish> wishes = new ArrayList<>();
        String name = request.text("name");
        for (Map<String, Object> each : request.maps("firstAvailable")) {
            KubeObject alternative = KubeObject.of(each);
            wishes.add(new Wish(name, alternative.text("name"), alternative));
        }
        return wishes.isEmpty() ? List.of(new Wish("", name, KubeObject.of(request.map("exactly")))) : wishes;
    }

    boolean isAlternative() {
        return !parent.isEmpty();
    }

    /** {@code gpu}, or {@code gpu/large} of an alternative. */
    String fullName() {
        return isAlternative() ? parent + "/" + name : name;
    }

    String className() {
        return tree.text("deviceClassName");
    }

    String mode() {
        String mode = tree.text("allocationMode");
        return mode.isEmpty() ? "ExactCount" : mode;
    }

    boolean wantsAll() {
        return mode().equals("All");
    }

    long count() {
        return tree.number(1, "count");
    }

    boolean isAdmin() {
        return !isAlternative() && tree.flag("adminAccess");
    }

    List<Map<String, Object>> selectors() {
        return tree.maps("selectors");
    }

    List<Map<String, Object>> tolerations() {
        return tree.maps("tolerations");
    }

    /** How much is asked for of a device's capacities, by their names. */
    Map<String, Quantity> capacities() {
        Map<String, Quantity> asked = new HashMap<>();
        tree.map("capacity", "requests").forEach((name, amount) -> asked.put(name, Quantity.of(amount)));
        return asked;
    }

    /** Whether a taint of the device keeps it from this. */
    boolean isRefusedBy(Device device) {
        return device.tree().maps("taints").stream()
                .filter(taint -> "NoSchedule".equals(taint.get("effect")) || "NoExecute".equals(taint.get("effect")))
                .anyMatch(taint -> tolerations().stream().noneMatch(each -> DeviceToleration.tolerates(each, taint)));
    }
}
