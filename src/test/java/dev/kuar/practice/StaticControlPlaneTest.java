package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane is as its manifests on the node's disk say, also after a restart. */
final class StaticControlPlaneTest {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final String NODE = "static-control-plane";
    private static final String SCHEDULER = "kube-scheduler-" + NODE;
    private static final String MANIFEST = "/host/etc/kubernetes/manifests/kube-scheduler.yaml";

    @TempDir
    private Path directory = Path.of("");

    private PracticeCluster start() {
        PracticeCluster cluster = PracticeCluster.start(
                new ClusterSpec("static", "kind", 1, "v1.36.2", Optional.of(directory), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        return cluster;
    }

    /** @param node where it runs; empty for where the scheduler puts it */
    private static void create(ApiClient api, String name, String node, String script) {
        KubeObject pod =
                KubeObject.of(JsonReader.readMap("""
                {"metadata": {"name": "%s"}, "spec": {"restartPolicy": "Never", "volumes": [{"name": "v", "hostPath": {"path": "/"}}],
                 "tolerations": [{"operator": "Exists"}],
                 "containers": [{"name": "c", "image": "busybox:1.36", "command": ["sh", "-c", "%s"],
                 "volumeMounts": [{"name": "v", "mountPath": "/host"}]}]}}""".formatted(name, script).getBytes(StandardCharsets.UTF_8)));
        if (!node.isEmpty()) {
            pod.set(node, "spec", "nodeName");
        }
        api.create(PODS, "default", pod);
    }

    private static void await(ApiClient api, String namespace, String name, Predicate<@Nullable KubeObject> state)
            throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        AutoCloseable following = api.informer(PODS).onChange((old, now) -> {
            KubeObject pod = now == null ? old : now;
            if (pod != null && pod.name().equals(name) && pod.namespace().equals(namespace) && state.test(now)) {
                there.countDown();
            }
        });
        if (state.test(api.find(PODS, namespace, name).orElse(null))) {
            there.countDown();
        }
        assertThat(there.await(2, TimeUnit.MINUTES)).as(name).isTrue();
        try {
            following.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean succeeded(@Nullable KubeObject pod) {
        return pod != null && pod.text("status", "phase").equals("Succeeded");
    }

    private static void run(ApiClient api, String name, String script) throws InterruptedException {
        create(api, name, NODE, script);
        await(api, "default", name, StaticControlPlaneTest::succeeded);
    }

    @Test
    void without_its_manifest_there_is_no_scheduler_until_it_is_back() throws InterruptedException {
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            run(api, "take", "mv " + MANIFEST + " /host/root/");
            await(api, "kube-system", SCHEDULER, now -> now == null);
            create(api, "waits", "", "true");
            run(api, "meanwhile", "true");
            assertThat(api.get(PODS, "default", "waits").text("spec", "nodeName"))
                    .isEmpty();
        }
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            run(api, "still", "test ! -e " + MANIFEST + " && test -e /host/root/kube-scheduler.yaml");
            assertThat(api.find(PODS, "kube-system", SCHEDULER)).isEmpty();
            assertThat(api.get(PODS, "default", "waits").text("spec", "nodeName"))
                    .isEmpty();

            run(api, "give-back", "mv /host/root/kube-scheduler.yaml " + MANIFEST);
            await(api, "default", "waits", StaticControlPlaneTest::succeeded);
        }
    }

    /** On a real one these say who is who; here they do, but the keys that could sign or serve belong to nothing. */
    @Test
    void what_lies_in_etc_kubernetes_is_the_clusters_own() throws InterruptedException {
        try (PracticeCluster cluster = start()) {
            ApiClient api = cluster.client("test");
            run(
                    api,
                    "look",
                    "cd /host/etc/kubernetes && grep -q 'server: https://" + NODE + ":6443' admin.conf"
                            + " && grep -q 'current-context: kubernetes-admin@kubernetes' admin.conf"
                            + " && test \\\"$(grep certificate-authority-data kubelet.conf | sed 's/.*: //' | base64 -d)\\\""
                            + " = \\\"$(cat pki/ca.crt)\\\""
                            + " && test $(stat -c %a admin.conf) = 600 && test $(stat -c %a pki/ca.crt) = 644"
                            + " && cat pki/ca.crt /var/run/secrets/kubernetes.io/serviceaccount/ca.crt | sort | uniq -c"
                            + " | grep -vq ' 1 ' && test -s /host/var/lib/kubelet/pki/kubelet-client-current.pem");
        }
    }
}
