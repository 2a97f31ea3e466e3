package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ranges of pods and of Services, and the balancers of a cloud. */
final class NetworkUpkeepTest {
    private final Bench bench = new Bench();

    private String node(String name) {
        bench.client.create(Kinds.NODES, "", KubeObject.create("v1", "Node", "", name));
        bench.settle();
        return bench.get(Kinds.NODES, "", name).text("spec", "podCIDR");
    }

    @Test
    void a_node_gets_the_range_after_the_last_that_was_given() {
        NodeIpamController.start(bench.context, "10.244.0.0/16");
        assertThat(List.of(node("a"), node("b"))).containsExactly("10.244.0.0/24", "10.244.1.0/24");
        KubeObject own = KubeObject.create("v1", "Node", "", "own");
        own.set("10.244.2.0/23", "spec", "podCIDR");
        own.set(Trees.list("10.244.2.0/23"), "spec", "podCIDRs");
        bench.client.create(Kinds.NODES, "", own);
        bench.client.delete(Kinds.NODES, "", "b", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(node("b")).isEqualTo("10.244.4.0/24");
    }

    @Test
    void where_no_range_is_left_it_is_said_and_tried_again() {
        NodeIpamController.start(bench.context, "10.244.0.0/23");
        assertThat(List.of(node("a"), node("b"), node("c"))).containsExactly("10.244.0.0/24", "10.244.1.0/24", "");
        assertThat(bench.events()).contains("CIDRNotAvailable: Node c status is now: CIDRNotAvailable");
        bench.client.delete(Kinds.NODES, "", "a", ApiClient.DeleteOptions.DEFAULT);
        bench.advance(Duration.ofSeconds(10));
        assertThat(bench.get(Kinds.NODES, "", "c").texts("spec", "podCIDRs")).containsExactly("10.244.0.0/24");
    }

    private void range(String name, String cidr) {
        KubeObject range = KubeObject.create("networking.k8s.io/v1", "ServiceCIDR", "", name);
        range.set(Trees.list(cidr), "spec", "cidrs");
        bench.client.create(Kinds.SERVICE_CIDRS, "", range);
        bench.settle();
    }

    private void address(String address) {
        KubeObject held = KubeObject.create("networking.k8s.io/v1", "IPAddress", "", address);
        held.set("ipallocator.k8s.io", "metadata", "labels", "ipaddress.kubernetes.io/managed-by");
        bench.client.create(Kinds.IP_ADDRESSES, "", held);
        bench.settle();
    }

    private void delete(String range) {
        bench.client.delete(Kinds.SERVICE_CIDRS, "", range, ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
    }

    private List<String> ranges() {
        return bench.all(Kinds.SERVICE_CIDRS).stream().map(KubeObject::name).toList();
    }

    @Test
    void a_range_is_ready_and_goes_ten_seconds_after_it_is_deleted() {
        ServiceCidrController.start(bench.context);
        range("more", "10.200.0.0/24");
        assertThat(bench.get(Kinds.SERVICE_CIDRS, "", "more").finalizers())
                .containsExactly("networking.k8s.io/service-cidr-finalizer");
        assertThat(Trees.condition(bench.get(Kinds.SERVICE_CIDRS, "", "more"), "Ready"))
                .containsEntry("status", "True")
                .containsEntry("message", "Kubernetes Service CIDR is ready");
        delete("more");
        bench.advance(Duration.ofSeconds(9));
        assertThat(ranges()).containsExactly("more");
        bench.advance(Duration.ofSeconds(1));
        assertThat(ranges()).isEmpty();
    }

    @Test
    void a_range_whose_addresses_are_in_use_stays_until_they_are_not() {
        ServiceCidrController.start(bench.context);
        range("more", "10.200.0.0/24");
        address("10.200.0.7");
        delete("more");
        assertThat(Trees.condition(bench.get(Kinds.SERVICE_CIDRS, "", "more"), "Ready"))
                .containsEntry("status", "False")
                .containsEntry("reason", "Terminating")
                .containsEntry(
                        "message",
                        "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new"
                                + " ServiceCIDR");
        bench.client.delete(Kinds.IP_ADDRESSES, "", "10.200.0.7", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        bench.advance(Duration.ofSeconds(10));
        assertThat(ranges()).isEmpty();
    }

    @Test
    void a_wider_range_takes_over_the_addresses_of_one_that_goes() {
        ServiceCidrController.start(bench.context);
        range("more", "10.200.0.0/24");
        address("10.200.0.7");
        delete("more");
        range("wide", "10.200.0.0/16");
        bench.advance(Duration.ofSeconds(10));
        assertThat(ranges()).containsExactly("wide");
    }

    private KubeObject balanced() {
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set("LoadBalancer", "spec", "type");
        service.set(Trees.list(Trees.map("port", 80L)), "spec", "ports");
        return service;
    }

    private List<String> told(int from) {
        return bench.events().stream()
                .skip(from)
                .map(event -> event.substring(0, event.indexOf(':')))
                .toList();
    }

    @Test
    void a_balancer_is_made_follows_what_concerns_it_and_goes_with_the_type() {
        node("a");
        LoadBalancerController.start(bench.context);
        bench.client.create(Kinds.SERVICES, "default", balanced());
        bench.settle();
        KubeObject made = bench.get(Kinds.SERVICES, "default", "web");
        assertThat(made.finalizers()).containsExactly("service.kubernetes.io/load-balancer-cleanup");
        assertThat(made.maps("status", "loadBalancer", "ingress").get(0)).containsKeys("ip", "ipMode");
        assertThat(told(0)).containsExactly("EnsuringLoadBalancer", "EnsuredLoadBalancer");

        KubeObject labelled = made.copy();
        labelled.set("x", "metadata", "labels", "app");
        bench.client.update(Kinds.SERVICES, labelled);
        bench.settle();
        assertThat(told(2)).isEmpty();

        KubeObject narrowed = bench.get(Kinds.SERVICES, "default", "web").copy();
        narrowed.set(Trees.list("192.0.2.0/24"), "spec", "loadBalancerSourceRanges");
        bench.client.update(Kinds.SERVICES, narrowed);
        bench.settle();
        assertThat(bench.all(Kinds.EVENTS))
                .allSatisfy(event -> assertThat(event.number(1, "count")).isEqualTo(2));

        KubeObject plain = bench.get(Kinds.SERVICES, "default", "web").copy();
        plain.set("ClusterIP", "spec", "type");
        plain.set(null, "spec", "loadBalancerSourceRanges");
        bench.client.update(Kinds.SERVICES, plain);
        bench.settle();
        List<String> all = new ArrayList<>(told(0));
        assertThat(all).contains("DeletingLoadBalancer", "DeletedLoadBalancer");
        assertThat(bench.get(Kinds.SERVICES, "default", "web").finalizers()).isEmpty();
    }

    @Test
    void balancers_have_an_address_each_and_need_nodes() {
        LoadBalancerController.start(bench.context);
        IntStream.range(0, 2).forEach(i -> {
            KubeObject service = balanced();
            service.set("web-" + i, "metadata", "name");
            bench.client.create(Kinds.SERVICES, "default", service);
        });
        bench.settle();
        assertThat(bench.all(Kinds.SERVICES).stream()
                        .map(service -> service.maps("status", "loadBalancer", "ingress")
                                .get(0)
                                .get("ip"))
                        .distinct())
                .hasSize(2);
        assertThat(bench.events()).contains("UnAvailableLoadBalancer: There are no available nodes for LoadBalancer");
    }
}
