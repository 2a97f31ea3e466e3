package dev.kuar.practice.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Where a pod goes, or what the scheduler says about it, in clusters written down in {@code scheduler/*.yaml}. */
final class SchedulingCasesTest {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final Path FILES = Path.of("src/test/resources/scheduler");

    private static final Map<String, GroupResource> RESOURCES = Map.ofEntries(
            Map.entry("Namespace", GroupResource.core("namespaces")),
            Map.entry("Service", GroupResource.core("services")),
            Map.entry("ReplicaSet", GroupResource.of("apps", "replicasets")),
            Map.entry("PersistentVolumeClaim", Volumes.CLAIMS),
            Map.entry("PersistentVolume", Volumes.VOLUMES),
            Map.entry("StorageClass", Volumes.CLASSES),
            Map.entry("CSINode", Volumes.CSI_NODES),
            Map.entry("CSIDriver", Volumes.DRIVERS),
            Map.entry("CSIStorageCapacity", Volumes.CAPACITIES),
            Map.entry("ResourceClaim", DeviceClaims.CLAIMS),
            Map.entry("DeviceClass", DeviceClaims.CLASSES),
            Map.entry("ResourceSlice", DeviceClaims.SLICES),
            Map.entry("PodDisruptionBudget", GroupResource.of("policy", "poddisruptionbudgets")));

    private final ManualClock clock = new ManualClock();
    private final FakeApiClient client = new FakeApiClient(clock);

    record Case(String file, KubeObject data) {
        @Override
        public String toString() {
            return file + ": " + data.text("name");
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.sorted().toList()) {
                for (Object each : (List<?>) plain(load(file))) {
                    cases.add(new Case(file.getFileName().toString(), tree(each)));
                }
            }
        }
        return cases.stream();
    }

    private static Object load(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    /** Numbers as objects have them. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(String.valueOf(key), plain(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(plain(each)));
            return copy;
        }
        return value instanceof Integer number ? number.longValue() : value;
    }

    @SuppressWarnings("unchecked")
    private static KubeObject tree(Object value) {
        return KubeObject.of((Map<String, Object>) value);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goes_where_upstream_sends_it(Case each) {
        KubeObject data = each.data();
        assertThat(data.tree().keySet())
                .as("what a case may say")
                .isSubsetOf(
                        "name", "nodes", "placed", "objects", "pod", "says", "goes", "kept", "victims", "claims",
                        "silent", "given", "nodesOf", "errs");
        data.maps("nodes").forEach(node -> client.create(GroupResource.core("nodes"), "", node(tree(node))));
        for (Map<String, Object> object : data.maps("objects")) {
            KubeObject made = tree(object);
            client.create(RESOURCES.get(made.kind()), made.namespace(), made);
        }
        data.maps("placed").forEach(pod -> client.create(PODS, namespace(tree(pod)), pod(tree(pod))));
        Scheduler.start(client, clock, "cp", Runnable::run);
        KubeObject pod = tree(data.map("pod"));
        client.create(PODS, namespace(pod), pod(pod));
        KubeObject after = client.get(PODS, namespace(pod), "pod");
        if (data.at("says") != null) {
            assertThat(after.text("spec", "nodeName")).as("it has no node").isEmpty();
            assertThat(after.maps("status", "conditions")).hasSize(1);
            assertThat(after.maps("status", "conditions").get(0).get("message")).isEqualTo(data.text("says"));
            assertThat(messages()).contains(data.text("says"));
        }
        if (data.at("goes") != null) {
            assertThat(after.text("spec", "nodeName")).as("%s", messages()).isEqualTo(data.text("goes"));
        }
        if (data.at("errs") != null) {
            assertThat(after.maps("status", "conditions").get(0))
                    .containsEntry("reason", "SchedulerError")
                    .containsEntry("message", data.text("errs"));
        }
        data.map("given").forEach((claim, devices) -> assertThat(given(claim)).isEqualTo(devices));
        data.map("nodesOf").forEach((claim, selector) -> assertThat(
                        client.get(DeviceClaims.CLAIMS, "default", claim).at("status", "allocation", "nodeSelector"))
                .isEqualTo(selector));
        if (data.flag("silent")) {
            assertThat(messages()).isEmpty();
        }
        if (data.at("kept") != null) {
            assertThat(after.text("status", "nominatedNodeName")).isEqualTo(data.text("kept"));
        }
        if (data.at("victims") != null) {
            assertThat(client.informer(PODS).all().stream()
                            .filter(KubeObject::isTerminating)
                            .map(KubeObject::name))
                    .containsExactlyInAnyOrderElementsOf(data.texts("victims"));
        }
        for (Map<String, Object> claim : data.maps("claims")) {
            KubeObject wanted = tree(claim);
            GroupResource claims = RESOURCES.get("PersistentVolumeClaim");
            if (wanted.at("volume") != null) {
                assertThat(client.get(RESOURCES.get("PersistentVolume"), "", wanted.text("volume"))
                                .text("spec", "claimRef", "name"))
                        .isEqualTo(wanted.text("name"));
            } else {
                assertThat(client.get(claims, "default", wanted.text("name")).annotations())
                        .containsEntry(Volumes.SELECTED, wanted.text("node"));
            }
        }
    }

    /** {@code request=driver/pool/device}, and what of it where it is shared. */
    private List<String> given(String claim) {
        List<String> given = new ArrayList<>();
        KubeObject written = client.get(DeviceClaims.CLAIMS, "default", claim);
        for (Map<String, Object> each : written.maps("status", "allocation", "devices", "results")) {
            KubeObject result = tree(each);
            String share = result.at("shareID") == null ? "" : " " + result.map("consumedCapacity");
            given.add(result.text("request") + "="
                    + String.join("/", result.text("driver"), result.text("pool"), result.text("device"))
                    + share + (result.flag("adminAccess") ? " admin" : ""));
        }
        return given;
    }

    private List<String> messages() {
        return client.informer(GroupResource.core("events")).all().stream()
                .map(event -> event.text("message"))
                .toList();
    }

    private static String namespace(KubeObject pod) {
        return pod.text("namespace").isEmpty() ? "default" : pod.text("namespace");
    }

    private static KubeObject node(KubeObject data) {
        KubeObject node = KubeObject.create("v1", "Node", "", data.text("name"));
        Map<String, Object> labels = new LinkedHashMap<>(data.map("labels"));
        labels.putIfAbsent("kubernetes.io/hostname", data.text("name"));
        node.set(labels, "metadata", "labels");
        Map<String, Object> amounts = new LinkedHashMap<>(Map.of("cpu", "4", "memory", "8Gi", "pods", "110"));
        amounts.putAll(data.map("allocatable"));
        node.set(amounts, "status", "allocatable");
        node.set(data.at("images"), "status", "images");
        node.set(data.at("taints"), "spec", "taints");
        node.set(data.at("unschedulable"), "spec", "unschedulable");
        return node;
    }

    private static KubeObject pod(KubeObject data) {
        String name = data.text("name").isEmpty() ? "pod" : data.text("name");
        KubeObject pod = KubeObject.create("v1", "Pod", namespace(data), name);
        pod.set(data.at("labels"), "metadata", "labels");
        pod.set(data.at("owners"), "metadata", "ownerReferences");
        Map<String, Object> spec = new LinkedHashMap<>(data.map("spec"));
        if (!data.text("cpu").isEmpty() || spec.get("containers") == null) {
            Map<String, Object> resources = new LinkedHashMap<>();
            if (!data.text("cpu").isEmpty()) {
                resources.put("requests", Map.of("cpu", data.text("cpu")));
            }
            spec.put("containers", List.of(Map.of("name", "main", "image", "nginx", "resources", resources)));
        }
        if (!data.text("node").isEmpty()) {
            spec.put("nodeName", data.text("node"));
        }
        spec.put("priority", data.number(0, "priority"));
        pod.set(spec, "spec");
        pod.set(new LinkedHashMap<>(data.map("status")), "status");
        if (pod.text("status", "phase").isEmpty()) {
            pod.set(data.text("node").isEmpty() ? "Pending" : "Running", "status", "phase");
        }
        return pod.copy();
    }
}
