package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DaemonSets: where their pods are, and how they are replaced. */
final class DaemonSetTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void start() {
        DaemonSetController.start(bench.context);
        for (String name : List.of("a", "b", "c")) {
            KubeObject node = KubeObject.create("v1", "Node", "", name);
            node.set(name.equals("c") ? "ssd" : "hdd", "metadata", "labels", "disk");
            bench.client.create(Kinds.NODES, "", node);
        }
    }

    private KubeObject agent() {
        KubeObject agent = KubeObject.create("apps/v1", "DaemonSet", "default", "agent");
        agent.set("agent", "spec", "selector", "matchLabels", "app");
        agent.set("agent", "spec", "template", "metadata", "labels", "app");
        agent.set("RollingUpdate", "spec", "updateStrategy", "type");
        agent.set(1L, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        agent.set(0L, "spec", "updateStrategy", "rollingUpdate", "maxSurge");
        agent.set(image("v1"), "spec", "template", "spec", "containers");
        return agent;
    }

    private static List<Object> image(String tag) {
        return Trees.list(Trees.map("name", "main", "image", "agent:" + tag));
    }

    private void update() {
        KubeObject changed = bench.get(Kinds.DAEMON_SETS, "default", "agent").copy();
        changed.set(image("v2"), "spec", "template", "spec", "containers");
        bench.client.update(Kinds.DAEMON_SETS, changed);
        bench.settle();
    }

    private static String image(KubeObject pod) {
        return KubeObject.of(pod.maps("spec", "containers").get(0)).text("image");
    }

    private Map<String, Long> count() {
        return bench.all(Kinds.PODS).stream()
                .filter(pod -> !pod.isTerminating())
                .collect(Collectors.groupingBy(DaemonSetTest::image, Collectors.counting()));
    }

    @Test
    void a_node_selector_and_taints_decide_where() {
        KubeObject agent = agent();
        agent.set("hdd", "spec", "template", "spec", "nodeSelector", "disk");
        bench.client.create(Kinds.DAEMON_SETS, "default", agent);
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).extracting(DaemonPods::nodeOf).containsExactlyInAnyOrder("a", "b");

        KubeObject node = bench.get(Kinds.NODES, "", "a").copy();
        node.set(Trees.list(Trees.map("key", "dedicated", "effect", "NoSchedule")), "spec", "taints");
        bench.client.update(Kinds.NODES, node);
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).hasSize(2);
        assertThat(bench.get(Kinds.DAEMON_SETS, "default", "agent").number(0, "status", "numberMisscheduled"))
                .isEqualTo(1);

        node = bench.get(Kinds.NODES, "", "a").copy();
        node.set(Trees.list(Trees.map("key", "dedicated", "effect", "NoExecute")), "spec", "taints");
        bench.client.update(Kinds.NODES, node);
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).extracting(DaemonPods::nodeOf).containsExactly("b");
    }

    @Test
    void one_after_the_other_is_replaced() {
        bench.client.create(Kinds.DAEMON_SETS, "default", agent());
        bench.kubelets();

        update();

        assertThat(count()).containsEntry("agent:v1", 2L).containsEntry("agent:v2", 1L);
        bench.kubelets();
        assertThat(count()).containsExactlyEntriesOf(Map.of("agent:v2", 3L));
    }

    @Test
    void with_a_surge_the_new_comes_before_the_old_goes() {
        KubeObject agent = agent();
        agent.set(0L, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
        agent.set(1L, "spec", "updateStrategy", "rollingUpdate", "maxSurge");
        bench.client.create(Kinds.DAEMON_SETS, "default", agent);
        bench.kubelets();

        update();

        assertThat(count()).containsEntry("agent:v1", 3L).containsEntry("agent:v2", 1L);
        bench.kubelets();
        assertThat(count()).containsExactlyEntriesOf(Map.of("agent:v2", 3L));
    }

    @Test
    void a_pod_that_failed_is_replaced_and_one_that_fails_again_later() {
        bench.client.create(Kinds.DAEMON_SETS, "default", agent());
        bench.kubelets();
        KubeObject first = bench.all(Kinds.PODS).get(0);
        String node = DaemonPods.nodeOf(first);

        bench.finish(first, "Failed");
        bench.kubelets();

        assertThat(bench.all(Kinds.PODS)).hasSize(3);
        assertThat(bench.events())
                .contains("FailedDaemonPod: Found failed daemon pod default/" + first.name() + " on node " + node
                        + ", will try to kill it");
        KubeObject second = bench.all(Kinds.PODS).stream()
                .filter(pod -> DaemonPods.nodeOf(pod).equals(node))
                .findFirst()
                .orElseThrow();
        bench.finish(second, "Failed");
        assertThat(bench.get(Kinds.PODS, "default", second.name()).isTerminating())
                .isFalse();
        bench.advance(Duration.ofSeconds(2));
        bench.kubelets();
        assertThat(bench.all(Kinds.PODS)).extracting(KubeObject::name).doesNotContain(second.name());
    }

    @Test
    void a_revision_whose_name_is_taken_gets_another_one() {
        bench.client.create(Kinds.DAEMON_SETS, "default", agent());
        bench.settle();
        KubeObject first = bench.all(Kinds.REVISIONS).get(0);
        assertThat(first.map("data", "spec", "template").keySet()).containsExactly("$patch", "metadata", "spec");
        KubeObject next = bench.get(Kinds.DAEMON_SETS, "default", "agent").copy();
        next.set(image("v2"), "spec", "template", "spec", "containers");
        String hash = TemplateHash.of(next.map("spec", "template"), null);
        KubeObject other = first.copy();
        other.tree().put("metadata", KubeObject.copyOf(first.map("metadata")));
        other.set("agent-" + hash, "metadata", "name");
        other.map("metadata").remove("uid");
        other.map("metadata").remove("resourceVersion");
        other.set(hash, "metadata", "labels", RevisionHistory.HASH);
        other.set(2L, "revision");
        bench.client.create(Kinds.REVISIONS, "default", other);
        bench.client.delete(Kinds.REVISIONS, "default", first.name(), ApiClient.DeleteOptions.ofUid(first.uid()));
        update();
        assertThat(bench.all(Kinds.REVISIONS).stream().map(each -> each.number(0, "revision")))
                .containsExactlyInAnyOrder(2L, 3L);
        assertThat(bench.get(Kinds.DAEMON_SETS, "default", "agent").number(0, "status", "collisionCount"))
                .isOne();
    }

    @Test
    void of_two_revisions_of_one_template_the_older_goes() {
        bench.client.create(Kinds.DAEMON_SETS, "default", agent());
        bench.settle();
        KubeObject first = bench.all(Kinds.REVISIONS).get(0);
        KubeObject other = first.copy();
        other.tree().put("metadata", KubeObject.copyOf(first.map("metadata")));
        other.set("agent-other", "metadata", "name");
        other.map("metadata").remove("uid");
        other.map("metadata").remove("resourceVersion");
        other.set("other", "metadata", "labels", RevisionHistory.HASH);
        other.set(2L, "revision");
        bench.client.create(Kinds.REVISIONS, "default", other);
        KubeObject touched = bench.get(Kinds.DAEMON_SETS, "default", "agent").copy();
        touched.set("now", "metadata", "annotations", "touched");
        bench.client.update(Kinds.DAEMON_SETS, touched);
        bench.settle();
        assertThat(bench.all(Kinds.REVISIONS).stream().map(KubeObject::name)).containsExactly("agent-other");
        assertThat(bench.all(Kinds.PODS).stream().map(pod -> pod.labels().get(RevisionHistory.HASH)))
                .isNotEmpty()
                .containsOnly("other");
    }
}
