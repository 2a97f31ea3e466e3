package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.List;
import java.util.Map;

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
        if (!fixed(claim).equals(fixed(old))) {
            errors.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims");
            return;
        }
        Object now = claim.at("spec", "resources", "requests", "storage");
        Object before = old.at("spec", "resources", "requests", "storage");
        if (now != null && before != null) {
            int order = Quantity.of(now).compareTo(Quantity.of(before));
            if (order < 0) {
                errors.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
            } else if (order > 0 && !old.text("status", "phase").equals("Bound")) {
                errors.forbidden(
                        "spec",
                        "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                                + " bound claims");
            }
        }
    }

    private static Map<String, Object> fixed(KubeObject claim) {
        KubeObject spec = KubeObject.of(KubeObject.copyOf(claim.map("spec")));
        spec.set(null, "resources");
        spec.set(null, "volumeAttributesClassName");
        spec.set(null, "volumeName");
        return spec.tree();
    }
}
