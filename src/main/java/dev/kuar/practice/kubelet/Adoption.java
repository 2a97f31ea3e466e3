package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes over what a pod's status says from a time before this process: the cluster slept, its containers did not restart. */
final class Adoption {
    private Adoption() {}

    /** Whether anything ran before. */
    static boolean of(KubeObject pod, List<ContainerRecord> records) {
        boolean any = false;
        for (String field : List.of("initContainerStatuses", "containerStatuses")) {
            for (Map<String, Object> entry : pod.maps("status", field)) {
                KubeObject status = KubeObject.of(entry);
                for (ContainerRecord record : records) {
                    if (record.name().equals(status.text("name"))) {
                        any |= adopt(record, status);
                    }
                }
            }
        }
        return any;
    }

    private static boolean adopt(ContainerRecord record, KubeObject status) {
        String id = status.text("containerID");
        record.id = id.substring(id.indexOf("//") < 0 ? 0 : id.indexOf("//") + 2);
        record.imageId = status.text("imageID");
        record.imageName = status.text("image");
        record.restarts = (int) status.number(0, "restartCount");
        Map<String, Object> last = status.map("lastState", "terminated");
        if (!last.isEmpty()) {
            record.last = new LinkedHashMap<>(last);
        }
        Map<String, Object> ended = status.map("state", "terminated");
        if (!ended.isEmpty()) {
            record.terminated = new LinkedHashMap<>(ended);
            record.exitCode = (int) status.number(0, "state", "terminated", "exitCode");
            String at = status.text("state", "terminated", "finishedAt");
            record.finishedAt = at.isEmpty() ? null : Instant.parse(at);
            return true;
        }
        String since = status.text("state", "running", "startedAt");
        if (!since.isEmpty()) {
            record.startedAt = Instant.parse(since);
            return true;
        }
        if (!last.isEmpty()) {
            // What waits to be started again has ended before.
            record.terminated = record.last;
            record.last = null;
            record.exitCode = (int) status.number(0, "lastState", "terminated", "exitCode");
            String at = status.text("lastState", "terminated", "finishedAt");
            record.finishedAt = at.isEmpty() ? null : Instant.parse(at);
        }
        String reason = status.text("state", "waiting", "reason");
        if (!reason.equals("ContainerCreating") && !reason.equals("PodInitializing")) {
            record.fails(reason, status.text("state", "waiting", "message"));
            record.tell();
        }
        return false;
    }
}
