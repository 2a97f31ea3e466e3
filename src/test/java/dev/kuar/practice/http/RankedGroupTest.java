package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.TestServer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.schema.Catalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order discovery lists groups: what clients take a short name for depends on it. */
final class RankedGroupTest {
    private static final GroupResource DEFINITIONS =
            GroupResource.of("apiextensions.k8s.io", "customresourcedefinitions");

    @Test
    void own_groups_first_then_by_priority_and_name() {
        try (TestServer cluster = new TestServer()) {
            ApiClient client = cluster.client();
            for (String group : List.of("test.com", "bar.com")) {
                client.create(DEFINITIONS, "", TestServer.json("""
                                {"metadata":{"name":"things.GROUP"},"spec":{"group":"GROUP","scope":"Namespaced",
                                "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,
                                "storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
                                """.replace("GROUP", group)));
            }
            TestServer.eventually(
                    () -> assertThat(cluster.server().catalog().groups()).endsWith("bar.com", "test.com"));
            List<Map<String, Object>> all = RankedGroup.all(
                    cluster.server().catalog(),
                    name -> Map.of("name", name),
                    List.of(
                            version("metrics.k8s.io", 100, "v1beta1", 100),
                            version("wardle.example.com", 2000, "v1alpha1", 15)),
                    Map.of());
            assertThat(all).first().isEqualTo(Map.of("name", "apiregistration.k8s.io"));
            assertThat(all.subList(all.size() - 4, all.size()))
                    .extracting(each -> each.get("name"))
                    .containsExactly("wardle.example.com", "bar.com", "test.com", "metrics.k8s.io");
        }
    }

    @Test
    void versions_of_one_group_are_listed_together_by_priority_and_then_as_kubernetes_ranks_them() {
        List<Map<String, Object>> all = RankedGroup.all(
                Catalog.of(List.of()),
                name -> Map.of(),
                List.of(
                        version("wardle.example.com", 1000, "v1alpha1", 15),
                        version("wardle.example.com", 2000, "v1", 15),
                        version("wardle.example.com", 1000, "v1beta1", 200)),
                Map.of());

        assertThat(all)
                .containsExactly(Map.of(
                        "name",
                        "wardle.example.com",
                        "versions",
                        List.of(Map.of("version", "v1beta1"), Map.of("version", "v1"), Map.of("version", "v1alpha1"))));
    }

    private static RankedGroup.Version version(String group, long groupPriority, String name, long priority) {
        return new RankedGroup.Version(group, groupPriority, name, priority, Map.of("version", name));
    }
}
