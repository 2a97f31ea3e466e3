package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that come, fall silent and go, what they are tainted with, and what becomes of their pods. */
final class NodeUpkeepTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        NodeLifecycleController.start(bench.context);
        TaintEvictionController.start(bench.context);
        PodGarbageCollector.start(bench.context);
    }

    private void node(String name, String ready) {
        KubeObject node = KubeObject.create("v1", "Node", "", name);
        node.set(
                Trees.list(Trees.map("type", "Ready", "status", ready, "lastHeartbeatTime", bench.context.now())),
                "status",
                "conditions");
        bench.client.create(Kinds.NODES, "", node);
        bench.settle();
    }

    /** Its kubelet tells how it is. */
    private void say(String name, String type, String status) {
        KubeObject node = bench.get(Kinds.NODES, "", name).copy();
        List<Map<String, Object>> conditions = node.maps("status", "conditions");
        if (conditions.stream().noneMatch(each -> type.equals(each.get("type")))) {
            conditions.add(0, new LinkedHashMap<>(Map.of("type", type)));
        }
        for (Map<String, Object> condition : conditions) {
            condition.put("lastHeartbeatTime", bench.context.now());
            if (type.equals(condition.get("type"))) {
                condition.put("status", status);
            }
        }
        node.set(conditions, "status", "conditions");
        bench.client.updateSubresource(Kinds.NODES, "status", node);
        bench.settle();
    }

    /** Time passes, in which only these nodes tell that they are ready. */
    private void pass(int seconds, String... alive) {
        for (int passed = 0; passed < seconds; passed += 5) {
            bench.advance(Duration.ofSeconds(5));
            for (String name : alive) {
                say(name, "Ready", "True");
            }
        }
    }

    private KubeObject pod(String name, String node, Long... patience) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set(node, "spec", "nodeName");
        pod.set(
                java.util.Arrays.stream(patience)
                        .map(seconds ->
                                Trees.map("operator", "Exists", "effect", "NoExecute", "tolerationSeconds", seconds))
                        .toList(),
                "spec",
                "tolerations");
        KubeObject made = bench.client.create(Kinds.PODS, "default", pod);
        bench.settle();
        return made;
    }

    private List<String> taints(String node) {
        return bench.get(Kinds.NODES, "", node).maps("spec", "taints").stream()
                .map(taint -> Trees.text(taint, "key").substring("node.kubernetes.io/".length()) + ":"
                        + taint.get("effect") + (taint.containsKey("timeAdded") ? "" : " undated"))
                .toList();
    }

    private String readiness(String node) {
        return Trees.text(Trees.condition(bench.get(Kinds.NODES, "", node), "Ready"), "status");
    }

    @Test
    void a_silent_node_becomes_unknown_after_fifty_seconds_and_loses_its_pods_after_five_minutes() {
        node("a", "True");
        node("b", "True");
        pod("box", "a", 300L);
        pass(50, "b");

        assertThat(Trees.condition(bench.get(Kinds.NODES, "", "a"), "Ready"))
                .containsEntry("status", "Unknown")
                .containsEntry("reason", "NodeStatusUnknown")
                .containsEntry("message", "Kubelet stopped posting node status.");
        assertThat(Trees.condition(bench.get(Kinds.NODES, "", "a"), "PIDPressure"))
                .containsEntry("reason", "NodeStatusNeverUpdated")
                .containsEntry("message", "Kubelet never posted node status.");
        pass(5, "b");
        assertThat(taints("a")).containsExactlyInAnyOrder("unreachable:NoSchedule", "unreachable:NoExecute");
        assertThat(bench.events()).contains("NodeNotReady: Node a status is now: NodeNotReady");
        assertThat(bench.get(Kinds.PODS, "default", "box").isTerminating()).isFalse();
        pass(305, "b");
        KubeObject box = bench.get(Kinds.PODS, "default", "box");
        assertThat(box.isTerminating()).isTrue();
        assertThat(Trees.condition(box, "DisruptionTarget"))
                .containsEntry("reason", "DeletionByTaintManager")
                .containsEntry("message", "Taint manager: deleting due to NoExecute taint");
        assertThat(bench.events()).contains("TaintManagerEviction: Marking for deletion Pod default/box");
    }

    @Test
    void a_node_that_never_said_how_it_is_may_be_silent_for_a_minute() {
        bench.client.create(Kinds.NODES, "", KubeObject.create("v1", "Node", "", "a"));
        bench.settle();
        pass(55);
        assertThat(readiness("a")).isEmpty();
        pass(5);
        assertThat(Trees.condition(bench.get(Kinds.NODES, "", "a"), "Ready"))
                .containsEntry("status", "Unknown")
                .containsEntry("reason", "NodeStatusNeverUpdated");
    }

    @Test
    void where_all_nodes_are_down_no_pod_is_driven_away() {
        node("a", "True");
        pod("box", "a", 300L);
        pass(600);
        assertThat(readiness("a")).isEqualTo("Unknown");
        assertThat(taints("a")).containsExactly("unreachable:NoSchedule");
        assertThat(bench.get(Kinds.PODS, "default", "box").isTerminating()).isFalse();
    }

    @Test
    void nodes_of_a_zone_are_tainted_one_every_ten_seconds() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            node(name, "True");
        }
        pass(51, "c", "d", "e");
        assertThat(List.of(taints("a").size(), taints("b").size())).containsExactlyInAnyOrder(1, 2);
        pass(10, "c", "d", "e");
        assertThat(List.of(taints("a").size(), taints("b").size())).containsExactly(2, 2);
    }

    @Test
    void where_most_nodes_of_a_small_zone_are_down_their_pods_stay() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            node(name, "True");
        }
        pass(300, "d", "e");
        assertThat(readiness("a")).isEqualTo("Unknown");
        assertThat(List.of(taints("a"), taints("b"), taints("c"))).containsOnly(List.of("unreachable:NoSchedule"));
    }

    @Test
    void when_some_of_all_are_back_the_others_get_time_anew() {
        node("a", "True");
        node("b", "True");
        pass(60);
        assertThat(List.of(taints("a"), taints("b"))).containsOnly(List.of("unreachable:NoSchedule"));
        say("a", "Ready", "True");
        pass(5, "a");
        assertThat(taints("a")).isEmpty();
        assertThat(taints("b")).containsExactly("unreachable:NoSchedule");
        pass(10, "a");
        assertThat(taints("b")).containsExactly("unreachable:NoSchedule", "unreachable:NoExecute");
    }

    @ParameterizedTest
    @CsvSource({
        "Ready, False, not-ready:NoSchedule",
        "MemoryPressure, True, memory-pressure:NoSchedule",
        "DiskPressure, True, disk-pressure:NoSchedule",
        "PIDPressure, True, pid-pressure:NoSchedule",
        "NetworkUnavailable, True, network-unavailable:NoSchedule",
        "MemoryPressure, Unknown, ''"
    })
    void a_condition_keeps_new_pods_away(String type, String status, String taint) {
        node("a", "True");
        say("a", type, status);
        assertThat(String.join(" ", taints("a"))).isEqualTo(taint);
    }

    @Test
    void a_node_without_a_condition_is_not_kept_from_pods_for_it() {
        KubeObject bare = KubeObject.create("v1", "Node", "", "a");
        bare.set(
                Trees.list(Trees.map("key", "node.kubernetes.io/not-ready", "effect", "NoSchedule")), "spec", "taints");
        bench.client.create(Kinds.NODES, "", bare);
        bench.settle();
        assertThat(taints("a")).isEmpty();
    }

    @Test
    void the_old_labels_of_system_and_architecture_follow_the_new_ones() {
        KubeObject node = KubeObject.create("v1", "Node", "", "a");
        node.set("linux", "metadata", "labels", "kubernetes.io/os");
        node.set("arm64", "metadata", "labels", "kubernetes.io/arch");
        node.set("amd64", "metadata", "labels", "beta.kubernetes.io/arch");
        bench.client.create(Kinds.NODES, "", node);
        bench.settle();
        assertThat(bench.get(Kinds.NODES, "", "a").labels())
                .containsEntry("beta.kubernetes.io/os", "linux")
                .containsEntry("beta.kubernetes.io/arch", "arm64");
    }

    @Test
    void events_name_the_node_by_its_uid_alone() {
        node("a", "True");
        String uid = bench.get(Kinds.NODES, "", "a").uid();
        bench.client.delete(Kinds.NODES, "", "a", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.events())
                .containsExactly(
                        "RegisteredNode: Node a event: Registered Node a in Controller",
                        "RemovingNode: Node a event: Removing Node a from Controller");
        assertThat(bench.all(Kinds.EVENTS)).allSatisfy(event -> assertThat(event.map("involvedObject"))
                .containsEntry("uid", uid)
                .doesNotContainKey("resourceVersion"));
    }

    @Test
    void pods_of_a_node_that_fell_silent_are_marked_once_and_so_are_those_that_come() {
        node("a", "True");
        bench.run(pod("box", "a", 300L));
        pass(50);

        assertThat(Trees.condition(bench.get(Kinds.PODS, "default", "box"), "Ready"))
                .containsEntry("status", "False")
                .doesNotContainKeys("reason", "message");
        assertThat(bench.events()).contains("NodeNotReady: Node is not ready");
        // its kubelet knows better
        bench.run(bench.get(Kinds.PODS, "default", "box"));
        pass(10);
        assertThat(PodState.isReady(bench.get(Kinds.PODS, "default", "box"))).isTrue();
        KubeObject late = KubeObject.create("v1", "Pod", "default", "late");
        late.set("a", "spec", "nodeName");
        late.set(Trees.list(Trees.map("type", "Ready", "status", "True")), "status", "conditions");
        bench.client.create(Kinds.PODS, "default", late);
        bench.settle();
        assertThat(PodState.isReady(bench.get(Kinds.PODS, "default", "late"))).isFalse();
    }

    @Test
    void a_kubelet_that_says_it_is_not_ready_looks_after_its_pods_itself() {
        node("a", "True");
        node("b", "True");
        bench.run(pod("box", "a", 300L));
        say("a", "Ready", "False");
        pass(15, "b");
        assertThat(taints("a")).contains("not-ready:NoSchedule");
        assertThat(PodState.isReady(bench.get(Kinds.PODS, "default", "box"))).isTrue();
        assertThat(bench.events()).noneMatch(event -> event.startsWith("NodeNotReady"));
    }

    private void taint(String node, String key) {
        KubeObject changed = bench.get(Kinds.NODES, "", node).copy();
        changed.set(
                key.isEmpty()
                        ? null
                        : Trees.list(Trees.map("key", key, "effect", "NoExecute", "timeAdded", "2020-01-01T00:00:00Z")),
                "spec",
                "taints");
        bench.client.update(Kinds.NODES, changed);
        bench.settle();
    }

    @Test
    void patience_runs_from_when_pod_and_taint_came_together_and_only_the_first_toleration_counts() {
        node("a", "True");
        taint("a", "example.com/away");
        pod("box", "a", 60L, 5L);
        bench.advance(Duration.ofSeconds(55));
        assertThat(bench.get(Kinds.PODS, "default", "box").isTerminating()).isFalse();
        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.get(Kinds.PODS, "default", "box").isTerminating()).isTrue();
    }

    @Test
    void a_deletion_that_is_planned_is_called_off_with_the_taint_or_with_the_pod() {
        node("a", "True");
        pod("box", "a", 60L);
        pod("gone", "a", 60L);
        taint("a", "example.com/away");
        bench.client.delete(Kinds.PODS, "default", "gone", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.events()).contains("TaintManagerEviction: Cancelling deletion of Pod default/gone");
        taint("a", "");
        assertThat(bench.events()).contains("TaintManagerEviction: Cancelling deletion of Pod default/box");
        assertThat(bench.all(Kinds.EVENTS))
                .filteredOn(event -> event.text("reason").equals("TaintManagerEviction"))
                .allSatisfy(
                        event -> assertThat(event.map("involvedObject")).doesNotContainKeys("uid", "resourceVersion"));
    }

    @Test
    void pods_of_a_node_that_is_gone_are_collected_after_forty_seconds() {
        node("a", "True");
        pod("box", "a");
        KubeObject held = pod("held", "a").copy();
        held.set(Trees.list("example.com/held"), "metadata", "finalizers");
        bench.client.update(Kinds.PODS, held);
        bench.client.delete(Kinds.NODES, "", "a", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        bench.advance(Duration.ofSeconds(20));
        bench.advance(Duration.ofSeconds(19));
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.all(Kinds.PODS)).extracting(KubeObject::name).containsExactly("held");
        KubeObject ended = bench.get(Kinds.PODS, "default", "held");
        assertThat(ended.text("status", "phase")).isEqualTo("Failed");
        assertThat(Trees.condition(ended, "DisruptionTarget"))
                .containsEntry("reason", "DeletionByPodGC")
                .containsEntry("message", "PodGC: node no longer exists");
    }

    @Test
    void pods_of_a_node_that_comes_back_in_time_stay() {
        node("a", "True");
        pod("box", "a");
        bench.client.delete(Kinds.NODES, "", "a", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        bench.advance(Duration.ofSeconds(20));
        node("a", "True");
        pass(60, "a");
        assertThat(bench.all(Kinds.PODS)).hasSize(1);
    }

    @Test
    void a_pod_that_is_going_and_never_had_a_node_has_failed() {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "held");
        pod.set(Trees.list("example.com/held"), "metadata", "finalizers");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.client.delete(Kinds.PODS, "default", "held", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        bench.advance(Duration.ofSeconds(20));
        KubeObject held = bench.get(Kinds.PODS, "default", "held");
        assertThat(held.text("status", "phase")).isEqualTo("Failed");
        assertThat(Trees.condition(held, "DisruptionTarget")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"False, 0", "True, 1"})
    void pods_that_are_going_on_a_node_out_of_service_are_gone_at_once(String ready, int left) {
        node("a", ready);
        node("b", "True");
        KubeObject pod = pod("box", "a").copy();
        pod.set(30L, "spec", "terminationGracePeriodSeconds");
        bench.client.update(Kinds.PODS, pod);
        bench.client.delete(Kinds.PODS, "default", "box", ApiClient.DeleteOptions.DEFAULT);
        KubeObject out = bench.get(Kinds.NODES, "", "a").copy();
        out.set(
                Trees.list(Trees.map(
                        "key", "node.kubernetes.io/out-of-service", "value", "nodeshutdown", "effect", "NoSchedule")),
                "spec",
                "taints");
        bench.client.update(Kinds.NODES, out);
        bench.settle();
        bench.advance(Duration.ofSeconds(20));
        assertThat(bench.all(Kinds.PODS)).hasSize(left);
    }
}
