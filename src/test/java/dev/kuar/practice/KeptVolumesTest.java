package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pods wrote into volumes is there when the cluster is started again, until the volume goes. */
final class KeptVolumesTest {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    private static final GroupResource VOLUMES = GroupResource.core("persistentvolumes");

    private static final String CLAIM = """
            {"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}""";
    private static final String SHARE = """
            {"metadata": {"name": "%s"}, "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteMany"],
             "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "", "nfs": {"server": "10.0.0.9", "path": "/export"},
             "claimRef": {"namespace": "default", "name": "%s"}}}""";
    private static final String SHARED = """
            {"metadata": {"name": "%s"}, "spec": {"accessModes": ["ReadWriteMany"], "storageClassName": "",
             "resources": {"requests": {"storage": "1Gi"}}}}""";

    @TempDir
    private Path directory = Path.of("");

    private PracticeCluster start() {
        PracticeCluster cluster = PracticeCluster.start(
                new ClusterSpec("kept", "kind", 1, "v1.36.2", Optional.of(directory), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        return cluster;
    }

    private static KubeObject read(String json) {
        return KubeObject.of(JsonReader.readMap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static KubeObject pod(String name, String script, String volume, String restarts) {
        return read("""
                {"metadata": {"name": "%s"}, "spec": {"restartPolicy": "%s", "volumes": [{"name": "v", %s}],
                 "containers": [{"name": "c", "image": "busybox:1.36", "command": ["sh", "-c", "%s"],
                 "volumeMounts": [{"name": "v", "mountPath": "/v"}]}]}}""".formatted(name, restarts, volume, script.replace("\"", "\\\"")));
    }

    /** Runs a script to its end; what its pod ends as. */
    private static String run(ApiClient api, String name, String script, String volume) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        var following = api.informer(PODS).onChange((old, now) -> {
            if (now != null
                    && now.name().equals(name)
                    && now.text("status", "phase").matches("Succeeded|Failed")) {
                ended.countDown();
            }
        });
        try {
            api.create(PODS, "default", pod(name, script, volume, "Never"));
            assertThat(ended.await(2, TimeUnit.MINUTES)).as(name + " ended").isTrue();
            return api.get(PODS, "default", name).text("status", "phase");
        } finally {
            close(following);
        }
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_a_provisioner_made_is_for_everybody() throws InterruptedException {
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            api.create(CLAIMS, "default", read(CLAIM));
            String volume = "\"persistentVolumeClaim\": {\"claimName\": \"data\"}";
            assertThat(run(api, "mode", "[ $(stat -c %a /v) = 777 ]", volume)).isEqualTo("Succeeded");
        }
    }

    @Test
    void volumes_and_disks_outlive_the_process() throws InterruptedException {
        Map<String, String> volumes = Map.of(
                "claim", "\"persistentVolumeClaim\": {\"claimName\": \"data\"}",
                "host", "\"hostPath\": {\"path\": \"/mnt/data\"}",
                "share", "\"persistentVolumeClaim\": {\"claimName\": \"first\"}");
        try (PracticeCluster first = start()) {
            ApiClient api = first.client("test");
            api.create(CLAIMS, "default", read(CLAIM));
            api.create(VOLUMES, "", read(SHARE.formatted("first", "first")));
            api.create(CLAIMS, "default", read(SHARED.formatted("first")));
            for (Map.Entry<String, String> each : volumes.entrySet()) {
                String script = "mkdir /v/d && echo " + each.getKey()
                        + " > /v/d/f && ln -s d/f /v/l && chmod 600 /v/d/f" + " && echo gone > /v/g";
                assertThat(run(api, "write-" + each.getKey(), script, each.getValue()))
                        .as(each.getKey())
                        .isEqualTo("Succeeded");
                assertThat(run(api, "drop-" + each.getKey(), "rm /v/g", each.getValue()))
                        .as(each.getKey())
                        .isEqualTo("Succeeded");
            }
        }
        assertThat(directory.resolve(KeptVolumes.FILE)).exists();
        try (PracticeCluster second = start()) {
            ApiClient api = second.client("test");
            api.create(VOLUMES, "", read(SHARE.formatted("second", "second")));
            api.create(CLAIMS, "default", read(SHARED.formatted("second")));
            for (Map.Entry<String, String> each : volumes.entrySet()) {
                String script = "test \"$(cat /v/l)\" = " + each.getKey() + " && test ! -e /v/g"
                        + " && test \"$(stat -c %a /v/d/f)\" = 600";
                assertThat(run(api, "read-" + each.getKey(), script, each.getValue()))
                        .as(each.getKey())
                        .isEqualTo("Succeeded");
            }
            // Another volume of the same share has the same files.
            assertThat(run(
                            api,
                            "read-again",
                            "test \"$(cat /v/l)\" = share",
                            "\"persistentVolumeClaim\": {\"claimName\": \"second\"}"))
                    .isEqualTo("Succeeded");
        }
    }

    @Test
    void a_pods_own_directory_outlives_the_process_and_ends_with_the_pod() throws Exception {
        String script = "echo start >> /v/starts; test $(wc -l < /v/starts) -lt 2 || exit 7; sleep 1d";
        String uid;
        try (PracticeCluster first = start()) {
            ApiClient api = first.client("test");
            KubeObject pod = pod("keeps", script, "\"emptyDir\": {}", "Never");
            pod.maps("spec", "containers").get(0).put("readinessProbe", JsonReader.readMap("""
                                    {"exec": {"command": ["test", "-s", "/v/starts"]}, "periodSeconds": 1}""".getBytes(
                            StandardCharsets.UTF_8)));
            api.create(PODS, "default", pod);
            uid = await(api, "has written", KeptVolumesTest::isReady).uid();
        }
        try (KeptVolumes kept = new KeptVolumes(directory)) {
            assertThat(kept.load("pod/" + uid + "/v")).containsKey("starts");
        }
        try (PracticeCluster second = start()) {
            ApiClient api = second.client("test");
            // Its process runs again and finds what the first run left.
            assertThat(await(api, "has failed", each -> each.text("status", "phase")
                                    .equals("Failed"))
                            .uid())
                    .isEqualTo(uid);
            api.delete(PODS, "default", "keeps", DeleteOptions.NOW);
            assertThat(run(api, "after", "true", "\"emptyDir\": {}")).isEqualTo("Succeeded");
        }
        try (KeptVolumes kept = new KeptVolumes(directory)) {
            assertThat(kept.load("pod/" + uid + "/v")).isEmpty();
        }
    }

    private static boolean isReady(KubeObject pod) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(each -> "Ready".equals(each.get("type")) && "True".equals(each.get("status")));
    }

    private static KubeObject await(ApiClient api, String what, Predicate<KubeObject> state)
            throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        var following = api.informer(PODS).onChange((old, now) -> {
            if (now != null && now.name().equals("keeps") && state.test(now)) {
                there.countDown();
            }
        });
        try {
            assertThat(there.await(2, TimeUnit.MINUTES)).as(what).isTrue();
            return api.get(PODS, "default", "keeps");
        } finally {
            close(following);
        }
    }

    /** The cluster slept; its containers did not restart, and what they wrote is there until one does. */
    @Test
    void files_in_a_container_outlive_the_process_and_end_with_the_container() throws Exception {
        String script =
                "echo start >> /starts; rm -f /etc/motd /etc/group; test $(wc -l < /starts) -lt 2 || exit 7; sleep 1d";
        String first;
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            KubeObject pod = pod("keeps", script, "\"emptyDir\": {}", "OnFailure");
            pod.maps("spec", "containers").get(0).put("readinessProbe", JsonReader.readMap("""
                    {"exec": {"command": ["test", "!", "-e", "/etc/group"]}, "periodSeconds": 1}""".getBytes(
                            StandardCharsets.UTF_8)));
            api.create(PODS, "default", pod);
            first = container(await(api, "has written", KeptVolumesTest::isReady));
        }
        try (KeptVolumes kept = new KeptVolumes(directory)) {
            assertThat(kept.load("layer/" + first)).containsOnlyKeys("starts", "etc/group");
        }
        String second;
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            // The process runs again, finds what the first run left and ends; a new container finds nothing.
            KubeObject again = await(
                    api,
                    "runs in a new container",
                    each -> isReady(each)
                            && each.maps("status", "containerStatuses").get(0).get("restartCount") instanceof Long count
                            && count == 1);
            second = container(again);
            assertThat(KubeObject.of(again.maps("status", "containerStatuses").get(0))
                            .number(0, "lastState", "terminated", "exitCode"))
                    .isEqualTo(7);
        }
        assertThat(second).isNotEqualTo(first);
        try (KeptVolumes kept = new KeptVolumes(directory)) {
            assertThat(kept.load("layer/" + first)).isEmpty();
            assertThat(kept.load("layer/" + second)).containsOnlyKeys("starts", "etc/group");
        }
    }

    private static String container(KubeObject pod) {
        return String.valueOf(pod.maps("status", "containerStatuses").get(0).get("containerID"))
                .replaceFirst("containerd://", "");
    }

    /** The task "Configure a Pod to Use a PersistentVolume for Storage" of Kubernetes' documentation. */
    @Test
    void a_volume_on_the_nodes_disk_shows_what_lies_there() throws InterruptedException {
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            assertThat(run(
                            api,
                            "node-shell",
                            "mkdir -p /v/mnt/data && echo hello > /v/mnt/data/index.html",
                            "\"hostPath\": {\"path\": \"/\"}"))
                    .isEqualTo("Succeeded");
            api.create(VOLUMES, "", read("""
                            {"metadata": {"name": "task"}, "spec": {"storageClassName": "manual", "capacity": {"storage": "10Gi"},
                             "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/mnt/data"}}}"""));
            api.create(CLAIMS, "default", read("""
                            {"metadata": {"name": "task"}, "spec": {"storageClassName": "manual", "accessModes": ["ReadWriteOnce"],
                             "resources": {"requests": {"storage": "3Gi"}}}}"""));
            assertThat(run(
                            api,
                            "reader",
                            "test \"$(cat /v/index.html)\" = hello",
                            "\"persistentVolumeClaim\": {\"claimName\": \"task\"}"))
                    .isEqualTo("Succeeded");
        }
    }

    @Test
    void a_damaged_file_of_volumes_is_set_aside() throws Exception {
        Path file = directory.resolve(KeptVolumes.FILE);
        Files.writeString(file, "no store of anything");
        try (KeptVolumes kept = new KeptVolumes(directory)) {
            assertThat(kept.load("disk/a")).isEmpty();
            kept.save(Map.of("disk/a", Map.of("f", new byte[] {1})));
            assertThat(kept.load("disk/a")).containsOnlyKeys("f");
            kept.forget("disk/a");
            assertThat(kept.load("disk/a")).isEmpty();
        }
        assertThat(directory.resolve(KeptVolumes.FILE + ".damaged")).hasContent("no store of anything");
    }
}
