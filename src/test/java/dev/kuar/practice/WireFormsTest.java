package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.TestServer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In what forms answers come over the wire, and how what cannot be had is refused. */
final class WireFormsTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String WIDGETS = "/apis/g.io/v1/namespaces/default/widgets";

    private static PracticeCluster cluster;
    private static WireClient wire;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        cluster = PracticeCluster.start(new ClusterSpec(
                "my-cluster", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        wire = WireClient.of(cluster.kubeconfig());
        define("g.io");
    }

    /** Returns when it is served. */
    private static void define(String group) {
        cluster.client("test")
                .create(
                        GroupResource.of("apiextensions.k8s.io", "customresourcedefinitions"),
                        "",
                        json("{'metadata':{'name':'widgets." + group + "'},'spec':{'group':'" + group
                                + "','scope':'Namespaced',"
                                + "'names':{'plural':'widgets','kind':'Widget'},'versions':[{'name':'v1','served':true,"
                                + "'storage':true,'schema':{'openAPIV3Schema':{'type':'object'}}}]}}"));
        TestServer.eventually(() -> assertThat(served("/apis/" + group + "/v1")).isEqualTo(200));
    }

    private static int served(String path) {
        try {
            return wire.get(path).code();
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void who_has_the_list_of_documents_from_before_a_change_gets_it_anew_within_the_same_second() throws Exception {
        String before = wire.get("/openapi/v3").header("Last-Modified");
        assertThat(wire.send("GET", "/openapi/v3", "", "If-Modified-Since", before)
                        .code())
                .isEqualTo(304);
        for (String group : List.of("one.io", "two.io")) {
            define(group);
            WireClient.Answer now = wire.send("GET", "/openapi/v3", "", "If-Modified-Since", before);
            assertThat(now.body()).contains("apis/" + group + "/v1");
            before = now.header("Last-Modified");
        }
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void a_client_that_would_rather_have_protobuf_gets_custom_resources_in_json() throws Exception {
        WireClient.Answer list = wire.send("GET", WIDGETS, "", "Accept", PROTOBUF + ",application/json");
        assertThat(list.code()).isEqualTo(200);
        assertThat(list.object().kind()).isEqualTo("WidgetList");
    }

    @Test
    void a_custom_resource_in_protobuf_alone_is_refused_before_anything_is_done() throws Exception {
        WireClient.Answer refused = wire.send(
                "POST",
                WIDGETS,
                "{\"apiVersion\":\"g.io/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\"}}",
                "Accept",
                PROTOBUF);
        assertThat(refused.code()).isEqualTo(406);
        assertThat(refused.body())
                .startsWith("k8s")
                .contains("only the following media types are accepted: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf");
        assertThat(wire.get(WIDGETS + "/w").code()).isEqualTo(404);
        assertThat(wire.send(
                                "GET",
                                WIDGETS,
                                "",
                                "Accept",
                                PROTOBUF + ";as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
                        .code())
                .isEqualTo(200);
        assertThat(wire.send("GET", WIDGETS, "", "Accept", "text/plain")
                        .object()
                        .text("message"))
                .startsWith("only the following media types are accepted");
    }

    @Test
    void a_log_has_no_streams_to_choose_from() throws Exception {
        WireClient.Answer refused = wire.get(
                "/api/v1/namespaces/kube-system/pods/etcd-my-cluster-control-plane/log?stream=Stdout&sinceSeconds=5"
                        + "&sinceTime=2026-01-01T00:00:00Z");
        assertThat(refused.object().text("message"))
                .isEqualTo("PodLogOptions \"etcd-my-cluster-control-plane\" is invalid: [: Forbidden: at most one of"
                        + " `sinceTime` or `sinceSeconds` may be specified, stream: Forbidden: may not be specified]");
    }

    @Test
    void options_that_contradict_each_other_are_refused_with_all_reasons() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps?";
        assertThat(wire.get(maps + "watch=1&sendInitialEvents=true&resourceVersionMatch=Exact&continue=x")
                        .object()
                        .text("message"))
                .isEqualTo(
                        "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents"
                                + " requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported"
                                + " value: \"Exact\": supported values: \"NotOlderThan\", resourceVersionMatch: Forbidden:"
                                + " resourceVersionMatch is forbidden when continue is provided]");
        assertThat(wire.get(maps + "resourceVersionMatch=Exact&resourceVersion=0&continue=x")
                        .object()
                        .text("message"))
                .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden:"
                        + " resourceVersionMatch is forbidden when continue is provided, resourceVersionMatch: Forbidden:"
                        + " resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"]");
    }

    private static KubeObject json(String json) {
        return KubeObject.of(JsonReader.readMap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
