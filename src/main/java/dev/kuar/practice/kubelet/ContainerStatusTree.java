package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One entry of {@code status.containerStatuses} and its like. */
final class ContainerStatusTree {
    private ContainerStatusTree() {}

    static Map<String, Object> of(ContainerRecord record) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("name", record.name());
        status.put("state", record.state());
        status.put("lastState", record.lastState());
        boolean initDone = record.kind() == ContainerRecord.Kind.INIT && record.succeeded();
        status.put("ready", record.ready || initDone);
        status.put("restartCount", (long) record.restarts);
        status.put("image", record.imageName.isEmpty() ? record.image() : record.imageName);
        status.put("imageID", record.imageId.isEmpty() ? "" : record.imageId);
        if (!record.id.isEmpty()) {
            status.put("containerID", "containerd://" + record.id);
        }
        if (record.kind() == ContainerRecord.Kind.INIT) {
            status.put("started", record.isSeenRunning());
        } else if (record.kind() != ContainerRecord.Kind.EPHEMERAL) {
            status.put("started", record.started);
        }
        Map<String, Object> requests = record.spec().map("resources", "requests");
        if (!requests.isEmpty() && !record.id.isEmpty()) {
            status.put("allocatedResources", requests);
        }
        if (!record.id.isEmpty()) {
            Map<String, Object> actual = record.actual;
            boolean runs = record.isRunning() && actual != null;
            Map<String, Object> resources =
                    new LinkedHashMap<>(runs ? actual : record.spec().map("resources"));
            resources.remove("claims");
            status.put("resources", resources);
        }
        addMounts(record, status);
        Container container = record.container;
        if (container != null && !record.id.isEmpty() && record.isRunning()) {
            Map<String, Object> linux = new LinkedHashMap<>();
            linux.put("uid", (long) container.uid());
            linux.put("gid", (long) container.gid());
            List<Object> groups = new ArrayList<>();
            container.groups().forEach(group -> groups.add((long) group));
            linux.put("supplementalGroups", groups);
            status.put("user", Map.of("linux", linux));
        }
        return status;
    }

    private static void addMounts(ContainerRecord record, Map<String, Object> status) {
        List<Object> mounts = new ArrayList<>();
        for (Map<String, Object> entry : record.spec().maps("volumeMounts")) {
            KubeObject mount = KubeObject.of(entry);
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("name", mount.text("name"));
            shown.put("mountPath", mount.text("mountPath"));
            if (mount.flag("readOnly")) {
                shown.put("readOnly", true);
                shown.put("recursiveReadOnly", "Disabled");
            }
            mounts.add(shown);
        }
        if (!mounts.isEmpty()) {
            status.put("volumeMounts", mounts);
        }
    }
}
