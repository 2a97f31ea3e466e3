package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods that write more than they may are evicted, in the words of the kubelet of Kubernetes 1.36. */
final class StorageEvictionTest {
    private final KubeletBench bench = new KubeletBench();
    private final List<Map<String, Object>> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        bench.close();
    }

    /**
     * @param directory an emptyDir's own fields, as JSON
     * @param limit of ephemeral storage; empty for none
     */
    private void run(String script, String directory, String limit) {
        Map<String, Object> container = shell("main", script + "; sleep 100000");
        if (!limit.isEmpty()) {
            container.put(
                    "resources",
                    new LinkedHashMap<>(Map.of("limits", new LinkedHashMap<>(Map.of("ephemeral-storage", limit)))));
        }
        container.put(
                "volumeMounts",
                new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "cache", "mountPath", "/cache")))));
        KubeObject pod = with(pod("writer"), "containers", container);
        Map<String, Object> volume = new LinkedHashMap<>(Map.of("name", "cache"));
        volume.put("emptyDir", JsonReader.readMap(directory.getBytes(StandardCharsets.UTF_8)));
        pod.set(new ArrayList<>(List.of(volume)), "spec", "volumes");
        bench.run(pod);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dd if=/dev/zero of=/cache/f bs=1M count=2|{\"sizeLimit\": \"1Mi\"}||Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\". ",
                "dd if=/dev/zero of=/cache/f bs=1M count=3000|{\"sizeLimit\": \"2Gi\"}||Usage of EmptyDir volume \"cache\" exceeds the limit \"2Gi\". ",
                "dd if=/dev/zero of=/cache/f bs=1M count=8|{}|4Mi|Pod ephemeral local storage usage exceeds the total limit of containers 4Mi. ",
                "dd if=/dev/zero of=/tmp/f bs=1M count=8|{}|4Mi|Pod ephemeral local storage usage exceeds the total limit of containers 4Mi. ",
                "dd if=/dev/zero of=/cache/f|{\"sizeLimit\": \"5Gi\"}||Usage of EmptyDir volume \"cache\" exceeds the limit \"5Gi\". ",
            })
    void what_takes_more_of_the_disk_than_it_may_is_evicted(
            String script, String directory, String limit, String message) {
        run(script, directory, limit == null ? "" : limit);

        // It has failed only when nothing of it runs any more.
        bench.api.informer(Resources.PODS).onChange((before, now) -> {
            if (now != null && now.text("status", "reason").equals("Evicted")) {
                states.addAll(now.maps("status", "containerStatuses"));
            }
        });
        bench.eventually(() -> bench.phase("writer").equals("Failed"));

        assertThat(states).isNotEmpty().allSatisfy(each -> assertThat(
                        KubeObject.of(each).at("state", "terminated"))
                .isNotNull());
        KubeObject status = KubeObject.of(bench.now("writer").map("status"));
        assertThat(status.text("reason")).isEqualTo("Evicted");
        assertThat(status.text("message")).isEqualTo(message.stripTrailing() + " ");
        bench.eventually(() -> bench.told("Evicted: " + message.stripTrailing() + " ") == 1);
        bench.hears("Killing: Stopping container main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dd if=/dev/zero of=/cache/f bs=1k count=900|{\"sizeLimit\": \"1Mi\"}|2Mi",
                "dd if=/dev/zero of=/cache/f bs=1M count=8; rm /cache/f|{\"sizeLimit\": \"1Mi\"}|1Mi",
                "dd if=/dev/zero of=/dev/null bs=1M count=8000|{\"sizeLimit\": \"1Mi\"}|1Mi",
            })
    void what_stays_within_its_limits_runs_on(String script, String directory, String limit) {
        run(script, directory, limit);
        bench.eventually(() -> bench.isReady("writer"));
        java.time.Instant since = bench.clock.now();
        bench.eventually(() -> bench.clock.now().isAfter(since.plusSeconds(40)), Duration.ofSeconds(1));
        assertThat(bench.phase("writer")).isEqualTo("Running");
    }

    /** Where two containers have limits, one may use what the other leaves, up to its own. */
    @Test
    void a_container_beyond_its_own_limit_takes_the_pod_with_it() {
        KubeObject pod = pod("writer");
        for (String name : List.of("small", "large")) {
            Map<String, Object> container = shell(
                    name, name.equals("small") ? "dd if=/dev/zero of=/tmp/f bs=1M count=8; sleep 1000" : "sleep 1000");
            Map<String, Object> limits = new LinkedHashMap<>();
            limits.put("ephemeral-storage", name.equals("small") ? "4Mi" : "1Gi");
            container.put("resources", new LinkedHashMap<>(Map.of("limits", limits)));
            with(pod, "containers", container);
        }
        bench.run(pod);

        bench.eventually(() -> bench.phase("writer").equals("Failed"));

        assertThat(bench.now("writer").text("status", "message"))
                .isEqualTo("Container small exceeded its local ephemeral storage limit \"4Mi\". ");
    }
}
