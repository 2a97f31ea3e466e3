package dev.kuar.practice.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written when a pod gets devices, and what happens when that takes time or goes wrong. */
final class DeviceBindingTest {
    private static final GroupResource PODS = GroupResource.core("pods");

    private final ManualClock clock = new ManualClock();
    private final FakeApiClient client = new FakeApiClient(clock);

    @BeforeEach
    void start() {
        KubeObject node = KubeObject.create("v1", "Node", "", "a");
        node.set(new LinkedHashMap<>(Map.of("cpu", "4", "memory", "8Gi", "pods", "110")), "status", "allocatable");
        client.create(GroupResource.core("nodes"), "", node);
        type("");
        Scheduler.start(client, clock, "cp", Runnable::run);
    }

    private void type(String resource) {
        KubeObject type = KubeObject.create("resource.k8s.io/v1", "DeviceClass", "", "gpu");
        type.set(resource.isEmpty() ? null : resource, "spec", "extendedResourceName");
        if (client.informer(DeviceClaims.CLASSES).all().isEmpty()) {
            client.create(DeviceClaims.CLASSES, "", type);
        } else {
            client.update(DeviceClaims.CLASSES, type);
        }
    }

    private void slice(String name, String... binding) {
        KubeObject slice = KubeObject.create("resource.k8s.io/v1", "ResourceSlice", "", name);
        slice.set("gpu.example.com", "spec", "driver");
        slice.set(name, "spec", "pool", "name");
        slice.set(1L, "spec", "pool", "resourceSliceCount");
        slice.set("a", "spec", "nodeName");
        Map<String, Object> device = new LinkedHashMap<>(Map.of("name", "0"));
        if (binding.length > 0) {
            device.put("bindingConditions", List.of(binding[0]));
            device.put("bindingFailureConditions", List.of(binding[1]));
        }
        slice.set(new ArrayList<>(List.of(device)), "spec", "devices");
        client.create(DeviceClaims.SLICES, "", slice);
    }

    private void claim() {
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", "default", "mine");
        claim.set(
                List.of(Map.of("name", "one", "exactly", Map.of("deviceClassName", "gpu"))),
                "spec",
                "devices",
                "requests");
        client.create(DeviceClaims.CLAIMS, "default", claim);
    }

    private KubeObject written() {
        return client.get(DeviceClaims.CLAIMS, "default", "mine");
    }

    private void pod(Map<String, Object> spec) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "pod");
        pod.set(new LinkedHashMap<>(spec), "spec");
        pod.set("Pending", "status", "phase");
        client.create(PODS, "default", pod.copy());
    }

    private KubeObject pod() {
        return client.get(PODS, "default", "pod");
    }

    private void podWithClaim() {
        pod(Map.of("resourceClaims", List.of(Map.of("name", "gpu", "resourceClaimName", "mine"))));
    }

    private List<String> events() {
        return client.informer(GroupResource.core("events")).all().stream()
                .map(event -> event.text("reason") + ": " + event.text("message"))
                .toList();
    }

    @Test
    void a_claim_says_who_has_it_and_since_when() {
        slice("x");
        claim();
        podWithClaim();
        assertThat(pod().text("spec", "nodeName")).isEqualTo("a");
        assertThat(written().finalizers()).containsExactly("resource.kubernetes.io/delete-protection");
        assertThat(written().maps("status", "reservedFor"))
                .containsExactly(Map.of("resource", "pods", "name", "pod", "uid", pod().uid()));
        assertThat(written().text("status", "allocation", "allocationTimestamp"))
                .isNotEmpty();
    }

    @Test
    void a_pod_that_waits_for_devices_gets_its_node_once_a_driver_offers_some() {
        claim();
        podWithClaim();
        assertThat(pod().text("spec", "nodeName")).isEmpty();
        slice("x");
        assertThat(pod().text("spec", "nodeName")).isEqualTo("a");
    }

    private void prepared(String type) {
        KubeObject claim = written().copy();
        Map<String, Object> condition = new LinkedHashMap<>(
                Map.of("type", type, "status", "True", "reason", "Said", "message", "by the driver"));
        Map<String, Object> device =
                new LinkedHashMap<>(Map.of("driver", "gpu.example.com", "pool", "x", "device", "0"));
        device.put("conditions", List.of(condition));
        claim.set(List.of(device), "status", "devices");
        client.updateSubresource(DeviceClaims.CLAIMS, "status", claim);
    }

    @Test
    void a_pod_waits_until_its_device_is_prepared() {
        slice("x", "Attached", "Failed");
        claim();
        podWithClaim();
        assertThat(pod().text("spec", "nodeName")).isEmpty();
        assertThat(pod().text("status", "nominatedNodeName")).isEqualTo("a");
        assertThat(events())
                .containsExactly("BindingConditionsPending: waiting for binding conditions for device on node a");
        prepared("Attached");
        assertThat(pod().text("spec", "nodeName")).isEqualTo("a");
    }

    @Test
    void a_device_that_could_not_be_prepared_is_given_back() {
        slice("x", "Attached", "Failed");
        claim();
        podWithClaim();
        slice("y");
        prepared("Failed");
        assertThat(events())
                .contains("FailedScheduling: running PreBind plugin \"DynamicResources\": device binding failed:"
                        + " claim=mine, reason=Said, message=\"by the driver\"");
        assertThat(events()).anyMatch(event -> event.contains("deallocation of ResourceClaim completed"));
        assertThat(written().maps("status", "allocation", "devices", "results"))
                .extracting(result -> result.get("pool"))
                .containsExactly("y");
        assertThat(pod().text("spec", "nodeName")).isEqualTo("a");
    }

    @Test
    void a_device_that_is_not_prepared_in_time_is_given_back() {
        slice("x", "Attached", "Failed");
        claim();
        podWithClaim();
        clock.advance(Duration.ofSeconds(601));
        assertThat(events())
                .contains("FailedScheduling: running PreBind plugin \"DynamicResources\": device binding timeout:"
                        + " context deadline exceeded");
    }

    @Test
    void a_claim_is_made_for_extended_resources_that_a_class_stands_for() {
        type("example.com/gpu");
        slice("x");
        slice("y");
        Map<String, Object> main =
                Map.of("name", "main", "resources", Map.of("requests", Map.of("cpu", "1m", "example.com/gpu", "2")));
        Map<String, Object> init =
                Map.of("name", "init", "resources", Map.of("requests", Map.of("example.com/gpu", "1")));
        pod(Map.of("containers", List.of(main), "initContainers", List.of(init)));
        assertThat(pod().text("spec", "nodeName")).isEqualTo("a");
        KubeObject claim = client.informer(DeviceClaims.CLAIMS).all().iterator().next();
        assertThat(claim.annotations()).containsEntry("resource.kubernetes.io/extended-resource-claim", "true");
        assertThat(claim.maps("spec", "devices", "requests"))
                .containsExactly(Map.of(
                        "name",
                        "container-1-request-1",
                        "exactly",
                        Map.of("deviceClassName", "gpu", "allocationMode", "ExactCount", "count", 2L)));
        assertThat(claim.maps("status", "allocation", "devices", "results")).hasSize(2);
        assertThat(pod().text("status", "extendedResourceClaimStatus", "resourceClaimName"))
                .isEqualTo(claim.name());
        assertThat(pod().maps("status", "extendedResourceClaimStatus", "requestMappings"))
                .extracting(mapping -> mapping.get("containerName") + "=" + mapping.get("requestName"))
                .containsExactly("main=container-1-request-1", "init=container-1-request-1");
    }
}
