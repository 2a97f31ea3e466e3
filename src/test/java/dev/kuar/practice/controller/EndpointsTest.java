package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where Services lead: EndpointSlices, Endpoints, and slices for Endpoints that people write. */
final class EndpointsTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        EndpointSliceController.start(bench.context);
        EndpointsController.start(bench.context);
        EndpointMirrorController.start(bench.context);
        KubeObject node = KubeObject.create("v1", "Node", "", "worker");
        node.set("z", "metadata", "labels", "topology.kubernetes.io/zone");
        bench.client.create(Kinds.NODES, "", node);
        bench.settle();
    }

    private KubeObject service(String name) {
        KubeObject service = KubeObject.create("v1", "Service", "default", name);
        service.set("10.96.0.9", "spec", "clusterIP");
        service.set(Trees.map("app", name), "spec", "selector");
        service.set(Trees.list(Trees.map("port", 80L, "protocol", "TCP")), "spec", "ports");
        return service;
    }

    private KubeObject add(KubeObject service) {
        KubeObject made = bench.client.create(Kinds.SERVICES, "default", service);
        bench.settle();
        return made;
    }

    private KubeObject pod(String name, String app) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set(app, "metadata", "labels", "app");
        pod.set("worker", "spec", "nodeName");
        pod.set(Trees.list(Trees.map("name", "c")), "spec", "containers");
        return pod;
    }

    private void run(KubeObject pod) {
        bench.run(bench.client.create(Kinds.PODS, "default", pod));
        bench.settle();
    }

    private List<KubeObject> slices() {
        return bench.all(Kinds.SLICES);
    }

    private static List<String> names(KubeObject slice) {
        return slice.maps("endpoints").stream()
                .map(endpoint -> KubeObject.of(endpoint).text("targetRef", "name"))
                .toList();
    }

    @Test
    void a_service_that_leads_nowhere_has_a_slice_with_nothing_in_it() {
        add(service("web"));
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.maps("ports")).isEmpty();
            assertThat(slice.maps("endpoints")).isEmpty();
            assertThat(slice.annotations()).containsKey(TriggerTimes.ANNOTATION);
        });
        String name = slices().get(0).name();
        run(pod("one", "web"));
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.name()).isEqualTo(name);
            assertThat(slice.maps("ports")).hasSize(1);
            assertThat(names(slice)).containsExactly("one");
        });
        bench.client.delete(Kinds.PODS, "default", "one", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.name()).isEqualTo(name);
            assertThat(slice.maps("ports")).isEmpty();
        });
    }

    @Test
    void what_is_in_a_slice_stays_there() {
        add(service("web"));
        for (int i = 0; i < 150; i++) {
            run(pod(String.format("p%03d", i), "web"));
        }
        assertThat(slices()).extracting(slice -> slice.maps("endpoints").size()).containsExactlyInAnyOrder(100, 50);
        KubeObject first = slices().stream()
                .filter(slice -> slice.maps("endpoints").size() == 100)
                .findFirst()
                .orElseThrow();
        KubeObject second = slices().stream()
                .filter(slice -> slice.maps("endpoints").size() == 50)
                .findFirst()
                .orElseThrow();
        List<String> left = new ArrayList<>(names(first));
        bench.client.delete(Kinds.PODS, "default", left.remove(0), ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(names(bench.get(Kinds.SLICES, "default", first.name()))).isEqualTo(left);
        assertThat(bench.get(Kinds.SLICES, "default", second.name())).isEqualTo(second);
        run(pod("a-new-one", "web"));
        assertThat(names(bench.get(Kinds.SLICES, "default", first.name())))
                .hasSize(100)
                .endsWith("a-new-one");
        assertThat(bench.get(Kinds.SLICES, "default", second.name())).isEqualTo(second);
    }

    @Test
    void slices_of_a_service_of_old_are_not_those_of_its_successor() {
        add(service("web"));
        String old = slices().get(0).name();
        bench.client.delete(Kinds.SERVICES, "default", "web", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(slices()).as("the garbage collector would delete it").hasSize(1);
        KubeObject service = add(service("web"));
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.name()).isNotEqualTo(old);
            assertThat(slice.ownerReferences().get(0)).containsEntry("uid", service.uid());
        });
    }

    @Test
    void a_port_is_found_by_name_in_a_sidecar_too() {
        KubeObject service = service("web");
        service.set(Trees.list(Trees.map("port", 80L, "protocol", "TCP", "targetPort", "proxy")), "spec", "ports");
        add(service);
        KubeObject pod = pod("one", "web");
        pod.set(
                Trees.list(Trees.map(
                        "name", "s",
                        "restartPolicy", "Always",
                        "ports", Trees.list(Trees.map("name", "proxy", "containerPort", 9000L)))),
                "spec",
                "initContainers");
        run(pod);
        assertThat(slices().get(0).maps("ports").get(0)).containsEntry("port", 9000L);
        assertThat(KubeObject.of(bench.get(Kinds.ENDPOINTS, "default", "web")
                                .maps("subsets")
                                .get(0))
                        .maps("ports")
                        .get(0))
                .containsEntry("port", 9000L);
    }

    @Test
    void traffic_that_should_stay_near_is_told_where_that_is() {
        KubeObject service = service("web");
        service.set("PreferSameNode", "spec", "trafficDistribution");
        add(service);
        run(pod("one", "web"));
        assertThat(slices().get(0).maps("endpoints").get(0))
                .containsEntry("zone", "z")
                .containsEntry(
                        "hints",
                        Map.of(
                                "forNodes", List.of(Map.of("name", "worker")),
                                "forZones", List.of(Map.of("name", "z"))));
        KubeObject changed = bench.get(Kinds.SERVICES, "default", "web").copy();
        changed.set("PreferClose", "spec", "trafficDistribution");
        bench.client.update(Kinds.SERVICES, changed);
        bench.settle();
        assertThat(slices().get(0).maps("endpoints").get(0))
                .containsEntry("hints", Map.of("forZones", List.of(Map.of("name", "z"))));
    }

    @Test
    void a_pod_of_an_unknown_node_is_waited_for() {
        add(service("web"));
        KubeObject pod = pod("one", "web");
        pod.set("elsewhere", "spec", "nodeName");
        run(pod);
        assertThat(slices().get(0).maps("endpoints")).isEmpty();
        bench.client.create(Kinds.NODES, "", KubeObject.create("v1", "Node", "", "elsewhere"));
        bench.settle();
        assertThat(names(slices().get(0))).containsExactly("one");
    }

    @Test
    void a_headless_service_without_ports_has_addresses() {
        KubeObject service = service("web");
        service.set("None", "spec", "clusterIP");
        service.set(null, "spec", "ports");
        add(service);
        run(pod("one", "web"));
        KubeObject endpoints = bench.get(Kinds.ENDPOINTS, "default", "web");
        assertThat(endpoints.maps("subsets"))
                .singleElement()
                .satisfies(subset -> assertThat(subset).containsKey("addresses").doesNotContainKey("ports"));
        assertThat(endpoints.labels()).containsKey("service.kubernetes.io/headless");
    }

    @Test
    void endpoints_hold_a_thousand_addresses_and_say_so() {
        List<Object> some = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            some.add(Trees.map("ip", "a" + i));
        }
        List<Object> subsets = Trees.list(
                Trees.map("addresses", new ArrayList<>(some), "notReadyAddresses", new ArrayList<>(some)),
                Trees.map("notReadyAddresses", new ArrayList<>(some)));
        assertThat(new EndpointsCut(1000).apply(subsets)).isTrue();
        assertThat(KubeObject.of(Trees.map("s", subsets)).maps("s"))
                .extracting(subset -> KubeObject.of(subset).maps("addresses").size()
                        + KubeObject.of(subset).maps("notReadyAddresses").size())
                .containsExactly(950, 50);
    }

    private KubeObject endpoints(String... addresses) {
        KubeObject endpoints = KubeObject.create("v1", "Endpoints", "default", "outside");
        List<Object> list = new ArrayList<>();
        for (String address : addresses) {
            list.add(Trees.map("ip", address));
        }
        endpoints.set("x", "metadata", "labels", "mine");
        endpoints.set("y", "metadata", "annotations", "theirs");
        endpoints.set(
                Trees.list(
                        Trees.map("addresses", list, "ports", Trees.list(Trees.map("port", 5432L, "protocol", "TCP")))),
                "subsets");
        return endpoints;
    }

    @Test
    void endpoints_that_people_write_are_mirrored_into_slices() {
        KubeObject service = service("outside");
        service.set(null, "spec", "selector");
        add(service);
        bench.client.create(Kinds.ENDPOINTS, "default", endpoints("192.0.2.1", "192.0.2.2"));
        bench.settle();
        assertThat(slices()).singleElement().satisfies(slice -> {
            assertThat(slice.labels())
                    .containsEntry("kubernetes.io/service-name", "outside")
                    .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io")
                    .containsEntry("mine", "x");
            assertThat(slice.annotations()).containsEntry("theirs", "y");
            assertThat(slice.maps("endpoints"))
                    .containsExactly(
                            Map.of("addresses", List.of("192.0.2.1"), "conditions", Map.of("ready", true)),
                            Map.of("addresses", List.of("192.0.2.2"), "conditions", Map.of("ready", true)));
            assertThat(slice.maps("ports")).containsExactly(Map.of("name", "", "port", 5432L, "protocol", "TCP"));
            assertThat(slice.ownerReferences().get(0)).containsEntry("kind", "Endpoints");
        });
        bench.client.delete(Kinds.SERVICES, "default", "outside", ApiClient.DeleteOptions.NOW);
        bench.settle();
        assertThat(slices()).isEmpty();
        assertThat(bench.all(Kinds.ENDPOINTS)).as("they go with their Service").isEmpty();
    }

    @Test
    void a_label_keeps_endpoints_from_being_mirrored() {
        KubeObject service = service("outside");
        service.set(null, "spec", "selector");
        add(service);
        KubeObject endpoints = endpoints("192.0.2.1");
        endpoints.set("true", "metadata", "labels", "endpointslice.kubernetes.io/skip-mirror");
        bench.client.create(Kinds.ENDPOINTS, "default", endpoints);
        bench.settle();
        assertThat(slices()).isEmpty();
    }

    @Test
    void the_time_of_the_change_is_that_of_the_pod() {
        add(service("web"));
        bench.advance(Duration.ofSeconds(30));
        String before = slices().get(0).annotations().get(TriggerTimes.ANNOTATION);
        run(pod("one", "web"));
        assertThat(slices().get(0).annotations().get(TriggerTimes.ANNOTATION)).isGreaterThan(before);
    }
}
