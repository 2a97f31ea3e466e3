package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The documentation's example of "Version priority". */
    @Test
    void prefers_the_most_stable_and_then_the_latest_version_of_a_custom_group() {
        List<String> sorted = List.of(
                "v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10");
        List<Object> versions = new ArrayList<>();
        List.of("foo10", "v3beta1", "v1", "v12alpha1", "v10beta3", "foo1", "v10", "v11alpha2", "v2", "v11beta2")
                .forEach(name -> versions.add(new LinkedHashMap<>(
                        Map.of("name", name, "served", true, "storage", name.equals("v12alpha1")))));
        KubeObject definition = KubeObject.create("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "a.b.c");
        definition.set("b.c", "spec", "group");
        definition.set("a", "spec", "names", "plural");
        definition.set("A", "spec", "names", "kind");
        definition.set(versions, "spec", "versions");

        Catalog with = catalog.with(CustomKinds.of(definition));

        assertThat(with.versions("b.c")).containsExactlyElementsOf(sorted);
        assertThat(with.find("b.c", "a").orElseThrow().version()).isEqualTo("v10");
    }
}
