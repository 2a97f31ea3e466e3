package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that come from files on a node's disk: what is written there runs, and a mirror in the API shows it. */
final class StaticPodsTest {
    private static final String WEB = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: static-web
              labels:
                role: myrole
            spec:
              restartPolicy: Always
              containers:
              - name: web
                image: busybox:1.36
                command: [sh, -c, "trap 'exit 0' TERM; echo %s; while true; do sleep 1; done"]
            """;
    private static final String NAME = "static-web-my-cluster-control-plane";
    private static final String SCHEDULER = "kube-scheduler-my-cluster-control-plane";

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A pod on the control plane that sees its disk. */
    private void openDisk() {
        KubeObject shell = with(pod("disk"), "containers", shell("main", "sleep 100000"));
        shell.set("my-cluster-control-plane", "spec", "nodeName");
        shell.set(
                new ArrayList<>(List.of(new LinkedHashMap<>(
                        Map.of("name", "disk", "hostPath", new LinkedHashMap<>(Map.of("path", "/")))))),
                "spec",
                "volumes");
        shell.maps("spec", "containers")
                .get(0)
                .put(
                        "volumeMounts",
                        new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "disk", "mountPath", "/host")))));
        bench.run(shell);
        bench.eventually(() -> bench.isRunning("disk", "main"));
    }

    private void write(String file, String text) {
        bench.exec("disk", "main", "cat > /host/etc/kubernetes/manifests/" + file + " <<EOF\n" + text + "EOF\n");
    }

    private Optional<KubeObject> find(String namespace, String name) {
        return bench.api.find(Resources.PODS, namespace, name);
    }

    private boolean runs(String namespace, String name) {
        return find(namespace, name)
                .filter(pod -> pod.text("status", "phase").equals("Running"))
                .isPresent();
    }

    private String read(String path) throws IOException {
        RemoteProcess process = bench.kubelets.exec(
                bench.now("disk"), new ExecRequest("main", List.of("cat", path), false, true, true, false));
        bench.eventually(() -> process.exit().toCompletableFuture().isDone());
        return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void the_control_planes_manifests_lie_on_its_disk() throws IOException {
        openDisk();

        String text = read("/host/etc/kubernetes/manifests/kube-scheduler.yaml");

        assertThat(text)
                .startsWith("apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    component: kube-scheduler\n")
                .contains("\n    - kube-scheduler\n    - --authentication-kubeconfig=/etc/kubernetes/scheduler.conf\n")
                .endsWith("\nstatus: {}\n");
    }

    @Test
    void a_file_becomes_a_pod_and_a_mirror() {
        openDisk();
        Instant before = bench.clock.now();

        write("web.yaml", WEB.formatted("one"));
        bench.eventually(() -> runs("default", NAME));

        KubeObject mirror = bench.now(NAME);
        Map<String, String> notes = mirror.annotations();
        assertThat(notes.get("kubernetes.io/config.source")).isEqualTo("file");
        assertThat(notes.get("kubernetes.io/config.hash")).matches("[0-9a-f]{32}");
        assertThat(notes.get("kubernetes.io/config.mirror")).isEqualTo(notes.get("kubernetes.io/config.hash"));
        assertThat(notes.get("kubernetes.io/config.seen")).isNotEmpty();
        assertThat(mirror.labels()).containsEntry("role", "myrole");
        assertThat(mirror.text("spec", "nodeName")).isEqualTo("my-cluster-control-plane");
        assertThat(mirror.maps("spec", "tolerations"))
                .containsExactly(Map.of("effect", "NoExecute", "operator", "Exists"));
        assertThat(mirror.ownerReferences()).singleElement().satisfies(owner -> assertThat(owner)
                .containsEntry("kind", "Node")
                .containsEntry("name", "my-cluster-control-plane"));
        // Its events are the pod's own, whose UID is the hash.
        bench.eventually(() -> bench.events().contains("Started: Container started"));
        assertThat(bench.api.informer(Resources.EVENTS).inNamespace("default"))
                .filteredOn(event -> event.text("involvedObject", "name").equals(NAME))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.text("involvedObject", "uid"))
                        .isEqualTo(notes.get("kubernetes.io/config.hash")));
        assertThat(Instant.parse(mirror.text("status", "startTime")))
                .isAfterOrEqualTo(before.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void a_changed_file_replaces_the_pod_and_the_same_words_do_not() {
        openDisk();
        write("web.yaml", WEB.formatted("one"));
        bench.eventually(() -> runs("default", NAME));
        KubeObject first = bench.now(NAME);

        write("web.yaml", WEB.formatted("one"));
        Instant since = bench.clock.now();
        bench.eventually(() -> bench.clock.now().isAfter(since.plusSeconds(5)));
        assertThat(bench.now(NAME).uid()).isEqualTo(first.uid());

        write("web.yaml", WEB.formatted("two"));
        bench.eventually(() -> find("default", NAME)
                        .filter(now -> !now.uid().equals(first.uid()))
                        .isPresent()
                && runs("default", NAME));
        assertThat(bench.now(NAME).annotations().get("kubernetes.io/config.hash"))
                .isNotEqualTo(first.annotations().get("kubernetes.io/config.hash"));
        bench.hears("Killing: Stopping container web");
    }

    @Test
    void a_removed_file_ends_the_pod_and_a_mirror_that_is_deleted_comes_back_without_a_restart() {
        openDisk();
        KubeObject before = bench.api.get(Resources.PODS, "kube-system", SCHEDULER);
        bench.api.delete(
                Resources.PODS, "kube-system", SCHEDULER, new DeleteOptions("", 0, Map.of("uid", before.uid())));
        bench.eventually(() -> find("kube-system", SCHEDULER)
                        .filter(now -> !now.uid().equals(before.uid()))
                        .isPresent()
                && runs("kube-system", SCHEDULER));
        KubeObject again = bench.api.get(Resources.PODS, "kube-system", SCHEDULER);
        assertThat(again.maps("status", "containerStatuses").get(0))
                .containsEntry("restartCount", 0L)
                .containsEntry(
                        "containerID",
                        before.maps("status", "containerStatuses").get(0).get("containerID"));

        assertThat(bench.kubelets.runsStatic("kube-scheduler")).isTrue();
        bench.exec("disk", "main", "mv /host/etc/kubernetes/manifests/kube-scheduler.yaml /host/tmp");
        bench.eventually(() -> find("kube-system", SCHEDULER).isEmpty());
        assertThat(bench.kubelets.runsStatic("kube-scheduler")).isFalse();

        bench.exec("disk", "main", "mv /host/tmp/kube-scheduler.yaml /host/etc/kubernetes/manifests");
        bench.eventually(() -> runs("kube-system", SCHEDULER));
        assertThat(bench.api
                        .get(Resources.PODS, "kube-system", SCHEDULER)
                        .annotations()
                        .get("kubernetes.io/config.hash"))
                .isEqualTo(before.annotations().get("kubernetes.io/config.hash"));
    }

    @Test
    void what_is_no_pod_is_passed_over_and_a_broken_file_counts_for_what_it_was_for_a_while() {
        openDisk();
        write(".hidden.yaml", WEB.replace("static-web", "hidden").formatted("one"));
        write("map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n");
        write("secret.yaml", WEB.replace("static-web", "asks").formatted("one") + "  serviceAccountName: default\n");
        write("web.yaml", WEB.formatted("one"));
        bench.eventually(() -> runs("default", NAME));
        assertThat(find("default", "hidden-my-cluster-control-plane")).isEmpty();
        assertThat(find("default", "asks-my-cluster-control-plane")).isEmpty();
        String uid = bench.now(NAME).uid();

        write("web.yaml", "apiVersion: v1\nkind: Pod\nmetadata: [\n");
        Instant since = bench.clock.now();
        bench.eventually(() -> bench.clock.now().isAfter(since.plusSeconds(5)));
        assertThat(bench.now(NAME).uid()).isEqualTo(uid);

        bench.eventually(() -> find("default", NAME).isEmpty(), Duration.ofSeconds(1));
    }
}
