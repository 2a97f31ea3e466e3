package dev.kuar.practice;

import static dev.kuar.practice.WardleCluster.FLUNDERS;
import static dev.kuar.practice.WardleCluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample API server in a pod, asked through the aggregation layer as any client asks. */
final class ExtensionServerTest {
    private static final String GROUP = "/apis/wardle.example.com";
    private static final String BETA = GROUP + "/v1beta1/namespaces/default/flunders";
    private static final Map<String, String> TABLE =
            Map.of("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    private static WardleCluster wardle;

    @BeforeAll
    static void start() throws Exception {
        wardle = new WardleCluster();
        wardle.apply("rights.yaml");
        wardle.register("v1alpha1", 200, true);
        wardle.register("v1beta1", 300, true);
        wardle.awaitAvailable();
        until(() -> wardle.get(GROUP + "/v1beta1"), text -> text.contains("APIResourceList"));
    }

    @AfterAll
    static void stop() {
        wardle.close();
    }

    @AfterEach
    void clean() {
        wardle.send("DELETE", FLUNDERS, "");
        wardle.send("DELETE", GROUP + "/v1alpha1/fischers", "");
    }

    @Test
    void serves_flunders_as_the_cluster_serves_its_own_kinds() {
        assertThat(wardle.flunder("one", "{\"reference\":\"two\"}"))
                .contains("\"kind\":\"Flunder\"", "\"name\":\"one\"", "\"referenceType\":\"Flunder\"");
        assertThat(wardle.get(FLUNDERS)).contains("\"kind\":\"FlunderList\"", "\"name\":\"one\"");
        assertThat(wardle.send("PATCH", FLUNDERS + "/one", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"))
                .contains("\"a\":\"b\"");
        assertThat(wardle.send("GET", FLUNDERS, "", TABLE)).contains("\"kind\":\"Table\"", "\"name\":\"Created At\"");
        assertThat(wardle.send("DELETE", FLUNDERS + "/one", "")).contains("\"status\":\"Success\"");
        assertThat(wardle.get(FLUNDERS + "/one"))
                .contains("flunders.wardle.example.com \\\"one\\\" not found", "\"code\":404");
    }

    @Test
    void shows_what_it_keeps_in_the_version_that_is_asked_for() {
        wardle.flunder("one", "{\"reference\":\"two\",\"referenceType\":\"Fischer\"}");

        assertThat(wardle.get(BETA + "/one"))
                .contains("\"apiVersion\":\"wardle.example.com/v1beta1\"", "\"fischerReference\":\"two\"");
        wardle.send("PATCH", BETA + "/one", "{\"spec\":{\"fischerReference\":\"three\"}}");
        assertThat(wardle.get(FLUNDERS + "/one")).contains("\"reference\":\"three\"", "\"referenceType\":\"Fischer\"");
    }

    @Test
    void refuses_what_it_does_not_take() {
        assertThat(wardle.send(
                        "POST",
                        BETA,
                        "{\"apiVersion\":\"wardle.example.com/v1beta1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"x\"},"
                                + "\"spec\":{\"flunderReference\":\"a\",\"fischerReference\":\"b\"}}"))
                .contains("\"code\":422", "cannot be set with flunderReference at the same time");
        assertThat(wardle.send(
                        "POST",
                        FLUNDERS + "?fieldValidation=Strict",
                        "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"x\"},"
                                + "\"spec\":{\"colour\":\"red\"}}"))
                .contains("\"code\":400", "unknown field \\\"spec.colour\\\"");
        wardle.send(
                "POST",
                GROUP + "/v1alpha1/fischers",
                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Fischer\",\"metadata\":{\"name\":\"f\"},"
                        + "\"disallowedFlunders\":[\"bad\"]}");
        assertThat(wardle.flunder("bad", "{}"))
                .contains("\"code\":403", "this name may not be used, please change the resource name");
        assertThat(
                        wardle.send(
                                "POST",
                                FLUNDERS.replace("/default/", "/nowhere/"),
                                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"x\"}}"))
                .contains("\"code\":404", "namespaces \\\"nowhere\\\" not found");
    }

    @Test
    void applies_and_tries_on_the_server() {
        Map<String, String> apply = Map.of("Content-Type", "application/apply-patch+yaml");
        String manifest =
                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"a\","
                        + "\"labels\":{\"l\":\"1\"}}}";

        assertThat(wardle.send("PATCH", FLUNDERS + "/a?fieldManager=me&dryRun=All", manifest, apply))
                .contains("\"manager\":\"me\"");
        assertThat(wardle.get(FLUNDERS + "/a")).contains("\"code\":404");
        wardle.send("PATCH", FLUNDERS + "/a?fieldManager=me", manifest, apply);
        assertThat(wardle.send("PATCH", FLUNDERS + "/a?fieldManager=other", manifest.replace("\"1\"", "\"2\""), apply))
                .contains("\"code\":409", "conflict with \\\"me\\\"");
    }

    @Test
    void a_watch_tells_of_each_change() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        var flunders = wardle.client()
                .genericKubernetesResources("wardle.example.com/v1alpha1", "Flunder")
                .inNamespace("default");
        try (Watch watch = flunders.watch(new Watcher<GenericKubernetesResource>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource flunder) {
                seen.add(action + " " + flunder.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("CLOSED");
            }
        })) {
            wardle.flunder("w", "{}");
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("ADDED w");
            wardle.send("PATCH", FLUNDERS + "/w", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("MODIFIED w");
            wardle.send("DELETE", FLUNDERS, "");
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo("DELETED w");
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void is_part_of_discovery_and_of_the_schemas() {
        String aggregated = wardle.send(
                "GET",
                "/apis",
                "",
                Map.of("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));

        assertThat(aggregated)
                .containsOnlyOnce("{\"name\":\"wardle.example.com\"}")
                .contains("\"fischers\"");
        assertThat(wardle.get("/apis")).containsOnlyOnce("\"name\":\"wardle.example.com\"");
        assertThat(wardle.get(GROUP)).contains("\"preferredVersion\":{\"groupVersion\":\"wardle.example.com/v1beta1\"");
        assertThat(wardle.get("/openapi/v3"))
                .contains("/openapi/v3/apis/wardle.example.com/v1alpha1?hash=", "/openapi/v3/apis/apps/v1?hash=");
        assertThat(wardle.get("/openapi/v3/apis/wardle.example.com/v1beta1"))
                .contains("io.k8s.sample-apiserver.pkg.apis.wardle.v1beta1.FlunderSpec");
        assertThat(wardle.get("/openapi/v2"))
                .contains("io.k8s.sample-apiserver.pkg.apis.wardle.v1alpha1.Fischer", "io.k8s.api.core.v1.Pod");
    }

    @Test
    void believes_nobody_but_the_front_proxy() {
        String direct = "/api/v1/namespaces/wardle/services/https:api:7443/proxy";

        assertThat(wardle.send(
                        "GET",
                        direct + GROUP + "/v1alpha1/flunders",
                        "",
                        Map.of("X-Remote-User", "admin", "X-Remote-Group", "system:masters")))
                .contains("\"code\":403", "User \\\"system:anonymous\\\" cannot list resource \\\"flunders\\\"");
        assertThat(wardle.get(direct + "/healthz")).isEqualTo("ok");
        assertThat(wardle.send("GET", FLUNDERS, "", Map.of("Impersonate-User", "joe")))
                .contains("\"code\":403", "User \\\"joe\\\" cannot list resource \\\"flunders\\\"");
    }

    @Test
    void flunders_go_with_what_owns_them() {
        String owner = wardle.send(
                "POST",
                "/api/v1/namespaces/default/configmaps",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"owner\"}}");
        String uid = owner.replaceFirst("(?s).*\"uid\":\"([^\"]+)\".*", "$1");
        wardle.send(
                "POST",
                FLUNDERS,
                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"owned\","
                        + "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"owner\",\"uid\":\""
                        + uid + "\"}]}}");
        wardle.flunder("free", "{}");

        wardle.send("DELETE", "/api/v1/namespaces/default/configmaps/owner", "");

        until(() -> wardle.get(FLUNDERS + "/owned"), text -> text.contains("\"code\":404"));
        assertThat(wardle.get(FLUNDERS)).contains("\"name\":\"free\"");
    }

    @Test
    void a_namespace_takes_its_flunders_with_it() {
        wardle.send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"doomed\"}}");
        String there = FLUNDERS.replace("/default/", "/doomed/");
        wardle.send(
                "POST",
                there,
                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"one\"}}");

        wardle.send("DELETE", "/api/v1/namespaces/doomed", "");

        until(() -> wardle.get("/api/v1/namespaces/doomed"), text -> text.contains("\"code\":404"));
        assertThat(wardle.get(there)).contains("\"items\":[]");
    }
}
