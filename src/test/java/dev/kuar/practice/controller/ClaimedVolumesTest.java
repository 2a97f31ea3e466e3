package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Claims that are made for pods' ephemeral volumes, and claims that grow. */
final class ClaimedVolumesTest {
    private final Bench bench = new Bench();

    private KubeObject pod() {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "box");
        Map<String, Object> template = Trees.map(
                "metadata",
                Trees.map("labels", Trees.map("kind", "scratch")),
                "spec",
                Trees.map("resources", Trees.map("requests", Trees.map("storage", "1Gi"))));
        pod.set(
                Trees.list(Trees.map("name", "tmp", "ephemeral", Trees.map("volumeClaimTemplate", template))),
                "spec",
                "volumes");
        return bench.client.create(Kinds.PODS, "default", pod);
    }

    @Test
    void an_ephemeral_volume_has_a_claim_that_its_pod_owns() {
        EphemeralVolumeController.start(bench.context);
        KubeObject pod = pod();
        bench.settle();
        KubeObject claim = bench.get(Kinds.CLAIMS, "default", "box-tmp");
        assertThat(Owners.controls(pod, claim)).isTrue();
        assertThat(claim.labels()).containsEntry("kind", "scratch");
        assertThat(claim.text("spec", "resources", "requests", "storage")).isEqualTo("1Gi");
        bench.client.delete(Kinds.CLAIMS, "default", "box-tmp", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.get(Kinds.CLAIMS, "default", "box-tmp").uid()).isNotEqualTo(claim.uid());
    }

    @Test
    void a_claim_of_somebody_else_is_in_the_way() {
        bench.client.create(
                Kinds.CLAIMS, "default", KubeObject.create("v1", "PersistentVolumeClaim", "default", "box-tmp"));
        EphemeralVolumeController.start(bench.context);
        pod();
        bench.settle();
        assertThat(bench.events())
                .containsExactly("FailedBinding: ephemeral volume tmp: PVC default/box-tmp was not created for pod"
                        + " default/box (pod is not owner)");
    }

    @Test
    void a_claim_that_grows_waits_for_somebody_who_can_expand_its_volume() {
        KubeObject claim = KubeObject.create("v1", "PersistentVolumeClaim", "default", "data");
        claim.set("1Gi", "spec", "resources", "requests", "storage");
        claim.set("pv", "spec", "volumeName");
        claim.set("Bound", "status", "phase");
        claim.set("1Gi", "status", "capacity", "storage");
        claim = bench.client.create(Kinds.CLAIMS, "default", claim);
        KubeObject volume = KubeObject.create("v1", "PersistentVolume", "", "pv");
        volume.set(claim.uid(), "spec", "claimRef", "uid");
        bench.client.create(Kinds.VOLUMES, "", volume);
        ExpandController.start(bench.context);
        bench.settle();
        assertThat(bench.events()).isEmpty();
        KubeObject larger = claim.copy();
        larger.set("2Gi", "spec", "resources", "requests", "storage");
        bench.client.update(Kinds.CLAIMS, larger);
        bench.settle();
        assertThat(bench.events())
                .containsExactly("ExternalExpanding: waiting for an external controller to expand this PVC");
    }
}
