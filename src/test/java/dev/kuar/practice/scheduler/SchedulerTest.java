package dev.kuar.practice.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource NODES = GroupResource.core("nodes");

    private final ManualClock clock = new ManualClock();
    private final FakeApiClient client = new FakeApiClient(clock);

    @BeforeEach
    void start() {
        Scheduler.start(client, clock, "cp", Runnable::run);
    }

    private void node(String name, String cpu, String... taints) {
        KubeObject node = KubeObject.create("v1", "Node", "", name);
        node.set(name, "metadata", "labels", "kubernetes.io/hostname");
        node.set(cpu, "status", "allocatable", "cpu");
        node.set("8Gi", "status", "allocatable", "memory");
        node.set("110", "status", "allocatable", "pods");
        List<Object> list = new ArrayList<>();
        for (String taint : taints) {
            list.add(Map.of("key", taint, "effect", "NoSchedule"));
        }
        node.set(list, "spec", "taints");
        client.create(NODES, "", node);
    }

    private KubeObject pod(String name, String cpu, long priority) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set(priority, "spec", "priority");
        pod.set(
                new ArrayList<Object>(
                        List.of(Map.of("name", "main", "resources", Map.of("requests", Map.of("cpu", cpu))))),
                "spec",
                "containers");
        return pod;
    }

    private String nodeOf(String pod) {
        return client.get(PODS, "default", pod).text("spec", "nodeName");
    }

    private String lastMessage() {
        return client.informer(GroupResource.core("events")).all().stream()
                .reduce((a, b) -> Long.parseLong(a.resourceVersion()) > Long.parseLong(b.resourceVersion()) ? a : b)
                .map(event -> event.text("message"))
                .orElse("");
    }

    @Test
    void binds_to_the_node_that_has_room_and_says_so() {
        node("cp", "2", "node-role.kubernetes.io/control-plane");
        node("worker", "2");
        client.create(PODS, "default", pod("box", "100m", 0));
        assertThat(nodeOf("box")).isEqualTo("worker");
        assertThat(lastMessage()).isEqualTo("Successfully assigned default/box to worker");
    }

    @Test
    void counts_the_reasons_as_upstream_does() {
        node("cp", "2", "node-role.kubernetes.io/control-plane");
        node("worker", "2");
        client.create(PODS, "default", pod("box", "100", 0));
        assertThat(lastMessage())
                .isEqualTo("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s)."
                        + " no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful"
                        + " for scheduling.");
        assertThat(client.get(PODS, "default", "box")
                        .maps("status", "conditions")
                        .get(0))
                .containsEntry("reason", "Unschedulable");
    }

    @Test
    void tries_again_when_a_node_comes() {
        client.create(PODS, "default", pod("box", "100m", 0));
        assertThat(lastMessage()).isEqualTo("no nodes available to schedule pods");
        node("worker", "2");
        assertThat(nodeOf("box")).isEqualTo("worker");
    }

    @Test
    void spreads_pods_and_counts_what_it_has_just_given_away() {
        node("a", "1");
        node("b", "1");
        client.create(PODS, "default", pod("one", "600m", 0));
        client.create(PODS, "default", pod("two", "600m", 0));
        client.create(PODS, "default", pod("three", "600m", 0));
        assertThat(List.of(nodeOf("one"), nodeOf("two"))).containsExactlyInAnyOrder("a", "b");
        assertThat(nodeOf("three")).isEmpty();
        assertThat(lastMessage()).contains("2 Insufficient cpu", "2 No preemption victims found for incoming pod.");
    }

    @Test
    void evicts_pods_of_lower_priority() {
        node("a", "1");
        client.create(PODS, "default", pod("low", "800m", 0));
        client.create(PODS, "default", pod("high", "800m", 1000));
        assertThat(client.get(PODS, "default", "low").isTerminating()).isTrue();
        assertThat(client.get(PODS, "default", "high").text("status", "nominatedNodeName"))
                .isEqualTo("a");
        client.delete(PODS, "default", "low", dev.kuar.practice.api.ApiClient.DeleteOptions.NOW);
        assertThat(nodeOf("high")).isEqualTo("a");
    }

    @Test
    void leaves_gated_pods_alone() {
        node("a", "1");
        KubeObject pod = pod("gated", "100m", 0);
        pod.set(new ArrayList<Object>(List.of(Map.of("name", "example.com/wait"))), "spec", "schedulingGates");
        client.create(PODS, "default", pod);
        assertThat(nodeOf("gated")).isEmpty();
        KubeObject open = client.get(PODS, "default", "gated").copy();
        open.set(null, "spec", "schedulingGates");
        client.update(PODS, open);
        assertThat(nodeOf("gated")).isEqualTo("a");
    }
}
