package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Namespaces, nodes, services, daemons and roles. */
final class ClusterControllersTest {
    private final Bench bench = new Bench();

    private KubeObject create(GroupResource resource, String apiVersion, String kind, String namespace, String name) {
        return bench.client.create(resource, namespace, KubeObject.create(apiVersion, kind, namespace, name));
    }

    private void node(String name, String ready) {
        KubeObject node = KubeObject.create("v1", "Node", "", name);
        node.set(
                Trees.list(Trees.map("type", "Ready", "status", ready, "lastHeartbeatTime", bench.context.now())),
                "status",
                "conditions");
        bench.client.create(Kinds.NODES, "", node);
    }

    @Test
    void what_is_planned_beyond_the_end_comes_to_nothing() throws InterruptedException {
        ExecutorService threads = Controllers.threads();
        CountDownLatch ran = new CountDownLatch(1);
        threads.execute(ran::countDown);
        assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
        threads.shutdownNow();
        assertThatCode(() -> threads.execute(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void a_namespace_gets_its_account_and_the_certificate_and_keeps_them() {
        ServiceAccountController.start(bench.context);
        RootCaPublisher.start(bench.context);
        create(Kinds.NAMESPACES, "v1", "Namespace", "", "demo");
        KubeObject source = KubeObject.create("v1", "ConfigMap", "kube-system", "extension-apiserver-authentication");
        source.set("PEM", "data", "client-ca-file");
        bench.client.create(Kinds.CONFIG_MAPS, "kube-system", source);
        bench.settle();
        assertThat(bench.get(Kinds.SERVICE_ACCOUNTS, "demo", "default")).isNotNull();
        bench.client.delete(Kinds.CONFIG_MAPS, "demo", "kube-root-ca.crt", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.get(Kinds.CONFIG_MAPS, "demo", "kube-root-ca.crt").text("data", "ca.crt"))
                .isEqualTo("PEM");
    }

    @Test
    void pods_of_a_namespace_go_before_all_else_and_are_not_mentioned() {
        NamespaceController.start(bench.context, AggregatedApis.NONE);
        KubeObject demo = KubeObject.create("v1", "Namespace", "", "demo");
        demo.set(Trees.list("kubernetes"), "spec", "finalizers");
        bench.client.create(Kinds.NAMESPACES, "", demo);
        KubeObject pod = KubeObject.create("v1", "Pod", "demo", "box");
        pod.set("worker", "spec", "nodeName");
        pod.set(30L, "spec", "terminationGracePeriodSeconds");
        bench.client.create(Kinds.PODS, "demo", pod);
        create(Kinds.CONFIG_MAPS, "v1", "ConfigMap", "demo", "kept");
        bench.client.delete(Kinds.NAMESPACES, "", "demo", ApiClient.DeleteOptions.DEFAULT);
        bench.advance(Duration.ofSeconds(6));
        assertThat(bench.get(Kinds.PODS, "demo", "box").isTerminating()).isTrue();
        assertThat(bench.get(Kinds.CONFIG_MAPS, "demo", "kept").isTerminating()).isFalse();
        KubeObject terminating = bench.get(Kinds.NAMESPACES, "", "demo");
        assertThat(Trees.condition(terminating, "NamespaceContentRemaining"))
                .containsEntry("status", "False")
                .containsEntry("message", "All content successfully removed");
        assertThat(Trees.condition(terminating, "NamespaceDeletionContentFailure"))
                .containsEntry("status", "False");
        bench.advance(Duration.ofSeconds(30));
        assertThat(Trees.condition(bench.get(Kinds.NAMESPACES, "", "demo"), "NamespaceDeletionContentFailure"))
                .containsEntry(
                        "message",
                        "Failed to delete all resource types, 1 remaining: unexpected items still remain in namespace: demo"
                                + " for gvr: /v1, Resource=pods");
        bench.client.delete(Kinds.PODS, "demo", "box", ApiClient.DeleteOptions.NOW);
        bench.advance(Duration.ofSeconds(6));
        assertThat(bench.all(Kinds.CONFIG_MAPS)).isEmpty();
        assertThat(bench.all(Kinds.NAMESPACES)).isEmpty();
    }

    @Test
    void a_namespace_that_is_deleted_is_emptied_first() {
        NamespaceController.start(bench.context, AggregatedApis.NONE);
        KubeObject demo = KubeObject.create("v1", "Namespace", "", "demo");
        demo.set(Trees.list("kubernetes"), "spec", "finalizers");
        bench.client.create(Kinds.NAMESPACES, "", demo);
        KubeObject held = KubeObject.create("v1", "ConfigMap", "demo", "held");
        held.set(Trees.list("example.com/hold"), "metadata", "finalizers");
        bench.client.create(Kinds.CONFIG_MAPS, "demo", held);
        KubeObject web = KubeObject.create("apps/v1", "Deployment", "demo", "web");
        web.set(Trees.list("example.com/hold"), "metadata", "finalizers");
        bench.client.create(Kinds.DEPLOYMENTS, "demo", web);
        bench.client.delete(Kinds.NAMESPACES, "", "demo", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.get(Kinds.CONFIG_MAPS, "demo", "held").isTerminating())
                .as("nothing goes in the first five seconds")
                .isFalse();
        bench.advance(Duration.ofSeconds(5));

        KubeObject terminating = bench.get(Kinds.NAMESPACES, "", "demo");
        assertThat(terminating.text("status", "phase")).isEqualTo("Terminating");
        assertThat(Trees.condition(terminating, "NamespaceFinalizersRemaining").get("message"))
                .isEqualTo(
                        "Some content in the namespace has finalizers remaining: example.com/hold in 2 resource instances");
        assertThat(Trees.condition(terminating, "NamespaceContentRemaining").get("message"))
                .isEqualTo("Some resources are remaining: configmaps. has 1 resource instances, deployments.apps has 1"
                        + " resource instances");

        KubeObject free = bench.get(Kinds.CONFIG_MAPS, "demo", "held").copy();
        free.set(null, "metadata", "finalizers");
        bench.client.update(Kinds.CONFIG_MAPS, free);
        KubeObject let = bench.get(Kinds.DEPLOYMENTS, "demo", "web").copy();
        let.set(null, "metadata", "finalizers");
        bench.client.update(Kinds.DEPLOYMENTS, let);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.client.find(Kinds.NAMESPACES, "", "demo")).isEmpty();
    }

    @Test
    void nodes_get_ranges_in_order_and_a_daemon_each() {
        NodeIpamController.start(bench.context, "10.244.0.0/16");
        DaemonSetController.start(bench.context);
        node("a", "True");
        node("b", "True");
        KubeObject proxy = KubeObject.create("apps/v1", "DaemonSet", "kube-system", "proxy");
        proxy.set("proxy", "spec", "selector", "matchLabels", "app");
        proxy.set("proxy", "spec", "template", "metadata", "labels", "app");
        bench.client.create(Kinds.DAEMON_SETS, "kube-system", proxy);
        bench.settle();
        assertThat(bench.get(Kinds.NODES, "", "b").text("spec", "podCIDR")).isEqualTo("10.244.1.0/24");
        assertThat(bench.all(Kinds.PODS)).extracting(DaemonPods::nodeOf).containsExactlyInAnyOrder("a", "b");
        assertThat(bench.all(Kinds.REVISIONS)).hasSize(1);
        bench.kubelets();
        assertThat(bench.get(Kinds.DAEMON_SETS, "kube-system", "proxy").number(0, "status", "numberReady"))
                .isEqualTo(2);
    }

    @Test
    void a_service_leads_to_its_ready_pods() {
        EndpointSliceController.start(bench.context);
        EndpointsController.start(bench.context);
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set("web", "spec", "selector", "app");
        service.set(
                Trees.list(Trees.map("name", "http", "port", 80L, "targetPort", "http", "protocol", "TCP")),
                "spec",
                "ports");
        bench.client.create(Kinds.SERVICES, "default", service);
        create(Kinds.NODES, "v1", "Node", "", "worker");
        KubeObject pod = KubeObject.create("v1", "Pod", "default", "web-1");
        pod.set("worker", "spec", "nodeName");
        pod.set("web", "metadata", "labels", "app");
        pod.set(
                Trees.list(Trees.map(
                        "name", "main", "ports", Trees.list(Trees.map("name", "http", "containerPort", 8080L)))),
                "spec",
                "containers");
        bench.client.create(Kinds.PODS, "default", pod);
        bench.kubelets();
        KubeObject slice = bench.all(Kinds.SLICES).get(0);
        assertThat(slice.maps("ports").get(0)).containsEntry("port", 8080L);
        assertThat(KubeObject.of(slice.maps("endpoints").get(0)).flag("conditions", "ready"))
                .isTrue();
        assertThat(bench.get(Kinds.ENDPOINTS, "default", "web").maps("subsets")).hasSize(1);
        bench.client.delete(Kinds.SERVICES, "default", "web", ApiClient.DeleteOptions.DEFAULT);
        bench.settle();
        assertThat(bench.all(Kinds.ENDPOINTS)).isEmpty();
    }

    @Test
    void aggregated_roles_gather_rules_through_each_other() {
        ClusterRoleAggregationController.start(bench.context);
        KubeObject admin = KubeObject.create("rbac.authorization.k8s.io/v1", "ClusterRole", "", "admin");
        admin.set(
                Trees.list(Trees.map("matchLabels", Trees.map("to-admin", "true"))),
                "aggregationRule",
                "clusterRoleSelectors");
        bench.client.create(Kinds.CLUSTER_ROLES, "", admin);
        KubeObject part = KubeObject.create("rbac.authorization.k8s.io/v1", "ClusterRole", "", "part");
        part.set("true", "metadata", "labels", "to-admin");
        part.set(Trees.list(Trees.map("verbs", Trees.list("get"))), "rules");
        bench.client.create(Kinds.CLUSTER_ROLES, "", part);
        bench.settle();
        assertThat(bench.get(Kinds.CLUSTER_ROLES, "", "admin").maps("rules")).hasSize(1);
    }
}
