package dev.kuar.guard;

import static dev.kuar.guard.ReadOnlyRule.Verdict.ALLOWED;
import static dev.kuar.guard.ReadOnlyRule.Verdict.ENTERS;
import static dev.kuar.guard.ReadOnlyRule.Verdict.MALFORMED;
import static dev.kuar.guard.ReadOnlyRule.Verdict.WRITES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.guard.ReadOnlyRule.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadOnlyRuleTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PROPFIND");

    /** Of each subresource of pods, nodes, services, deployments and more: whether GET may read it. */
    private static final Map<String, Boolean> PLACES = new TreeMap<>(Map.ofEntries(
            Map.entry("/api/v1/namespaces/d/pods", true),
            Map.entry("/api/v1/namespaces/d/pods/p", true),
            Map.entry("/api/v1/namespaces/d/pods/p/status", true),
            Map.entry("/api/v1/namespaces/d/pods/p/log", true),
            Map.entry("/api/v1/namespaces/d/pods/p/ephemeralcontainers", true),
            Map.entry("/api/v1/namespaces/d/pods/p/resize", true),
            Map.entry("/api/v1/namespaces/d/pods/p/exec", false),
            Map.entry("/api/v1/namespaces/d/pods/p/attach", false),
            Map.entry("/api/v1/namespaces/d/pods/p/portforward", false),
            Map.entry("/api/v1/namespaces/d/pods/p/proxy", false),
            Map.entry("/api/v1/namespaces/d/pods/p:80/proxy/admin", false),
            Map.entry("/api/v1/namespaces/d/pods/p/binding", false),
            Map.entry("/api/v1/namespaces/d/pods/p/eviction", false),
            Map.entry("/api/v1/namespaces/d/services/https:s:443/proxy/", false),
            Map.entry("/api/v1/namespaces/d/serviceaccounts/s/token", false),
            Map.entry("/api/v1/nodes/n", true),
            Map.entry("/api/v1/nodes/n/proxy/run/d/p/c", false),
            Map.entry("/api/v1/nodes/n/proxy", false),
            Map.entry("/api/v1/proxy/namespaces/d/pods/p", false),
            Map.entry("/api/v1/watch/namespaces/d/pods", true),
            Map.entry("/api/v1/watch/namespaces/d/pods/p/exec", false),
            Map.entry("/api/v1/namespaces/d", true),
            Map.entry("/api/v1/namespaces/d/finalize", true),
            Map.entry("/api/v1/namespaces/d/status/exec", false),
            Map.entry("/apis/apps/v1/namespaces/d/deployments/w/scale", true),
            Map.entry("/apis/certificates.k8s.io/v1/certificatesigningrequests/c/approval", true),
            Map.entry("/apis/subresources.kubevirt.io/v1/namespaces/d/virtualmachineinstances/v/console", false),
            Map.entry("/apis/metrics.k8s.io/v1beta1/nodes", true),
            Map.entry("/apis/custom.metrics.k8s.io/v1beta1/namespaces/d/pods/*/requests", true),
            Map.entry("/api", true),
            Map.entry("/apis", true),
            Map.entry("/apis/apps/v1", true),
            Map.entry("/version", true),
            Map.entry("/livez/etcd", true),
            Map.entry("/openapi/v3/apis/apps/v1", true),
            Map.entry("/", true),
            Map.entry("/k8s/clusters/c-1/exec", false)));

    @Test
    void each_method_at_each_place() {
        for (String method : METHODS) {
            PLACES.forEach((path, readable) -> {
                boolean reads = method.equals("GET") || method.equals("HEAD");
                Verdict verdict = ReadOnlyRule.judge(method, path, false);
                assertThat(verdict == ALLOWED).as(method + " " + path).isEqualTo(reads && readable);
                assertThat(ReadOnlyRule.judge(method, path + "?dryRun=All&fieldManager=x", false) == ALLOWED)
                        .as("dry run of " + method + " " + path)
                        .isEqualTo(reads && readable);
                assertThat(ReadOnlyRule.judge(method, path, true))
                        .as("upgrade of " + method + " " + path)
                        .isNotEqualTo(ALLOWED);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?timeout=30s",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "/apis/authentication.k8s.io/v1beta1/selfsubjectreviews"
            })
    void asking_about_oneself_is_reading(String path) {
        assertThat(ReadOnlyRule.judge("POST", path, false)).isEqualTo(ALLOWED);
        assertThat(ReadOnlyRule.judge("PUT", path, false)).isEqualTo(WRITES);
        assertThat(ReadOnlyRule.judge("POST", path, true)).isEqualTo(ENTERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                "/apis/authorization.k8s.io/v1/namespaces/d/localsubjectaccessreviews",
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "/apis/evil.io/v1/selfsubjectreviews",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x",
                "/apis/authorizationXk8s.io/v1/selfsubjectaccessreviews",
                "/api/v1/namespaces/d/pods/p/binding",
                "/api/v1/namespaces/d/pods/p/eviction",
                "/api/v1/namespaces/d/serviceaccounts/s/token"
            })
    void no_other_post_is(String path) {
        assertThat(ReadOnlyRule.judge("POST", path, false)).isNotEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/pods",
                "/api/v1//namespaces/d/pods/p/exec",
                "/api/v1/./pods",
                "/api/v1/namespaces/d/pods/../pods/p/exec",
                "/api/v1/namespaces/d/pods/%2e%2e/exec",
                "/api/v1/namespaces/d/pods/%2E./exec",
                "/api/v1/namespaces/d/pods/p%2fexec",
                "/api/v1/namespaces/d/pods/p%2Fexec",
                "/api/v1/namespaces/d/pods/p%5cexec",
                "/api/v1/namespaces/d/pods/p\\exec",
                "/api/v1/namespaces/d/pods/p%00",
                "/api/v1/namespaces/d/pods/p%0d%0aX:y",
                "/api/v1/namespaces/d/pods/p%25%32%65",
                "/api/v1/namespaces/d/pods/%zz",
                "/api/v1/namespaces/d/pods/p%2",
                "/api/v1/namespaces/d/pods/%ff%fe",
                "/api/v1/pods#x",
                "/api/v1/pods?a=b#x",
                "http://other/api/v1/pods",
                "*",
                "",
                "api/v1/pods"
            })
    void a_path_with_two_meanings_is_malformed(String target) {
        assertThat(ReadOnlyRule.judge("GET", target, false)).isEqualTo(MALFORMED);
        assertThat(ReadOnlyRule.judge("DELETE", target, false)).isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/d/pods/p/%65xec",
        "/api/v1/namespaces/d/pods/p/exe%63",
        "/api/v1/namespaces/d/pods/p/EXEC",
        "/api/v1/namespaces/d/pods/p/exec/",
        "/api/v1/namespaces/d/pods/p/log/x",
        "/%61pi/v1/namespaces/d/pods/p/exec"
    })
    void spelling_does_not_open_a_door(String target) {
        assertThat(ReadOnlyRule.judge("GET", target, false)).isEqualTo(ENTERS);
    }

    @Test
    void names_with_colons_and_other_letters_are_names() {
        assertThat(ReadOnlyRule.judge(
                        "GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:controller%3Ajob", false))
                .isEqualTo(ALLOWED);
        assertThat(ReadOnlyRule.judge(
                        "GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/%EC%97%AD%ED%95%A0", false))
                .isEqualTo(ALLOWED);
    }
}
