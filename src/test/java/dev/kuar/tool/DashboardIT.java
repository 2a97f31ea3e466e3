package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.ClientRun;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dashboard as the book reaches it: installed by helm, visited through the real kubectl. */
final class DashboardIT {
    private static final String BOARD = "kubernetes-dashboard";

    @TempDir
    private static Path folder = Path.of("");

    private static PracticeCluster cluster;
    private static Path kubectl;

    @BeforeAll
    static void install() throws Exception {
        kubectl = ClientRun.require("kubectl");
        cluster = PracticeCluster.start(
                new ClusterSpec("d", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        HelmTool helm = new HelmTool(realKubectl(), folder, Clock.systemUTC());
        ToolRun.of(helm, folder, "helm", "repo", "add", BOARD, "https://kubernetes.github.io/dashboard/");
        ToolRun installed = ToolRun.of(
                helm,
                folder,
                "helm",
                "install",
                BOARD,
                BOARD + "/" + BOARD,
                "--create-namespace",
                "-n",
                BOARD,
                "--wait");
        assertThat(installed.error()).isEmpty();
        for (String user : List.of("admin-user", "viewer")) {
            run("-n", BOARD, "create", "serviceaccount", user);
        }
        run(
                "create",
                "clusterrolebinding",
                "admin",
                "--clusterrole=cluster-admin",
                "--serviceaccount=" + BOARD + ":admin-user");
        run(
                "-n",
                BOARD,
                "create",
                "rolebinding",
                "viewer",
                "--clusterrole=view",
                "--serviceaccount=" + BOARD + ":viewer");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Program realKubectl() {
        return invocation -> {
            List<String> line = new ArrayList<>(List.of(kubectl.toString()));
            line.addAll(invocation.arguments());
            try {
                ClientRun run = ClientRun.of(
                        folder,
                        Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()),
                        new String(invocation.input().readAllBytes(), StandardCharsets.UTF_8),
                        line);
                invocation.output().print(run.output());
                invocation.error().print(run.error());
                return run.exit();
            } catch (java.io.IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        };
    }

    private static List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                kubectl.toString(), "--kubeconfig", folder.resolve("kubeconfig").toString()));
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    private static String run(String... arguments) {
        ClientRun run = ClientRun.of(folder, Map.of(), "", line(arguments));
        assertThat(run.error()).isEmpty();
        return run.output().strip();
    }

    private static HttpResponse<String> get(HttpClient client, String url, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void port_forward_carries_https_to_the_page_and_the_token_decides_what_it_shows() throws Exception {
        Process forward = ClientRun.start(
                folder, Map.of(), line("-n", BOARD, "port-forward", "svc/kubernetes-dashboard-kong-proxy", ":443"));
        try {
            String[] words =
                    ClientRun.awaitLine(forward, "Forwarding from 127.0.0.1:").split("[: ]");
            String url = "https://localhost:" + words[3] + "/";
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();

            assertThat(get(client, url, "").statusCode()).isEqualTo(401);
            assertThat(get(client, url, "no-such-token").statusCode()).isEqualTo(401);
            assertThat(get(client, url, run("-n", BOARD, "create", "token", "admin-user"))
                            .body())
                    .contains("etcd-d-control-plane", "kubernetes-dashboard-kong", "d-control-plane");
            assertThat(get(client, url + "?namespace=" + BOARD, run("-n", BOARD, "create", "token", "viewer"))
                            .body())
                    .contains(
                            "kubernetes-dashboard-kong",
                            "nodes is forbidden: User &quot;system:serviceaccount:"
                                    + "kubernetes-dashboard:viewer&quot; cannot list resource &quot;nodes&quot;")
                    .doesNotContain("etcd-d-control-plane");
        } finally {
            forward.destroy();
        }
    }

    @Test
    void kubectl_proxy_reaches_it_and_the_cookie_of_the_form_is_enough() throws Exception {
        Process proxy = ClientRun.start(folder, Map.of(), line("proxy", "--port=0"));
        try {
            String address = ClientRun.awaitLine(proxy, "Starting to serve on ").replaceFirst(".* ", "");
            String url = "http://" + address + "/api/v1/namespaces/" + BOARD
                    + "/services/https:kubernetes-dashboard-kong-proxy:443/proxy/";
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new java.net.CookieManager())
                    .build();
            String token = run("-n", BOARD, "create", "token", "admin-user");

            assertThat(get(client, url, "").statusCode()).isEqualTo(401);
            HttpResponse<String> login = client.send(
                    HttpRequest.newBuilder(URI.create(url + "login"))
                            .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(login.statusCode()).isEqualTo(303);
            assertThat(get(client, url, "").body()).contains("etcd-d-control-plane");
        } finally {
            proxy.destroy();
        }
    }

    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /** The page's certificate is signed by itself, and for a name that a browser asks about too. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
