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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pods a kubelet turns away, and in which words. Source: {@code lifecycle/predicate.go} of 1.36.2. */
final class PodAdmissionTest {
    private static KubeObject node() {
        KubeObject node = KubeObject.create("v1", "Node", "", "one");
        node.set(new LinkedHashMap<>(Map.of("disk", "ssd")), "metadata", "labels");
        node.set(new LinkedHashMap<>(Map.of("cpu", "2", "memory", "1Gi", "pods", "3")), "status", "allocatable");
        return node;
    }

    private static KubeObject asking(String resource, String amount) {
        KubeObject pod = pod("p");
        Map<String, Object> container = shell("main", "sleep 1d");
        container.put("resources", Map.of("requests", Map.of(resource, amount)));
        pod.set(new ArrayList<>(List.of(container)), "spec", "containers");
        return pod;
    }

    private static KubeObject listening(String ip, String protocol) {
        KubeObject pod = pod("p");
        Map<String, Object> container = shell("main", "sleep 1d");
        container.put(
                "ports", List.of(Map.of("containerPort", 80L, "hostPort", 8080L, "hostIP", ip, "protocol", protocol)));
        pod.set(new ArrayList<>(List.of(container)), "spec", "containers");
        return pod;
    }

    private static String said(KubeObject node, KubeObject pod, KubeObject... others) {
        return new PodAdmission(node, List.of(others), Set.of())
                .of(pod)
                .map(rejection -> rejection.reason() + ": " + rejection.message())
                .orElse("");
    }

    @Test
    void resources_that_are_not_there() {
        assertThat(said(node(), asking("cpu", "1500m"))).isEmpty();
        assertThat(said(node(), asking("cpu", "1500m"), asking("cpu", "600m")))
                .isEqualTo(
                        "OutOfcpu: Node didn't have enough resource: cpu, requested: 1500, used: 600, capacity: 2000");
        assertThat(said(node(), asking("memory", "2Gi")))
                .isEqualTo("OutOfmemory: Node didn't have enough resource: memory, requested: 2147483648, used: 0,"
                        + " capacity: 1073741824");
        assertThat(said(node(), pod("d"), pod("a"), pod("b"), pod("c")))
                .isEqualTo("OutOfpods: Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3");
        assertThat(said(node(), asking("example.com/device", "1"))).isEmpty();
    }

    @Test
    void labels_ports_and_taints() {
        KubeObject picky = pod("p");
        picky.set(new LinkedHashMap<>(Map.of("disk", "tape")), "spec", "nodeSelector");
        assertThat(said(node(), picky))
                .isEqualTo(
                        "NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
        assertThat(said(node(), listening("0.0.0.0", "TCP"), listening("127.0.0.1", "TCP")))
                .isEqualTo(
                        "NodePorts: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports");
        assertThat(said(node(), listening("127.0.0.2", "TCP"), listening("127.0.0.1", "TCP")))
                .isEmpty();
        assertThat(said(node(), listening("0.0.0.0", "UDP"), listening("127.0.0.1", "TCP")))
                .isEmpty();
        KubeObject tainted = node();
        tainted.set(
                new ArrayList<>(
                        List.of(Map.of("key", "k", "effect", "NoExecute"), Map.of("key", "l", "effect", "NoSchedule"))),
                "spec",
                "taints");
        assertThat(said(tainted, pod("p")))
                .isEqualTo(
                        "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate");
        KubeObject tolerant = pod("p");
        tolerant.set(new ArrayList<>(List.of(Map.of("key", "k", "operator", "Exists"))), "spec", "tolerations");
        assertThat(said(tainted, tolerant)).isEmpty();
    }

    private static KubeObject setting(String name) {
        KubeObject pod = pod("p");
        pod.set(
                new LinkedHashMap<>(Map.of("sysctls", new ArrayList<>(List.of(Map.of("name", name, "value", "1"))))),
                "spec",
                "securityContext");
        return pod;
    }

    @Test
    void where_the_node_has_too_little_only_some_are_taken() {
        assertThat(pressed("MemoryPressure", pod("p")))
                .isEqualTo("Evicted: The node had condition: [MemoryPressure]. ");
        assertThat(pressed("MemoryPressure", asking("memory", "1Mi"))).isEmpty();
        KubeObject tolerant = pod("p");
        tolerant.set(
                new ArrayList<>(List.of(Map.of("key", "node.kubernetes.io/memory-pressure", "operator", "Exists"))),
                "spec",
                "tolerations");
        assertThat(pressed("MemoryPressure", tolerant)).isEmpty();
        assertThat(pressed("DiskPressure", asking("memory", "1Mi")))
                .isEqualTo("Evicted: The node had condition: [DiskPressure]. ");
        KubeObject critical = pod("p");
        critical.set(2_000_000_000L, "spec", "priority");
        assertThat(pressed("DiskPressure", critical)).isEmpty();
    }

    private static String pressed(String condition, KubeObject pod) {
        return new PodAdmission(node(), List.of(), Set.of(condition))
                .of(pod)
                .map(rejection -> rejection.reason() + ": " + rejection.message())
                .orElse("");
    }

    @Test
    void parameters_of_the_kernel_that_are_not_safe() {
        assertThat(said(node(), setting("kernel.shm_rmid_forced"))).isEmpty();
        assertThat(said(node(), setting("net/ipv4/tcp_syncookies"))).isEmpty();
        assertThat(said(node(), setting("kernel.msgmax")))
                .isEqualTo("SysctlForbidden: forbidden sysctl: \"kernel.msgmax\" not allowlisted");
        KubeObject shared = setting("kernel.shm_rmid_forced");
        shared.set(true, "spec", "hostIPC");
        assertThat(said(node(), shared))
                .isEqualTo("SysctlForbidden: forbidden sysctl: \"kernel.shm_rmid_forced\" not allowed with host IPC"
                        + " enabled");
    }

    @Test
    void a_pod_that_is_turned_away_has_failed() {
        try (KubeletBench bench = new KubeletBench()) {
            Map<String, Object> greedy = shell("main", "sleep 1d");
            greedy.put("resources", Map.of("requests", Map.of("cpu", "1000")));
            bench.run(with(pod("greedy"), "containers", greedy));
            bench.eventually(
                    () -> bench.now("greedy").text("status", "phase").equals("Failed"),
                    java.time.Duration.ofSeconds(1));
            KubeObject failed = bench.now("greedy");
            assertThat(failed.text("status", "reason")).isEqualTo("OutOfcpu");
            assertThat(failed.text("status", "message"))
                    .startsWith("Pod was rejected: Node didn't have enough resource: cpu, requested: 1000000, used: ");
            assertThat(failed.maps("status", "containerStatuses")).isEmpty();
        }
    }
}
