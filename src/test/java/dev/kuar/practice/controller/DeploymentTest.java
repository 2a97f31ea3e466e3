package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deployments as the controller of Kubernetes 1.36 scales, tells, rolls back and cleans up. */
final class DeploymentTest {
    private static final String ROLLBACK = "deprecated.deployment.rollback.to";

    private final Bench bench = new Bench();
    private final List<KubeObject> written = new ArrayList<>();

    private static KubeObject deployment(String name, long replicas) {
        KubeObject web = KubeObject.create("apps/v1", "Deployment", "default", name);
        web.set(replicas, "spec", "replicas");
        web.set(600L, "spec", "progressDeadlineSeconds");
        web.set("RollingUpdate", "spec", "strategy", "type");
        web.set(0L, "spec", "strategy", "rollingUpdate", "maxSurge");
        web.set(1L, "spec", "strategy", "rollingUpdate", "maxUnavailable");
        web.set("web", "spec", "selector", "matchLabels", "app");
        web.set("web", "spec", "template", "metadata", "labels", "app");
        image(web, "nginx:1");
        return web;
    }

    private static void image(KubeObject web, String image) {
        web.set(Trees.list(Trees.map("name", "main", "image", image)), "spec", "template", "spec", "containers");
    }

    private void start() {
        DeploymentController.start(bench.context);
        ReplicaSetController.start(bench.context);
        bench.context.listen(Kinds.DEPLOYMENTS, (old, now) -> {
            if (now != null) {
                written.add(now);
            }
        });
    }

    private void create(Consumer<KubeObject> change) {
        KubeObject web = deployment("web", 2);
        change.accept(web);
        bench.client.create(Kinds.DEPLOYMENTS, "default", web);
    }

    private KubeObject web() {
        return bench.get(Kinds.DEPLOYMENTS, "default", "web");
    }

    private void change(Consumer<KubeObject> change) {
        KubeObject changed = web().copy();
        change.accept(changed);
        bench.client.update(Kinds.DEPLOYMENTS, changed);
        bench.settle();
    }

    private Map<String, Object> progress() {
        return Trees.condition(web(), "Progressing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // newest first; sizes then replicas, surge: before, after
                "10 | 10,0 | 12,0 | 12",
                "10 | 10,0 | 5,0 | 5",
                "2,3 | 5,0 | 10,0 | 4,6",
                "2,3 | 5,0 | 3,0 | 1,2",
                "8,1 | 9,0 | 4,0 | 4,0",
                "2,3,2 | 7,0 | 10,0 | 3,4,3",
                "2,8,3 | 13,0 | 8,0 | 1,5,2",
                "1,1,1 | 3,0 | 4,0 | 2,1,1",
                "1,1,1 | 3,0 | 2,0 | 1,1,0",
                "3,2,1 | 6,0 | 0,0 | 0,0,0",
                "0,0,0 | 6,0 | 6,0 | 6,0,0",
                "6,6 | 10,2 | 20,2 | 11,11",
                "5,8 | 10,3 | 50,6 | 22,34",
                "2,1 | 2,1 | 2,1 | 2,1",
            })
    void several_sets_are_scaled_in_proportion(String sizes, String before, String after, String expected) {
        KubeObject web = deployment("web", Long.parseLong(after.split(",")[0]));
        web.set(Long.parseLong(after.split(",")[1]), "spec", "strategy", "rollingUpdate", "maxSurge");
        web.set("uid", "metadata", "uid");
        String[] was = before.split(",");
        List<KubeObject> sets = new ArrayList<>();
        String[] size = sizes.split(",");
        for (int i = 0; i < size.length; i++) {
            KubeObject set = KubeObject.create("apps/v1", "ReplicaSet", "default", "v" + (size.length - i));
            set.set(Long.parseLong(size[i]), "spec", "replicas");
            set.set(was[0], "metadata", "annotations", DeploymentScaling.DESIRED);
            set.set(
                    String.valueOf(Long.parseLong(was[0]) + Long.parseLong(was[1])),
                    "metadata",
                    "annotations",
                    DeploymentScaling.MAX);
            sets.add(set);
        }
        for (int i = sets.size() - 1; i >= 0; i--) {
            bench.clock.advance(Duration.ofHours(1));
            sets.set(i, bench.client.create(Kinds.REPLICA_SETS, "default", sets.get(i)));
        }
        new DeploymentScaling(bench.client, bench.context.events("deployment-controller"))
                .scale(web, new ArrayList<>(sets), sets.get(0));

        assertThat(sets)
                .extracting(set ->
                        bench.get(Kinds.REPLICA_SETS, "default", set.name()).number(-1, "spec", "replicas"))
                .map(String::valueOf)
                .containsExactly(expected.split(","));
    }

    @Test
    void revision_and_progress_are_told_together_and_then_the_counts() {
        start();
        create(web -> {});
        bench.settle();

        KubeObject first = written.get(1);
        assertThat(first.annotations()).containsEntry(DeploymentRevisions.REVISION, "1");
        assertThat(first.maps("status", "conditions"))
                .extracting(c -> c.get("reason"))
                .containsExactly("NewReplicaSetCreated");
        assertThat(first.at("status", "observedGeneration")).isNull();
        assertThat(written.get(2).number(0, "status", "observedGeneration")).isEqualTo(1);
    }

    @Test
    void a_paused_deployment_without_pods_scales_the_youngest_of_its_old_sets() {
        start();
        create(web -> web.set(0L, "spec", "replicas"));
        bench.settle();
        bench.advance(Duration.ofSeconds(5));
        change(web -> image(web, "nginx:2"));
        String young = bench.all(Kinds.REPLICA_SETS).stream()
                .filter(set ->
                        set.annotations().get(DeploymentRevisions.REVISION).equals("2"))
                .findFirst()
                .orElseThrow()
                .name();
        change(web -> {
            image(web, "nginx:3");
            web.set(true, "spec", "paused");
            web.set(3L, "spec", "replicas");
        });
        assertThat(bench.all(Kinds.REPLICA_SETS))
                .filteredOn(set -> set.number(0, "spec", "replicas") == 3)
                .extracting(KubeObject::name)
                .containsExactly(young);
    }

    @Test
    void a_set_of_the_right_size_is_not_written_for_its_annotations_alone() {
        start();
        create(web -> {});
        bench.kubelets();
        String version = bench.all(Kinds.REPLICA_SETS).get(0).resourceVersion();
        change(web -> {
            web.set(1L, "spec", "strategy", "rollingUpdate", "maxSurge");
            web.set(true, "spec", "paused");
        });
        assertThat(bench.all(Kinds.REPLICA_SETS).get(0).resourceVersion()).isEqualTo(version);
    }

    @Test
    void the_deadline_passes_a_second_after_it_and_not_before() {
        start();
        create(web -> web.set(5L, "spec", "progressDeadlineSeconds"));
        bench.settle();
        bench.advance(Duration.ofSeconds(5));
        assertThat(progress()).containsEntry("status", "True");
        bench.advance(Duration.ofSeconds(1));
        assertThat(progress())
                .containsEntry("status", "False")
                .containsEntry("reason", "ProgressDeadlineExceeded")
                .containsEntry(
                        "message",
                        "ReplicaSet \"" + bench.all(Kinds.REPLICA_SETS).get(0).name()
                                + "\" has timed out progressing.");
    }

    @Test
    void without_a_deadline_there_is_no_condition_of_progress() {
        start();
        create(web -> {});
        bench.kubelets();
        assertThat(progress()).isNotEmpty();
        change(web -> web.set(Long.valueOf(Integer.MAX_VALUE), "spec", "progressDeadlineSeconds"));
        assertThat(progress()).isEmpty();
    }

    @Test
    void what_a_quota_refuses_is_told_by_set_and_deployment_until_it_is_made() {
        start();
        bench.client.refuse(Kinds.PODS, 1, "exceeded quota");
        create(web -> web.set(4L, "spec", "replicas"));
        bench.settle();
        Map<String, Object> failure = Trees.condition(web(), "ReplicaFailure");
        assertThat(failure)
                .containsEntry("status", "True")
                .containsEntry("reason", "FailedCreate")
                .containsEntry("message", "exceeded quota");
        assertThat(failure.get("lastUpdateTime")).isEqualTo(failure.get("lastTransitionTime"));
        assertThat(bench.events()).contains("FailedCreate: Error creating: exceeded quota");

        bench.client.refuse(Kinds.PODS, 10, "");
        bench.advance(Duration.ofSeconds(1));
        bench.settle();
        assertThat(Trees.condition(web(), "ReplicaFailure")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | nginx:1 | Normal DeploymentRollback: Rolled back deployment \"web\" to revision 1",
                "1 | nginx:1 | Normal DeploymentRollback: Rolled back deployment \"web\" to revision 1",
                "2 | nginx:2 | Warning DeploymentRollbackTemplateUnchanged:"
                        + " The rollback revision contains the same template as current deployment \"web\"",
                "9 | nginx:2 | Warning DeploymentRollbackRevisionNotFound: Unable to find the revision to rollback to."
            })
    void the_old_annotation_rolls_back(String revision, String image, String event) {
        start();
        create(web -> web.set("first", "metadata", "annotations", "kubernetes.io/change-cause"));
        bench.kubelets();
        change(web -> {
            image(web, "nginx:2");
            web.set("second", "metadata", "annotations", "kubernetes.io/change-cause");
        });
        bench.kubelets();

        change(web -> web.set(revision, "metadata", "annotations", ROLLBACK));

        assertThat(web().annotations())
                .doesNotContainKey(ROLLBACK)
                .containsEntry("kubernetes.io/change-cause", image.equals("nginx:1") ? "first" : "second");
        assertThat(web().maps("spec", "template", "spec", "containers").get(0)).containsEntry("image", image);
        assertThat(web().at("spec", "template", "metadata", "labels", DeploymentController.HASH))
                .isNull();
        assertThat(bench.all(Kinds.EVENTS))
                .extracting(each -> each.text("type") + " " + each.text("reason") + ": " + each.text("message"))
                .contains(event);
    }

    @Test
    void a_first_revision_has_nothing_to_go_back_to() {
        start();
        create(web -> web.set("0", "metadata", "annotations", ROLLBACK));
        bench.settle();
        assertThat(web().annotations()).doesNotContainKey(ROLLBACK);
        assertThat(bench.events()).contains("DeploymentRollbackRevisionNotFound: Unable to find last revision.");
    }

    @Test
    void a_name_that_is_taken_by_another_set_leads_to_another_hash() {
        KubeObject web = deployment("web", 2);
        String hash = TemplateHash.of(web.map("spec", "template"), null);
        bench.client.create(
                Kinds.REPLICA_SETS, "default", KubeObject.create("apps/v1", "ReplicaSet", "default", "web-" + hash));
        start();
        create(same -> {});
        bench.settle();
        bench.advance(Duration.ofSeconds(1));

        assertThat(web().number(0, "status", "collisionCount")).isEqualTo(1);
        assertThat(bench.all(Kinds.REPLICA_SETS))
                .extracting(KubeObject::name)
                .contains("web-" + TemplateHash.of(web.map("spec", "template"), 1L));
    }

    @Test
    void a_long_name_is_cut_for_the_hash() {
        start();
        String name = "a".repeat(253);
        bench.client.create(Kinds.DEPLOYMENTS, "default", deployment(name, 1));
        bench.settle();
        assertThat(bench.all(Kinds.REPLICA_SETS).get(0).name())
                .hasSize(253)
                .startsWith("aaa")
                .contains("-");
    }

    @Test
    void the_history_of_revisions_grows_to_2000_letters() {
        start();
        create(web -> {});
        bench.kubelets();
        KubeObject set = bench.all(Kinds.REPLICA_SETS).get(0).copy();
        String history = "1000," + "2000,".repeat(398) + "3000";
        assertThat(history).hasSize(1999);
        set.set(history, "metadata", "annotations", DeploymentRevisions.HISTORY);
        bench.client.update(Kinds.REPLICA_SETS, set);
        change(web -> image(web, "nginx:2"));
        bench.kubelets();
        change(web -> image(web, "nginx:1"));

        assertThat(bench.get(Kinds.REPLICA_SETS, "default", set.name()).annotations())
                .containsEntry(DeploymentRevisions.HISTORY, "2000,".repeat(398) + "3000,1")
                .containsEntry(DeploymentRevisions.REVISION, "3");
    }

    @Test
    void recreate_waits_until_the_old_set_counts_no_pods() {
        DeploymentController.start(bench.context);
        create(web -> web.set(Trees.map("type", "Recreate"), "spec", "strategy"));
        bench.settle();
        KubeObject old = bench.all(Kinds.REPLICA_SETS).get(0).copy();
        old.set(2L, "status", "replicas");
        bench.client.updateSubresource(Kinds.REPLICA_SETS, "status", old);
        bench.settle();
        change(web -> image(web, "nginx:2"));
        assertThat(bench.all(Kinds.REPLICA_SETS)).hasSize(1);

        KubeObject empty = bench.get(Kinds.REPLICA_SETS, "default", old.name()).copy();
        empty.set(0L, "status", "replicas");
        bench.client.updateSubresource(Kinds.REPLICA_SETS, "status", empty);
        bench.settle();
        assertThat(bench.all(Kinds.REPLICA_SETS)).hasSize(2);
    }

    @Test
    void history_beyond_the_limit_goes_the_oldest_revision_first() {
        start();
        create(web -> web.set(1L, "spec", "revisionHistoryLimit"));
        bench.kubelets();
        for (String image : List.of("nginx:2", "nginx:3", "nginx:1", "nginx:4")) {
            bench.advance(Duration.ofSeconds(1));
            change(web -> image(web, image));
            bench.kubelets();
        }
        assertThat(bench.all(Kinds.REPLICA_SETS))
                .extracting(set -> set.annotations().get(DeploymentRevisions.REVISION))
                .containsExactlyInAnyOrder("4", "5");
    }

    @Test
    void a_set_that_nobody_owns_is_adopted_and_one_that_no_longer_matches_let_go() {
        start();
        create(web -> {});
        bench.kubelets();
        KubeObject set = bench.all(Kinds.REPLICA_SETS).get(0).copy();
        set.set("other", "metadata", "labels", "app");
        bench.client.update(Kinds.REPLICA_SETS, set);
        bench.settle();
        assertThat(bench.get(Kinds.REPLICA_SETS, "default", set.name()).ownerReferences())
                .isEmpty();
        KubeObject back = bench.get(Kinds.REPLICA_SETS, "default", set.name()).copy();
        back.set("web", "metadata", "labels", "app");
        bench.client.update(Kinds.REPLICA_SETS, back);
        bench.settle();
        assertThat(bench.get(Kinds.REPLICA_SETS, "default", set.name()).ownerReferences())
                .hasSize(1);
    }

    @Test
    void terminating_pods_are_counted_apart() {
        start();
        create(web -> web.set("node", "spec", "template", "spec", "nodeName"));
        bench.settle();
        bench.all(Kinds.PODS).forEach(bench::run);
        bench.settle();
        KubeObject pod = bench.all(Kinds.PODS).get(0);
        bench.client.delete(Kinds.PODS, "default", pod.name(), ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(web().number(0, "status", "terminatingReplicas")).isEqualTo(1);
        assertThat(web().number(0, "status", "replicas")).isEqualTo(2);
    }
}
