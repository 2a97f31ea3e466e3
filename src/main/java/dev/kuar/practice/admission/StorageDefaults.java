package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The default class of claims and ingresses, and the finalizers that keep volumes and claims while they are in use. */
final class StorageDefaults implements Admission {
    private static final GroupResource CLASSES = GroupResource.of("storage.k8s.io", "storageclasses");
    private static final GroupResource INGRESS_CLASSES = GroupResource.of("networking.k8s.io", "ingressclasses");

    private final ClusterReader reader;

    StorageDefaults(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isCreate()) {
            return;
        }
        if (request.isFor("", "persistentvolumeclaims")) {
            protect(request.now(), "kubernetes.io/pvc-protection");
            defaultClass(request.now(), CLASSES, "storageclass.kubernetes.io/is-default-class", "storageClassName");
        } else if (request.isFor("", "persistentvolumes")) {
            protect(request.now(), "kubernetes.io/pv-protection");
        } else if (request.isFor("networking.k8s.io", "ingresses")
                && !request.now().annotations().containsKey("kubernetes.io/ingress.class")) {
            defaultClass(
                    request.now(), INGRESS_CLASSES, "ingressclass.kubernetes.io/is-default-class", "ingressClassName");
        }
    }

    private static void protect(KubeObject object, String finalizer) {
        if (!object.finalizers().contains(finalizer)) {
            List<Object> all = new ArrayList<>(object.finalizers());
            all.add(finalizer);
            object.set(all, "metadata", "finalizers");
        }
    }

    private void defaultClass(KubeObject object, GroupResource classes, String annotation, String field) {
        if (object.at("spec", field) != null) {
            return;
        }
        Optional<KubeObject> newest = reader.list(classes, "").stream()
                .filter(each -> "true".equals(each.annotations().get(annotation)))
                .max(Comparator.comparing((KubeObject each) -> each.text("metadata", "creationTimestamp"))
                        .thenComparing(KubeObject::name, Comparator.reverseOrder()));
        newest.ifPresent(each -> object.set(each.name(), "spec", field));
    }
}
