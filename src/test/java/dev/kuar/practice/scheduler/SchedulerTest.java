package dev.kuar.practice.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.time.Duration;
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
        client.delete(PODS, "default", "low", ApiClient.DeleteOptions.NOW);
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

    private List<KubeObject> events(String pod, String reason) {
        return client.informer(GroupResource.core("events")).all().stream()
                .filter(event -> event.text("involvedObject", "name").equals(pod)
                        && event.text("reason").equals(reason))
                .toList();
    }

    private KubeObject get(String pod) {
        return client.get(PODS, "default", pod);
    }

    @Test
    void says_to_the_victim_who_came_and_waits_for_its_end() {
        node("a", "1");
        client.create(PODS, "default", pod("low", "800m", 0));
        KubeObject high = client.create(PODS, "default", pod("high", "800m", 1000));
        KubeObject event = events("low", "Preempted").get(0);
        assertThat(event.text("message")).isEqualTo("Preempted by pod " + high.uid() + " on node a");
        assertThat(event.text("related", "name")).isEqualTo("high");
        assertThat(event.text("action")).isEqualTo("Preempting");
        assertThat(get("low").maps("status", "conditions"))
                .filteredOn(condition -> "DisruptionTarget".equals(condition.get("type")))
                .singleElement()
                .satisfies(condition -> assertThat(condition)
                        .containsEntry("status", "True")
                        .containsEntry("reason", "PreemptionByScheduler")
                        .containsEntry("observedGeneration", get("low").generation())
                        .containsEntry(
                                "message", "default-scheduler: preempting to accommodate a higher priority pod"));
        clock.advance(Duration.ofMinutes(5));
        assertThat(lastMessage())
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not"
                        + " eligible due to a terminating pod on the nominated node.");
        assertThat(get("high").text("status", "nominatedNodeName")).isEqualTo("a");
    }

    @Test
    void a_node_that_was_kept_is_given_up_when_there_is_no_hope() {
        node("a", "1");
        client.create(PODS, "default", pod("low", "800m", 0));
        client.create(PODS, "default", pod("high", "800m", 1000));
        assertThat(get("high").text("status", "nominatedNodeName")).isEqualTo("a");
        KubeObject node = client.get(NODES, "", "a").copy();
        node.set(true, "spec", "unschedulable");
        client.update(NODES, node);
        clock.advance(Duration.ofMinutes(5));
        assertThat(get("high").text("status", "nominatedNodeName")).isEmpty();
    }

    @Test
    void a_less_important_pod_loses_the_node_that_was_kept_for_it() {
        node("a", "1");
        client.create(PODS, "default", pod("low", "800m", 0));
        client.create(PODS, "default", pod("middle", "800m", 10));
        assertThat(get("middle").text("status", "nominatedNodeName")).isEqualTo("a");
        client.create(PODS, "default", pod("high", "800m", 20));
        assertThat(get("high").text("status", "nominatedNodeName")).isEqualTo("a");
        assertThat(get("middle").text("status", "nominatedNodeName")).isEmpty();
        client.delete(PODS, "default", "low", ApiClient.DeleteOptions.NOW);
        assertThat(nodeOf("high")).isEqualTo("a");
        assertThat(nodeOf("middle")).isEmpty();
    }

    @Test
    void repeats_make_a_series_for_the_pod_as_it_is() {
        node("a", "1");
        client.create(PODS, "default", pod("box", "2", 0));
        assertThat(events("box", "FailedScheduling")).hasSize(1);
        clock.advance(Duration.ofMinutes(5));
        assertThat(events("box", "FailedScheduling"))
                .as("the pod has its condition by now, so it is another event")
                .hasSize(2);
        clock.advance(Duration.ofMinutes(5));
        assertThat(events("box", "FailedScheduling"))
                .as("the same again is counted")
                .hasSize(2)
                .anySatisfy(
                        event -> assertThat(event.number(0, "series", "count")).isEqualTo(2));
    }

    @Test
    void what_can_not_help_wakes_nobody() {
        node("a", "1", "special");
        client.create(PODS, "default", pod("box", "100m", 0));
        long before = attempts("box");
        node("b", "1", "special");
        client.create(PODS, "default", bound("other", "a"));
        client.delete(PODS, "default", "other", ApiClient.DeleteOptions.NOW);
        assertThat(attempts("box")).isEqualTo(before);
        KubeObject node = client.get(NODES, "", "b").copy();
        node.set(null, "spec", "taints");
        client.update(NODES, node);
        assertThat(nodeOf("box")).isEqualTo("b");
    }

    private long attempts(String pod) {
        return events(pod, "FailedScheduling").stream()
                .mapToLong(event -> event.number(1, "series", "count"))
                .sum();
    }

    private KubeObject bound(String name, String node) {
        KubeObject pod = pod(name, "100m", 0);
        pod.set(node, "spec", "nodeName");
        return pod;
    }

    private void claim(String name) {
        KubeObject type = KubeObject.create("storage.k8s.io/v1", "StorageClass", "", "slow");
        type.set("x.io/disk", "provisioner");
        type.set("WaitForFirstConsumer", "volumeBindingMode");
        client.create(Volumes.CLASSES, "", type);
        KubeObject claim = KubeObject.create("v1", "PersistentVolumeClaim", "default", name);
        claim.set("slow", "spec", "storageClassName");
        client.create(Volumes.CLAIMS, "default", claim);
    }

    private KubeObject podWith(String claim) {
        KubeObject pod = pod("box", "600m", 0);
        pod.set(
                new ArrayList<Object>(
                        List.of(Map.of("name", "v", "persistentVolumeClaim", Map.of("claimName", claim)))),
                "spec",
                "volumes");
        return pod;
    }

    @Test
    void a_pod_gets_its_node_once_its_volume_is_there_and_holds_the_room_until_then() {
        node("a", "1");
        claim("data");
        client.create(PODS, "default", podWith("data"));
        assertThat(get("box").text("status", "nominatedNodeName")).isEqualTo("a");
        client.create(PODS, "default", pod("two", "600m", 0));
        assertThat(nodeOf("two")).isEmpty();
        KubeObject claim = client.get(Volumes.CLAIMS, "default", "data").copy();
        claim.set("disk", "spec", "volumeName");
        claim.set("yes", "metadata", "annotations", "pv.kubernetes.io/bind-completed");
        client.update(Volumes.CLAIMS, claim);
        assertThat(nodeOf("box")).isEqualTo("a");
    }

    @Test
    void a_provisioner_that_takes_the_choice_back_makes_it_choose_again() {
        node("a", "1");
        claim("data");
        client.create(PODS, "default", podWith("data"));
        KubeObject claim = client.get(Volumes.CLAIMS, "default", "data").copy();
        claim.set(null, "metadata", "annotations", Volumes.SELECTED);
        client.update(Volumes.CLAIMS, claim);
        assertThat(lastMessage())
                .isEqualTo("running PreBind plugin \"VolumeBinding\": binding volumes: provisioning failed for PVC"
                        + " \"data\"");
        assertThat(get("box").maps("status", "conditions").get(0)).containsEntry("reason", "SchedulerError");
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.get(Volumes.CLAIMS, "default", "data").annotations()).containsEntry(Volumes.SELECTED, "a");
    }

    @Test
    void gives_up_on_volumes_after_ten_minutes() {
        node("a", "1");
        claim("data");
        client.create(PODS, "default", podWith("data"));
        clock.advance(Duration.ofMinutes(10));
        assertThat(events("box", "FailedScheduling"))
                .extracting(event -> event.text("message"))
                .contains("running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded");
    }
}
