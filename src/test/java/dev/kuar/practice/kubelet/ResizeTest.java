package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
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
        assertThat(bench.events()).contains("ResizeStarted: Pod resize started: " + summary);
    }

    @Test
    void a_container_may_want_to_be_started_again_for_more_memory() {
        start("RestartContainer");

        resize("100m", "128Mi");

        bench.eventually(() -> bench.status("p", "main").number(0, "restartCount") == 1
                && actual("memory").equals("128Mi"));
        assertThat(bench.events()).contains("Killing: Container main resize requires restart");
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
}
