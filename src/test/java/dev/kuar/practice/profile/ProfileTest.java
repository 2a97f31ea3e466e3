package dev.kuar.practice.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfileTest {
    private static final ClusterFacts FACTS = new ClusterFacts(
            "my-cluster",
            "v1.36.2",
            "https://my-cluster-control-plane:6443",
            "CA",
            "FRONT",
            "172.18.0.2",
            "abcdef.0123456789abcdef",
            Instant.parse("2026-11-22T19:04:25.5Z"));

    @Test
    void names_nodes_as_kind_does() {
        List<NodeSpec> nodes = Profile.named("kind").nodes("my-cluster", 4, "v1.36.2");
        assertThat(nodes)
                .extracting(NodeSpec::name)
                .containsExactly(
                        "my-cluster-control-plane", "my-cluster-worker", "my-cluster-worker2", "my-cluster-worker3");
        assertThat(nodes.get(0).node().maps("spec", "taints")).hasSize(1);
        assertThat(nodes.get(2).internalIp()).isEqualTo("172.18.0.4");
        assertThat(nodes.get(2).podCidr()).isEqualTo("10.244.2.0/24");
        assertThat(nodes.get(1).node().text("spec", "providerID"))
                .isEqualTo("kind://docker/my-cluster/my-cluster-worker");
    }

    @Test
    void takes_the_taint_off_the_only_node() {
        NodeSpec node = Profile.named("kind").nodes("kind", 1, "v1.36.2").get(0);
        assertThat(node.node().maps("spec", "taints")).isEmpty();
        assertThat(node.node().labels()).containsKey("node-role.kubernetes.io/control-plane");
    }

    @Test
    void every_profile_gives_nodes_pods_and_objects_without_gaps() {
        for (String name : Profile.NAMES) {
            Profile profile = Profile.named(name);
            String version = profile.version("v1.36.2");
            for (NodeSpec node : profile.nodes("my-cluster", 3, version)) {
                assertThat(node.node().tree().toString()).as(name).doesNotContain("{{");
                assertThat(profile.staticPods(node, "my-cluster", version).toString())
                        .doesNotContain("{{");
                assertThat(node.internalIp()).isNotEmpty();
            }
            for (KubeObject object : profile.bootstrapObjects(FACTS)) {
                assertThat(object.tree().toString()).as(name).doesNotContain("{{");
                assertThat(object.kind()).isNotEmpty();
            }
        }
    }

    @Test
    void runs_the_control_plane_as_static_pods() {
        Profile profile = Profile.named("kind");
        NodeSpec node = profile.nodes("my-cluster", 2, "v1.31.0").get(0);
        List<KubeObject> pods = profile.staticPods(node, "my-cluster", "v1.31.0");
        assertThat(pods)
                .extracting(KubeObject::name)
                .containsExactly("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");
        assertThat(pods.get(0).maps("spec", "containers").get(0).get("image"))
                .isEqualTo("registry.k8s.io/etcd:3.5.15-0");
    }

    @Test
    void bootstraps_what_the_recorded_cluster_has() {
        List<KubeObject> objects = Profile.named("kind").bootstrapObjects(FACTS);
        assertThat(objects.stream().filter(o -> o.kind().equals("ClusterRole"))).hasSize(73);
        assertThat(objects.stream().filter(o -> o.kind().equals("RoleBinding"))).hasSize(12);
        assertThat(objects.stream().filter(o -> o.kind().equals("Role"))).hasSize(12);
        assertThat(objects.stream().filter(o -> o.kind().equals("FlowSchema"))).hasSize(11);
        assertThat(objects.stream().filter(o -> o.kind().equals("APIService"))).hasSize(21);
    }

    @Test
    void refuses_a_name_that_nobody_has() {
        assertThatThrownBy(() -> Profile.named("nope"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind, kubeadm");
    }
}
