package dev.kuar.practice;

import static dev.kuar.practice.WardleCluster.FLUNDERS;
import static dev.kuar.practice.WardleCluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What can be wrong with an extension API server, and what is said of it; a server goes through its troubles in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExtensionTroubleTest {
    private static WardleCluster wardle;

    @BeforeAll
    static void start() throws Exception {
        wardle = new WardleCluster();
        wardle.register("v1alpha1", 200, true);
        wardle.awaitAvailable();
    }

    @AfterAll
    static void stop() {
        wardle.close();
    }

    private static void etcd(String image) {
        String pod = wardle.client()
                .pods()
                .inNamespace("wardle")
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
        wardle.send(
                "PATCH",
                "/api/v1/namespaces/wardle/pods/" + pod,
                "{\"spec\":{\"containers\":[{\"name\":\"etcd\",\"image\":\"" + image + "\"}]}}",
                java.util.Map.of("Content-Type", "application/strategic-merge-patch+json"));
    }

    @Test
    @Order(1)
    void without_rights_it_can_ask_nobody_what_its_clients_may() throws Exception {
        assertThat(wardle.get(FLUNDERS))
                .isEqualTo("Internal Server Error: \"" + FLUNDERS
                        + "\": subjectaccessreviews.authorization.k8s.io is forbidden: User"
                        + " \"system:serviceaccount:wardle:apiserver\" cannot create resource \"subjectaccessreviews\""
                        + " in API group \"authorization.k8s.io\" at the cluster scope\n");

        wardle.apply("rights.yaml");
        until(() -> wardle.get(FLUNDERS), text -> text.contains("FlunderList"));
        assertThat(wardle.flunder("one", "{}")).contains("\"name\":\"one\"");
    }

    @Test
    @Tag("slow")
    @Order(2)
    void without_its_etcd_it_is_not_ready_and_what_was_in_it_is_lost() {
        etcd("registry.k8s.io/etcd:0.0.0-none");
        until(wardle::availability, text -> text.startsWith("False MissingEndpoints: "));
        assertThat(wardle.get(FLUNDERS)).isEqualTo("service unavailable\n");

        etcd("registry.k8s.io/etcd:3.6.8-0");
        wardle.awaitAvailable();
        assertThat(wardle.get(FLUNDERS)).contains("FlunderList", "\"items\":[]");
    }

    @Test
    @Order(3)
    void whose_certificate_nobody_knows_is_not_asked() {
        wardle.register("v1beta1", 100, false);

        String said = until(
                () -> wardle.get("/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.wardle.example.com"),
                text -> text.contains("FailedDiscoveryCheck"));

        assertThat(said)
                .contains("failing or missing response from https://", "certificate signed by unknown authority");
        wardle.send("DELETE", "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.wardle.example.com", "");
    }

    @Test
    @Tag("slow")
    @Order(4)
    void without_pods_it_holds_up_namespaces_and_its_resources_are_stale() {
        wardle.send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"stuck\"}}");
        wardle.client()
                .apps()
                .deployments()
                .inNamespace("wardle")
                .withName("wardle-server")
                .scale(0);
        until(
                wardle::availability,
                text -> text.equals("False MissingEndpoints: endpointslices for service/api in \"wardle\""
                        + " have no addresses with port name \"\""));
        assertThat(wardle.get(FLUNDERS)).isEqualTo("service unavailable\n");

        wardle.send("DELETE", "/api/v1/namespaces/stuck", "");
        until(
                () -> wardle.get("/api/v1/namespaces/stuck"),
                text -> text.contains(
                        "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of"
                                + " server APIs: wardle.example.com/v1alpha1: stale GroupVersion discovery:"
                                + " wardle.example.com/v1alpha1"));

        wardle.client()
                .apps()
                .deployments()
                .inNamespace("wardle")
                .withName("wardle-server")
                .scale(1);
        wardle.awaitAvailable();
        until(() -> wardle.get("/api/v1/namespaces/stuck"), text -> text.contains("\"code\":404"));
    }

    @Test
    @Tag("slow")
    @Order(5)
    void without_its_service_it_is_not_found() {
        wardle.send("DELETE", "/api/v1/namespaces/wardle/services/api", "");

        until(
                wardle::availability,
                text -> text.equals("False ServiceNotFound: service/api in \"wardle\" is not present"));
        assertThat(wardle.get(FLUNDERS)).isEqualTo("service unavailable\n");
    }
}
