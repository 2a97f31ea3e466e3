package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Claims on volumes; their spec stays as it is, but for a size that grows. */
final class ClaimRules implements KindRules {
    static final List<String> MODES = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    @Override
    public void check(KubeObject claim, FieldErrors errors) {
        List<String> modes = claim.texts("spec", "accessModes");
        if (modes.isEmpty()) {
            errors.required("spec.accessModes", "at least 1 access mode is required");
        }
        modes.forEach(mode -> errors.oneOf("spec.accessModes", mode, MODES));
        Object storage = claim.at("spec", "resources", "requests", "storage");
        if (storage == null) {
            errors.required("spec.resources[storage]", "");
        } else if (Quantity.of(storage).compareTo(Quantity.ZERO) <= 0) {
            errors.invalid("spec.resources[storage]", storage, "must be greater than zero");
        }
        String storageClass = claim.text("spec", "storageClassName");
        if (!storageClass.isEmpty()) {
            errors.syntax("spec.storageClassName", storageClass, Syntax.subdomain(storageClass));
        }
    }

    @Override
    public void change(KubeObject claim, KubeObject old, FieldErrors errors) {
        boolean bound = claim.text("status", "phase").equals("Bound");
        KubeObject before = KubeObject.of(KubeObject.copyOf(old.map("spec")));
        KubeObject now = KubeObject.of(KubeObject.copyOf(claim.map("spec")));
        if (before.text("volumeName").isEmpty()) {
            before.set(now.at("volumeName"), "volumeName");
        }
        if (bound) {
            now.set(before.at("resources", "requests", "storage"), "resources", "requests", "storage");
            now.set(before.at("volumeAttributesClassName"), "volumeAttributesClassName");
        }
        if (!now.tree().equals(before.tree())) {
            errors.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n" + GoStructs.diff("PersistentVolumeClaimSpec", before.tree(), now.tree()));
        }
        Quantity size = size(claim, "spec", "resources", "requests");
        if (size.compareTo(size(old, "spec", "resources", "requests")) < 0
                && size.compareTo(size(old, "status", "capacity")) <= 0) {
            errors.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
        if (!Objects.equals(claim.at("spec", "volumeMode"), old.at("spec", "volumeMode"))) {
            errors.invalid("volumeMode", claim.at("spec", "volumeMode"), "field is immutable");
        }
    }

    private static Quantity size(KubeObject claim, String... path) {
        Map<String, Object> sizes = claim.map(path);
        Object size = sizes.get("storage");
        return size == null ? Quantity.ZERO : Quantity.of(size);
    }
}
