package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes whose memory or disk is used up: conditions, events, and who ends. The nodes have 8039928Ki of memory, 61255492Ki of disk. */
final class NodePressureTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static KubeObject on(String node, KubeObject pod) {
        pod.set(node, "spec", "nodeName");
        return pod;
    }

    private static KubeObject hog(String name, String amount) {
        return with(
                pod(name),
                "containers",
                container("main", "polinux/stress", "stress", "--vm", "1", "--vm-bytes", amount, "--vm-hang", "1"));
    }

    private static Map<String, Object> asking(Map<String, Object> container, String resource, String amount) {
        container.put("resources", Map.of("requests", Map.of(resource, amount)));
        return container;
    }

    private static String worker(KubeletBench bench) {
        return bench.api.informer(Resources.NODES).all().stream()
                .filter(node -> node.maps("spec", "taints").isEmpty())
                .map(KubeObject::name)
                .findFirst()
                .orElseThrow();
    }

    private static String condition(KubeletBench bench, String node, String type) {
        return bench.api.get(Resources.NODES, "", node).maps("status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .map(each -> each.get("status") + " " + each.get("reason"))
                .findFirst()
                .orElse("");
    }

    private static boolean nodeSaid(KubeletBench bench, String reason, String start) {
        return bench.api.informer(Resources.EVENTS).inNamespace("default").stream()
                .anyMatch(event -> event.text("involvedObject", "kind").equals("Node")
                        && event.text("reason").equals(reason)
                        && event.text("message").startsWith(start));
    }

    @Test
    void the_pod_that_uses_most_memory_beyond_what_it_asked_for_is_evicted() {
        try (KubeletBench bench = new KubeletBench("kubeadm")) {
            String node = worker(bench);
            KubeObject fair = with(pod("fair"), "containers", asking(shell("main", "sleep 1d"), "memory", "1Gi"));
            bench.run(on(node, fair));
            bench.run(on(node, with(pod("small"), "containers", shell("main", "sleep 1d"))));
            bench.eventually(() -> bench.isReady("fair") && bench.isReady("small"));

            bench.run(on(node, hog("hog", "7480M")));

            bench.eventually(() -> bench.phase("hog").equals("Failed"), SECOND);
            KubeObject hog = bench.now("hog");
            assertThat(hog.text("status", "reason")).isEqualTo("Evicted");
            assertThat(hog.text("status", "message"))
                    .matches("The node was low on resource: memory\\. Threshold quantity: 100Mi, available: \\w+\\. "
                            + "Container main was using \\w+, request is 0, has larger consumption of memory\\. ");
            assertThat(bench.condition("hog", "DisruptionTarget").text("reason"))
                    .isEqualTo("TerminationByKubelet");
            bench.eventually(
                    () -> condition(bench, node, "MemoryPressure").equals("True KubeletHasInsufficientMemory"),
                    Duration.ZERO);
            bench.eventually(() -> nodeSaid(bench, "EvictionThresholdMet", "Attempting to reclaim memory"));
            bench.eventually(() -> nodeSaid(
                    bench, "NodeHasInsufficientMemory", "Node " + node + " status is now: NodeHasInsufficient"));
            assertThat(bench.phase("fair")).isEqualTo("Running");
            assertThat(bench.phase("small")).isEqualTo("Running");

            bench.run(on(node, with(pod("late"), "containers", shell("main", "sleep 1d"))));
            bench.eventually(() -> bench.phase("late").equals("Failed"));
            assertThat(bench.now("late").text("status", "message"))
                    .isEqualTo("Pod was rejected: The node had condition: [MemoryPressure]. ");

            bench.eventually(
                    () -> condition(bench, node, "MemoryPressure").equals("False KubeletHasSufficientMemory"),
                    Duration.ofSeconds(5));
        }
    }

    @Test
    void images_that_nobody_uses_go_before_a_pod_does() {
        try (KubeletBench bench = new KubeletBench("kubeadm")) {
            String node = worker(bench);
            bench.run(on(node, with(pod("calm"), "containers", shell("main", "sleep 1d"))));
            bench.eventually(() -> bench.isReady("calm"));

            bench.run(on(
                    node,
                    with(
                            pod("writer"),
                            "containers",
                            shell("main", "dd if=/dev/zero of=/f bs=1M count=58000; sleep 1d"))));

            bench.eventually(() -> bench.phase("writer").equals("Failed"), SECOND);
            assertThat(bench.now("writer").text("status", "message"))
                    .startsWith("The node was low on resource: ephemeral-storage. Threshold quantity: ");
            bench.eventually(
                    () -> condition(bench, node, "DiskPressure").equals("True KubeletHasDiskPressure"), Duration.ZERO);
            assertThat(bench.phase("calm")).isEqualTo("Running");
        }
    }

    @Test
    void where_no_threshold_is_set_the_kernel_ends_who_holds_most() {
        try (KubeletBench bench = new KubeletBench()) {
            KubeObject fair = with(pod("fair"), "containers", asking(shell("main", "sleep 1d"), "memory", "1Gi"));
            bench.run(fair);
            bench.eventually(() -> bench.isReady("fair"));
            KubeObject hog = hog("hog", "9000M");
            hog.set("Never", "spec", "restartPolicy");
            bench.run(hog);

            bench.eventually(() -> bench.phase("hog").equals("Failed"));
            assertThat(bench.status("hog", "main").text("state", "terminated", "reason"))
                    .isEqualTo("OOMKilled");
            assertThat(bench.phase("fair")).isEqualTo("Running");
            bench.eventually(
                    () -> nodeSaid(bench, "SystemOOM", "System OOM encountered, victim process: stress, pid: "));
        }
    }

    @Test
    void others_end_for_a_critical_pod_those_without_requests_last() {
        try (KubeletBench bench = new KubeletBench()) {
            bench.run(with(pod("free"), "containers", shell("main", "sleep 1d")));
            for (String[] each : new String[][] {{"small", "500m"}, {"large", "1200m"}}) {
                bench.run(with(pod(each[0]), "containers", asking(shell("main", "sleep 1d"), "cpu", each[1])));
            }
            bench.eventually(() -> bench.isReady("free") && bench.isReady("small") && bench.isReady("large"));
            KubeObject critical = with(pod("critical"), "containers", asking(shell("main", "sleep 1d"), "cpu", "700m"));
            critical.set(2_000_000_000L, "spec", "priority");

            bench.run(critical);

            bench.eventually(() -> bench.isReady("critical"), SECOND);
            KubeObject ended = bench.now("small");
            assertThat(ended.text("status", "reason")).isEqualTo("Preempting");
            assertThat(ended.text("status", "message")).isEqualTo("Preempted in order to admit critical pod");
            assertThat(bench.condition("small", "DisruptionTarget").text("message"))
                    .isEqualTo("Pod was preempted by Kubelet to accommodate a critical pod.");
            assertThat(bench.phase("large")).isEqualTo("Running");
            assertThat(bench.phase("free")).isEqualTo("Running");

            KubeObject greedy = with(pod("greedy"), "containers", asking(shell("main", "sleep 1d"), "cpu", "100"));
            greedy.set(2_000_000_000L, "spec", "priority");
            bench.run(greedy);
            bench.eventually(() -> bench.phase("greedy").equals("Failed"));
            assertThat(bench.now("greedy").text("status", "reason")).isEqualTo("UnexpectedAdmissionError");
        }
    }
}
