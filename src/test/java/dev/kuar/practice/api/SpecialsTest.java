package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.NAMESPACES;
import static dev.kuar.practice.api.TestServer.PODS;
import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
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
