package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DecoderTest {
    /** Source: the e2e suite of 1.36.2, FieldValidation. */
    @Test
    void strict_errors_come_in_the_order_of_the_text() {
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                + "\"one\":1,\"data\":{\"k\":\"v\",\"k\":\"w\"},\"two\":2,\"immutable\":true,\"immutable\":true}";
        Kind kind = Catalog.builtIn().find("", "configmaps").orElseThrow();
        assertThat(new Decoder(Catalog.builtIn())
                        .decode(kind, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), false)
                        .strictErrors())
                .containsExactly(
                        "unknown field \"one\"",
                        "duplicate field \"data.k\"",
                        "unknown field \"two\"",
                        "duplicate field \"immutable\"");
    }

    @Test
    void what_is_nested_deeper_than_the_stack_is_refused_as_too_deep() throws Exception {
        byte[] deep = "[".repeat(9_000).getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> thrown.complete(catchThrowable(() -> GoJson.parse(deep, new ArrayList<>()))),
                "small",
                160 * 1024);

        small.start();

        assertThat(thrown.get()).isInstanceOf(DecodeException.class).hasMessage("exceeded max depth");
    }

    private final Catalog catalog = Catalog.builtIn();
    private final Decoder decoder = new Decoder(catalog);
    private final Kind configMap = catalog.find("", "configmaps").orElseThrow();
    private final Kind deployment = catalog.find("apps", "deployments").orElseThrow();
    private final Kind pod = catalog.find("", "pods").orElseThrow();

    @Test
    void words_broken_json_as_go_does() {
        String unrecognized =
                "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; "
                        + "json parse error: ";
        refuses(
                configMap,
                "{\"apiVersion\": \"v1\", ",
                unrecognized + "unexpected end of JSON input ({\"apiVersion\": \"v1\", )");
        refuses(configMap, "hello", unrecognized + "invalid character 'h' looking for beginning of value (68656c6c6f)");
        refuses(configMap, "", unrecognized + "unexpected end of JSON input (<empty>)");
    }

    @Test
    void refuses_other_kinds() {
        refuses(
                configMap,
                "{\"apiVersion\": \"v1\", \"kind\": \"Secret\"}",
                "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion");
        refuses(
                configMap,
                "{\"apiVersion\": \"v1\", \"kind\": \"Nope\"}",
                "Nope in version \"v1\" cannot be handled as a ConfigMap: no kind \"Nope\" is registered for version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }

    @Test
    void words_type_errors_as_go_does() {
        refuses(
                deployment,
                "{\"spec\": {\"replicas\": \"three\"}}",
                "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        refuses(
                configMap,
                "{\"data\": {\"a\": 1}}",
                "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string");
        refuses(
                configMap,
                "{\"binaryData\": {\"a\": \"%%\"}}",
                "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: illegal base64 data at input byte 0");
        refuses(
                pod,
                "{\"spec\": {\"containers\": [{\"resources\": {\"limits\": {\"cpu\": \"lots\"}}}]}}",
                "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    @Test
    void base64_may_be_broken_into_lines_and_is_kept_without_them() {
        Decoder.Decoded broken = decode(configMap, "{\"binaryData\": {\"a\": \"aGVs\\nbG8=\\r\\n\"}}");
        assertThat(KubeObject.of(broken.tree()).text("binaryData", "a")).isEqualTo("aGVsbG8=");
    }

    @Test
    void names_unknown_and_duplicate_fields() {
        Decoder.Decoded decoded = decode(
                configMap, "{\"metadata\":{\"name\":\"z\",\"foo\":1},\"data\":{\"a\":\"1\",\"a\":\"2\"},\"x\":1}");
        assertThat(decoded.strictErrors())
                .containsExactly("unknown field \"metadata.foo\"", "duplicate field \"data.a\"", "unknown field \"x\"");
        assertThat(decoded.tree()).doesNotContainKey("x");
        assertThat(KubeObject.of(decoded.tree()).text("data", "a")).isEqualTo("2");
        assertThat(decode(deployment, "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"imagePullPolcy\":1}]}}}}")
                        .strictErrors())
                .containsExactly("unknown field \"spec.template.spec.containers[0].imagePullPolcy\"");
    }

    @Test
    void fills_in_what_go_always_writes_and_makes_quantities_canonical() {
        KubeObject made = KubeObject.of(decode(
                        deployment,
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"limits\":{\"cpu\":\"0.5\"}}},{}]}}}}")
                .tree());
        assertThat(made.at("spec", "strategy")).isEqualTo(Map.of());
        assertThat(made.at("status")).isEqualTo(Map.of());
        KubeObject first = KubeObject.of(
                made.maps("spec", "template", "spec", "containers").get(0));
        assertThat(first.text("resources", "limits", "cpu")).isEqualTo("500m");
    }

    private Decoder.Decoded decode(Kind kind, String json) {
        return decoder.decode(kind, json.getBytes(StandardCharsets.UTF_8), false);
    }

    private void refuses(Kind kind, String json, String message) {
        assertThatThrownBy(() -> decode(kind, json)).hasMessage(message);
    }
}
