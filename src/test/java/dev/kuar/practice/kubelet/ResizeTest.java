package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods whose resources change while they run. */
final class ResizeTest {
    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Map<String, Object> resources(String cpu, String memory) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("limits", Map.of("cpu", cpu, "memory", memory));
        resources.put("requests", Map.of("cpu", cpu, "memory", memory));
        return resources;
    }

    private void start(String policyOfMemory) {
        Map<String, Object> main = shell("main", "sleep 1d");
        main.put("resources", resources("100m", "64Mi"));
        main.put(
                "resizePolicy",
                List.of(
                        Map.of("resourceName", "cpu", "restartPolicy", "NotRequired"),
                        Map.of("resourceName", "memory", "restartPolicy", policyOfMemory)));
        KubeObject pod = with(pod("p"), "containers", main);
        pod.set(2L, "spec", "terminationGracePeriodSeconds");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));
    }

    private void resize(String cpu, String memory) {
        KubeObject changed = bench.now("p").copy();
        changed.maps("spec", "containers").get(0).put("resources", resources(cpu, memory));
        changed.set(changed.generation() + 1, "metadata", "generation");
        bench.api.update(Resources.PODS, changed);
    }

    private String actual(String which) {
        return bench.status("p", "main").text("resources", "limits", which);
    }

    @Test
    void more_cpu_is_given_in_place() {
        start("RestartContainer");

        resize("200m", "64Mi");

        bench.eventually(
                () -> bench.condition("p", "PodResizeInProgress").text("status").equals("True"));
        assertThat(bench.status("p", "main").text("allocatedResources", "cpu")).isEqualTo("200m");
        assertThat(actual("cpu")).isEqualTo("100m");
        bench.eventually(() -> actual("cpu").equals("200m"));
        bench.eventually(
                () -> bench.condition("p", "PodResizeInProgress").tree().isEmpty());
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
        String summary =
                "{\"containers\":[{\"name\":\"main\",\"resources\":{\"limits\":{\"cpu\":\"200m\",\"memory\":\"64Mi\"},"
                        + "\"requests\":{\"cpu\":\"200m\",\"memory\":\"64Mi\"}}}],\"generation\":2}";
        bench.eventually(() -> bench.events().contains("ResizeCompleted: Pod resize completed: " + summary));
        bench.hears("ResizeStarted: Pod resize started: " + summary);
    }

    @Test
    void a_container_may_want_to_be_started_again_for_more_memory() {
        start("RestartContainer");

        resize("100m", "128Mi");

        bench.eventually(() -> bench.status("p", "main").number(0, "restartCount") == 1
                && actual("memory").equals("128Mi"));
        bench.hears("Killing: Container main resize requires restart");
        bench.eventually(
                () -> bench.condition("p", "PodResizeInProgress").tree().isEmpty());
    }

    @Test
    void what_the_node_has_not_is_put_off() {
        start("NotRequired");

        resize("1000", "64Mi");

        bench.eventually(
                () -> bench.condition("p", "PodResizePending").text("reason").equals("Deferred"));
        assertThat(bench.condition("p", "PodResizePending").text("message"))
                .matches("Node didn't have enough resource: cpu, requested: 1000000, used: \\d+, capacity: \\d+");
        assertThat(actual("cpu")).isEqualTo("100m");
        bench.eventually(
                () -> bench.events().stream().anyMatch(e -> e.startsWith("ResizeDeferred: Pod resize Deferred: {")));

        resize("150m", "64Mi");

        bench.eventually(() -> actual("cpu").equals("150m"));
        assertThat(bench.condition("p", "PodResizePending").tree()).isEmpty();
    }

    private String cgroup(String file) {
        return bench.output("p", "main", "cat /sys/fs/cgroup/" + file).strip();
    }

    @Test
    void the_cgroup_follows() {
        start("NotRequired");
        assertThat(cgroup("cpu.max")).isEqualTo("10000 100000");
        assertThat(cgroup("cpu.weight")).isEqualTo("17");
        assertThat(cgroup("memory.max")).isEqualTo(Long.toString(64 << 20));

        resize("200m", "128Mi");

        bench.eventually(() -> actual("cpu").equals("200m"));
        assertThat(cgroup("cpu.max")).isEqualTo("20000 100000");
        assertThat(cgroup("cpu.weight")).isEqualTo("29");
        assertThat(cgroup("memory.max")).isEqualTo(Long.toString(128 << 20));
        assertThat(bench.output("p", "main", "cat /proc/1/oom_score_adj")).isEqualTo("-997\n");
    }

    @Test
    void less_memory_than_is_used_is_an_error_that_a_later_resize_ends() {
        start("NotRequired");

        resize("100m", "10Ki");

        bench.eventually(
                () -> bench.condition("p", "PodResizeInProgress").text("reason").equals("Error"));
        assertThat(bench.condition("p", "PodResizeInProgress").text("message"))
                .matches(
                        "cannot decrease memory limits: \\[attempting to set pod memory limit \\(10240\\) below current"
                                + " usage \\(\\d+\\), attempting to set container \"main\" memory limit \\(10240\\) below"
                                + " current usage \\(\\d+\\)]");
        assertThat(actual("memory")).isEqualTo("64Mi");
        bench.eventually(() -> bench.events().stream().anyMatch(e -> e.startsWith("ResizeError: Pod resize error: {")));

        resize("100m", "32Mi");

        bench.eventually(() -> actual("memory").equals("32Mi"));
        assertThat(bench.condition("p", "PodResizeInProgress").tree()).isEmpty();
    }

    @Test
    void an_init_container_that_runs_is_resized_too() {
        Map<String, Object> init = shell("main", "sleep 1d");
        init.put("resources", resources("100m", "64Mi"));
        KubeObject pod = with(with(pod("p"), "initContainers", init), "containers", shell("after", "sleep 1d"));
        bench.run(pod);
        bench.eventually(() -> bench.isRunning("p", "main"));

        KubeObject changed = bench.now("p").copy();
        changed.maps("spec", "initContainers").get(0).put("resources", resources("200m", "64Mi"));
        changed.set(2L, "metadata", "generation");
        bench.api.update(Resources.PODS, changed);

        bench.eventually(() -> actual("cpu").equals("200m"));
        assertThat(cgroup("cpu.max")).isEqualTo("20000 100000");
    }

    @Test
    void what_the_pod_as_a_whole_may_use_is_its_containers_limit_where_they_have_none() {
        Map<String, Object> main = shell("main", "sleep 1d");
        main.put("volumeMounts", List.of(Map.of("name", "cgroups", "mountPath", "/cgroups")));
        KubeObject pod = with(pod("p"), "containers", main);
        pod.set(resources("500m", "100Mi"), "spec", "resources");
        pod.set(
                new ArrayList<>(List.of(Map.of("name", "cgroups", "hostPath", Map.of("path", "/sys/fs/cgroup")))),
                "spec",
                "volumes");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));
        assertThat(cgroup("cpu.max")).isEqualTo("50000 100000");
        assertThat(bench.now("p").text("status", "resources", "limits", "cpu")).isEqualTo("500m");
        assertThat(bench.now("p").text("status", "allocatedResources", "memory"))
                .isEqualTo("100Mi");
        String own = "head -n 1 $(find /cgroups -name '*" + bench.now("p").uid().replace('-', '_') + "*')/";
        assertThat(bench.output("p", "main", own + "cpu.weight")).isEqualTo("59\n");

        KubeObject changed = bench.now("p").copy();
        changed.set(resources("250m", "200Mi"), "spec", "resources");
        changed.set(2L, "metadata", "generation");
        bench.api.update(Resources.PODS, changed);

        bench.eventually(() ->
                bench.now("p").text("status", "resources", "limits", "cpu").equals("250m"));
        assertThat(cgroup("cpu.max")).isEqualTo("25000 100000");
        assertThat(cgroup("memory.max")).isEqualTo(Long.toString(200 << 20));
        assertThat(bench.output("p", "main", own + "memory.max")).isEqualTo((200 << 20) + "\n");
    }
}
