package dev.kuar.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.error.UserException;
import dev.kuar.kube.Kubeconfig;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.process.KuarHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The guard before a cluster that is not kuar's: a practice cluster of another home, whose kubeconfig is the learner's. */
@Timeout(120)
final class GuardTest {
    private static final GroupResource CONFIG_MAPS = GroupResource.core("configmaps");

    private static PracticeCluster foreign = start("prod");

    @TempDir
    private Path work = Path.of("");

    private KuarHome home = new KuarHome(Path.of("unused"));
    private Path mine = Path.of("");
    private Guard guard = new Guard(home, Map.of(), Path.of(""), Clock.systemUTC());

    @BeforeAll
    static void wait_for_it() {
        assertThat(foreign.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void stop() {
        foreign.close();
    }

    @BeforeEach
    void begin() {
        home = new KuarHome(work.resolve("home")).prepare();
        mine = work.resolve("mine");
        foreign.writeKubeconfig(mine);
        guard = open();
    }

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void a_context_of_the_learner_appears_and_its_credentials_do_not() throws IOException {
        String before = Files.readString(mine);
        guard.ready();

        Kubeconfig config = Kubeconfig.load(home.kubeconfig());
        assertThat(config.contexts()).containsExactly("kind-prod");
        assertThat(config.currentContext()).isEmpty();
        assertThat(Files.readString(home.kubeconfig())).doesNotContain("client-key", foreign.server());
        assertThat(Files.readString(mine)).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.kubeconfig())))
                .isEqualTo("rw-------");
    }

    @Test
    void reads_pass_and_writes_are_told_why_not() throws IOException {
        guard.ready();
        RawClient client = client();

        assertThat(client.send("GET", "/api/v1/nodes", "", "").body()).contains("prod-control-plane");
        assertThat(client.send("GET", "/livez", "", "").status()).isEqualTo(200);
        RawClient.Reply refused = client.send(
                "POST", "/api/v1/namespaces/default/configmaps", "Content-Type: application/json\r\n", configMap("x"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains(
                        "\"kind\":\"Status\"", "\"reason\":\"Forbidden\"", "POST /api/v1/namespaces/default/configmaps")
                .contains("cluster adopt kind-prod");
        assertThat(exists("x")).isFalse();
    }

    @Test
    void asking_what_one_may_do_passes() throws IOException {
        guard.ready();
        String review = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";

        assertThat(client().send(
                                "POST",
                                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                "Content-Type: application/json\r\n",
                                review)
                        .body())
                .contains("kubernetes-admin");
    }

    @Test
    void no_header_turns_a_read_into_a_write() throws IOException {
        guard.ready();
        put("kept");
        String path = "/api/v1/namespaces/default/configmaps/kept";

        for (String header : List.of(
                "X-HTTP-Method-Override: DELETE\r\n",
                "X-HTTP-Method: DELETE\r\n",
                "X-Method-Override: DELETE\r\n",
                "X-Original-URL: /api/v1/namespaces/default/pods/p/exec\r\n",
                "X-Rewrite-URL: /x\r\n",
                "X-Remote-User: system:admin\r\n",
                "Cookie: a=b\r\n")) {
            assertThat(client().send("GET", path, header, "").status())
                    .as(header)
                    .isEqualTo(200);
        }
        assertThat(exists("kept")).isTrue();
    }

    @Test
    void upgrades_and_what_runs_inside_are_refused() throws IOException {
        guard.ready();
        String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n";
        String pod = "/api/v1/namespaces/kube-system/pods/etcd-prod-control-plane";

        for (String path : List.of(
                pod + "/exec?command=id",
                pod + "/attach",
                pod + "/portforward",
                pod + "/proxy/",
                "/api/v1/pods?watch=1",
                pod + "/%65xec?command=id")) {
            assertThat(client().send("GET", path, upgrade, "").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(client().send("GET", pod + "/exec?command=id", "", "").status())
                .isEqualTo(403);
        assertThat(client().send("GET", "/api/v1//nodes", "", "").status()).isEqualTo(400);
        assertThat(client().send("GET", pod + "%2fexec", "", "").status()).isEqualTo(400);
    }

    @Test
    void smuggled_requests_find_no_gap() throws IOException {
        guard.ready();
        put("kept");
        String hidden = "DELETE /api/v1/namespaces/default/configmaps/kept HTTP/1.1\r\nHost: x\r\n\r\n";

        for (String framing : List.of(
                "Content-Length: 0\r\nContent-Length: " + hidden.length() + "\r\n",
                "Content-Length: " + hidden.length() + "\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: identity, chunked\r\n",
                "Content-Length: +1\r\n",
                "Content-Length : 1\r\n",
                "X: a\n b\r\n",
                "X: a\r\n folded\r\n")) {
            assertThat(client().sendRaw("GET /api/v1/nodes HTTP/1.1\r\nHost: x\r\n" + framing, hidden)
                            .status())
                    .as(framing)
                    .isEqualTo(400);
        }
        assertThat(client().sendBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(exists("kept")).isTrue();
    }

    @Test
    void another_user_of_the_machine_gets_nothing() throws IOException {
        guard.ready();
        RawClient client = client();

        assertThat(client.as("").send("GET", "/api/v1/nodes", "", "").status()).isEqualTo(401);
        assertThat(client.as("kuar-guess").send("GET", "/version", "", "").status())
                .isEqualTo(401);
    }

    @Test
    void a_watch_is_a_stream() throws Exception {
        guard.ready();
        try (RawClient.Stream stream =
                client().stream("/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=0")) {
            put("seen");

            assertThat(stream.until("\"seen\"")).contains("ADDED");
        }
    }

    @Test
    void adopted_it_takes_writes_until_it_is_given_back() throws IOException {
        guard.ready();
        Guard.Foreign shown = guard.inspect("kind-prod");
        assertThat(shown.server()).isEqualTo(foreign.server());
        assertThat(shown.version()).isEqualTo("v1.36.2");
        assertThat(shown.uid()).hasSize(36);

        guard.adopt(shown);

        assertThat(create("adopted")).isEqualTo(201);
        guard.close();
        guard = open();
        guard.ready();
        assertThat(create("adopted-still")).isEqualTo(201);
        assertThat(guard.unadopt("kind-prod")).isTrue();
        assertThat(create("after")).isEqualTo(403);
    }

    @Test
    void a_reused_name_is_not_trusted() throws IOException {
        guard.ready();
        guard.adopt(guard.inspect("kind-prod"));
        try (PracticeCluster other = start("prod")) {
            other.writeKubeconfig(mine);
            guard.ready();

            assertThat(create("x")).isEqualTo(403);
        }
    }

    @Test
    void the_same_address_with_another_cluster_behind_it_is_not_trusted() throws IOException {
        guard.ready();
        Guard.Foreign shown = guard.inspect("kind-prod");
        guard.adopt(new Guard.Foreign(
                shown.context(),
                shown.server(),
                shown.user(),
                shown.version(),
                "00000000-0000-0000-0000-000000000000"));

        RawClient.Reply refused = client().send(
                        "POST",
                        "/api/v1/namespaces/default/configmaps",
                        "Content-Type: application/json\r\n",
                        configMap("x"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("leads to another cluster now");
    }

    @Test
    void what_a_tool_wrote_into_kuars_file_is_guarded_too() throws IOException {
        Files.delete(mine);
        foreign.writeKubeconfig(home.kubeconfig());
        guard.ready();

        assertThat(Files.readString(home.kubeconfig())).doesNotContain("client-key");
        assertThat(Kubeconfig.load(home.kubeconfig()).currentContext()).isEqualTo("kind-prod");
        assertThat(create("x")).isEqualTo(403);
        assertThat(client().send("GET", "/api/v1/nodes", "", "").status()).isEqualTo(200);
        Path strays = home.root().resolve("foreign-kubeconfig");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(strays)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_choice_of_namespace_and_context_is_kept() {
        guard.ready();
        Kubeconfig config = Kubeconfig.load(home.kubeconfig());
        config.useContext("kind-prod");
        config.find("contexts", "kind-prod").orElseThrow().put("namespace", "shop");
        config.save();
        guard.close();
        guard = open();
        guard.ready();

        Kubeconfig later = Kubeconfig.load(home.kubeconfig());
        assertThat(later.currentContext()).isEqualTo("kind-prod");
        assertThat(later.find("contexts", "kind-prod").orElseThrow()).containsEntry("namespace", "shop");
    }

    @Test
    void a_context_that_is_gone_goes() throws IOException {
        guard.ready();
        Files.delete(mine);
        guard.ready();

        assertThat(Kubeconfig.load(home.kubeconfig()).contexts()).isEmpty();
        assertThatThrownBy(() -> guard.inspect("kind-prod")).isInstanceOf(UserException.class);
    }

    @Test
    void a_file_that_cannot_be_used_is_told_once_and_left() throws IOException {
        Files.writeString(mine, "clusters: [\n");

        assertThat(guard.ready()).hasSize(1).first().asString().contains(mine.toString());
        assertThat(guard.ready()).isEmpty();
        assertThat(Files.readString(mine)).isEqualTo("clusters: [\n");
        assertThat(home.kubeconfig()).doesNotExist();
    }

    private Guard open() {
        return new Guard(
                home,
                Map.of("KUBECONFIG", mine.toString(), "PATH", "/usr/bin:/bin", "HOME", work.toString()),
                work,
                Clock.systemUTC());
    }

    private RawClient client() throws IOException {
        return RawClient.of(Kubeconfig.load(home.kubeconfig()), "kind-prod");
    }

    /** Through the guard; the status of the answer. */
    private int create(String name) throws IOException {
        return client().send(
                        "POST",
                        "/api/v1/namespaces/default/configmaps",
                        "Content-Type: application/json\r\n",
                        configMap(name))
                .status();
    }

    /** Past the guard. */
    private static void put(String name) {
        if (!exists(name)) {
            foreign.client("test")
                    .create(CONFIG_MAPS, "default", KubeObject.create("v1", "ConfigMap", "default", name));
        }
    }

    private static boolean exists(String name) {
        return foreign.client("test").list(CONFIG_MAPS, "default", ListOptions.ALL).items().stream()
                .anyMatch(object -> object.name().equals(name));
    }

    private static String configMap(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private static PracticeCluster start(String name) {
        return PracticeCluster.start(
                new ClusterSpec(name, "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
    }
}
