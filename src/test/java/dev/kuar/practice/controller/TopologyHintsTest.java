package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which endpoints are for which zone where a Service asks for {@code topology-mode: Auto}. */
final class TopologyHintsTest {
    private final Bench bench = new Bench();

    private void node(String name, String zone) {
        KubeObject node = KubeObject.create("v1", "Node", "", name);
        node.set(zone.isEmpty() ? null : zone, "metadata", "labels", "topology.kubernetes.io/zone");
        node.set("4", "status", "allocatable", "cpu");
        node.set(Trees.list(Trees.map("type", "Ready", "status", "True")), "status", "conditions");
        bench.client.create(Kinds.NODES, "", node);
    }

    private void pod(String name, String node) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("web", "metadata", "labels", "app");
        pod.set(node, "spec", "nodeName");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.run(bench.get(Kinds.PODS, "default", name));
    }

    private void start(String mode) {
        EndpointSliceController.start(bench.context);
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set("web", "spec", "selector", "app");
        service.set(mode, "metadata", "annotations", "service.kubernetes.io/topology-mode");
        service.set(Trees.list(Trees.map("port", 80L)), "spec", "ports");
        bench.client.create(Kinds.SERVICES, "default", service);
        bench.settle();
    }

    /** Zone of the endpoint and the one that it is for, with how many there are of them. */
    private Map<String, Integer> hints() {
        Map<String, Integer> hints = new TreeMap<>();
        bench.all(Kinds.SLICES).stream()
                .flatMap(slice -> slice.maps("endpoints").stream())
                .map(KubeObject::of)
                .map(endpoint -> endpoint.text("zone") + ">"
                        + endpoint.maps("hints", "forZones").stream()
                                .map(zone -> Trees.text(zone, "name"))
                                .toList())
                .forEach(hint -> hints.merge(hint, 1, Integer::sum));
        return hints;
    }

    @Test
    void endpoints_are_for_their_own_zone_where_those_are_even() {
        List.of("a", "b").forEach(zone -> node(zone, zone));
        List.of("a1", "a2", "b1", "b2").forEach(name -> pod(name, name.substring(0, 1)));
        start("Auto");
        assertThat(hints()).containsExactly(Map.entry("a>[a]", 2), Map.entry("b>[b]", 2));
        assertThat(bench.events())
                .containsExactly("TopologyAwareHintsEnabled: Topology Aware Hints has been enabled, addressType: IPv4");
    }

    @Test
    void a_zone_with_more_than_its_part_gives_some_away() {
        List.of("a", "b").forEach(zone -> node(zone, zone));
        List.of("a1", "a2", "a3", "a4").forEach(name -> pod(name, "a"));
        start("Auto");
        assertThat(hints()).containsExactly(Map.entry("a>[a]", 2), Map.entry("a>[b]", 2));
    }

    @Test
    void too_few_endpoints_have_no_hints() {
        List.of("a", "b", "c").forEach(zone -> node(zone, zone));
        List.of("a1", "b1").forEach(name -> pod(name, name.substring(0, 1)));
        start("Auto");
        assertThat(hints()).containsExactly(Map.entry("a>[]", 1), Map.entry("b>[]", 1));
        assertThat(bench.events())
                .contains("TopologyAwareHintsDisabled: Insufficient number of endpoints (2 endpoints, 3 zones),"
                        + " addressType: IPv4");
    }

    @Test
    void nodes_without_a_zone_give_no_hints() {
        node("a", "a");
        node("b", "");
        pod("a1", "a");
        start("Auto");
        assertThat(bench.events())
                .contains("TopologyAwareHintsDisabled: Insufficient Node information: allocatable CPU or zone not"
                        + " specified on one or more nodes, addressType: IPv4");
    }

    @Test
    void hints_go_with_the_annotation_and_with_a_zone() {
        List.of("a", "b").forEach(zone -> node(zone, zone));
        List.of("a1", "a2", "b1", "b2").forEach(name -> pod(name, name.substring(0, 1)));
        start("Auto");
        KubeObject down = bench.get(Kinds.NODES, "", "b").copy();
        down.maps("status", "conditions").get(0).put("status", "False");
        bench.client.updateSubresource(Kinds.NODES, "status", down);
        bench.settle();
        assertThat(hints()).containsExactly(Map.entry("a>[]", 2), Map.entry("b>[]", 2));
        KubeObject up = bench.get(Kinds.NODES, "", "b").copy();
        up.maps("status", "conditions").get(0).put("status", "True");
        bench.client.updateSubresource(Kinds.NODES, "status", up);
        bench.settle();
        pod("a3", "a");
        pod("b3", "b");
        bench.settle();
        assertThat(hints()).containsExactly(Map.entry("a>[a]", 3), Map.entry("b>[b]", 3));
        KubeObject off = bench.get(Kinds.SERVICES, "default", "web").copy();
        off.set(null, "metadata", "annotations");
        bench.client.update(Kinds.SERVICES, off);
        bench.settle();
        assertThat(hints()).containsExactly(Map.entry("a>[]", 3), Map.entry("b>[]", 3));
        assertThat(bench.events())
                .contains("TopologyAwareHintsDisabled: Topology Aware Hints has been disabled, addressType: IPv4");
    }
}
