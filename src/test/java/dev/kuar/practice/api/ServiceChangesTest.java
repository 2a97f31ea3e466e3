package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Service is given, keeps, and gives back, as its type changes. */
final class ServiceChangesTest {
    private static final GroupResource SERVICES = GroupResource.core("services");
    private static final GroupResource ADDRESSES = GroupResource.of("networking.k8s.io", "ipaddresses");
    private static final GroupResource RANGES = GroupResource.of("networking.k8s.io", "servicecidrs");

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    private KubeObject make(String spec) {
        return client.create(SERVICES, "default", service("s", spec));
    }

    private static KubeObject service(String name, String spec) {
        return json("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{"
                + spec.replace('\'', '"') + "}}");
    }

    private KubeObject change(Map<String, Object> values) {
        KubeObject changed = client.get(SERVICES, "default", "s").copy();
        values.forEach((field, value) -> changed.set(value.equals("") ? null : value, "spec", field));
        return client.update(SERVICES, changed);
    }

    private int addresses() {
        return client.list(ADDRESSES, "", ApiClient.ListOptions.ALL).items().size();
    }

    @Test
    void a_service_that_becomes_a_name_gives_back_its_address_and_gets_another_when_it_is_one_no_more() {
        String address = make("'ports':[{'port':80}]").text("spec", "clusterIP");
        KubeObject name = change(Map.of("type", "ExternalName", "externalName", "example.com"));
        assertThat(name.map("spec"))
                .doesNotContainKeys("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy");
        assertThat(client.find(ADDRESSES, "", address)).isEmpty();

        KubeObject back = change(Map.of("type", "ClusterIP", "externalName", ""));
        assertThat(back.text("spec", "clusterIP")).startsWith("10.96.");
        assertThat(back.texts("spec", "clusterIPs")).containsExactly(back.text("spec", "clusterIP"));
        assertThat(back.texts("spec", "ipFamilies")).containsExactly("IPv4");
        assertThat(back.text("spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
        assertThat(client.find(ADDRESSES, "", back.text("spec", "clusterIP"))).isPresent();
    }

    @Test
    void a_change_that_is_refused_holds_no_address() {
        make("'type':'ExternalName','externalName':'example.com','ports':[{'port':80}]");
        int before = addresses();
        assertThatThrownBy(() -> change(Map.of("type", "ClusterIP", "sessionAffinity", "Sometimes")))
                .hasMessageContaining("spec.sessionAffinity");
        assertThat(addresses()).isEqualTo(before);
    }

    @Test
    void what_only_its_old_type_had_goes() {
        make("'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]");
        KubeObject status = client.get(SERVICES, "default", "s").copy();
        status.set(List.of(Map.of("ip", "203.0.113.9", "ipMode", "VIP")), "status", "loadBalancer", "ingress");
        client.updateSubresource(SERVICES, "status", status);
        KubeObject plain = change(Map.of("type", "ClusterIP"));
        assertThat(plain.map("spec"))
                .doesNotContainKeys(
                        "externalTrafficPolicy",
                        "healthCheckNodePort",
                        "allocateLoadBalancerNodePorts",
                        "loadBalancerClass");
        assertThat(plain.maps("spec", "ports").get(0)).doesNotContainKey("nodePort");
        assertThat(plain.map("status", "loadBalancer")).isEmpty();
    }

    @Test
    void what_goes_with_the_type_and_is_changed_too_is_an_error() {
        KubeObject made = make("'type':'NodePort','ports':[{'port':80}]");
        KubeObject changed = made.copy();
        changed.set("ClusterIP", "spec", "type");
        changed.maps("spec", "ports").get(0).put("nodePort", 31999L);
        assertThatThrownBy(() -> client.update(SERVICES, changed))
                .hasMessage("Service \"s\" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when"
                        + " `type` is 'ClusterIP'");
    }

    @Test
    void what_was_given_and_is_not_mentioned_stays() {
        KubeObject made = make("'type':'NodePort','ports':[{'name':'a','port':80},{'name':'b','port':81}]");
        KubeObject sent = service("s", "'type':'NodePort','ports':[{'name':'b','port':81},{'name':'c','port':82}]");
        sent.set("default", "metadata", "namespace");
        sent.set(made.resourceVersion(), "metadata", "resourceVersion");
        KubeObject changed = client.update(SERVICES, sent);
        assertThat(changed.text("spec", "clusterIP")).isEqualTo(made.text("spec", "clusterIP"));
        assertThat(changed.maps("spec", "ports").get(0).get("nodePort"))
                .isEqualTo(made.maps("spec", "ports").get(1).get("nodePort"));
        assertThat(changed.maps("spec", "ports").get(1).get("nodePort"))
                .isNotEqualTo(made.maps("spec", "ports").get(0).get("nodePort"));
    }

    @Test
    void a_port_of_two_protocols_has_one_node_port() {
        KubeObject made = make("'type':'NodePort','ports':[{'name':'t','port':53,'protocol':'TCP'},"
                + "{'name':'u','port':53,'protocol':'UDP'}]");
        Set<Object> numbers = new HashSet<>();
        made.maps("spec", "ports").forEach(port -> numbers.add(port.get("nodePort")));
        assertThat(numbers).hasSize(1);
    }

    @Test
    void a_balancer_without_node_ports_gets_only_those_that_are_asked_for() {
        KubeObject made = make("'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,"
                + "'ports':[{'name':'a','port':80},{'name':'b','port':81,'nodePort':30081}]");
        assertThat(made.maps("spec", "ports").get(0)).doesNotContainKey("nodePort");
        assertThatThrownBy(() -> client.create(
                        SERVICES, "default", service("t", "'type':'NodePort','ports':[{'port':80,'nodePort':30081}]")))
                .hasMessage("Service \"t\" is invalid: spec.ports[0].nodePort: Invalid value: 30081:"
                        + " provided port is already allocated");
    }

    @Test
    void where_nodes_are_asked_for_their_health_a_port_is_given_and_kept() {
        KubeObject made = make("'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]");
        long port = made.number(0, "spec", "healthCheckNodePort");
        assertThat(port).isBetween(30000L, 32767L);
        assertThat(change(Map.of("healthCheckNodePort", "")).number(0, "spec", "healthCheckNodePort"))
                .isEqualTo(port);
        assertThatThrownBy(() -> client.create(
                        SERVICES,
                        "default",
                        service(
                                "t",
                                "'type':'LoadBalancer','externalTrafficPolicy':'Local','healthCheckNodePort':" + port
                                        + ",'ports':[{'port':80}]")))
                .hasMessage("Internal error occurred: failed to allocate requested HealthCheck NodePort " + port
                        + ": provided port is already allocated");
        assertThat(change(Map.of("externalTrafficPolicy", "Cluster")).map("spec"))
                .doesNotContainKey("healthCheckNodePort");
    }

    @Test
    void a_creation_that_is_refused_holds_neither_address_nor_port() {
        int before = addresses();
        assertThatThrownBy(() -> make("'type':'NodePort','ports':[{'port':80,'nodePort':80}]"))
                .hasMessageContaining("The range of valid ports is 30000-32767");
        assertThat(addresses()).isEqualTo(before);
        make("'type':'NodePort','ports':[{'port':80,'nodePort':30080}]");
    }

    @Test
    void a_port_that_becomes_free_can_be_had_again() {
        make("'type':'NodePort','ports':[{'port':80,'nodePort':30080}]");
        client.delete(SERVICES, "default", "s", DeleteOptions.DEFAULT);
        assertThat(make("'type':'NodePort','ports':[{'port':80,'nodePort':30080}]")
                        .maps("spec", "ports")
                        .get(0))
                .containsEntry("nodePort", 30080L);
    }

    static List<Arguments> refusals() {
        return List.of(
                arguments(
                        "'ipFamilyPolicy':'RequireDualStack'",
                        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for"
                                + " dual-stack services"),
                arguments(
                        "'ipFamilies':['IPv6']",
                        "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"),
                arguments(
                        "'clusterIP':'fd00::1'",
                        "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster"),
                arguments(
                        "'clusterIP':'10.97.0.1'",
                        "spec.clusterIPs: Invalid value: [\"10.97.0.1\"]: failed to allocate IP 10.97.0.1: the provided"
                                + " network does not match the current range"),
                arguments(
                        "'ipFamilies':['IPv4','IPv6']",
                        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or"
                                + " 'PreferDualStack' when multiple IP families are specified"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_this_cluster_has_not_is_refused(String spec, String why) {
        assertThatThrownBy(() -> make("'ports':[{'port':80}]," + spec)).hasMessage("Service \"s\" is invalid: " + why);
    }

    @Test
    void an_address_of_a_balancer_stands_for_itself_where_nothing_else_is_said() {
        make("'type':'LoadBalancer','ports':[{'port':80}]");
        KubeObject status = client.get(SERVICES, "default", "s").copy();
        status.set(List.of(new LinkedHashMap<>(Map.of("ip", "203.0.113.9"))), "status", "loadBalancer", "ingress");
        assertThat(client.updateSubresource(SERVICES, "status", status)
                        .maps("status", "loadBalancer", "ingress")
                        .get(0))
                .containsEntry("ipMode", "VIP");
    }

    @Test
    void a_headless_service_without_a_selector_may_be_of_both_families() {
        KubeObject made = make("'clusterIP':'None','ports':[{'port':80}]");
        assertThat(made.text("spec", "ipFamilyPolicy")).isEqualTo("RequireDualStack");
        assertThat(made.texts("spec", "ipFamilies")).containsExactly("IPv4", "IPv6");
        assertThat(made.texts("spec", "clusterIPs")).containsExactly("None");
    }

    @Test
    void stickiness_that_is_off_has_no_settings() {
        make("'sessionAffinity':'ClientIP','ports':[{'port':80}]");
        assertThat(change(Map.of("sessionAffinity", "None")).map("spec")).doesNotContainKey("sessionAffinityConfig");
    }

    @Test
    void external_addresses_say_where_their_traffic_goes() {
        assertThat(make("'externalIPs':['198.51.100.7'],'ports':[{'port':80}]").text("spec", "externalTrafficPolicy"))
                .isEqualTo("Cluster");
    }

    @Test
    void addresses_of_a_range_that_was_added_can_be_had_once_it_is_ready() {
        client.create(
                RANGES,
                "",
                json(
                        "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"ServiceCIDR\",\"metadata\":{\"name\":\"more\"},"
                                + "\"spec\":{\"cidrs\":[\"10.200.0.0/28\"]}}"));
        String spec = "'clusterIP':'10.200.0.3','ports':[{'port':80}]";
        assertThatThrownBy(() -> make(spec)).hasMessageContaining("does not match the current range");
        KubeObject ready = client.get(RANGES, "", "more").copy();
        ready.set(
                List.of(Map.of(
                        "type",
                        "Ready",
                        "status",
                        "True",
                        "reason",
                        "",
                        "message",
                        "",
                        "lastTransitionTime",
                        "2026-01-01T00:00:00Z")),
                "status",
                "conditions");
        client.updateSubresource(RANGES, "status", ready);
        assertThat(make(spec).text("spec", "clusterIP")).isEqualTo("10.200.0.3");
        assertThat(client.find(ADDRESSES, "", "10.200.0.3")).isPresent();
    }
}
