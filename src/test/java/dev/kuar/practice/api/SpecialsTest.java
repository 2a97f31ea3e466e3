package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.NAMESPACES;
import static dev.kuar.practice.api.TestServer.PODS;
import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpecialsTest {
    private static final GroupResource SERVICES = GroupResource.core("services");
    private static final GroupResource ACCOUNTS = GroupResource.core("serviceaccounts");
    private static final GroupResource ADDRESSES = GroupResource.of("networking.k8s.io", "ipaddresses");

    private final TestServer cluster = new TestServer();
    private final ApiClient client = cluster.client();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_pod_gets_account_token_tolerations_and_priority() {
        KubeObject pod = client.create(PODS, "default", pod("p"));
        assertThat(pod.text("spec", "serviceAccountName")).isEqualTo("default");
        assertThat(pod.maps("spec", "volumes")).hasSize(1);
        assertThat(pod.maps("spec", "tolerations")).hasSize(2);
        assertThat(pod.number(-1, "spec", "priority")).isZero();
        assertThat(pod.text("status", "qosClass")).isEqualTo("BestEffort");
        assertThat(pod.text("status", "phase")).isEqualTo("Pending");
    }

    @Test
    void a_pod_is_bound_once_and_deleted_with_grace() {
        client.create(PODS, "default", pod("p"));
        client.createSubresource(PODS, "default", "p", "binding", binding());
        assertThat(client.get(PODS, "default", "p").text("spec", "nodeName")).isEqualTo("n1");
        assertThatThrownBy(() -> client.createSubresource(PODS, "default", "p", "binding", binding()))
                .hasMessageContaining("pod p is already assigned to node \"n1\"");
        KubeObject going = client.delete(PODS, "default", "p", DeleteOptions.DEFAULT);
        assertThat(going.number(-1, "metadata", "deletionGracePeriodSeconds")).isEqualTo(30);
        client.delete(PODS, "default", "p", DeleteOptions.NOW);
        assertThat(client.find(PODS, "default", "p")).isEmpty();
    }

    @Test
    void a_pod_that_is_bound_gets_its_nodes_zone_and_loses_its_nomination() {
        client.create(
                GroupResource.core("nodes"),
                "",
                json("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\",\"labels\":{"
                        + "\"topology.kubernetes.io/zone\":\"z\",\"disk\":\"ssd\"}}}"));
        client.create(PODS, "default", pod("p"));
        client.patch(
                PODS, "default", "p", "status", PatchType.MERGE, Map.of("status", Map.of("nominatedNodeName", "n1")));
        client.createSubresource(PODS, "default", "p", "binding", binding());
        KubeObject bound = client.get(PODS, "default", "p");
        assertThat(bound.labels())
                .containsEntry("topology.kubernetes.io/zone", "z")
                .doesNotContainKey("disk");
        assertThat(bound.text("status", "nominatedNodeName")).isEmpty();
        KubeObject placed = pod("placed");
        placed.set("n1", "spec", "nodeName");
        assertThat(client.create(PODS, "default", placed).labels()).containsEntry("topology.kubernetes.io/zone", "z");
    }

    @Test
    void label_keys_of_a_new_pod_are_written_into_its_selectors() {
        KubeObject pod = pod("p");
        pod.set("2", "metadata", "labels", "rev");
        pod.set(
                json("{\"list\":[{\"maxSkew\":1,\"topologyKey\":\"zone\",\"whenUnsatisfiable\":\"DoNotSchedule\","
                                + "\"matchLabelKeys\":[\"rev\",\"none\"],\"labelSelector\":{\"matchLabels\":{\"a\":\"b\"}}}]}")
                        .at("list"),
                "spec",
                "topologySpreadConstraints");
        pod.set(
                json("{\"list\":[{\"topologyKey\":\"zone\",\"mismatchLabelKeys\":[\"rev\"],"
                                + "\"labelSelector\":{\"matchLabels\":{\"a\":\"b\"}}}]}")
                        .at("list"),
                "spec",
                "affinity",
                "podAntiAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution");
        KubeObject made = client.create(PODS, "default", pod);
        assertThat(KubeObject.of(made.maps("spec", "topologySpreadConstraints").get(0))
                        .maps("labelSelector", "matchExpressions"))
                .containsExactly(Map.of("key", "rev", "operator", "In", "values", List.of("2")));
        assertThat(KubeObject.of(made.maps(
                                        "spec",
                                        "affinity",
                                        "podAntiAffinity",
                                        "requiredDuringSchedulingIgnoredDuringExecution")
                                .get(0))
                        .maps("labelSelector", "matchExpressions"))
                .containsExactly(Map.of("key", "rev", "operator", "NotIn", "values", List.of("2")));
    }

    @Test
    void a_pods_own_resources_decide_its_quality_of_service() {
        KubeObject pod = pod("p");
        pod.set(
                json("{\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}")
                        .tree(),
                "spec",
                "resources");
        assertThat(client.create(PODS, "default", pod).text("status", "qosClass"))
                .isEqualTo("Guaranteed");
    }

    @Test
    void a_service_holds_its_address_until_it_goes() {
        KubeObject service = client.create(SERVICES, "default", service("s"));
        String address = service.text("spec", "clusterIP");
        assertThat(address).startsWith("10.96.");
        assertThat(client.get(ADDRESSES, "", address).text("spec", "parentRef", "name"))
                .isEqualTo("s");
        client.delete(SERVICES, "default", "s", DeleteOptions.DEFAULT);
        assertThat(client.find(ADDRESSES, "", address)).isEmpty();
    }

    @Test
    void a_service_keeps_its_address_also_where_only_the_first_field_of_it_is_changed() {
        KubeObject changed = client.create(SERVICES, "default", service("s")).copy();
        changed.set("10.96.99.99", "spec", "clusterIP");
        assertThatThrownBy(() -> client.update(SERVICES, changed))
                .hasMessage("Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: [\"10.96.99.99\"]:"
                        + " may not change once set");
    }

    /** Source: the e2e suite of 1.36.2, a job whose failure policy ignores disruptions. */
    @Test
    void an_evicted_pod_says_why_it_goes() {
        KubeObject held = pod("p");
        held.set(new ArrayList<>(List.of("example.com/held")), "metadata", "finalizers");
        client.create(PODS, "default", held);
        client.createSubresource(PODS, "default", "p", "eviction", eviction("p"));
        KubeObject going = client.find(PODS, "default", "p").orElseThrow();
        assertThat(going.isTerminating()).isTrue();
        assertThat(going.maps("status", "conditions")).anySatisfy(condition -> assertThat(condition)
                .containsEntry("type", "DisruptionTarget")
                .containsEntry("status", "True")
                .containsEntry("reason", "EvictionByEvictionAPI"));
    }

    @Test
    void an_eviction_names_its_pod() {
        client.create(PODS, "default", pod("p"));
        assertThatThrownBy(() -> client.createSubresource(PODS, "default", "p", "eviction", eviction("other")))
                .hasMessage("name in URL does not match name in Eviction object");
        client.createSubresource(PODS, "default", "p", "eviction", eviction("p"));
        assertThat(client.find(PODS, "default", "p")).isEmpty();
    }

    @Test
    void an_eviction_spares_no_ready_pod_of_a_used_up_budget_and_waits_for_one_that_was_not_counted_yet() {
        client.create(PODS, "default", pod("p"));
        KubeObject made = client.get(PODS, "default", "p").copy();
        made.set("r", "metadata", "labels", "q");
        client.update(PODS, made);
        status(PODS, "p", Map.of("phase", "Running"));
        GroupResource budgets = GroupResource.of("policy", "poddisruptionbudgets");
        KubeObject budget = KubeObject.create("policy/v1", "PodDisruptionBudget", "default", "b");
        budget.set(1L, "spec", "minAvailable");
        budget.set("r", "spec", "selector", "matchLabels", "q");
        client.create(budgets, "default", budget);
        assertThatThrownBy(() -> client.createSubresource(PODS, "default", "p", "eviction", eviction("p")))
                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");

        status(budgets, "b", Map.of("observedGeneration", 1L, "currentHealthy", 2L, "desiredHealthy", 2L));
        client.createSubresource(PODS, "default", "p", "eviction", eviction("p"));
        assertThat(client.find(PODS, "default", "p")
                        .map(KubeObject::isTerminating)
                        .orElse(true))
                .isTrue();
    }

    @Test
    void a_review_says_all_that_is_wrong_with_it() {
        GroupResource reviews = GroupResource.of("authorization.k8s.io", "subjectaccessreviews");
        assertThatThrownBy(() -> client.create(reviews, "", json("{\"spec\":{}}")))
                .hasMessage(
                        "SubjectAccessReview.authorization.k8s.io \"\" is invalid: [spec.resourceAttributes: Invalid"
                                + " value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified,"
                                + " spec.user: Invalid value: \"\": at least one of user or group must be specified]");
        assertThatThrownBy(() -> client.create(
                        reviews,
                        "",
                        json("{\"metadata\":{\"name\":\"x\"},\"spec\":{\"user\":\"u\",\"resourceAttributes\":{},"
                                + "\"nonResourceAttributes\":{\"path\":\"/x\",\"verb\":\"get\"}}}")))
                .hasMessageStartingWith("SubjectAccessReview.authorization.k8s.io \"x\" is invalid:"
                        + " [spec.nonResourceAttributes: Invalid value: {\"Path\":\"/x\",\"Verb\":\"get\"}: cannot be"
                        + " specified in combination with resourceAttributes, metadata: Invalid value: {\"name\":\"x\"")
                .hasMessageEndingWith(": must be empty]");
    }

    @Test
    void a_token_of_nobody_is_an_invalid_bearer_token() {
        KubeObject review = client.create(
                GroupResource.of("authentication.k8s.io", "tokenreviews"), "", json("{\"spec\":{\"token\":\"x\"}}"));
        assertThat(review.text("status", "error")).isEqualTo("invalid bearer token");
    }

    private void status(GroupResource resource, String name, Map<String, Object> status) {
        client.patch(resource, "default", name, "status", PatchType.MERGE, Map.of("status", status));
    }

    private static KubeObject eviction(String name) {
        return KubeObject.create("policy/v1", "Eviction", "default", name);
    }

    @Test
    void a_token_speaks_for_its_account() {
        KubeObject answer = client.createSubresource(
                ACCOUNTS,
                "default",
                "default",
                "token",
                json("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}"));
        UserInfo user = cluster.server().authenticate(new Credentials(null, answer.text("status", "token")));
        assertThat(user.name()).isEqualTo("system:serviceaccount:default:default");
        assertThat(user.groups()).contains("system:serviceaccounts:default");
        assertThatThrownBy(() -> cluster.server().authenticate(new Credentials(null, "nonsense")))
                .hasMessage("Unauthorized");
        ApiRequest weak = ApiRequest.of(user, "curl/8", Verb.LIST, PODS, "v1", "default", "", "");
        assertThatThrownBy(() -> cluster.server().handle(weak))
                .hasMessage("pods is forbidden: User \"system:serviceaccount:default:default\" cannot list resource"
                        + " \"pods\" in API group \"\" in the namespace \"default\"");
    }

    @Test
    void a_namespace_goes_when_it_is_finalized() {
        client.create(NAMESPACES, "", KubeObject.create("v1", "Namespace", "", "n"));
        KubeObject going = client.delete(NAMESPACES, "", "n", DeleteOptions.DEFAULT);
        assertThat(going.text("status", "phase")).isEqualTo("Terminating");
        assertThatThrownBy(() -> client.create(PODS, "n", pod("p")))
                .hasMessage("pods \"p\" is forbidden: unable to create new content in namespace n because it is being"
                        + " terminated");
        KubeObject finalized = going.copy();
        finalized.set(null, "spec", "finalizers");
        client.updateSubresource(NAMESPACES, "finalize", finalized);
        assertThat(client.find(NAMESPACES, "", "n")).isEmpty();
        assertThatThrownBy(() -> client.delete(NAMESPACES, "", "default", DeleteOptions.DEFAULT))
                .hasMessage("namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    private static KubeObject pod(String name) {
        return json("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"}]}}");
    }

    private static KubeObject service(String name) {
        return json("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
    }

    private static KubeObject binding() {
        return json("{\"apiVersion\":\"v1\",\"kind\":\"Binding\",\"metadata\":{\"name\":\"p\"},"
                + "\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}");
    }
}
