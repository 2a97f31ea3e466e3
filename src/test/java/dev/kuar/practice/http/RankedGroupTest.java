package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.TestServer;
import dev.kuar.practice.object.GroupResource;
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
            List<Object> all = RankedGroup.all(
                    cluster.server().catalog(),
                    name -> Map.of("name", name),
                    List.of(
                            new RankedGroup("metrics.k8s.io", 100, Map.of("name", "metrics.k8s.io")),
                            new RankedGroup("wardle.example.com", 2000, Map.of("name", "wardle.example.com"))));
            assertThat(all).first().isEqualTo(Map.of("name", "apiregistration.k8s.io"));
            assertThat(all.subList(all.size() - 4, all.size()))
                    .containsExactly(
                            Map.of("name", "wardle.example.com"),
                            Map.of("name", "bar.com"),
                            Map.of("name", "test.com"),
                            Map.of("name", "metrics.k8s.io"));
        }
    }
}
