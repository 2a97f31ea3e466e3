package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Claims of devices: made from templates, taken back, and pods that go because of a device. */
final class DeviceClaimsTest {
    private static final GroupResource CLAIMS = ResourceClaimController.CLAIMS;
    private static final GroupResource SLICES = GroupResource.of("resource.k8s.io", "resourceslices");
    private static final String FINALIZER = "resource.kubernetes.io/delete-protection";

    private final Bench bench = new Bench();

    @Test
    void a_claim_of_devices_is_made_from_its_template_and_goes_with_its_pod() {
        ResourceClaimController.start(bench.context);
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "box");
        pod.set(Trees.list(Trees.map("name", "gpu", "resourceClaimTemplateName", "one-gpu")), "spec", "resourceClaims");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.settle();
        assertThat(bench.events())
                .containsExactly(
                        "FailedResourceClaimCreation: PodResourceClaim gpu: resource claim template \"one-gpu\":"
                                + " resourceclaimtemplate.resource.k8s.io \"one-gpu\" not found");
        KubeObject template = KubeObject.create("resource.k8s.io/v1", "ResourceClaimTemplate", "default", "one-gpu");
        template.set(Trees.list(Trees.map("name", "r")), "spec", "spec", "devices", "requests");
        bench.client.create(ResourceClaimController.TEMPLATES, "default", template);
        bench.settle();
        KubeObject claim = bench.all(ResourceClaimController.CLAIMS).get(0);
        assertThat(claim.name()).startsWith("box-gpu-");
        assertThat(claim.annotations()).containsEntry("resource.kubernetes.io/pod-claim-name", "gpu");
        assertThat(claim.maps("spec", "devices", "requests")).hasSize(1);
        assertThat(bench.get(Kinds.PODS, "default", "box").maps("status", "resourceClaimStatuses"))
                .containsExactly(Map.of("name", "gpu", "resourceClaimName", claim.name()));
        bench.finish(bench.get(Kinds.PODS, "default", "box"), "Succeeded");
        assertThat(bench.all(ResourceClaimController.CLAIMS)).isEmpty();
    }

    private KubeObject pod(String name) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set(Trees.list(Trees.map("name", "gpu", "resourceClaimName", "mine")), "spec", "resourceClaims");
        pod.set("a", "spec", "nodeName");
        pod.set("Running", "status", "phase");
        return bench.client.create(Kinds.PODS, "default", pod);
    }

    private void claim(String device, KubeObject... users) {
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", "default", "mine");
        claim.set(List.of(FINALIZER), "metadata", "finalizers");
        claim.set(
                Trees.list(Trees.map("request", "r", "driver", "gpu.example.com", "pool", "x", "device", device)),
                "status",
                "allocation",
                "devices",
                "results");
        List<Object> reserved = Trees.list();
        for (KubeObject user : users) {
            reserved.add(Trees.map("resource", "pods", "name", user.name(), "uid", user.uid()));
        }
        claim.set(reserved, "status", "reservedFor");
        bench.client.create(CLAIMS, "default", claim);
    }

    private KubeObject claim() {
        return bench.get(CLAIMS, "default", "mine");
    }

    @Test
    void a_claim_gives_its_devices_back_once_the_last_pod_is_done() {
        KubeObject one = pod("one");
        KubeObject two = pod("two");
        claim("0", one, two);
        ResourceClaimController.start(bench.context);
        bench.settle();
        bench.finish(one, "Succeeded");
        assertThat(claim().maps("status", "reservedFor"))
                .extracting(user -> user.get("name"))
                .containsExactly("two");
        assertThat(claim().at("status", "allocation")).isNotNull();
        bench.client.delete(Kinds.PODS, "default", "two", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(claim().maps("status", "reservedFor")).isEmpty();
        assertThat(claim().at("status", "allocation")).isNull();
        assertThat(claim().finalizers()).isEmpty();
    }

    @Test
    void a_claim_that_is_deleted_goes_when_nobody_uses_it_any_more() {
        KubeObject one = pod("one");
        claim("0", one);
        ResourceClaimController.start(bench.context);
        bench.client.delete(CLAIMS, "default", "mine", ApiClient.DeleteOptions.ofUid(claim().uid()));
        bench.settle();
        assertThat(claim().isTerminating()).isTrue();
        bench.finish(one, "Failed");
        assertThat(bench.all(CLAIMS)).isEmpty();
    }

    @Test
    void a_pod_that_was_given_its_node_by_hand_may_use_a_claim_that_has_devices() {
        claim("0", pod("one"));
        ResourceClaimController.start(bench.context);
        bench.settle();
        pod("two");
        bench.settle();
        assertThat(claim().maps("status", "reservedFor"))
                .extracting(user -> user.get("name"))
                .containsExactly("one", "two");
    }

    private KubeObject slice(Map<String, Object> taint) {
        KubeObject slice = KubeObject.create("resource.k8s.io/v1", "ResourceSlice", "", "x");
        slice.set("gpu.example.com", "spec", "driver");
        slice.set("x", "spec", "pool", "name");
        Map<String, Object> device = Trees.map("name", "0");
        if (!taint.isEmpty()) {
            device.put("taints", Trees.list(taint));
        }
        slice.set(Trees.list(device), "spec", "devices");
        return slice;
    }

    private Map<String, Object> broken(String effect) {
        return Trees.map("key", "broken", "effect", effect, "timeAdded", bench.context.now());
    }

    @Test
    void a_device_that_breaks_drives_away_the_pods_that_use_it() {
        KubeObject one = pod("one");
        claim("0", one);
        bench.client.create(SLICES, "", slice(broken("NoSchedule")));
        DeviceTaintController.start(bench.context);
        bench.settle();
        assertThat(bench.all(Kinds.PODS)).hasSize(1);
        bench.client.update(SLICES, slice(broken("NoExecute")));
        bench.settle();
        assertThat(bench.all(Kinds.PODS).stream().filter(pod -> !pod.isTerminating()))
                .isEmpty();
        assertThat(bench.events()).containsExactly("DeviceTaintManagerEviction: Marking for deletion");
    }

    @Test
    void a_pod_stays_as_long_as_its_claim_tolerates_the_taint() {
        KubeObject one = pod("one");
        claim("0", one);
        KubeObject tolerant = claim().copy();
        Map<String, Object> toleration =
                Trees.map("key", "broken", "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 60L);
        KubeObject.of(tolerant.maps("status", "allocation", "devices", "results")
                        .get(0))
                .set(Trees.list(toleration), "tolerations");
        bench.client.updateSubresource(CLAIMS, "status", tolerant);
        bench.client.create(SLICES, "", slice(Map.of()));
        DeviceTaintController.start(bench.context);
        bench.client.update(SLICES, slice(broken("NoExecute")));
        bench.advance(Duration.ofSeconds(59));
        assertThat(bench.get(Kinds.PODS, "default", "one").isTerminating()).isFalse();
        bench.client.update(SLICES, slice(Map.of()));
        bench.advance(Duration.ofSeconds(60));
        assertThat(bench.get(Kinds.PODS, "default", "one").isTerminating()).isFalse();
        assertThat(bench.events()).containsExactly("DeviceTaintManagerEviction: Cancelling deletion");
    }
}
