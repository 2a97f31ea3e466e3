package dev.kuar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.RequestLog;
import dev.kuar.kube.RequestLog.Request;
import dev.kuar.tool.ClusterHost;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PracticeRequestsTest {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    @Test
    void what_kubectls_ask_is_heard_with_its_kind_and_answer(@TempDir Path folder) throws Exception {
        try (PracticeHost host = new PracticeHost(folder)) {
            host.create(new ClusterHost.Order("c", "kind", 1, "v1.36.2", Map.of()));
            try (KubernetesClient client = client(host.access("c"));
                    RequestLog.Listening listening = host.listen()) {
                ask(
                        client,
                        "/api/v1/namespaces?limit=500",
                        Map.of("Kubectl-Session", "s1", "Kubectl-Command", "kubectl get"));
                ask(client, "/api/v1/nodes", Map.of());
                ask(client, "/version", Map.of("Kubectl-Session", "s2", "Kubectl-Command", "kubectl version"));
                ask(
                        client,
                        "/apis/apps/v1/namespaces/kube-system/daemonsets/none",
                        Map.of("Kubectl-Session", "s3", "Kubectl-Command", "kubectl rollout status"));

                List<Request> heard = listening.heard();

                assertThat(heard).extracting(Request::session).containsExactly("s1", "s3");
                Request namespaces = heard.get(0);
                assertThat(namespaces.command()).isEqualTo("get");
                assertThat(namespaces.verb()).isEqualTo("list");
                assertThat(namespaces.kind()).isEqualTo("Namespace");
                assertThat(namespaces.response()).contains("\"kind\":\"Table\"", "\"kube-node-lease\"");
                Request missing = heard.get(1);
                assertThat(missing.command()).isEqualTo("rollout status");
                assertThat(missing.apiVersion()).isEqualTo("apps/v1");
                assertThat(missing.kind()).isEqualTo("DaemonSet");
                assertThat(missing.namespace()).isEqualTo("kube-system");
                assertThat(missing.name()).isEqualTo("none");
                assertThat(missing.code()).isEqualTo(404);
            }
        }
    }

    private static void ask(KubernetesClient client, String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toURI().resolve(path))
                .header("Accept", TABLE);
        headers.forEach(request::header);
        var unused =
                client.getHttpClient().sendAsync(request.build(), String.class).get();
    }

    private static KubernetesClient client(ClusterHost.Access access) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(access.server())
                        .withCaCertData(base64(access.caPem()))
                        .withClientCertData(base64(access.certificatePem()))
                        .withClientKeyData(base64(access.keyPem()))
                        .withClientKeyAlgo("RSA")
                        .build())
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
