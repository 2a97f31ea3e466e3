package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
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
    void has_no_document_for_other_paths() {
        assertThat(openApi.v3("apis/nope/v1")).isEmpty();
        assertThat(openApi.hash("api/v1")).hasSize(128).isNotEqualTo(openApi.hash("apis"));
    }
}
