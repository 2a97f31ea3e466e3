package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CSINode that a kubelet makes for its node: no driver, and the in-tree plugins that have moved out. */
final class CsiNode {
    private static final String MIGRATED = "kubernetes.io/aws-ebs,kubernetes.io/azure-disk,kubernetes.io/azure-file,"
            + "kubernetes.io/cinder,kubernetes.io/gce-pd,kubernetes.io/portworx-volume,kubernetes.io/vsphere-volume";

    private CsiNode() {}

    static KubeObject of(KubeObject node) {
        KubeObject made = KubeObject.create("storage.k8s.io/v1", "CSINode", "", node.name());
        made.set(MIGRATED, "metadata", "annotations", "storage.alpha.kubernetes.io/migrated-plugins");
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", "v1");
        owner.put("kind", "Node");
        owner.put("name", node.name());
        owner.put("uid", node.uid());
        made.set(new ArrayList<>(List.of(owner)), "metadata", "ownerReferences");
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("drivers", null);
        made.set(spec, "spec");
        return made;
    }
}
