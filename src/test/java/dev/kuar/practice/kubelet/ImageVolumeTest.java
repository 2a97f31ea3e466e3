package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Volumes that are images. */
final class ImageVolumeTest {
    private static KubeObject mounting(String name, String image, Map<String, Object> mount) {
        Map<String, Object> main = shell("main", "sleep 1d");
        main.put("volumeMounts", List.of(mount));
        KubeObject pod = with(pod(name), "containers", main);
        pod.set(
                new ArrayList<>(
                        List.of(Map.of("name", "image", "image", Map.of("reference", image, "pullPolicy", "Always")))),
                "spec",
                "volumes");
        return pod;
    }

    @Test
    void the_files_of_an_image_can_be_read_and_not_written() {
        try (KubeletBench bench = new KubeletBench()) {
            String kitten = "registry.k8s.io/e2e-test-images/kitten:1.8";
            bench.run(mounting("p", kitten, Map.of("name", "image", "mountPath", "/volume")));
            bench.run(mounting("sub", kitten, Map.of("name", "image", "mountPath", "/volume", "subPath", "etc")));
            bench.eventually(() -> bench.isReady("p") && bench.isReady("sub"));

            assertThat(bench.output("p", "main", "cat /volume/data.json")).contains("kitten.jpg");
            assertThat(bench.output("p", "main", "cat /volume/etc/os-release")).contains("Alpine Linux");
            assertThat(bench.output("p", "main", "touch /volume/new")).contains("Read-only file system");
            assertThat(bench.output("sub", "main", "cat /volume/os-release")).contains("Alpine Linux");

            bench.run(mounting("none", "nosuch.example.com/image:1", Map.of("name", "image", "mountPath", "/volume")));
            bench.eventually(() -> bench.events().stream()
                    .anyMatch(
                            event -> event.startsWith("Failed: Failed to pull image \"nosuch.example.com/image:1\"")));
            assertThat(bench.isRunning("none", "main")).isFalse();
        }
    }

    @Test
    void an_artifact_is_files_alone() {
        try (KubeletBench bench = new KubeletBench()) {
            String artifact = "quay.io/crio/artifact:v2";
            bench.run(mounting("p", artifact, Map.of("name", "image", "mountPath", "/volume")));
            bench.run(mounting("sub", artifact, Map.of("name", "image", "mountPath", "/volume", "subPath", "dir")));
            bench.eventually(() -> bench.isReady("p") && bench.isReady("sub"));

            assertThat(bench.output("p", "main", "cat /volume/dir/file /volume/file"))
                    .isEqualTo("1\n2\n");
            assertThat(bench.output("sub", "main", "ls /volume")).isEqualTo("file\n");
        }
    }
}
