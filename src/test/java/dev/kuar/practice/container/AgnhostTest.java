package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program of the image that Kubernetes' own tests use: what its subcommands say, serve and dial. */
final class AgnhostTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ClusterNetwork network = new ClusterNetwork(new FakeApiClient(new ManualClock()), false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);
    private final StringBuffer log = new StringBuffer();
    private int count;

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container start(Map<String, String> env, String... arguments) throws Exception {
        NetworkNamespace stack = new NetworkNamespace("10.244.1." + ++count, "node");
        network.attach(stack);
        Image image = ImageCatalogue.builtIn()
                .find(ImageReference.parse("registry.k8s.io/e2e-test-images/agnhost:2.63.0")
                        .orElseThrow())
                .orElseThrow();
        Container container = runtime.create(
                new ContainerSpec(
                        "0".repeat(64),
                        "main",
                        image,
                        List.of(),
                        List.of(arguments),
                        env,
                        "",
                        "",
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        false,
                        Share.ANY,
                        Confinement.DEFAULT,
                        KernelSettings.ofMachine(),
                        "pod-" + count,
                        stack,
                        Machine.small(runtime.clock().now().minusSeconds(7500))),
                (stream, bytes, offset, length) ->
                        log.append(new String(bytes, offset, length, StandardCharsets.UTF_8)));
        container.start();
        return container;
    }

    /** Starts a program that serves, and waits until it listens. */
    private Container serve(Map<String, String> env, String... arguments) throws Exception {
        return listening(start(env, arguments));
    }

    private static Container listening(Container container) throws Exception {
        until(() -> !container.network().ports().isEmpty());
        return container;
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); !condition.call(); Thread.sleep(2)) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
        }
    }

    private String ended(String... arguments) throws Exception {
        log.setLength(0);
        Container container = start(Map.of(), arguments);
        int code = container.exit().get(1, TimeUnit.MINUTES).code();
        return log + (code == 0 ? "" : "=" + code);
    }

    private static String get(Container from, String url) throws Exception {
        return Box.run(from, "curl", "-s", "-w", " %{http_code}", url);
    }

    @Test
    void netexec_says_who_it_is_and_dials_others() throws Exception {
        Container one = serve(Map.of(), "netexec");
        Container two = serve(Map.of(), "netexec", "--http-port=80", "--udp-port", "53");
        assertThat(get(one, "http://10.244.1.2/hostname")).isEqualTo("pod-2 200");
        assertThat(get(one, "http://10.244.1.2/echo?msg=a%20b&code=418")).isEqualTo("a b 418");
        assertThat(get(one, "http://10.244.1.2/clientip")).startsWith("10.244.1.1:");
        assertThat(get(one, "http://10.244.1.2/serverport")).isEqualTo("80 200");
        assertThat(get(one, "http://10.244.1.2/healthz")).isEqualTo(" 200");
        assertThat(get(one, "http://10.244.1.2/header?key=User-Agent")).isEqualTo("curl/8.14.1 200");
        assertThat(get(two, "http://10.244.1.1:8080/shell?cmd=echo%20hi%3B%20exit%203"))
                .isEqualTo("{\"error\":\"exit status 3\",\"output\":\"hi\\n\"} 200");
        assertThat(get(one, "http://127.0.0.1:8080/dial?host=10.244.1.2&port=80&request=hostname&tries=2"))
                .isEqualTo("{\"responses\":[\"pod-2\",\"pod-2\"]} 200");
        assertThat(get(one, "http://127.0.0.1:8080/dial?host=10.244.1.2&port=53&request=echo%20Hi&protocol=udp"))
                .isEqualTo("{\"responses\":[\"hi\"]} 200");
        assertThat(get(one, "http://127.0.0.1:8080/dial?host=10.244.1.2&port=54&request=hostname&protocol=udp"))
                .contains("read: connection refused");
        assertThat(get(one, "http://127.0.0.1:8080/dial?host=10.244.1.2&port=81&request=hostname"))
                .isEqualTo("{\"errors\":[\"Get \\\"http://10.244.1.2:81/hostname\\\": dial tcp 10.244.1.2:81: connect:"
                        + " connection refused\"]} 200");
        assertThat(get(one, "http://127.0.0.1:8080/dial?host=nobody&port=81&request=hostname"))
                .endsWith("no such host\n 400");
        assertThat(get(one, "http://10.244.1.2/exit?code=7")).endsWith("200");
        assertThat(two.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(7);
    }

    @Test
    void netexec_overrides_every_path_when_told_to() throws Exception {
        Container one = serve(Map.of(), "netexec", "--http-override=/echo?msg=same");
        assertThat(get(one, "http://127.0.0.1:8080/hostname")).isEqualTo("same 200");
    }

    @Test
    void crd_conversion_webhook_splits_and_joins_what_it_is_sent() throws Exception {
        Container hook = start(Map.of(), "crd-conversion-webhook", "--port=9444");
        assertThat(converted(hook, "v2", "v1", "\"hostPort\":\"a:80\""))
                .contains(
                        "\"convertedObjects\":[{\"apiVersion\":\"stable.example.com/v2\",\"host\":\"a\",\"port\":\"80\"}]")
                .contains("\"uid\":\"u\"")
                .contains("\"status\":\"Success\"");
        assertThat(converted(hook, "v1", "v2", "\"host\":\"a\""))
                .contains("[{\"apiVersion\":\"stable.example.com/v1\",\"hostPort\":\"a:\"}]");
        assertThat(converted(hook, "v1", "v1", "\"hostPort\":\"a:80\""))
                .contains("conversion from a version to itself should not call the webhook: stable.example.com/v1");
        assertThat(converted(hook, "v2", "v1", "\"hostPort\":\"a\"")).contains("invalid hostPort value `a`");
        assertThat(Box.run(hook, "curl", "-sk", "https://127.0.0.1:9444/readyz"))
                .isEqualTo("ok");
    }

    private static String converted(Container hook, String to, String from, String fields) throws Exception {
        return Box.run(
                hook,
                "curl",
                "-sk",
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"kind\":\"ConversionReview\",\"apiVersion\":\"apiextensions.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                        + "\"desiredAPIVersion\":\"stable.example.com/" + to
                        + "\",\"objects\":[{\"apiVersion\":\"stable.example.com/" + from + "\"," + fields + "}]}}",
                "https://127.0.0.1:9444/crdconvert");
    }

    @Test
    void small_servers_serve() throws Exception {
        Container one = serve(Map.of("SERVE_PORT_1080", "foo", "SERVE_UDP_PORT_1081", "bar", "OTHER", "x"), "porter");
        assertThat(get(one, "http://127.0.0.1:1080/anything")).isEqualTo("foo 200");
        Container two = serve(Map.of(), "serve-hostname");
        assertThat(get(one, "http://10.244.1.2:9376/")).isEqualTo("pod-2 200");
        until(() -> Box.run(two, "/agnhost", "connect", "--protocol=udp", "10.244.1.1:1081")
                .isEmpty());
        Container three = serve(Map.of(), "test-webserver");
        assertThat(get(three, "http://127.0.0.1/etc/passwd")).endsWith("200");
        assertThat(get(three, "http://127.0.0.1/no/such")).endsWith("404");
        assertThat(get(three, "http://127.0.0.1/index.html")).isEqualTo(" 301");
        assertThat(get(three, "http://127.0.0.1/")).contains("<a href=\"etc/\">etc/</a>");
    }

    @Test
    void nettest_tells_of_whom_it_has_heard() throws Exception {
        Container one = start(Map.of(), "nettest", "--peers=2");
        String write = "http://127.0.0.1:8080/write";
        assertThat(Box.run(one, "curl", "-s", "-d", "{\"Source\":\"tester\"}", write))
                .isEqualTo("{\"Hostname\":\"pod-1\"}\n");
        assertThat(Box.run(one, "curl", "-s", "-d", "{}", write)).isEqualTo("{\"Hostname\":\"pod-1\"}\n");
        assertThat(get(one, "http://127.0.0.1:8080/read"))
                .contains("\"Received\":{\"tester\":1}")
                .contains("\"Errors\":[\"pod-1: Got request with no source\"]");
        assertThat(get(one, "http://127.0.0.1:8080/status")).isEqualTo("running 200");
        Box.run(start(Map.of()), "curl", "-s", "http://10.244.1.1:8080/quit");
        assertThat(one.exit().get(1, TimeUnit.MINUTES).code()).isZero();
        assertThat(ended("nettest", "--service=")).contains("Must provide -service flag.\n=1");
    }

    @Test
    void connect_says_why_it_could_not() throws Exception {
        Container one = serve(Map.of(), "netexec");
        assertThat(Box.run(one, "/agnhost", "connect", "10.244.1.1:8080")).isEmpty();
        assertThat(Box.run(one, "/agnhost", "connect", "10.244.1.1:81")).isEqualTo("!REFUSED\n=1");
        assertThat(Box.run(one, "/agnhost", "connect", "--timeout=10ms", "10.99.1.1:81"))
                .isEqualTo("!TIMEOUT\n=1");
        assertThat(Box.run(one, "/agnhost", "connect", "10.244.1.1"))
                .isEqualTo("!UNKNOWN: address 10.244.1.1: missing port in address\n=1");
        assertThat(Box.run(one, "/agnhost", "connect", "nobody:1")).startsWith("!DNS: lookup nobody");
    }

    @Test
    void mounttest_tells_types_modes_owners_and_contents() throws Exception {
        assertThat(ended(
                        "mounttest", "--new_file_0660=/uploads/a", "--file_mode=/uploads/a", "--file_owner=/uploads/a"))
                .isEqualTo(
                        "content of file \"/uploads/a\": mount-tester new file\n\nmode of file \"/uploads/a\": -rw-rw----\n"
                                + "owner UID of \"/uploads/a\": 0\nowner GID of \"/uploads/a\": 0\n");
        assertThat(ended("mounttest", "--file_mode=/tmp")).contains("mode of file \"/tmp\": dtrwxrwxrwx\n");
        assertThat(ended("mounttest", "--file_content=/no/such"))
                .isEqualTo("error reading file content for \"/no/such\": open /no/such: no such file or directory\n=1");
    }

    @Test
    void nc_dig_and_hexdump() throws Exception {
        Container one = serve(Map.of(), "netexec");
        assertThat(Box.run(one, "sh", "-c", "echo hostName | nc -t -w 2 127.0.0.1 8080"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .endsWith("400 Bad Request");
        assertThat(Box.run(one, "sh", "-c", "echo hostName | nc -u -w 2 127.0.0.1 8081"))
                .isEqualTo("pod-1");
        assertThat(Box.run(one, "sh", "-c", "printf 'kuar\\n0123456789abcdef' | hexdump -C"))
                .isEqualTo("00000000  6b 75 61 72 0a 30 31 32  33 34 35 36 37 38 39 61  |kuar.0123456789a|\n"
                        + "00000010  62 63 64 65 66                                    |bcdef|\n00000015\n");
        assertThat(Box.run(one, "getent", "hosts", "nobody")).isEqualTo("=2");
    }

    @Test
    void a_guestbook_tells_its_replicas() throws Exception {
        Container primary = serve(Map.of(), "guestbook", "--http-port=6379");
        serve(Map.of(), "guestbook", "--http-port=6379", "--replicaof=10.244.1.1");
        Container front = serve(Map.of(), "guestbook", "--http-port=80");
        assertThat(get(front, "http://10.244.1.1:6379/set?key=a&value=b")).isEqualTo("{\"message\":\"Updated\"} 200");
        assertThat(get(front, "http://10.244.1.1:6379/get?key=a")).isEqualTo("{\"data\":\"b\"} 200");
        assertThat(get(front, "http://127.0.0.1/guestbook?cmd=nonsense")).endsWith("400");
        assertThat(primary.isRunning()).isTrue();
    }

    @Test
    void the_other_programs() throws Exception {
        assertThat(ended("entrypoint-tester", "a", "--b=c")).isEqualTo("[/agnhost entrypoint-tester a --b=c]\n");
        assertThat(ended("logs-generator", "--log-lines-total", "3", "--run-duration=3ms")
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.matches("I\\d{4} .*logs_generator.go:76] \\d [A-Z]+ /api/v1/namespaces/.*"));
        assertThat(ended("netexec", "--nonsense"))
                .startsWith("Error: unknown flag: --nonsense\n")
                .endsWith("=1");
        assertThat(ended("nonsense")).startsWith("Error: unknown command \"nonsense\"");
        Container pause = start(Map.of());
        pause.stop();
        assertThat(pause.exit().get(1, TimeUnit.MINUTES).code()).isEqualTo(2);
    }

    @Test
    void liveness_fails_after_ten_seconds() throws Exception {
        ManualClock slow = new ManualClock();
        List<String> answers = new ArrayList<>();
        try (ContainerRuntime own = new ContainerRuntime(slow, network, ContainerRuntime.ClusterServices.NONE)) {
            Container one = listening(Box.container(
                    own, "registry.k8s.io/e2e-test-images/agnhost:2.63.0", "", List.of(), "/agnhost", "liveness"));
            answers.add(get(one, "http://127.0.0.1:8080/healthz"));
            slow.advance(java.time.Duration.ofSeconds(11));
            answers.add(get(one, "http://127.0.0.1:8080/healthz"));
        }
        assertThat(answers).containsExactly("ok 200", "error: 11.0 500");
    }
}
