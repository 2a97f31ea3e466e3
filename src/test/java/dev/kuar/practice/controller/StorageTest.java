package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims, volumes and the provisioner. */
final class StorageTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        VolumeBinder.start(bench.context);
        VolumeProtection.start(bench.context);
        LocalPathProvisioner.start(bench.context);
        KubeObject type = KubeObject.create("storage.k8s.io/v1", "StorageClass", "", "standard");
        type.set("rancher.io/local-path", "provisioner");
        type.set("Delete", "reclaimPolicy");
        type.set("WaitForFirstConsumer", "volumeBindingMode");
        bench.client.create(Kinds.STORAGE_CLASSES, "", type);
        KubeObject claim = KubeObject.create("v1", "PersistentVolumeClaim", "default", "data");
        claim.set("standard", "spec", "storageClassName");
        claim.set("1Gi", "spec", "resources", "requests", "storage");
        claim.set(Trees.list("ReadWriteOnce"), "spec", "accessModes");
        bench.client.create(Kinds.CLAIMS, "default", claim);
        bench.settle();
    }

    private void provisioner() {
        KubeObject pod = KubeObject.create("v1", "Pod", "local-path-storage", "provisioner");
        pod.set(Trees.list(Trees.map("name", "local-path-provisioner")), "spec", "containers");
        pod.set("worker", "spec", "nodeName");
        bench.client.create(Kinds.PODS, "local-path-storage", pod);
        bench.kubelets();
    }

    private void select() {
        KubeObject claim = bench.get(Kinds.CLAIMS, "default", "data").copy();
        claim.set("worker", "metadata", "annotations", VolumeBinder.SELECTED_NODE);
        bench.client.update(Kinds.CLAIMS, claim);
        bench.settle();
    }

    private String phase() {
        return bench.get(Kinds.CLAIMS, "default", "data").text("status", "phase");
    }

    @Test
    void a_claim_waits_for_its_consumer_and_then_for_the_provisioner() {
        assertThat(bench.events())
                .containsExactly("WaitForFirstConsumer: waiting for first consumer to be created before binding");
        select();
        assertThat(phase()).isEqualTo("Pending");
        provisioner();
        assertThat(phase()).isEqualTo("Bound");
        KubeObject volume = bench.all(Kinds.VOLUMES).get(0);
        assertThat(volume.text("status", "phase")).isEqualTo("Bound");
        assertThat(volume.finalizers()).containsExactly("kubernetes.io/pv-protection");
    }

    @Test
    void a_volume_goes_with_its_claim() {
        provisioner();
        select();
        bench.client.delete(Kinds.CLAIMS, "default", "data", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.all(Kinds.CLAIMS)).isEmpty();
        assertThat(bench.all(Kinds.VOLUMES)).isEmpty();
    }
}
