package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that is switched on again, and devices that nobody prepares on it. */
final class NodePowerTest {
    private static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private long starts() {
        return bench.api.informer(Resources.EVENTS).all().stream()
                .filter(event -> event.text("involvedObject", "name").equals("my-cluster-worker")
                        && event.text("reason").equals("Starting"))
                .mapToLong(event -> event.number(1, "count"))
                .sum();
    }

    @Test
    void a_kubelet_tells_of_its_start_when_its_machine_is_switched_on_again() {
        bench.eventually(() -> starts() == 1);
        bench.kubelets.stopNode("my-cluster-worker");
        bench.kubelets.startNode("my-cluster-worker");
        bench.eventually(() -> starts() == 2);
    }

    @Test
    void a_pod_waits_for_devices_whose_driver_is_not_there() {
        KubeObject box = with(pod("box"), "containers", shell("main", "sleep 1d"));
        box.set(List.of(Map.of("name", "gpu", "resourceClaimName", "mine")), "spec", "resourceClaims");
        bench.run(box);
        String said = "FailedPrepareDynamicResources: Failed to prepare dynamic resources: prepare dynamic resources: ";
        bench.eventually(() -> bench.events()
                .contains(said + "fetch ResourceClaim mine: resourceclaims.resource.k8s.io \"mine\" not found"));
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", "default", "mine");
        claim.set(List.of(Map.of("driver", "gpu.example.com")), "status", "allocation", "devices", "results");
        claim.set(
                List.of(Map.of(
                        "resource",
                        "pods",
                        "name",
                        "box",
                        "uid",
                        bench.now("box").uid())),
                "status",
                "reservedFor");
        bench.api.create(CLAIMS, "default", claim);
        bench.eventually(() -> bench.events().contains(said + "DRA driver gpu.example.com is not registered"));
        assertThat(bench.isRunning("box", "main")).isFalse();
        KubeObject empty = bench.api.get(CLAIMS, "default", "mine").copy();
        empty.set(new LinkedHashMap<String, Object>(), "status", "allocation", "devices");
        bench.api.update(CLAIMS, empty);
        bench.eventually(() -> bench.isRunning("box", "main"));
    }
}
