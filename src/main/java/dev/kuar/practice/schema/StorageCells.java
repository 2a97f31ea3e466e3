package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Volumes, claims and what provides them. */
final class StorageCells {
    private static final Map<String, String> MODES =
            Map.of("ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");

    private StorageCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("volume.phase", each -> each.isTerminating() ? "Terminating" : each.text("status", "phase"));
        cells.put("volume.modes", each -> modes(each.texts("spec", "accessModes")));
        cells.put("volume.claim", each -> {
            KubeObject claim = KubeObject.of(each.map("spec", "claimRef"));
            return claim.text("name").isEmpty() ? "" : claim.text("namespace") + "/" + claim.text("name");
        });
        cells.put("volume.class", each -> {
            String old = each.annotations().getOrDefault("volume.beta.kubernetes.io/storage-class", "");
            return old.isEmpty() ? each.text("spec", "storageClassName") : old;
        });
        cells.put(
                "claim.capacity",
                each -> each.text("spec", "volumeName").isEmpty() ? "" : each.text("status", "capacity", "storage"));
        cells.put(
                "claim.modes",
                each -> each.text("spec", "volumeName").isEmpty() ? "" : modes(each.texts("status", "accessModes")));
        cells.put("claim.state", each -> {
            String state = each.at("status", "allocation") == null
                    ? "pending"
                    : each.maps("status", "reservedFor").isEmpty() ? "allocated" : "allocated,reserved";
            return each.isTerminating() ? "deleted," + state : state;
        });
        cells.put("storageclass.name", each -> {
            boolean isDefault = "true".equals(each.annotations().get("storageclass.kubernetes.io/is-default-class"))
                    || "true".equals(each.annotations().get("storageclass.beta.kubernetes.io/is-default-class"));
            return isDefault ? each.name() + " (default)" : each.name();
        });
        cells.put("csidriver.audiences", each -> {
            List<String> audiences = each.maps("spec", "tokenRequests").stream()
                    .map(request -> KubeObject.of(request).text("audience"))
                    .toList();
            return audiences.isEmpty() ? Cells.UNSET : String.join(",", audiences);
        });
        cells.put("csidriver.modes", each -> {
            List<String> modes = each.texts("spec", "volumeLifecycleModes");
            return modes.isEmpty() ? Cells.NONE : String.join(",", modes);
        });
    }

    private static String modes(List<String> modes) {
        return String.join(
                ",",
                modes.stream()
                        .distinct()
                        .map(mode -> MODES.getOrDefault(mode, mode))
                        .toList());
    }
}
