package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@org.jspecify.annotations.NullUnmarked // a missing field fails the test by itself
final class CatalogTest {
    private final Catalog catalog = Catalog.builtIn();

    @Test
    void knows_every_group_in_the_order_of_discovery() {
        assertThat(catalog.groups())
                .startsWith("", "apiregistration.k8s.io", "apps")
                .hasSize(21);
        assertThat(catalog.versions("autoscaling")).containsExactly("v2", "v1");
    }

    @Test
    void stores_under_etcds_irregular_keys() {
        assertThat(catalog.find("", "v1", "nodes").orElseThrow().key("", "n")).isEqualTo("minions/n");
        assertThat(catalog.find("", "services").orElseThrow().key("a", "s")).isEqualTo("services/specs/a/s");
        assertThat(catalog.find("apiregistration.k8s.io", "apiservices")
                        .orElseThrow()
                        .keyPrefix())
                .isEqualTo("apiregistration.k8s.io/apiservices");
    }

    @Test
    void finds_a_kind_by_what_an_object_says() {
        Kind scale = catalog.ofObject("apps/v1", "Deployment").orElseThrow();
        assertThat(scale.subresource("scale").orElseThrow().kind()).isEqualTo("Scale");
        assertThat(scale.shortNames()).containsExactly("deploy");
        assertThat(catalog.ofObject("apps/v2", "Deployment")).isEmpty();
    }

    @Test
    void follows_types_from_kind_to_field() {
        TypeSchema pod = catalog.ofObject("v1", "Pod").orElseThrow().schema();
        TypeSchema containers = pod.fields().get("spec").fields().get("containers");
        assertThat(containers.patchMergeKey()).isEqualTo("name");
        assertThat(containers.listType()).isEqualTo("map");
        assertThat(containers.items().field("ports").listMapKeys()).containsExactly("containerPort", "protocol");
        assertThat(containers
                        .items()
                        .field("resources")
                        .field("limits")
                        .field("cpu")
                        .format())
                .isEqualTo("quantity");
    }

    @Test
    void is_copied_with_and_without_kinds() {
        Catalog less = catalog.without("apps", "deployments");
        assertThat(less.find("apps", "deployments")).isEmpty();
        assertThat(less.with(catalog.kinds("apps", "v1")).find("apps", "deployments"))
                .isPresent();
    }
}
