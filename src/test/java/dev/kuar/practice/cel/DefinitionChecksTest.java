package dev.kuar.practice.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Defaulter;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas with rules, and what Kubernetes 1.36.2 says of a definition that has them: {@code definitions.json}. */
final class DefinitionChecksTest {
    private static final Kind DEFINITIONS = Catalog.builtIn()
            .find("apiextensions.k8s.io", "v1", "customresourcedefinitions")
            .orElseThrow();

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = DefinitionChecksTest.class.getResourceAsStream("/cel/definitions.json")) {
            byte[] text = Objects.requireNonNull(in).readAllBytes();
            return ((List<?>) Objects.requireNonNull(JsonReader.read(text)))
                    .stream().map(each -> (Map<?, ?>) each).map(each -> Arguments.of(each.get("name"), each));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void says_what_kubernetes_says(String name, Map<String, Object> test) {
        assertThat(said(definition(Objects.requireNonNull(test.get("schema")))))
                .as(name)
                .isEqualTo(test.get("errors"));
    }

    @Test
    void defaults_must_fit_and_keep_the_rules() {
        Map<String, Object> size = Map.of("type", "integer", "minimum", 2L);
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "spec",
                        Map.of(
                                "type",
                                "object",
                                "default",
                                Map.of("size", 3L, "other", 1L),
                                "properties",
                                Map.of("size", size)),
                        "small",
                        Map.of("type", "integer", "minimum", 2L, "default", 1L),
                        "text",
                        Map.of("type", "string", "default", 1L),
                        "list",
                        Map.of(
                                "type",
                                "array",
                                "items",
                                Map.of(
                                        "type",
                                        "string",
                                        "maxLength",
                                        9L,
                                        "default",
                                        "b",
                                        "x-kubernetes-validations",
                                        List.of(Map.of("rule", "self.startsWith('a')"))))));
        assertThat(said(definition(schema)))
                .containsExactlyInAnyOrder(
                        "spec.validation.openAPIV3Schema.properties[spec].default: Invalid value: {\"other\":1,\"size\":3}:"
                                + " must not have unknown fields",
                        "spec.validation.openAPIV3Schema.properties[small].default: Invalid value: 1:"
                                + " spec.validation.openAPIV3Schema.properties[small].default in body should be greater than or"
                                + " equal to 2",
                        "spec.validation.openAPIV3Schema.properties[text].default: Invalid value: \"integer\":"
                                + " spec.validation.openAPIV3Schema.properties[text].default in body must be of type string:"
                                + " \"integer\"",
                        "spec.validation.openAPIV3Schema.properties[list].items.default: Invalid value: \"b\":"
                                + " failed rule: self.startsWith('a')");
    }

    @Test
    void single_rules_of_a_schema_that_stays_may_cost_what_they_want() {
        Map<String, Object> costly = Map.of(
                "type",
                "object",
                "properties",
                Map.of("a", Map.of("type", "array", "items", Map.of("type", "string"))),
                "x-kubernetes-validations",
                List.of(Map.of("rule", "self.a.all(x, x.contains('ab') && x.contains('c'))")));
        KubeObject definition = definition(costly);
        assertThat(DefinitionChecks.of(definition, null))
                .extracting("message")
                .hasSize(3)
                .first()
                .asString()
                .startsWith("Forbidden: estimated rule cost exceeds");
        assertThat(DefinitionChecks.of(definition, definition))
                .extracting("message")
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Forbidden: contributed to");
    }

    private static List<String> said(KubeObject definition) {
        new Defaulter().apply(DEFINITIONS, definition);
        List<Map<String, Object>> causes = new ArrayList<>(new Validator().create(DEFINITIONS, definition));
        if (causes.isEmpty()) {
            causes.addAll(DefinitionChecks.of(definition, null));
        }
        return causes.stream()
                .map(cause -> cause.get("field") + ": " + cause.get("message"))
                .toList();
    }

    private static KubeObject definition(Object schema) {
        KubeObject definition =
                KubeObject.of(JsonReader.readMap("""
                {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                 "metadata": {"name": "things.example.com"},
                 "spec": {"group": "example.com", "scope": "Namespaced",
                  "names": {"plural": "things", "singular": "thing", "kind": "Thing", "listKind": "ThingList"},
                  "versions": [{"name": "v1", "served": true, "storage": true, "schema": {}}]},
                 "status": {"storedVersions": ["v1"]}}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        KubeObject.of(definition.maps("spec", "versions").get(0)).set(schema, "schema", "openAPIV3Schema");
        return definition;
    }
}
