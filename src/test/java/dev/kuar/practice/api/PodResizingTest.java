package dev.kuar.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a resize of a pod may change, in the words of {@code ValidatePodResize} of Kubernetes 1.36.2. */
final class PodResizingTest {
    private static final Map<String, Object> ASKS = Map.of("cpu", "10m", "memory", "10Mi");

    private static Map<String, Object> container(
            String name, Map<String, Object> requests, Map<String, Object> limits) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("requests", new LinkedHashMap<>(requests));
        resources.put("limits", new LinkedHashMap<>(limits));
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        container.put("image", "busybox");
        container.put("resources", resources);
        return container;
    }

    @SafeVarargs
    private static KubeObject pod(Map<String, Object>... containers) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "p");
        List<Object> all = new ArrayList<>();
        for (Map<String, Object> container : containers) {
            all.add(container);
        }
        pod.set(all, "spec", "containers");
        return pod;
    }

    private static List<String> errors(KubeObject now, KubeObject old) {
        return PodResizing.errors(now, old).stream()
                .map(cause -> cause.get("field") + ": " + cause.get("message"))
                .toList();
    }

    @Test
    void what_was_asked_for_stays_asked_for() {
        Map<String, Object> limits = Map.of("cpu", "20m", "memory", "20Mi");
        KubeObject old = pod(container("c1", ASKS, limits));
        assertThat(errors(pod(container("c1", limits, Map.of("cpu", "30m", "memory", "30Mi"))), old))
                .isEmpty();
        assertThat(errors(pod(container("c1", limits, Map.of())), old))
                .containsExactly("spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed");
        assertThat(errors(pod(container("c1", Map.of("cpu", "10m"), limits)), old))
                .containsExactly(
                        "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed");
        assertThat(errors(pod(container("c1", limits, limits)), old))
                .containsExactly(
                        "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing");
    }

    @Test
    void containers_keep_their_names_and_their_order() {
        KubeObject old = pod(container("c1", ASKS, Map.of()), container("c2", ASKS, Map.of()));
        assertThat(errors(pod(container("c2", ASKS, Map.of()), container("c1", ASKS, Map.of())), old))
                .containsExactly(
                        "spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize",
                        "spec.containers[1].name: Forbidden: containers may not be renamed or reordered on resize");
        assertThat(errors(pod(container("c1", ASKS, Map.of())), old))
                .containsExactly("spec.containers: Forbidden: containers may not be added or removed on resize");
    }

    @Test
    void only_cpu_and_memory_change() {
        Map<String, Object> more = new LinkedHashMap<>(ASKS);
        more.put("ephemeral-storage", "1");
        Map<String, Object> most = new LinkedHashMap<>(ASKS);
        most.put("ephemeral-storage", "3");
        assertThat(errors(pod(container("c1", most, Map.of())), pod(container("c1", more, Map.of()))))
                .containsExactly("spec: Forbidden: only cpu and memory resources are mutable");
        KubeObject mirror = pod(container("c1", ASKS, Map.of()));
        mirror.set(new LinkedHashMap<>(Map.of("kubernetes.io/config.mirror", "x")), "metadata", "annotations");
        assertThat(errors(mirror, mirror)).containsExactly("null: Forbidden: static pods cannot be resized");
    }

    @Test
    void whatever_else_is_sent_is_not_looked_at() {
        KubeObject old = pod(container("c1", ASKS, Map.of()));
        Map<String, Object> changed = container("c1", Map.of("cpu", "20m", "memory", "10Mi"), Map.of());
        changed.put("image", "nginx");
        KubeObject sent = pod(changed);
        sent.set("elsewhere", "spec", "nodeName");

        PodResizing.prepare(sent, old);

        assertThat(sent.text("spec", "nodeName")).isEmpty();
        KubeObject container = KubeObject.of(sent.maps("spec", "containers").get(0));
        assertThat(container.text("image")).isEqualTo("busybox");
        assertThat(container.text("resources", "requests", "cpu")).isEqualTo("20m");
    }
}
