package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private final OpenApi openApi = new OpenApi(Catalog.builtIn());

    @Test
    void indexes_every_group_version() {
        assertThat(KubeObject.of(openApi.v3Index()).map("paths"))
                .hasSize(47)
                .containsKeys("api/v1", "apis/apps", "apis/apps/v1", "apis/autoscaling/v2", "version");
    }

    @Test
    void describes_a_group_version_with_everything_it_refers_to() {
        KubeObject apps =
                KubeObject.of(JsonReader.readMap(openApi.v3("apis/apps/v1").orElseThrow()));
        assertThat(apps.map("components", "schemas"))
                .containsKeys(
                        "io.k8s.api.apps.v1.Deployment",
                        "io.k8s.api.core.v1.PodSpec",
                        "io.k8s.api.autoscaling.v1.Scale");
        assertThat(apps.map("paths"))
                .containsKeys(
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
                        "/apis/apps/v1/deployments",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale");
        assertThat(apps.text(
                        "components",
                        "schemas",
                        "io.k8s.api.apps.v1.DeploymentSpec",
                        "properties",
                        "strategy",
                        "x-kubernetes-patch-strategy"))
                .isEqualTo("retainKeys");
    }

    @Test
    void every_operation_says_what_it_takes_and_answers_by_names_that_are_there() {
        KubeObject v2 = KubeObject.of(JsonReader.readMap(openApi.v2()));
        refersToWhatIsThere(v2.tree(), "#/definitions/", v2.map("definitions"));
        assertThat(operationIds(v2)).doesNotHaveDuplicates().hasSizeGreaterThan(500);
        for (String path : KubeObject.of(openApi.v3Index()).map("paths").keySet()) {
            KubeObject document =
                    KubeObject.of(JsonReader.readMap(openApi.v3(path).orElseThrow()));
            refersToWhatIsThere(document.tree(), "#/components/schemas/", document.map("components", "schemas"));
            assertThat(operationIds(document)).as(path).doesNotHaveDuplicates().isNotEmpty();
        }
        KubeObject scale =
                KubeObject.of(JsonReader.readMap(openApi.v3("apis/apps/v1").orElseThrow()));
        String place = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale";
        assertThat(scale.text("paths", place, "patch", "operationId"))
                .isEqualTo("patchAppsV1NamespacedDeploymentScale");
        assertThat(scale.map("paths", place, "patch", "requestBody", "content"))
                .containsKeys("application/apply-patch+yaml", "application/strategic-merge-patch+json");
        assertThat(scale.text(
                        "paths", place, "get", "responses", "200", "content", "application/json", "schema", "$ref"))
                .isEqualTo("#/components/schemas/io.k8s.api.autoscaling.v1.Scale");
        assertThat(scale.text("paths", place, "get", "x-kubernetes-group-version-kind", "kind"))
                .isEqualTo("Scale");
    }

    private static void refersToWhatIsThere(Object tree, String root, Map<String, Object> there) {
        if (tree instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String name) {
                assertThat(name).startsWith(root);
                assertThat(there).containsKey(name.substring(root.length()));
            }
            map.values().forEach(each -> refersToWhatIsThere(each, root, there));
        } else if (tree instanceof List<?> list) {
            list.forEach(each -> refersToWhatIsThere(each, root, there));
        }
    }

    private static List<String> operationIds(KubeObject document) {
        List<String> ids = new ArrayList<>();
        document.map("paths").forEach((path, item) -> KubeObject.of(document.map("paths", path))
                .tree()
                .values()
                .forEach(operation -> {
                    if (operation instanceof Map<?, ?> map && map.get("operationId") instanceof String id) {
                        ids.add(id);
                    }
                }));
        return ids;
    }

    @Test
    void is_told_in_protobuf_as_well() {
        byte[] message = openApi.v3Protobuf("apis/apps/v1").orElseThrow();

        assertThat(HexFormat.of().formatHex(message, 0, 27))
                .as("openapi 3.0.0, info of 18 bytes: title, version")
                .isEqualTo("0a05332e302e3012120a0a4b756265726e657465733204312e3336");
        assertThat(new String(message, StandardCharsets.UTF_8))
                .contains("patchAppsV1NamespacedDeployment", "io.k8s.api.apps.v1.DeploymentSpec");
    }

    @Test
    void has_no_document_for_other_paths() {
        assertThat(openApi.v3("apis/nope/v1")).isEmpty();
        assertThat(openApi.hash("api/v1")).hasSize(128).isNotEqualTo(openApi.hash("apis"));
    }
}
