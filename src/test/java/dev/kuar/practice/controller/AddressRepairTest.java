package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses of Services that somebody deleted, and those that nobody has. */
final class AddressRepairTest {
    private static final String IP = "10.96.0.7";

    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set(List.of(IP), "spec", "clusterIPs");
        bench.client.create(Kinds.SERVICES, "default", service);
    }

    private void address(String ip, String service) {
        KubeObject address = KubeObject.create("networking.k8s.io/v1", "IPAddress", "", ip);
        address.set("ipallocator.k8s.io", "metadata", "labels", "ipaddress.kubernetes.io/managed-by");
        address.set(Trees.map("name", service, "namespace", "default", "resource", "services"), "spec", "parentRef");
        bench.client.create(Kinds.IP_ADDRESSES, "", address);
    }

    @Test
    void an_address_that_was_deleted_comes_back() {
        address(IP, "web");
        AddressRepair.start(bench.context);
        bench.settle();
        bench.client.delete(Kinds.IP_ADDRESSES, "", IP, ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(bench.all(Kinds.IP_ADDRESSES)).isEmpty();
        bench.advance(Duration.ofMinutes(3));
        assertThat(bench.get(Kinds.IP_ADDRESSES, "", IP).text("spec", "parentRef", "name"))
                .isEqualTo("web");
        assertThat(bench.events())
                .containsExactly("ClusterIPNotAllocated: Cluster IP [IPv4]: " + IP + " is not allocated; repairing");
    }

    @Test
    void an_address_that_no_service_has_goes() {
        address(IP, "web");
        address("10.96.0.8", "gone");
        AddressRepair.start(bench.context);
        bench.advance(Duration.ofSeconds(59));
        assertThat(bench.all(Kinds.IP_ADDRESSES)).hasSize(2);
        bench.advance(Duration.ofSeconds(3));
        assertThat(bench.all(Kinds.IP_ADDRESSES)).extracting(KubeObject::name).containsExactly(IP);
        assertThat(bench.events())
                .containsExactly("IPAddressNotAllocated: IPAddress: 10.96.0.8 for Service default/gone appears to have"
                        + " leaked: cleaning up");
    }
}
