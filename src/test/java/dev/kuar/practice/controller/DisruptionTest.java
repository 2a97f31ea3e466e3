package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the disruption controller of Kubernetes 1.36 counts, says, and takes back. */
final class DisruptionTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        bench.client.serve(Kinds.STATEFUL_SETS, "apps/v1", "StatefulSet", true);
        bench.client.serve(GroupResource.of("example.com", "farms"), "example.com/v1", "Farm", true);
        DisruptionController.start(bench.context);
    }

    private KubeObject owner(
            GroupResource resource,
            String apiVersion,
            String kind,
            @Nullable Long replicas,
            @Nullable KubeObject above) {
        KubeObject owner = KubeObject.create(apiVersion, kind, "default", kind.toLowerCase(java.util.Locale.ROOT));
        owner.set(replicas, "spec", "replicas");
        if (above != null) {
            owner.set(Owners.references(above), "metadata", "ownerReferences");
        }
        return bench.client.create(resource, "default", owner);
    }

    private KubeObject pod(String name, @Nullable KubeObject owner) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("web", "metadata", "labels", "app");
        if (owner != null) {
            pod.set(Owners.references(owner), "metadata", "ownerReferences");
        }
        return bench.client.create(Kinds.PODS, "default", pod);
    }

    private void budget(String name, String field, Object value) {
        KubeObject budget = KubeObject.create("policy/v1", "PodDisruptionBudget", "default", name);
        budget.set(value, "spec", field);
        budget.set("web", "spec", "selector", "matchLabels", "app");
        bench.client.create(Kinds.BUDGETS, "default", budget);
    }

    private KubeObject web() {
        return bench.get(Kinds.BUDGETS, "default", "web");
    }

    private String counts() {
        KubeObject web = web();
        return web.number(-1, "status", "expectedPods") + " " + web.number(-1, "status", "desiredHealthy") + " "
                + web.number(-1, "status", "currentHealthy") + " " + web.number(-1, "status", "disruptionsAllowed");
    }

    /** Two pods of each owner. */
    @ParameterizedTest
    @CsvSource({
        "minAvailable, 1, 2 1 2 1",
        "minAvailable, 50%, 8 4 2 0",
        "maxUnavailable, 1, 8 7 2 0",
        "maxUnavailable, 75%, 8 2 2 0",
        "maxUnavailable, 80%, 8 1 2 1",
    })
    void what_is_expected_is_what_the_deployment_wants_or_the_pods_there_are(
            String field, String value, String expected) {
        KubeObject deployment = owner(Kinds.DEPLOYMENTS, "apps/v1", "Deployment", 8L, null);
        KubeObject set = owner(Kinds.REPLICA_SETS, "apps/v1", "ReplicaSet", 3L, deployment);
        pod("a", set);
        pod("b", set);
        budget("web", field, value.endsWith("%") ? value : (Object) Long.valueOf(value));
        bench.kubelets();
        assertThat(counts()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ReplicaSet, apps/v1, replicasets, apps, 3, 3",
        "StatefulSet, apps/v1, statefulsets, apps, 4, 4",
        "ReplicationController, v1, replicationcontrollers, '', 5, 5",
        "Farm, example.com/v1, farms, example.com, 6, 6",
        "Job, batch/v1, jobs, batch, , jobs.batch does not implement the scale subresource",
        "Herd, example.com/v1, herds, example.com, 1, 'no matches for kind \"Herd\" in version \"example.com/v1\"'",
    })
    void any_controller_with_a_scale_counts(
            String kind, String version, String resource, String group, @Nullable Long replicas, String expected) {
        KubeObject owner = owner(GroupResource.of(group, resource), version, kind, replicas, null);
        pod("a", owner);
        pod("b", owner);
        budget("web", "maxUnavailable", 1L);
        bench.kubelets();

        if (expected.length() == 1) {
            assertThat(web().number(-1, "status", "expectedPods")).isEqualTo(Long.parseLong(expected));
            return;
        }
        assertThat(Trees.condition(web(), "DisruptionAllowed"))
                .containsEntry("status", "False")
                .containsEntry("reason", "SyncFailed")
                .containsEntry("message", expected);
        assertThat(web().at("status", "expectedPods")).isNull();
        assertThat(web().number(-1, "status", "disruptionsAllowed")).isZero();
        assertThat(bench.events())
                .contains("CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: "
                        + expected);
    }

    @Test
    void a_controller_that_is_gone_is_none() {
        KubeObject set = owner(Kinds.REPLICA_SETS, "apps/v1", "ReplicaSet", 3L, null);
        pod("a", set);
        bench.client.delete(Kinds.REPLICA_SETS, "default", set.name(), ApiClient.DeleteOptions.DEFAULT);
        budget("web", "maxUnavailable", 1L);
        bench.settle();
        assertThat(Trees.condition(web(), "DisruptionAllowed"))
                .containsEntry("message", "found no controllers for pod \"a\"");
    }

    @Test
    void pods_that_nobody_controls_do_not_count_and_are_told() {
        pod("a", null);
        budget("web", "maxUnavailable", 1L);
        bench.kubelets();
        assertThat(counts()).isEqualTo("0 0 1 0");
        assertThat(bench.events())
                .contains("UnmanagedPods: Pods selected by this PodDisruptionBudget (selector:"
                        + " &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:"
                        + "[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB"
                        + " cannot be calculated correctly, which may result in undefined behavior. To account for these"
                        + " pods please set \".spec.minAvailable\" field of the PDB to an integer value.");
    }

    @Test
    void a_finished_pod_is_there_but_not_healthy() {
        budget("web", "minAvailable", 1L);
        bench.settle();
        assertThat(bench.events()).containsExactly("NoPods: No matching pods found");
        bench.finish(pod("a", null), "Succeeded");
        assertThat(counts()).isEqualTo("1 1 0 0");
    }

    @Test
    void a_pod_of_two_budgets_is_told() {
        budget("web", "minAvailable", 1L);
        budget("also", "minAvailable", 1L);
        pod("a", null);
        bench.settle();
        assertThat(bench.events())
                .contains("MultiplePodDisruptionBudgets: Pod \"default\"/\"a\" matches multiple PodDisruptionBudgets. "
                        + " Chose \"also\" arbitrarily.");
    }

    @Test
    void a_pod_that_was_to_be_evicted_counts_again_when_it_stays() {
        budget("web", "minAvailable", 1L);
        pod("a", null);
        pod("b", null);
        bench.kubelets();
        KubeObject evicting = web().copy();
        evicting.set(bench.context.now(), "status", "disruptedPods", "a");
        evicting.set(bench.context.now(), "status", "disruptedPods", "gone");
        bench.client.updateSubresource(Kinds.BUDGETS, "status", evicting);
        bench.settle();
        assertThat(counts()).isEqualTo("2 1 1 0");
        assertThat(web().map("status", "disruptedPods")).containsOnlyKeys("a");

        bench.advance(Duration.ofSeconds(120));
        assertThat(counts()).isEqualTo("2 1 1 0");
        bench.advance(Duration.ofSeconds(1));
        assertThat(counts()).isEqualTo("2 1 2 1");
        assertThat(web().at("status", "disruptedPods")).isNull();
        assertThat(bench.events())
                .contains("NotDeleted: Pod was expected by PDB default/default to be deleted but it wasn't");
    }

    @ParameterizedTest
    @CsvSource({"EvictionByEvictionAPI, False", "TerminationByKubelet, True"})
    void a_pod_that_was_said_to_be_disrupted_and_stays_is_not(String reason, String then) {
        KubeObject pod = pod("a", null).copy();
        pod.set("Running", "status", "phase");
        pod.set(
                Trees.withCondition(
                        java.util.List.of(), "DisruptionTarget", "True", reason, "because", bench.context.now()),
                "status",
                "conditions");
        bench.client.updateSubresource(Kinds.PODS, "status", pod);
        bench.advance(Duration.ofSeconds(119));
        assertThat(Trees.isTrue(bench.get(Kinds.PODS, "default", "a"), "DisruptionTarget"))
                .isTrue();
        bench.advance(Duration.ofSeconds(1));
        assertThat(Trees.condition(bench.get(Kinds.PODS, "default", "a"), "DisruptionTarget"))
                .containsEntry("status", then);
    }
}
