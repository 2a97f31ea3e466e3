package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Containers that see each other's processes. */
final class SharedProcessesTest {
    private static KubeObject sharing(boolean shares) {
        KubeObject pod = with(pod("p"), "containers", container("web", "nginx:1.28", "nginx", "-g", "daemon off;"));
        with(pod, "containers", shell("shell", "sleep 1d"));
        pod.set(shares, "spec", "shareProcessNamespace");
        return pod;
    }

    @Test
    void the_containers_of_a_pod_share_processes_when_it_says_so() {
        try (KubeletBench bench = new KubeletBench()) {
            bench.run(sharing(true));
            bench.eventually(() -> bench.isReady("p"));

            String seen = bench.output("p", "shell", "ps ax");
            assertThat(seen)
                    .containsPattern(" {4}1 65535 +0:00 /pause\n")
                    .contains("nginx: master process", "sleep 1d");
            assertThat(seen).containsPattern(" 101 +0:00 nginx: worker process\n");
            String master = bench.output("p", "shell", "ps ax | grep '[n]ginx: master' | awk '{print $1}'")
                    .strip();
            assertThat(bench.output("p", "shell", "head -1 /proc/" + master + "/root/etc/nginx/nginx.conf"))
                    .startsWith("user  nginx;");
            assertThat(bench.output("p", "shell", "kill -HUP " + master + " && echo sent"))
                    .isEqualTo("sent\n");
            bench.output("p", "shell", "kill -QUIT " + master);
            bench.eventually(() -> bench.status("p", "web").number(0, "restartCount") == 1);
            bench.eventually(() -> bench.isReady("p"));
            assertThat(bench.status("p", "shell").number(0, "restartCount")).isZero();
            assertThat(bench.output("p", "shell", "ps ax")).contains("/pause", "nginx: master process");
        }
    }

    @Test
    void without_that_each_has_its_own() {
        try (KubeletBench bench = new KubeletBench()) {
            bench.run(sharing(false));
            bench.eventually(() -> bench.isReady("p"));
            assertThat(bench.output("p", "shell", "ps ax")).doesNotContain("nginx", "/pause");
        }
    }

    @Test
    void an_ephemeral_container_sees_those_of_the_one_it_is_aimed_at() {
        try (KubeletBench bench = new KubeletBench()) {
            bench.run(sharing(false));
            bench.eventually(() -> bench.isReady("p"));
            Map<String, Object> debugger = shell("debugger", "sleep 1d");
            debugger.put("targetContainerName", "web");
            KubeObject changed = bench.now("p").copy();
            changed.set(List.of(debugger), "spec", "ephemeralContainers");
            bench.api.update(Resources.PODS, changed);
            bench.eventually(() -> bench.isRunning("p", "debugger"));
            assertThat(bench.output("p", "debugger", "ps"))
                    .contains("    1 root", "nginx: master process")
                    .contains("ps");
        }
    }
}
