package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.ADMIN;
import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kuar.practice.api.ApiClient.PatchType;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-side apply as a client meets it: its options, its refusals, its way from client-side apply, its scale. */
final class ApplyTest {
    private static final GroupResource DEPLOYMENTS = GroupResource.of("apps", "deployments");
    private static final String DEPLOYMENT = "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},"
            + "'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
            + "'spec':{'containers':[{'name':'c','image':'i'}]}}}}";

    private final TestServer cluster = new TestServer();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void wants_a_manager_that_can_be_printed() {
        assertThatThrownBy(() -> applyMap("", "{'data':{'a':'1'}}"))
                .hasMessage("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                        + " apply patch");
        assertThatThrownBy(() -> applyMap("m".repeat(129), "{'data':{'a':'1'}}"))
                .hasMessage("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Too long: may not be more than 128"
                        + " bytes");
        assertThatThrownBy(() -> applyMap("a\u0007\u00a0", "{'data':{'a':'1'}}"))
                .hasMessage("PatchOptions.meta.k8s.io \"\" is invalid: [fieldManager: Invalid value: \"a\\a\\u00a0\":"
                        + " invalid character U+0007 (at position 1), fieldManager: Invalid value: \"a\\a\\u00a0\":"
                        + " invalid character U+00A0 (at position 2)]");
    }

    @Test
    void says_what_does_not_fit_with_500() {
        ApiException wrong = catchThrowableOfType(ApiException.class, () -> applyMap("m", "{'data':{'a':1}}"));
        assertThat(wrong.code()).isEqualTo(500);
        assertThat(wrong)
                .hasMessage("failed to create typed patch object (/x; /v1, Kind=ConfigMap): .data.a: expected string,"
                        + " got &value.valueUnstructured{Value:1}");
        assertThatThrownBy(() -> apply(
                        DEPLOYMENTS,
                        "d",
                        "",
                        "m",
                        DEPLOYMENT.replace("'image':'i'", "'image':'i','resources':{'limits':{'cpu':'much'}}")))
                .hasMessage("failed to convert new object (/d; apps/v1, Kind=Deployment) to proper version (apps/v1):"
                        + " unable to convert unstructured object to apps/v1, Kind=Deployment: quantities must match"
                        + " the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    @Test
    void refuses_managed_fields_even_an_empty_list() {
        assertThatThrownBy(() -> applyMap("m", "{'metadata':{'name':'x','managedFields':[]}}"))
                .hasMessage("metadata.managedFields must be nil");
    }

    @Test
    void refuses_what_does_not_say_its_kind() {
        assertThatThrownBy(() -> apply(CONFIG_MAPS, "x", "", "m", "{'metadata':{'name':'x'}}"))
                .hasMessage("invalid object type: /, Kind=");
    }

    @Test
    void takes_over_from_client_side_apply_once_its_entry_is_rewritten() {
        KubeObject map = KubeObject.create("v1", "ConfigMap", "default", "x");
        map.set("1", "data", "a");
        map.set("1", "data", "b");
        cluster.server().client(ADMIN, "kubectl-client-side-apply").create(CONFIG_MAPS, "default", map);

        // as kubectl does before its first server-side apply of what it applied before
        cluster.client()
                .patch(
                        CONFIG_MAPS,
                        "default",
                        "x",
                        "",
                        PatchType.JSON,
                        List.of(Map.of(
                                "op",
                                "replace",
                                "path",
                                "/metadata/managedFields",
                                "value",
                                List.of(Map.of(
                                        "manager",
                                        "kubectl",
                                        "operation",
                                        "Apply",
                                        "apiVersion",
                                        "v1",
                                        "fieldsType",
                                        "FieldsV1",
                                        "fieldsV1",
                                        Map.of("f:data", Map.of("f:a", Map.of(), "f:b", Map.of())))))));
        KubeObject applied = applyMap("kubectl", "{'data':{'a':'2'}}");

        assertThat(applied.map("data")).isEqualTo(Map.of("a", "2"));
        assertThat(applied.maps("metadata", "managedFields")).hasSize(1);
    }

    @Test
    void forgets_managers_when_told_so_and_tracks_none_until_the_next_apply() {
        applyMap("alice", "{'data':{'a':'1'}}");
        KubeObject reset = cluster.client()
                .patch(
                        CONFIG_MAPS,
                        "default",
                        "x",
                        "",
                        PatchType.MERGE,
                        Map.of("metadata", Map.of("managedFields", List.of(Map.of()))));
        assertThat(reset.at("metadata", "managedFields")).isNull();
        KubeObject changed = cluster.client()
                .patch(CONFIG_MAPS, "default", "x", "", PatchType.MERGE, Map.of("data", Map.of("b", "1")));
        assertThat(changed.at("metadata", "managedFields")).isNull();
        assertThatThrownBy(() -> applyMap("alice", "{'data':{'a':'2'}}"))
                .hasMessage("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
    }

    @Test
    void a_scale_takes_replicas_from_their_applier_and_may_be_applied_itself() {
        apply(DEPLOYMENTS, "d", "", "alice", DEPLOYMENT);
        cluster.server()
                .client(ADMIN, "kubectl")
                .patch(DEPLOYMENTS, "default", "d", "scale", PatchType.MERGE, Map.of("spec", Map.of("replicas", 3L)));
        assertThatThrownBy(() -> apply(DEPLOYMENTS, "d", "", "alice", DEPLOYMENT))
                .hasMessage("Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using"
                        + " apps/v1: .spec.replicas");

        String scale = "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'d'},'spec':{'replicas':5}}";
        assertThatThrownBy(() -> apply(DEPLOYMENTS, "d", "scale", "bob", scale))
                .hasMessage("Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using"
                        + " autoscaling/v1: .spec.replicas");
        apply(DEPLOYMENTS, "d", "scale", "bob", scale.replace("5", "3"));
        List<Map<String, Object>> managers =
                cluster.client().get(DEPLOYMENTS, "default", "d").maps("metadata", "managedFields");
        assertThat(managers)
                .extracting(each -> each.get("manager"))
                .containsExactlyInAnyOrder("alice", "bob", "kubectl");
        assertThat(managers)
                .filteredOn(each -> "bob".equals(each.get("manager")))
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .containsEntry("operation", "Apply")
                        .containsEntry("subresource", "scale")
                        .containsEntry("apiVersion", "apps/v1")
                        .doesNotContainKey("time"));
    }

    @Test
    void replicas_scaled_to_none_are_nobodys() {
        apply(DEPLOYMENTS, "d", "", "alice", DEPLOYMENT);
        cluster.client()
                .patch(DEPLOYMENTS, "default", "d", "scale", PatchType.MERGE, Map.of("spec", Map.of("replicas", 0L)));
        assertThat(apply(DEPLOYMENTS, "d", "", "bob", DEPLOYMENT).number(-1, "spec", "replicas"))
                .isEqualTo(2);
    }

    private KubeObject applyMap(String manager, String rest) {
        KubeObject intent = TestServer.json(rest.replace('\'', '"'));
        intent.set("v1", "apiVersion");
        intent.set("ConfigMap", "kind");
        intent.set("x", "metadata", "name");
        return apply(CONFIG_MAPS, "x", "", manager, JsonWriter.text(intent.tree()));
    }

    private KubeObject apply(GroupResource resource, String name, String subresource, String manager, String body) {
        ApiRequest request = ApiRequest.of(ADMIN, "test", Verb.PATCH, resource, "v1", "default", name, subresource)
                .with(RequestOptions.parse(Map.of("fieldManager", List.of(manager))))
                .with(Body.yaml(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .with(PatchType.APPLY);
        return ((Answer.One) cluster.server().handle(request)).object().object();
    }
}
