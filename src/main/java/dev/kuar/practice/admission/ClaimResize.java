package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;

/** A claim grows only when it is bound and its storage class allows it. */
final class ClaimResize implements Admission {
    private static final GroupResource CLASSES = GroupResource.of("storage.k8s.io", "storageclasses");

    private final ClusterReader reader;

    ClaimResize(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("", "persistentvolumeclaims") || !request.isUpdate()) {
            return;
        }
        KubeObject old = request.before();
        if (size(request.now()).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.text("status", "phase").equals("Bound")) {
            throw request.forbidden("Only bound persistent volume claims can be expanded");
        }
        String name = request.now().text("spec", "storageClassName");
        boolean allowed = !name.isEmpty()
                && name.equals(old.text("spec", "storageClassName"))
                && reader.find(CLASSES, "", name)
                        .map(each -> each.flag("allowVolumeExpansion"))
                        .orElse(false);
        if (!allowed) {
            throw request.forbidden("only dynamically provisioned pvc can be resized and the storageclass that"
                    + " provisions the pvc must support resize");
        }
    }

    private static Quantity size(KubeObject claim) {
        Object size = claim.at("spec", "resources", "requests", "storage");
        return size == null ? Quantity.ZERO : Quantity.of(size);
    }
}
