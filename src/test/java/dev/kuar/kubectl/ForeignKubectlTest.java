package dev.kuar.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.RequestLog;
import dev.kuar.kube.RequestLog.Request;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForeignKubectlTest {
    private static final String TABLE = """
            {"kind":"Table","apiVersion":"meta.k8s.io/v1",
             "columnDefinitions":[{"name":"Name","priority":0},{"name":"Status","priority":0}],
             "rows":[{"cells":["a","Ready"],"object":{"metadata":{"name":"a"}}}]}
            """;

    @TempDir
    private Path folder = Path.of("");

    private RecordedCluster cluster;
    private final KubectlSession session = new KubectlSession(Clock.systemUTC());
    private final List<RunDetails> reports = new ArrayList<>();
    private final List<Request> log = new ArrayList<>();
    private String printed = "";
    private int exit;

    @BeforeEach
    void start() throws IOException {
        cluster = new RecordedCluster()
                .on("GET", "/api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}")
                .on("GET", "/apis", "{\"kind\":\"APIGroupList\",\"groups\":[]}")
                .on("GET", "/api/v1", """
                        {"kind":"APIResourceList","groupVersion":"v1","resources":[
                         {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get"],"shortNames":["no"]},
                         {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get"],"shortNames":["po"]}]}
                        """);
        Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: there
                clusters: [{name: there, cluster: {server: "%s"}}]
                contexts: [{name: there, context: {cluster: there, namespace: shop}}]
                """.formatted(cluster.address()));
    }

    @AfterEach
    void stop() {
        session.close();
        cluster.close();
    }

    @Test
    void the_request_log_of_a_practice_cluster_says_kind_namespace_and_rows() throws InterruptedException {
        log.add(request("other", "delete", "delete", "Pod", "default", "x", ""));
        log.add(request("mine", "get", "list", "Node", "", "", TABLE));
        printed = "whatever it looks like\n";

        RunDetails details = run("get", "no", "-o", "custom-columns=N:.metadata.name");

        assertThat(details.verb()).isEqualTo("get");
        assertThat(details.kind()).isEqualTo("Node");
        assertThat(details.namespace()).isEmpty();
        assertThat(details.context()).isEqualTo("there");
        assertThat(details.rows()).containsExactly(Map.of("name", "a", "status", "Ready"));
        assertThat(details.flags()).containsEntry("output", "custom-columns=N:.metadata.name");
    }

    @Test
    void what_a_kubectl_in_another_terminal_asks_is_not_taken_for_this_run() throws InterruptedException {
        log.add(request("other", "get", "list", "Node", "", "", TABLE));
        printed = "server version\n";

        RunDetails details = run("version");

        assertThat(details.verb()).isEqualTo("version");
        assertThat(details.kind()).isEmpty();
        assertThat(details.rows()).isEmpty();
    }

    @Test
    void elsewhere_words_and_columns_say_it() throws InterruptedException {
        printed = "NAME   READY   STATUS\nweb    1/1     Running\n";

        RunDetails details = run("get", "po", "web");

        assertThat(details.kind()).isEqualTo("Pod");
        assertThat(details.apiVersion()).isEqualTo("v1");
        assertThat(details.namespace()).isEqualTo("shop");
        assertThat(details.names()).containsExactly("web");
        assertThat(details.rows())
                .containsExactly(Map.of("name", "web", "ready", "1/1", "status", "Running", "namespace", "shop"));
    }

    @Test
    void a_failed_exec_still_says_where_it_went() throws InterruptedException {
        exit = 126;

        RunDetails details = run("exec", "-n", "kube-system", "etcd-a", "--", "/bin/sh", "-c", "exit");

        assertThat(details.verb()).isEqualTo("exec");
        assertThat(details.kind()).isEqualTo("Pod");
        assertThat(details.namespace()).isEqualTo("kube-system");
        assertThat(details.names()).containsExactly("etcd-a");
    }

    @Test
    void a_kind_that_the_server_does_not_know_is_none() throws InterruptedException {
        exit = 1;

        assertThat(run("get", "wombats").kind()).isEmpty();
    }

    @Test
    void what_is_read_of_a_line_says_nothing_of_its_own_where_no_server_answers() throws InterruptedException {
        cluster.close();
        printed = "The connection to the server was refused\n";
        exit = 1;

        assertThat(run("get", "po").kind()).isEmpty();
    }

    private RunDetails run(String... words) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ForeignKubectl kubectl = new ForeignKubectl(
                invocation -> {
                    invocation.output().print(printed);
                    return exit;
                },
                session,
                Heard::new,
                Clock.systemUTC());
        int ended = kubectl.run(
                new Invocation(
                        "kubectl",
                        List.of(words),
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new HashMap<>(Map.of(
                                "HOME",
                                folder.toString(),
                                "KUBECONFIG",
                                folder.resolve("config").toString())),
                        folder,
                        TerminalView.NONE),
                reports::add);
        assertThat(ended).isEqualTo(exit);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(printed);
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private static Request request(
            String session, String command, String verb, String kind, String namespace, String name, String response) {
        return new Request(session, command, verb, "v1", kind, namespace, name, "", 200, response);
    }

    private final class Heard implements RequestLog.Listening {
        @Override
        public List<Request> heard() {
            return log;
        }

        @Override
        public void close() {
            log.clear();
        }
    }
}
