package dev.kuar.practice.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ports of network policies: numbers, ranges, and names that the pod at the other end gives its ports. */
final class PolicyCheckTest {
    private final FakeApiClient api = new FakeApiClient(new ManualClock());
    private final PolicyCheck check = new PolicyCheck(api);
    private final NetworkNamespace client = new NetworkNamespace("10.244.1.1", "one");
    private final NetworkNamespace server = new NetworkNamespace("10.244.1.2", "one");

    @BeforeEach
    void pods() {
        client.belongsTo("default", Map.of("app", "client"));
        server.belongsTo("default", Map.of("app", "server"));
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "server");
        pod.set("10.244.1.2", "status", "podIP");
        Map<String, Object> web = Map.of("name", "web", "containerPort", 8080L);
        Map<String, Object> dns = Map.of("name", "dns", "containerPort", 5353L, "protocol", "UDP");
        pod.set(List.of(Map.of("name", "main", "ports", List.of(web, dns))), "spec", "containers");
        api.create(GroupResource.core("pods"), "default", pod);
    }

    private void policy(String app, String direction, Map<String, Object> port) {
        KubeObject policy = KubeObject.create("networking.k8s.io/v1", "NetworkPolicy", "default", "p");
        policy.set(Map.of("matchLabels", Map.of("app", app)), "spec", "podSelector");
        policy.set(List.of(direction), "spec", "policyTypes");
        policy.set(List.of(Map.of("ports", List.of(port))), "spec", direction.equals("Ingress") ? "ingress" : "egress");
        api.create(GroupResource.of("networking.k8s.io", "networkpolicies"), "default", policy);
    }

    private boolean reaches(int port, String protocol) {
        return check.allows(client, server, port, protocol);
    }

    @Test
    void a_name_is_the_one_that_the_server_gives_its_port() {
        policy("server", "Ingress", Map.of("port", "web", "protocol", "TCP"));
        assertThat(reaches(8080, "TCP")).isTrue();
        assertThat(reaches(80, "TCP")).isFalse();
        assertThat(reaches(5353, "UDP")).isFalse();
    }

    @Test
    void a_client_may_leave_for_a_port_that_its_server_names_so() {
        policy("client", "Egress", Map.of("port", "dns", "protocol", "UDP"));
        assertThat(reaches(5353, "UDP")).isTrue();
        assertThat(reaches(8080, "TCP")).isFalse();
    }

    @Test
    void a_range_ends_with_its_end() {
        policy("server", "Ingress", Map.of("port", 8000L, "endPort", 8080L, "protocol", "TCP"));
        assertThat(reaches(8000, "TCP")).isTrue();
        assertThat(reaches(8080, "TCP")).isTrue();
        assertThat(reaches(8081, "TCP")).isFalse();
    }
}
