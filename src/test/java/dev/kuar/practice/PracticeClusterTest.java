package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PracticeClusterTest {
    private static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_new_cluster_gets_ready_with_its_nodes_and_system_pods() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            Readiness ready = cluster.waitReady(Duration.ofMinutes(5));

            assertThat(ready.missing()).isEmpty();
            assertThat(cluster.client("test")
                            .list(GroupResource.core("nodes"), "", ListOptions.ALL)
                            .items())
                    .extracting(KubeObject::name)
                    .containsExactly("c-control-plane", "c-worker");
            assertThat(cluster.kubeconfig()).contains("name: kind-c", cluster.server());
        }
    }

    /** Kubelets tell what happened before there was an API server once there is one. */
    @Test
    void the_starts_of_the_control_planes_own_pods_are_told() throws InterruptedException {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            ApiClient api = cluster.client("test");
            ListOptions etcd = ListOptions.fields("involvedObject.name=etcd-c-control-plane");
            List<KubeObject> events = List.of();
            for (int i = 0; i < 600 && events.size() < 3; i++) {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                events = api.list(GroupResource.core("events"), "kube-system", etcd)
                        .items();
            }
            assertThat(events)
                    .extracting(event -> event.text("reason"), event -> event.text("involvedObject", "fieldPath"))
                    .containsExactly(
                            tuple("Pulled", "spec.containers{etcd}"),
                            tuple("Created", "spec.containers{etcd}"),
                            tuple("Started", "spec.containers{etcd}"));
            KubeObject pod = api.get(GroupResource.core("pods"), "kube-system", "etcd-c-control-plane");
            assertThat(events)
                    .extracting(event -> event.text("involvedObject", "uid"))
                    .containsOnly(pod.annotations().get("kubernetes.io/config.hash"));
        }
    }

    @Test
    void a_table_that_was_asked_for_before_shows_objects_as_they_are_now() throws Exception {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            WireClient client = WireClient.of(cluster.kubeconfig());
            String path = "/api/v1/namespaces/default/configmaps";
            for (int i = 0; i < 10; i++) {
                client.send("POST", path, WireClient.configMap("c" + i, "v"));
            }
            assertThat(row(client.table(path), "c5").get("cells")).asString().startsWith("[c5, 1, ");

            client.send("PUT", path + "/c5", WireClient.configMap("c5", "v\",\"l\":\"w"));
            client.send("DELETE", path + "/c4", "");

            WireClient.Answer after = client.table(path);
            Map<String, Object> changed = row(after, "c5");
            assertThat(changed.get("cells")).asString().startsWith("[c5, 2, ");
            KubeObject now = client.get(path + "/c5").object();
            assertThat(KubeObject.of(changed).map("object", "metadata")).isEqualTo(now.map("metadata"));
            assertThat(row(after, "c4")).isEmpty();
        }
    }

    private static Map<String, Object> row(WireClient.Answer table, String name) {
        return table.object().maps("rows").stream()
                .filter(row -> name.equals(KubeObject.of(row).text("object", "metadata", "name")))
                .findFirst()
                .orElse(Map.of());
    }

    @Test
    void what_a_start_leaves_is_there() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            ApiClient client = cluster.client("test");

            assertThat(client.list(
                                    GroupResource.of("certificates.k8s.io", "certificatesigningrequests"),
                                    "",
                                    ListOptions.ALL)
                            .items())
                    .extracting(request -> request.text("spec", "username"))
                    .containsExactlyInAnyOrder("system:node:c-control-plane", "system:bootstrap:abcdef");
            assertThat(client.list(GroupResource.core("events"), "kube-system", ListOptions.ALL)
                            .items())
                    .as("the first pods are tried while the only node has no network yet")
                    .anyMatch(event -> event.text("reason").equals("FailedScheduling")
                            && event.text("involvedObject", "name").startsWith("coredns-"));
        }
    }

    @Test
    void a_managed_cluster_gets_ready() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("gke", Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        }
    }

    @Test
    void a_pod_among_what_a_cluster_begins_with_finds_its_account() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("minikube", Optional.empty()))) {
            assertThat(cluster.client("test").find(GroupResource.core("pods"), "kube-system", "storage-provisioner"))
                    .isPresent();
        }
    }

    @Test
    void says_what_is_not_ready() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            KubeObject pod = KubeObject.create("v1", "Pod", "kube-system", "stray");
            pod.set(
                    new ArrayList<Object>(List.of(new LinkedHashMap<String, Object>(
                            Map.of("name", "main", "image", "busybox:1.36", "command", List.of("sleep", "1h"))))),
                    "spec",
                    "containers");
            pod.set("nowhere", "spec", "nodeSelector", "kubernetes.io/hostname");
            cluster.client("test").create(GroupResource.core("pods"), "kube-system", pod);

            Readiness ready = cluster.waitReady(Duration.ofMillis(300));

            assertThat(ready.isReady()).isFalse();
            assertThat(ready.missing()).singleElement().asString().startsWith("Pod stray: Pending");
        }
    }

    @Test
    void a_cluster_with_a_directory_goes_on_where_it_was() {
        Optional<Path> place = Optional.of(directory.resolve("c"));
        KubeObject object = KubeObject.create("v1", "ConfigMap", "default", "kept");
        try (PracticeCluster first = PracticeCluster.start(spec("kind", place))) {
            first.client("test").create(CONFIG_MAPS, "default", object);
        }

        try (PracticeCluster second = PracticeCluster.start(spec("kind", place))) {
            assertThat(second.client("test").find(CONFIG_MAPS, "default", "kept"))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minikube", "docker-desktop", "gke", "aks", "eks"})
    void the_nodes_of_every_profile_join_and_get_ready(String profile) {
        try (PracticeCluster cluster = PracticeCluster.start(spec(profile, Optional.empty()))) {
            assertThat(cluster.waitNodesReady(Duration.ofMinutes(5)).missing()).isEmpty();
        }
    }

    @Test
    void restoring_brings_back_what_was_deleted_or_scaled_away_and_nothing_else() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("kind", Optional.empty()))) {
            GroupResource deployments = new GroupResource("apps", "deployments");
            cluster.client("test").delete(deployments, "kube-system", "coredns", DeleteOptions.NOW);
            cluster.client("test").delete(GroupResource.core("services"), "kube-system", "kube-dns", DeleteOptions.NOW);

            assertThat(cluster.restore())
                    .containsExactlyInAnyOrder("Deployment kube-system/coredns", "Service kube-system/kube-dns");
            KubeObject scaled = cluster.client("test").get(deployments, "kube-system", "coredns");
            scaled.set(0L, "spec", "replicas");
            // whatever its controller wrote meanwhile
            scaled.set(null, "metadata", "resourceVersion");
            cluster.client("test").update(deployments, scaled);

            assertThat(cluster.restore()).containsExactly("Deployment kube-system/coredns");
            assertThat(cluster.restore()).isEmpty();
        }
    }

    @Test
    void a_cluster_has_one_owner() {
        try (PracticeClusters clusters = new PracticeClusters(directory);
                PracticeClusters others = new PracticeClusters(directory)) {
            clusters.create(spec("kind", Optional.of(directory)), Map.of("tool", "kind"));

            assertThat(others.list()).extracting(ClusterRecord::name).containsExactly("c");
            assertThat(others.credentials("c")).isEqualTo(clusters.credentials("c"));
            assertThatThrownBy(() -> others.open("c"))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("another kuar");
            assertThatThrownBy(() -> others.create(spec("kind", Optional.of(directory)), Map.of()))
                    .hasMessageContaining("there is a cluster named c already");
        }
    }

    /** One cluster for all of it: starting one takes a while. */
    @Test
    void a_managed_cluster_shows_who_leads_and_hides_where() {
        try (PracticeCluster cluster = PracticeCluster.start(spec("eks", Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            ApiClient client = cluster.client("test");
            List<KubeObject> nodes = client.list(GroupResource.core("nodes"), "", ListOptions.ALL)
                    .items();

            for (String component : List.of("kube-scheduler", "kube-controller-manager")) {
                String holder = lease(client, component).text("spec", "holderIdentity");
                assertThat(holder).contains("_");
                assertThat(nodes).noneMatch(node -> holder.startsWith(node.name()));
            }
            assertThat(client.get(GroupResource.core("endpoints"), "default", "kubernetes")
                            .tree()
                            .toString())
                    .contains("192.168.117.203", "6443");
            assertThat(nodes)
                    .allSatisfy(node -> assertThat(node.text("spec", "podCIDR")).isEmpty());
            assertThat(client.list(GroupResource.core("pods"), "kube-system", ListOptions.ALL)
                            .items())
                    .filteredOn(pod -> !pod.text("status", "podIP").isEmpty())
                    .isNotEmpty()
                    .allSatisfy(pod -> assertThat(pod.text("status", "podIP")).startsWith("192.168."))
                    .filteredOn(pod -> !pod.flag("spec", "hostNetwork"))
                    .extracting(pod -> pod.text("status", "podIP"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_cluster_that_others_find_has_its_keys() throws Exception {
        try (PracticeClusters clusters = new PracticeClusters(directory);
                PracticeClusters others = new PracticeClusters(directory)) {
            CompletableFuture<PracticeClusters.Credentials> seen = CompletableFuture.supplyAsync(() -> {
                while (others.find("c").isEmpty()) {
                    Thread.onSpinWait();
                }
                return others.credentials("c");
            });

            clusters.create(spec("kind", Optional.of(directory)), Map.of());

            assertThat(seen.get()).isEqualTo(clusters.credentials("c"));
        }
    }

    /** A component's lease, which it takes in its own time. */
    private static KubeObject lease(ApiClient client, String component) {
        GroupResource leases = new GroupResource("coordination.k8s.io", "leases");
        Optional<KubeObject> found = client.find(leases, "kube-system", component);
        for (long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
                found.isEmpty() && System.nanoTime() < end;
                found = client.find(leases, "kube-system", component)) {
            Thread.onSpinWait();
        }
        assertThat(found)
                .as(
                        "the lease of %s, beside %s; the clock's threads: %s",
                        component,
                        client.list(leases, "kube-system", ListOptions.ALL).items(),
                        Thread.getAllStackTraces().entrySet().stream()
                                .filter(each -> each.getKey().getName().startsWith("clock"))
                                .map(each -> each.getKey() + " " + List.of(each.getValue()))
                                .toList())
                .isPresent();
        return found.get();
    }

    private static ClusterSpec spec(String profile, Optional<Path> place) {
        return new ClusterSpec("c", profile, 2, ClusterSpec.DEFAULT_VERSION, place, 0, Optional.empty());
    }
}
