package dev.kuar.practice.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a claim of devices counts for in quotas. */
final class DeviceQuotaTest {
    private static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    private static final String GPUS = "gpu.deviceclass.resource.k8s.io/devices";

    @Test
    void devices_are_counted_by_their_class() {
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", "default", "c");
        Map<String, Object> two = Map.of("deviceClassName", "gpu", "allocationMode", "ExactCount", "count", 2L);
        Map<String, Object> one = Map.of("deviceClassName", "gpu", "allocationMode", "ExactCount", "count", 1L);
        Map<String, Object> all = Map.of("deviceClassName", "nic", "allocationMode", "All");
        claim.set(
                List.of(
                        Map.of("name", "a", "exactly", two),
                        Map.of("name", "b", "firstAvailable", List.of(one, two)),
                        Map.of("name", "c", "exactly", all)),
                "spec",
                "devices",
                "requests");
        assertThat(QuotaUsage.of(CLAIMS, claim, Instant.EPOCH))
                .containsEntry("count/resourceclaims.resource.k8s.io", Quantity.of(1))
                .containsEntry(GPUS, Quantity.of(4))
                .containsEntry("nic.deviceclass.resource.k8s.io/devices", Quantity.of(32));
        assertThat(QuotaUsage.concerns(GPUS, CLAIMS)).isTrue();
        assertThat(QuotaUsage.kinds(List.of(GPUS))).containsExactly(CLAIMS);
    }
}
