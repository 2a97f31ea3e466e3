package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private KubeObject volume(String name, String size, String type) {
        KubeObject volume = KubeObject.create("v1", "PersistentVolume", "", name);
        volume.set(type, "spec", "storageClassName");
        volume.set(size, "spec", "capacity", "storage");
        volume.set(Trees.list("ReadWriteOnce"), "spec", "accessModes");
        volume.set("Retain", "spec", "persistentVolumeReclaimPolicy");
        volume.set("/mnt/" + name, "spec", "hostPath", "path");
        return volume;
    }

    private KubeObject claim(String name, String type) {
        KubeObject claim = KubeObject.create("v1", "PersistentVolumeClaim", "default", name);
        claim.set(type, "spec", "storageClassName");
        claim.set("1Gi", "spec", "resources", "requests", "storage");
        claim.set(Trees.list("ReadWriteOnce"), "spec", "accessModes");
        return claim;
    }

    private KubeObject add(KubeObject volume) {
        KubeObject made = bench.client.create(Kinds.VOLUMES, "", volume);
        bench.settle();
        return made;
    }

    private void claim(KubeObject claim) {
        bench.client.create(Kinds.CLAIMS, "default", claim);
        bench.settle();
    }

    private KubeObject claim(String name) {
        return bench.get(Kinds.CLAIMS, "default", name);
    }

    private String phaseOf(String volume) {
        return bench.get(Kinds.VOLUMES, "", volume).text("status", "phase");
    }

    private String lastEvent() {
        bench.settle();
        return bench.events().get(bench.events().size() - 1);
    }

    @Test
    void a_claim_whose_pod_waits_says_so() {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "box");
        pod.set(
                Trees.list(Trees.map("name", "v", "persistentVolumeClaim", Trees.map("claimName", "data"))),
                "spec",
                "volumes");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.advance(Duration.ofSeconds(15));
        assertThat(lastEvent()).isEqualTo("WaitForPodScheduled: waiting for pod box to be scheduled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what is odd about the volume that the claim names | what the claim hears
            capacity                  | Cannot bind to requested volume "disk": requested PV is too small
            storageClassName          | Cannot bind to requested volume "disk": storageClassName does not match
            volumeAttributesClassName | Cannot bind to requested volume "disk": volumeAttributesClassName does not match
            volumeMode                | Cannot bind to requested volume "disk": incompatible volumeMode
            accessModes               | Cannot bind to requested volume "disk": incompatible accessMode
            """)
    void a_volume_that_is_asked_for_by_name_must_do(String odd, String message) {
        KubeObject volume = volume("disk", "2Gi", "");
        switch (odd) {
            case "capacity" -> volume.set("1Mi", "spec", "capacity", "storage");
            case "accessModes" -> volume.set(Trees.list("ReadOnlyMany"), "spec", "accessModes");
            case "volumeMode" -> volume.set("Block", "spec", "volumeMode");
            default -> volume.set("other", "spec", odd);
        }
        add(volume);
        KubeObject claim = claim("mine", "");
        claim.set("disk", "spec", "volumeName");
        claim(claim);
        assertThat(lastEvent()).isEqualTo("VolumeMismatch: " + message);
        assertThat(claim("mine").text("status", "phase")).isEqualTo("Pending");
    }

    @Test
    void a_volume_that_another_has_is_not_had() {
        add(volume("disk", "2Gi", ""));
        claim(claim("first", ""));
        KubeObject second = claim("second", "");
        second.set("disk", "spec", "volumeName");
        claim(second);
        assertThat(claim("first").text("spec", "volumeName")).isEqualTo("disk");
        assertThat(claim("first").annotations())
                .containsOnlyKeys(VolumeBinder.BIND_COMPLETED, VolumeBinder.BOUND_BY_CONTROLLER);
        assertThat(lastEvent()).isEqualTo("FailedBinding: volume \"disk\" already bound to a different claim.");
        assertThat(claim("second").text("status", "phase")).isEqualTo("Pending");
    }

    @Test
    void the_smallest_volume_that_does_is_taken_and_one_that_is_kept_before_it() {
        add(volume("big", "9Gi", ""));
        add(volume("small", "2Gi", ""));
        claim(claim("mine", ""));
        assertThat(claim("mine").text("spec", "volumeName")).isEqualTo("small");
        assertThat(claim("mine").text("status", "capacity", "storage")).isEqualTo("2Gi");
        KubeObject kept = volume("kept", "9Gi", "");
        kept.set(Trees.map("namespace", "default", "name", "other"), "spec", "claimRef");
        add(kept);
        assertThat(phaseOf("kept")).isEqualTo("Available");
        claim(claim("other", ""));
        assertThat(claim("other").text("spec", "volumeName")).isEqualTo("kept");
        assertThat(bench.get(Kinds.VOLUMES, "", "kept").annotations()).isEmpty();
    }

    @Test
    void a_claim_whose_volume_goes_is_lost() {
        add(volume("disk", "2Gi", ""));
        claim(claim("mine", ""));
        KubeObject volume = bench.get(Kinds.VOLUMES, "", "disk").copy();
        volume.set(null, "metadata", "finalizers");
        bench.client.update(Kinds.VOLUMES, volume);
        bench.client.delete(Kinds.VOLUMES, "", "disk", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(claim("mine").text("status", "phase")).isEqualTo("Lost");
        assertThat(lastEvent())
                .isEqualTo("ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }

    @Test
    void a_volume_that_its_claim_leaves_is_released_and_kept_until_somebody_frees_it() {
        add(volume("disk", "2Gi", ""));
        claim(claim("mine", ""));
        bench.client.delete(Kinds.CLAIMS, "default", "mine", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(phaseOf("disk")).isEqualTo("Released");
        claim(claim("mine", ""));
        assertThat(claim("mine").text("status", "phase")).isEqualTo("Pending");
        KubeObject volume = bench.get(Kinds.VOLUMES, "", "disk").copy();
        volume.set(null, "spec", "claimRef");
        bench.client.update(Kinds.VOLUMES, volume);
        bench.settle();
        assertThat(claim("mine").text("spec", "volumeName")).isEqualTo("disk");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # the volume's source | its path | what the volume ends as
            hostPath | /tmp/x  | gone
            hostPath | /mnt/x  | host_path deleter only supports /tmp/.+ but received provided /mnt/x
            local    | /mnt/x  | error getting deleter volume plugin for volume "disk": no volume plugin matched
            nfs      | /mnt/x  | error getting deleter volume plugin for volume "disk": no deletable volume plugin matched
            csi      | /mnt/x  | Released
            """)
    void a_volume_that_is_to_be_deleted_goes_if_somebody_can_delete_it(String source, String path, String end) {
        KubeObject volume = volume("disk", "2Gi", "");
        volume.set("Delete", "spec", "persistentVolumeReclaimPolicy");
        volume.set(null, "spec", "hostPath");
        volume.set(path, "spec", source, "path");
        add(volume);
        claim(claim("mine", ""));
        bench.client.delete(Kinds.CLAIMS, "default", "mine", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        if (end.equals("gone")) {
            assertThat(bench.all(Kinds.VOLUMES)).isEmpty();
        } else if (end.equals("Released")) {
            assertThat(phaseOf("disk")).isEqualTo("Released");
        } else {
            assertThat(phaseOf("disk")).isEqualTo("Failed");
            assertThat(bench.get(Kinds.VOLUMES, "", "disk").text("status", "message"))
                    .isEqualTo(end);
            assertThat(lastEvent()).isEqualTo("VolumeFailedDelete: " + end);
        }
    }

    @Test
    void a_class_of_this_repository_that_nobody_serves_can_not_provision() {
        KubeObject type = KubeObject.create("storage.k8s.io/v1", "StorageClass", "", "none");
        type.set("kubernetes.io/no-provisioner", "provisioner");
        type.set("Immediate", "volumeBindingMode");
        bench.client.create(Kinds.STORAGE_CLASSES, "", type);
        claim(claim("mine", "none"));
        assertThat(lastEvent())
                .isEqualTo("ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner");
    }

    @Test
    void a_claim_without_class_waits_and_takes_the_default_that_comes_later() {
        KubeObject classless = claim("mine", "");
        classless.set(null, "spec", "storageClassName");
        claim(classless);
        assertThat(lastEvent())
                .isEqualTo("FailedBinding: no persistent volumes available for this claim and no storage class is set");
        KubeObject type = bench.get(Kinds.STORAGE_CLASSES, "", "standard").copy();
        type.set("true", "metadata", "annotations", "storageclass.kubernetes.io/is-default-class");
        bench.client.update(Kinds.STORAGE_CLASSES, type);
        bench.advance(Duration.ofSeconds(15));
        assertThat(claim("mine").text("spec", "storageClassName")).isEqualTo("standard");
    }

    @Test
    void a_claim_of_an_ephemeral_volume_is_held_while_its_pod_runs() {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "box");
        pod.set(
                Trees.list(Trees.map("name", "scratch", "ephemeral", Trees.map("volumeClaimTemplate", Trees.map()))),
                "spec",
                "volumes");
        pod.set("worker", "spec", "nodeName");
        bench.client.create(Kinds.PODS, "default", pod);
        claim(claim("box-scratch", "standard"));
        bench.client.delete(Kinds.CLAIMS, "default", "box-scratch", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(claim("box-scratch").isTerminating()).isTrue();
        bench.client.delete(Kinds.PODS, "default", "box", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.client.find(Kinds.CLAIMS, "default", "box-scratch")).isEmpty();
    }

    @Test
    void a_claim_stays_while_a_pod_names_it_even_one_that_has_finished() {
        VolumeProtection.start(bench.context);
        bench.client.create(
                Kinds.CLAIMS, "default", KubeObject.create("v1", "PersistentVolumeClaim", "default", "used"));
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "done");
        pod.set("worker", "spec", "nodeName");
        pod.set(
                Trees.list(Trees.map("name", "d", "persistentVolumeClaim", Trees.map("claimName", "used"))),
                "spec",
                "volumes");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.settle();
        bench.finish(bench.get(Kinds.PODS, "default", "done"), "Succeeded");
        bench.client.delete(Kinds.CLAIMS, "default", "used", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.get(Kinds.CLAIMS, "default", "used").isTerminating()).isTrue();
        bench.client.delete(Kinds.PODS, "default", "done", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.client.find(Kinds.CLAIMS, "default", "used")).isEmpty();
    }
}
