package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** StatefulSets: order, updates, and who keeps the claims. */
final class StatefulSetTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        bench.client.serve(Kinds.STATEFUL_SETS, "apps/v1", "StatefulSet", true);
        bench.client.serve(Kinds.CLAIMS, "v1", "PersistentVolumeClaim", true);
        StatefulSetController.start(bench.context);
        GarbageCollector.start(bench.context, AggregatedApis.NONE);
    }

    private static KubeObject db(long replicas) {
        KubeObject db = KubeObject.create("apps/v1", "StatefulSet", "default", "db");
        db.set(replicas, "spec", "replicas");
        db.set("db", "spec", "selector", "matchLabels", "app");
        db.set("db", "spec", "serviceName");
        db.set("db", "spec", "template", "metadata", "labels", "app");
        db.set("RollingUpdate", "spec", "updateStrategy", "type");
        db.set(0L, "spec", "updateStrategy", "rollingUpdate", "partition");
        db.set(image("v1"), "spec", "template", "spec", "containers");
        return db;
    }

    private static List<Object> image(String tag) {
        return Trees.list(Trees.map("name", "main", "image", "db:" + tag));
    }

    private static KubeObject withClaims(KubeObject set, String whenScaled, String whenDeleted) {
        set.set(
                Trees.list(Trees.map(
                        "metadata", Trees.map("name", "data"),
                        "spec", Trees.map("accessModes", Trees.list("ReadWriteOnce")))),
                "spec",
                "volumeClaimTemplates");
        set.set(whenScaled, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled");
        set.set(whenDeleted, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted");
        return set;
    }

    private void create(KubeObject set) {
        bench.client.create(Kinds.STATEFUL_SETS, "default", set);
        bench.kubelets();
    }

    private void change(Consumer<KubeObject> change) {
        KubeObject changed = bench.get(Kinds.STATEFUL_SETS, "default", "db").copy();
        change.accept(changed);
        bench.client.update(Kinds.STATEFUL_SETS, changed);
        bench.kubelets();
    }

    private List<String> images() {
        return bench.all(Kinds.PODS).stream()
                .map(pod -> pod.name() + " "
                        + KubeObject.of(pod.maps("spec", "containers").get(0)).text("image"))
                .toList();
    }

    private List<String> claims() {
        return bench.all(Kinds.CLAIMS).stream().map(KubeObject::name).toList();
    }

    @Test
    void all_pods_come_at_once_where_the_order_does_not_matter() {
        KubeObject db = db(3);
        db.set("Parallel", "spec", "podManagementPolicy");
        bench.client.create(Kinds.STATEFUL_SETS, "default", db);
        bench.settle();
        assertThat(bench.all(Kinds.PODS)).hasSize(3);
    }

    @Test
    void an_update_goes_from_the_top_down_to_the_partition() {
        create(db(3));
        change(set -> {
            set.set(2L, "spec", "updateStrategy", "rollingUpdate", "partition");
            set.set(image("v2"), "spec", "template", "spec", "containers");
        });
        assertThat(images()).containsExactly("db-0 db:v1", "db-1 db:v1", "db-2 db:v2");
        change(set -> set.set(0L, "spec", "updateStrategy", "rollingUpdate", "partition"));
        assertThat(images()).containsExactly("db-0 db:v2", "db-1 db:v2", "db-2 db:v2");
        KubeObject status = bench.get(Kinds.STATEFUL_SETS, "default", "db");
        assertThat(status.text("status", "currentRevision")).isEqualTo(status.text("status", "updateRevision"));
        assertThat(bench.events()).contains("SuccessfulDelete: Delete Pod db-2 in StatefulSet db successful");
    }

    @Test
    void on_delete_waits_for_somebody_to_delete() {
        KubeObject db = db(2);
        db.set(Trees.map("type", "OnDelete"), "spec", "updateStrategy");
        create(db);
        change(set -> set.set(image("v2"), "spec", "template", "spec", "containers"));
        assertThat(images()).containsExactly("db-0 db:v1", "db-1 db:v1");
        bench.client.delete(Kinds.PODS, "default", "db-0", DeleteOptions.NOW);
        bench.kubelets();
        assertThat(images()).containsExactly("db-0 db:v2", "db-1 db:v1");
    }

    @Test
    void a_pod_that_has_ended_is_replaced_whatever_it_ended_with() {
        create(db(1));
        for (String phase : List.of("Failed", "Succeeded")) {
            String before = bench.get(Kinds.PODS, "default", "db-0").uid();
            bench.finish(bench.get(Kinds.PODS, "default", "db-0"), phase);
            bench.kubelets();
            assertThat(bench.get(Kinds.PODS, "default", "db-0").uid()).isNotEqualTo(before);
        }
        assertThat(bench.events())
                .contains("SuccessfulDelete: Delete Pod db-0 in StatefulSet db successful")
                .noneMatch(event -> event.startsWith("Recreating"));
    }

    @Test
    void claims_stay_unless_the_policy_says_otherwise() {
        create(withClaims(db(2), "Retain", "Retain"));
        assertThat(claims()).containsExactly("data-db-0", "data-db-1");
        assertThat(bench.events())
                .contains("SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success");
        change(set -> set.set(1L, "spec", "replicas"));
        assertThat(claims()).containsExactly("data-db-0", "data-db-1");
        assertThat(bench.get(Kinds.CLAIMS, "default", "data-db-0").ownerReferences())
                .isEmpty();
    }

    @Test
    void claims_go_with_a_pod_that_is_scaled_away_and_with_the_set() {
        create(withClaims(db(2), "Delete", "Delete"));
        assertThat(bench.get(Kinds.CLAIMS, "default", "data-db-0").ownerReferences())
                .extracting(owner -> owner.get("kind"))
                .containsExactly("StatefulSet");
        change(set -> set.set(1L, "spec", "replicas"));
        assertThat(claims()).containsExactly("data-db-0");
        bench.client.delete(Kinds.STATEFUL_SETS, "default", "db", DeleteOptions.DEFAULT);
        bench.kubelets();
        assertThat(claims()).isEmpty();
    }
}
