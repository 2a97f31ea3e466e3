package dev.kuar.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.kubectl.Kubectl;
import dev.kuar.kubectl.KubectlSession;
import dev.kuar.process.KuarHome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the guard logs in to a cluster: a server that remembers which Authorization it was shown. */
@Timeout(60)
final class UpstreamTest {
    @TempDir
    private Path work = Path.of("");

    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private com.sun.net.httpserver.HttpServer server = listen();
    private final MovableClock clock = new MovableClock();
    private KuarHome home = new KuarHome(Path.of("unused"));
    private Guard guard = new Guard(home, Map.of(), Path.of(""), clock);

    @BeforeEach
    void begin() {
        home = new KuarHome(work.resolve("home")).prepare();
    }

    @AfterEach
    void end() {
        guard.close();
        server.stop(0);
    }

    @Test
    void a_token_a_token_file_and_a_password_are_shown() throws IOException {
        use("token: abc");
        assertThat(get()).isEqualTo(200);
        Files.writeString(work.resolve("tok"), "from-file\n");
        use("tokenFile: tok");
        assertThat(get()).isEqualTo(200);
        use("username: u\n    password: p");
        assertThat(get()).isEqualTo(200);

        assertThat(shown).containsExactly("Bearer abc", "Bearer from-file", "Basic dTpw");
    }

    @Test
    void a_token_file_is_read_again() throws IOException {
        Files.writeString(work.resolve("tok"), "one");
        use("tokenFile: tok");
        get();
        Files.writeString(work.resolve("tok"), "two");
        clock.now = clock.now.plusSeconds(61);
        get();

        assertThat(shown).containsExactly("Bearer one", "Bearer two");
    }

    @Test
    void a_plugin_runs_when_a_request_needs_it_and_not_before() throws Exception {
        plugin(clock.now.plus(Duration.ofDays(9)));
        use("exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Never}");
        assertThat(runs()).isZero();
        new Kubectl(new KubectlSession(Clock.systemUTC(), guard.gate()))
                .complete(
                        List.of("--context", "far", "get"),
                        "po",
                        Map.of("KUBECONFIG", home.kubeconfig().toString()));
        assertThat(runs()).isZero();
        assertThat(asked).isEmpty();

        get();
        get();

        assertThat(runs()).isOne();
        assertThat(shown).containsExactly("Bearer run-1", "Bearer run-1");
    }

    @Test
    void a_plugin_runs_again_when_its_answer_has_expired() throws IOException {
        plugin(clock.now.plus(Duration.ofHours(1)));
        use("exec: {apiVersion: client.authentication.k8s.io/v1, command: login}");
        get();
        clock.now = clock.now.plus(Duration.ofHours(2));
        get();

        assertThat(shown).containsExactly("Bearer run-1", "Bearer run-2");
    }

    @Test
    void a_plugin_that_is_missing_is_named() throws IOException {
        use("exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin}");
        RawClient.Reply reply = client().send("GET", "/api", "", "");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("exec: executable no-such-plugin not found");
        assertThat(guard.login("far").orElseThrow().found()).isEmpty();
    }

    @Test
    void the_practice_plugin_never_logs_in_to_a_real_cluster() throws IOException {
        Path practice = Files.createDirectories(home.root().resolve("tools/google-cloud-sdk/bin"));
        script(practice.resolve("gke-gcloud-auth-plugin"), "echo practice >> '" + work.resolve("runs") + "'");
        write("exec: {apiVersion: client.authentication.k8s.io/v1, command: gke-gcloud-auth-plugin}");
        guard.close();
        guard = new Guard(
                home, Map.of("KUBECONFIG", work.resolve("mine").toString(), "PATH", practice.toString()), work, clock);
        guard.ready();

        assertThat(client().send("GET", "/api", "", "").status()).isEqualTo(503);
        assertThat(runs()).isZero();
    }

    @Test
    void what_the_client_claims_to_be_stays_here() throws IOException {
        use("token: abc");
        client().send("GET", "/api", "X-Remote-User: root\r\nCookie: a\r\nProxy-Authorization: x\r\n", "");

        assertThat(shown).containsExactly("Bearer abc");
        assertThat(asked).containsExactly("GET /api null null null");
    }

    private void use(String user) throws IOException {
        write(user);
        guard.close();
        guard = new Guard(
                home,
                Map.of("KUBECONFIG", work.resolve("mine").toString(), "PATH", work + ":/usr/bin:/bin"),
                work,
                clock);
        guard.ready();
    }

    private void write(String user) throws IOException {
        Files.writeString(
                work.resolve("mine"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: far
                  cluster: {server: "http://127.0.0.1:%d"}
                contexts:
                - name: far
                  context: {cluster: far, user: far}
                users:
                - name: far
                  user:
                    %s
                """.formatted(server.getAddress().getPort(), user));
    }

    private void plugin(Instant expires) throws IOException {
        script(work.resolve("login"), """
                echo x >> '%1$s/runs'
                n=$(grep -c x '%1$s/runs')
                echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",'
                echo '"status":{"token":"run-'$n'","expirationTimestamp":"%2$s"}}'
                """.formatted(work, expires));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int runs() throws IOException {
        Path runs = work.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    private int get() throws IOException {
        return client().send("GET", "/api", "", "").status();
    }

    private RawClient client() throws IOException {
        return RawClient.of(Kubeconfig.load(home.kubeconfig()), "far");
    }

    private com.sun.net.httpserver.HttpServer listen() {
        try {
            com.sun.net.httpserver.HttpServer made = com.sun.net.httpserver.HttpServer.create(
                    new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            made.createContext("/", exchange -> {
                var headers = exchange.getRequestHeaders();
                shown.add(headers.getFirst("Authorization"));
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + headers.getFirst("X-Remote-User") + " " + headers.getFirst("Cookie") + " "
                        + headers.getFirst("Proxy-Authorization"));
                byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A clock that the test moves. */
    private static final class MovableClock extends Clock {
        private Instant now = Clock.systemUTC().instant();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
