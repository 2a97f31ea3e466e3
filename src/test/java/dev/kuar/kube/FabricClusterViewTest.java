package dev.kuar.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FabricClusterViewTest {
    @TempDir
    Path folder;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private FabricClusterView view;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = answers.get(exchange.getRequestURI().toString());
            byte[] bytes =
                    (body == null ? "{\"kind\":\"Status\",\"message\":\"no\"}" : body).getBytes(StandardCharsets.UTF_8);
            int code = body == null ? 404 : body.startsWith("403") ? 403 : 200;
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Path kubeconfig = folder.resolve("config");
        Files.writeString(
                kubeconfig,
                "apiVersion: v1\nkind: Config\ncurrent-context: c\n"
                        + "clusters: [{name: c, cluster: {server: 'http://127.0.0.1:"
                        + server.getAddress().getPort() + "'}}]\n"
                        + "users: [{name: u, user: {}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\n");
        view = FabricClusterView.of(kubeconfig, "c");
        answers.put(
                "/api/v1",
                "{\"resources\":[{\"name\":\"pods\",\"kind\":\"Pod\",\"namespaced\":true},{\"name\":\"pods/log\",\"kind\":\"Pod\"}]}");
    }

    @AfterEach
    void stop() {
        view.close();
        server.stop(0);
    }

    @Test
    void lists_what_discovery_serves_sorted_with_long_numbers() {
        answers.put(
                "/api/v1/namespaces/n/pods",
                "{\"items\":[{\"metadata\":{\"name\":\"b\",\"namespace\":\"n\"}},{\"metadata\":{\"name\":\"a\",\"namespace\":\"n\",\"generation\":3}}]}");
        assertThat(view.list("v1", "Pod", "n"))
                .extracting(o -> String.valueOf(((Map<?, ?>) o.get("metadata")).get("name")))
                .containsExactly("a", "b");
        assertThat(view.list("v1", "Pod", "n").get(0)).containsEntry("kind", "Pod");
        assertThat(((Map<?, ?>) view.list("v1", "Pod", "n").get(0).get("metadata")).get("generation"))
                .isEqualTo(3L);
    }

    @Test
    void what_is_not_there_is_empty() {
        assertThat(view.get("v1", "Pod", "n", "gone")).isEmpty();
        assertThat(view.list("x.io/v1", "Thing", "")).isEmpty();
    }

    @Test
    void tells_a_refusal_from_no_answer() {
        answers.put("/version", "403");
        assertThatThrownBy(() -> view.raw("/version"))
                .isInstanceOfSatisfying(
                        ReadException.class, e -> assertThat(e.why()).isEqualTo(ReadException.Cause.REFUSED));
        server.stop(0);
        assertThatThrownBy(() -> view.raw("/version"))
                .isInstanceOfSatisfying(
                        ReadException.class, e -> assertThat(e.why()).isEqualTo(ReadException.Cause.UNREACHABLE));
    }
}
