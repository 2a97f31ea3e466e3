package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What claims have of all devices: whole ones, and shares of those that several may have. */
public final class TakenDevices {
    private final Set<DeviceId> whole = new HashSet<>();
    private final Set<DeviceId> shared = new HashSet<>();
    private final Amounts<DeviceId> shares = new Amounts<>();

    /** What the claims that are allocated have; what an administrator looks at is not taken. */
    public static TakenDevices by(Iterable<KubeObject> claims) {
        TakenDevices taken = new TakenDevices();
        for (KubeObject claim : claims) {
            for (Map<String, Object> tree : claim.maps("status", "allocation", "devices", "results")) {
                KubeObject result = KubeObject.of(tree);
                if (!result.flag("adminAccess")) {
                    taken.add(result);
                }
            }
        }
        return taken;
    }

    private void add(KubeObject result) {
        DeviceId id = DeviceId.of(result);
        if (result.text("shareID").isEmpty()) {
            whole.add(id);
            return;
        }
        shared.add(id);
        if (result.at("consumedCapacity") != null) {
            Map<String, Quantity> consumed = new HashMap<>();
            result.map("consumedCapacity").forEach((name, amount) -> consumed.put(name, Quantity.of(amount)));
            shares.add(id, consumed);
        }
    }

    boolean isWhole(DeviceId id) {
        return whole.contains(id);
    }

    /** Whether anybody has the device or a share of it. */
    boolean isAny(DeviceId id) {
        return whole.contains(id) || shared.contains(id);
    }

    boolean isConsumed(DeviceId id) {
        return shares.has(id);
    }

    Map<String, Quantity> consumed(DeviceId id) {
        return shares.of(id);
    }
}
