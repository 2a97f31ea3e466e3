package dev.kuar.practice.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClusterNetworkTest {
    private static final GroupResource SERVICES = GroupResource.core("services");
    private static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");

    private final FakeApiClient api = new FakeApiClient(new ManualClock());
    private final ClusterNetwork network = new ClusterNetwork(api, false);
    private final NetworkNamespace client = new NetworkNamespace("10.244.1.9", "one");
    private final Map<PortService, String> byService = new HashMap<>();

    @BeforeEach
    void build() {
        for (int i = 1; i <= 4; i++) {
            String ip = "10.244." + (i % 2 + 1) + "." + i;
            NetworkNamespace stack = new NetworkNamespace(ip, i % 2 == 0 ? "one" : "two");
            PortService answers = HttpService.plain(request -> HttpResponse.text(200, "text/plain", ip));
            byService.put(answers, ip);
            stack.listen(80, answers);
            network.attach(stack);
        }
        network.attach(client);
    }

    private void service(String name, String ip, Map<String, Object> more) {
        KubeObject service = KubeObject.create("v1", "Service", "default", name);
        service.set(ip, "spec", "clusterIP");
        service.set(List.of(Map.of("port", 80L, "protocol", "TCP")), "spec", "ports");
        more.forEach((field, value) -> service.set(value, "spec", field));
        api.create(SERVICES, "default", service);
        KubeObject slice = KubeObject.create("discovery.k8s.io/v1", "EndpointSlice", "default", name + "-1");
        slice.set(Map.of("kubernetes.io/service-name", name), "metadata", "labels");
        slice.set(List.of(Map.of("name", "", "port", 80L)), "ports");
        List<Object> endpoints = new ArrayList<>();
        byService.values().stream()
                .sorted()
                .forEach(address -> endpoints.add(Map.of(
                        "addresses",
                        List.of(address),
                        "nodeName",
                        address.startsWith("10.244.1.") ? "one" : "two",
                        "conditions",
                        Map.of("ready", true))));
        slice.set(endpoints, "endpoints");
        api.create(SLICES, "default", slice);
    }

    private Set<String> reached(String ip, String between) throws Unreachable {
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < 500; i++) {
            seen.add(byService.get(network.dial(client, ip, 80)));
            network.dial(client, between, 80);
        }
        return seen;
    }

    @Test
    void an_external_name_is_a_canonical_name() {
        KubeObject service = KubeObject.create("v1", "Service", "default", "far");
        service.set("ExternalName", "spec", "type");
        service.set("far.example.com", "spec", "externalName");
        api.create(SERVICES, "default", service);
        assertThat(network.dns()
                        .answer("far.default.svc.cluster.local", "CNAME")
                        .records())
                .containsExactly("far.example.com");
    }

    /** A name is looked up before each request: that must not take every other endpoint's turn. */
    @Test
    void every_endpoint_is_reached_whatever_else_is_dialled() throws Exception {
        service("web", "10.96.0.1", Map.of());
        service("dns", "10.96.0.2", Map.of());
        assertThat(reached("10.96.0.1", "10.96.0.2")).hasSize(4);
    }

    @Test
    void a_client_stays_where_the_service_wants_it() throws Exception {
        service("web", "10.96.0.1", Map.of("sessionAffinity", "ClientIP"));
        assertThat(reached("10.96.0.1", "10.96.0.1")).hasSize(1);
    }

    @Test
    void local_traffic_stays_on_the_node_or_is_lost() throws Exception {
        service("web", "10.96.0.1", Map.of("internalTrafficPolicy", "Local"));
        assertThat(reached("10.96.0.1", "10.96.0.1")).containsExactlyInAnyOrder("10.244.1.2", "10.244.1.4");
        assertThatThrownBy(() -> network.dial(new NetworkNamespace("10.244.3.1", "three"), "10.96.0.1", 80))
                .isInstanceOfSatisfying(
                        Unreachable.class, lost -> assertThat(lost.getMessage()).contains("10.96.0.1:80"));
    }
}
