package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ReplicaSets and ReplicationControllers: which pod goes first, what is adopted, what is counted. */
final class ReplicaSetTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    private final Bench bench = new Bench();

    /** {@code name node phase ready-seconds created-seconds restarts sidecar-restarts cost}; a dash for nothing. */
    private static KubeObject pod(String text) {
        String[] word = text.trim().split(" +");
        KubeObject pod = KubeObject.create("v1", "Pod", "default", word[0]);
        pod.set(word[0], "metadata", "uid");
        pod.set(word[1].equals("-") ? null : word[1], "spec", "nodeName");
        pod.set(word[2], "status", "phase");
        if (!word[3].equals("-")) {
            pod.set(
                    Trees.list(Trees.map(
                            "type",
                            "Ready",
                            "status",
                            "True",
                            "lastTransitionTime",
                            NOW.minusSeconds(Long.parseLong(word[3])).toString())),
                    "status",
                    "conditions");
        }
        pod.set(NOW.minusSeconds(Long.parseLong(word[4])).toString(), "metadata", "creationTimestamp");
        List<Object> statuses = new ArrayList<>();
        for (String restarts : word[5].split("\\+")) {
            statuses.add(Trees.map("restartCount", Long.parseLong(restarts)));
        }
        pod.set(statuses, "status", "containerStatuses");
        pod.set(Trees.list(Trees.map("name", "s", "restartPolicy", "Always")), "spec", "initContainers");
        pod.set(
                Trees.list(Trees.map("name", "s", "restartCount", Long.parseLong(word[6]))),
                "status",
                "initContainerStatuses");
        pod.set(
                word[7].equals("-") ? null : word[7],
                "metadata",
                "annotations",
                "controller.kubernetes.io/pod-deletion-cost");
        return pod;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "without a node       | b - Pending - 9 0 0 -     | a n1 Pending - 9 0 0 - | both",
                "pending              | b n1 Pending - 9 0 0 -    | a n1 Running - 9 0 0 - | both",
                "unknown              | b n1 Unknown - 9 0 0 -    | a n1 Running - 9 0 0 - | both",
                "not ready            | b n1 Running - 9 0 0 -    | a n1 Running 5 9 0 0 - | both",
                "cheap                | b n1 Running 5 9 0 0 -1   | a n1 Running 5 9 0 0 - | ranked",
                "cost that is none    | a n1 Running 5 9 0 0 x    | b n1 Running 5 10 0 0 - | ranked",
                "crowded, ready or not| b n1 Running 50 9 0 0 -   | a n2 Running 5 9 0 0 - | ranked",
                "ready for less time  | b n2 Running 5 90 0 0 -   | a n2 Running 9 9 0 0 - | both",
                "alike by magnitude   | a n2 Running 600 9 0 0 -  | b n2 Running 601 9 9 0 - | ranked",
                "later though alike   | b n2 Running 600 9 0 0 -  | a n2 Running 601 9 9 0 - | plain",
                "most of one container| b n2 Running 5 9 3+0 0 -  | a n2 Running 5 9 2+2 0 - | both",
                "sidecars after them  | b n2 Running 5 9 1 2 -    | a n2 Running 5 9 1 1 - | both",
                "young                | b n2 Running 5 9 0 0 -    | a n2 Running 5 99 0 0 - | both",
            })
    void pods_are_deleted_in_order(String why, String first, String second, String order) {
        KubeObject one = pod(first);
        KubeObject other = pod(second);
        List<KubeObject> related = List.of(one, other, pod("c n1 Running - 9 0 0 -"));
        List<DeletionOrder> orders = new ArrayList<>();
        if (!order.equals("plain")) {
            orders.add(new DeletionOrder(related, NOW));
        }
        if (!order.equals("ranked")) {
            orders.add(DeletionOrder.UNRANKED);
        }
        for (DeletionOrder each : orders) {
            assertThat(each.compare(one, other)).as(why).isNegative();
            assertThat(each.compare(other, one)).as(why).isPositive();
        }
    }

    private KubeObject set(GroupResource resource, long replicas) {
        boolean old = resource.equals(Kinds.REPLICATION_CONTROLLERS);
        KubeObject set = KubeObject.create(
                old ? "v1" : "apps/v1", old ? "ReplicationController" : "ReplicaSet", "default", "web");
        set.set(replicas, "spec", "replicas");
        set.set(old ? Trees.map("app", "web") : Trees.map("matchLabels", Trees.map("app", "web")), "spec", "selector");
        set.set("web", "spec", "template", "metadata", "labels", "app");
        return bench.client.create(resource, "default", set);
    }

    private KubeObject orphan(String name, String phase) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("web", "metadata", "labels", "app");
        pod.set(phase, "status", "phase");
        return bench.client.create(Kinds.PODS, "default", pod);
    }

    @Test
    void only_what_is_active_is_adopted_and_only_that_is_let_go() {
        ReplicaSetController.start(bench.context);
        orphan("done", "Succeeded");
        orphan("running", "Running");
        set(Kinds.REPLICA_SETS, 1);
        bench.settle();
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        assertThat(bench.get(Kinds.PODS, "default", "done").ownerReferences()).isEmpty();
        assertThat(bench.get(Kinds.PODS, "default", "running").ownerReferences())
                .hasSize(1);

        KubeObject finished = bench.get(Kinds.PODS, "default", "running").copy();
        finished.set("Failed", "status", "phase");
        bench.client.updateSubresource(Kinds.PODS, "status", finished);
        bench.settle();
        KubeObject other = bench.get(Kinds.PODS, "default", "running").copy();
        other.set("other", "metadata", "labels", "app");
        bench.client.update(Kinds.PODS, other);
        bench.settle();
        assertThat(bench.get(Kinds.PODS, "default", "running").ownerReferences())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, "})
    void what_is_terminating_is_counted_by_replica_sets_alone(boolean replicaSet, Long count) {
        GroupResource resource = replicaSet ? Kinds.REPLICA_SETS : Kinds.REPLICATION_CONTROLLERS;
        ReplicaSetController.start(bench.context);
        set(resource, 1);
        bench.settle();
        KubeObject pod = bench.all(Kinds.PODS).get(0).copy();
        pod.set("node", "spec", "nodeName");
        bench.client.update(Kinds.PODS, pod);
        bench.client.delete(Kinds.PODS, "default", pod.name(), ApiClient.DeleteOptions.DEFAULT);
        bench.settle();

        Map<String, Object> status = bench.get(resource, "default", "web").map("status");
        assertThat(status.get("terminatingReplicas")).isEqualTo(count);
        assertThat(status).containsEntry("replicas", 1L);
    }

    @Test
    void a_pod_is_available_once_it_was_ready_for_long_enough() {
        ReplicaSetController.start(bench.context);
        KubeObject set = set(Kinds.REPLICA_SETS, 1).copy();
        set.set(10L, "spec", "minReadySeconds");
        bench.client.update(Kinds.REPLICA_SETS, set);
        bench.kubelets();
        bench.advance(Duration.ofSeconds(9));
        assertThat(status("readyReplicas")).isEqualTo(1);
        assertThat(status("availableReplicas")).isZero();
        bench.advance(Duration.ofSeconds(1));
        assertThat(status("availableReplicas")).isEqualTo(1);
    }

    private long status(String field) {
        return bench.get(Kinds.REPLICA_SETS, "default", "web").number(0, "status", field);
    }
}
