package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkloadsTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        DeploymentController.start(bench.context);
        ReplicaSetController.start(bench.context);
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
    }

    private KubeObject deployment(String image, long replicas) {
        KubeObject web = KubeObject.create("apps/v1", "Deployment", "default", "web");
        web.set(replicas, "spec", "replicas");
        web.set(600L, "spec", "progressDeadlineSeconds");
        web.set("RollingUpdate", "spec", "strategy", "type");
        web.set("25%", "spec", "strategy", "rollingUpdate", "maxSurge");
        web.set("25%", "spec", "strategy", "rollingUpdate", "maxUnavailable");
        web.set("web", "spec", "selector", "matchLabels", "app");
        web.set("web", "spec", "template", "metadata", "labels", "app");
        web.set(Trees.list(Trees.map("name", "main", "image", image)), "spec", "template", "spec", "containers");
        return web;
    }

    private KubeObject web() {
        return bench.get(Kinds.DEPLOYMENTS, "default", "web");
    }

    private void change(java.util.function.Consumer<KubeObject> change) {
        KubeObject changed = web().copy();
        change.accept(changed);
        bench.client.update(Kinds.DEPLOYMENTS, changed);
        bench.kubelets();
    }

    @Test
    void a_deployment_becomes_pods() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
        bench.kubelets();

        KubeObject web = web();
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        assertThat(web.number(0, "status", "readyReplicas")).isEqualTo(2);
        assertThat(web.annotations()).containsEntry(DeploymentRevisions.REVISION, "1");
        assertThat(web.maps("status", "conditions"))
                .extracting(c -> c.get("type") + " " + c.get("status") + " " + c.get("reason"))
                .containsExactly("Available True MinimumReplicasAvailable", "Progressing True NewReplicaSetAvailable");
        String set = bench.all(Kinds.REPLICA_SETS).get(0).name();
        assertThat(bench.events())
                .contains("ScalingReplicaSet: Scaled up replica set " + set + " from 0 to 2")
                .filteredOn(event -> event.startsWith("SuccessfulCreate"))
                .hasSize(2);
    }

    @Test
    void a_new_image_rolls_and_the_old_set_stays_as_history() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 3));
        bench.kubelets();
        String old = bench.all(Kinds.REPLICA_SETS).get(0).name();

        change(web -> web.set(
                Trees.list(Trees.map("name", "main", "image", "nginx:1.28")),
                "spec",
                "template",
                "spec",
                "containers"));

        assertThat(bench.all(Kinds.REPLICA_SETS)).hasSize(2);
        assertThat(bench.get(Kinds.REPLICA_SETS, "default", old).number(-1, "spec", "replicas"))
                .isZero();
        assertThat(bench.all(Kinds.PODS)).hasSize(3);
        assertThat(web().annotations()).containsEntry(DeploymentRevisions.REVISION, "2");
        assertThat(bench.events()).contains("ScalingReplicaSet: Scaled down replica set " + old + " from 3 to 2");
    }

    @Test
    void going_back_gives_the_old_set_a_new_revision() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
        bench.kubelets();
        String first = bench.all(Kinds.REPLICA_SETS).get(0).name();
        for (String image : List.of("nginx:1.28", "nginx:1.27")) {
            change(web -> web.set(
                    Trees.list(Trees.map("name", "main", "image", image)), "spec", "template", "spec", "containers"));
        }

        KubeObject set = bench.get(Kinds.REPLICA_SETS, "default", first);
        assertThat(set.annotations())
                .containsEntry(DeploymentRevisions.REVISION, "3")
                .containsEntry(DeploymentRevisions.HISTORY, "1");
        assertThat(set.number(0, "status", "readyReplicas")).isEqualTo(2);
    }

    @Test
    void scaling_goes_to_the_one_active_set() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
        bench.kubelets();
        change(web -> web.set(5L, "spec", "replicas"));
        assertThat(bench.all(Kinds.PODS)).hasSize(5);
        change(web -> web.set(1L, "spec", "replicas"));
        assertThat(bench.all(Kinds.PODS)).hasSize(1);
        assertThat(web().number(0, "status", "availableReplicas")).isEqualTo(1);
    }

    @Test
    void recreate_waits_until_the_old_pods_are_gone() {
        KubeObject recreate = deployment("nginx:1.27", 2);
        recreate.set(Trees.map("type", "Recreate"), "spec", "strategy");
        bench.client.create(Kinds.DEPLOYMENTS, "default", recreate);
        bench.kubelets();
        change(web -> web.set(
                Trees.list(Trees.map("name", "main", "image", "nginx:1.28")),
                "spec",
                "template",
                "spec",
                "containers"));
        assertThat(bench.all(Kinds.PODS)).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.maps("spec", "containers").get(0))
                .containsEntry("image", "nginx:1.28"));
    }

    @Test
    void a_paused_deployment_says_so_and_does_not_roll() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 1));
        bench.kubelets();
        change(web -> web.set(true, "spec", "paused"));
        change(web -> web.set(
                Trees.list(Trees.map("name", "main", "image", "nginx:1.28")),
                "spec",
                "template",
                "spec",
                "containers"));
        assertThat(Trees.condition(web(), "Progressing")).containsEntry("reason", "DeploymentPaused");
        assertThat(bench.all(Kinds.REPLICA_SETS)).hasSize(1);
    }

    @Test
    void deleting_the_deployment_takes_everything_with_it() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
        bench.kubelets();
        bench.client.delete(Kinds.DEPLOYMENTS, "default", "web", ApiClient.DeleteOptions.DEFAULT);
        bench.kubelets();
        assertThat(bench.all(Kinds.REPLICA_SETS)).isEmpty();
        assertThat(bench.all(Kinds.PODS)).isEmpty();
    }

    @Test
    void foreground_deletes_from_below_and_orphan_leaves_the_pods() {
        for (String policy : List.of("Foreground", "Orphan")) {
            bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
            bench.kubelets();
            String set = bench.all(Kinds.REPLICA_SETS).get(0).name();
            GroupResource resource = policy.equals("Orphan") ? Kinds.REPLICA_SETS : Kinds.DEPLOYMENTS;
            String name = policy.equals("Orphan") ? set : "web";
            if (policy.equals("Orphan")) {
                bench.client.delete(
                        Kinds.DEPLOYMENTS, "default", "web", new ApiClient.DeleteOptions("Orphan", -1, Map.of()));
                bench.settle();
            }
            bench.client.delete(resource, "default", name, new ApiClient.DeleteOptions(policy, -1, Map.of()));
            bench.kubelets();
            assertThat(bench.all(Kinds.REPLICA_SETS)).as(policy).isEmpty();
            assertThat(bench.all(Kinds.DEPLOYMENTS)).as(policy).isEmpty();
            assertThat(bench.all(Kinds.PODS)).as(policy).hasSize(policy.equals("Orphan") ? 2 : 0);
        }
    }

    @Test
    void a_pod_without_an_owner_is_adopted_and_one_that_no_longer_matches_released() {
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment("nginx:1.27", 2));
        bench.kubelets();
        KubeObject pod = bench.all(Kinds.PODS).get(0).copy();
        pod.set("other", "metadata", "labels", "app");
        bench.client.update(Kinds.PODS, pod);
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).hasSize(3);
        assertThat(bench.get(Kinds.PODS, "default", pod.name()).ownerReferences())
                .isEmpty();
    }
}
