package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.Objects;

/** Storage classes, which don't change once made. */
final class StorageClassRules implements KindRules {
    @Override
    public void check(KubeObject storageClass, FieldErrors errors) {
        if (storageClass.text("provisioner").isEmpty()) {
            errors.required("provisioner", "");
        }
    }

    @Override
    public void change(KubeObject now, KubeObject old, FieldErrors errors) {
        if (!Objects.equals(now.at("parameters"), old.at("parameters"))) {
            errors.forbidden("parameters", "updates to parameters are forbidden.");
        }
        if (!now.text("provisioner").equals(old.text("provisioner"))) {
            errors.invalid("provisioner", now.text("provisioner"), "field is immutable");
        }
        if (!now.text("reclaimPolicy").equals(old.text("reclaimPolicy"))) {
            errors.forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden.");
        }
        if (!now.text("volumeBindingMode").equals(old.text("volumeBindingMode"))) {
            errors.invalid("volumeBindingMode", now.text("volumeBindingMode"), "field is immutable");
        }
    }
}
