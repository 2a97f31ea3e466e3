package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Startup, liveness and readiness: what probes ask, what they say when it fails, and what follows. */
final class ProbesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String FOREVER = "sleep 1000d";

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Map<String, Object> probe(String how, Object what, long period, long failures) {
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put(how, what);
        probe.put("periodSeconds", period);
        probe.put("failureThreshold", failures);
        probe.put("timeoutSeconds", 1L);
        return probe;
    }

    private static Map<String, Object> exec(String script, long period, long failures) {
        Map<String, Object> probe = probe("exec", Map.of("command", List.of("sh", "-c", script)), period, failures);
        probe.put("timeoutSeconds", 3600L);
        return probe;
    }

    private String ip(String pod) {
        return bench.now(pod).text("status", "podIP");
    }

    private void said(String event) {
        bench.eventually(() -> bench.told(event) > 0, SECOND);
    }

    @Test
    void a_readiness_probe_takes_a_pod_out_and_puts_it_back() {
        Map<String, Object> main =
                shell("main", "touch /tmp/ok; sleep 20; rm /tmp/ok; sleep 40; touch /tmp/ok; sleep 1d");
        main.put("readinessProbe", exec("cat /tmp/ok", 5, 3));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));
        bench.eventually(() -> !bench.isReady("p"), SECOND);
        assertThat(bench.condition("p", "Ready").text("reason")).isEqualTo("ContainersNotReady");
        said("Unhealthy: Readiness probe failed: cat: can't open '/tmp/ok': No such file or directory\n");
        bench.exec("p", "main", "touch /tmp/ok");
        bench.eventually(() -> bench.isReady("p"), SECOND);
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
    }

    @Test
    void a_liveness_probe_has_the_container_started_again() {
        Map<String, Object> main =
                shell("main", "trap 'exit 0' TERM; touch /tmp/ok; sleep 20; rm /tmp/ok; sleep 1d & wait");
        main.put("livenessProbe", exec("cat /tmp/ok", 5, 2));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));

        bench.eventually(() -> bench.status("p", "main").number(0, "restartCount") == 1, SECOND);

        bench.hears("Killing: Container main failed liveness probe, will be restarted");
        String failed = "Unhealthy: Liveness probe failed: cat: can't open '/tmp/ok': No such file or directory\n";
        bench.eventually(() -> bench.told(failed) >= 2, Duration.ZERO);
        assertThat(bench.status("p", "main").text("lastState", "terminated", "reason"))
                .isEqualTo("Completed");
    }

    @Test
    void a_liveness_probe_may_have_a_grace_of_its_own_and_a_pod_that_is_never_started_again_fails() {
        Map<String, Object> main = shell("main", FOREVER);
        Map<String, Object> probe = exec("exit 1", 5, 1);
        probe.put("terminationGracePeriodSeconds", 3L);
        main.put("livenessProbe", probe);
        KubeObject pod = with(pod("p"), "containers", main);
        pod.set("Never", "spec", "restartPolicy");
        bench.run(pod);

        bench.eventually(() -> bench.phase("p").equals("Failed"), SECOND);

        bench.hears("Killing: Container main failed liveness probe");
        assertThat(bench.status("p", "main").number(0, "state", "terminated", "exitCode"))
                .isEqualTo(137);
        Instant told = bench.toldAt("Killing: Container main failed liveness probe");
        Instant ended = Instant.parse(bench.status("p", "main").text("state", "terminated", "finishedAt"));
        // The pod's own grace would be thirty seconds.
        assertThat(Duration.between(told, ended).toSeconds()).isBetween(2L, 25L);
    }

    @Test
    void the_other_probes_wait_for_the_startup_probe() {
        Map<String, Object> main = shell("main", "sleep 30; touch /tmp/up; " + FOREVER);
        main.put("startupProbe", exec("cat /tmp/up", 5, 1000));
        main.put("livenessProbe", exec("cat /tmp/up", 1, 1));
        main.put("readinessProbe", exec("cat /tmp/up", 1, 1));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isRunning("p", "main"));
        assertThat(bench.status("p", "main").at("started")).isEqualTo(false);

        bench.eventually(() -> bench.isReady("p"), SECOND);

        assertThat(bench.status("p", "main").at("started")).isEqualTo(true);
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
        bench.eventually(
                () -> bench.events().stream().anyMatch(e -> e.startsWith("Unhealthy: Startup probe failed: ")));
        assertThat(bench.events()).noneMatch(e -> e.contains("Liveness") || e.contains("Readiness"));
    }

    @Test
    void a_startup_probe_that_never_succeeds_starts_the_container_again() {
        Map<String, Object> main = shell("main", FOREVER);
        main.put("startupProbe", exec("exit 1", 1, 3));
        KubeObject pod = with(pod("p"), "containers", main);
        pod.set(2L, "spec", "terminationGracePeriodSeconds");
        bench.run(pod);

        bench.eventually(() -> bench.status("p", "main").number(0, "restartCount") >= 1, SECOND);

        bench.hears("Killing: Container main failed startup probe, will be restarted");
        bench.eventually(() -> bench.told("Unhealthy: Startup probe failed: ") >= 3, Duration.ZERO);
    }

    @Test
    void what_a_server_answers_counts_by_its_status() {
        Map<String, Object> main = container("main", "nginx:1.27");
        main.put("ports", List.of(new LinkedHashMap<>(Map.of("name", "web", "containerPort", 80L))));
        main.put("readinessProbe", probe("httpGet", Map.of("path", "/missing", "port", "web"), 5, 3));
        main.put("livenessProbe", probe("httpGet", Map.of("path", "/", "port", 80L), 5, 3));
        bench.run(with(pod("p"), "containers", main));

        said("Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 404");
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
    }

    @Test
    void who_does_not_listen_refuses() {
        Map<String, Object> http = shell("http", FOREVER);
        http.put("readinessProbe", probe("httpGet", Map.of("path", "/healthz", "port", 8080L), 5, 3));
        Map<String, Object> tcp = shell("tcp", FOREVER);
        tcp.put("readinessProbe", probe("tcpSocket", Map.of("port", 3306L), 5, 3));
        Map<String, Object> grpc = shell("grpc", FOREVER);
        grpc.put("readinessProbe", probe("grpc", Map.of("port", 9090L), 5, 3));
        bench.run(with(with(with(pod("p"), "containers", http), "containers", tcp), "containers", grpc));
        bench.eventually(() -> !ip("p").isEmpty());

        said("Unhealthy: Readiness probe failed: Get \"http://" + ip("p") + ":8080/healthz\": dial tcp " + ip("p")
                + ":8080: connect: connection refused");
        said("Unhealthy: Readiness probe failed: dial tcp " + ip("p") + ":3306: connect: connection refused");
        said("Unhealthy: Readiness probe failed: timeout: failed to connect service \"" + ip("p")
                + ":9090\" within 1s: context deadline exceeded");
    }

    @Test
    void a_server_of_grpc_is_asked_for_its_health() {
        Map<String, Object> main =
                container("main", "registry.k8s.io/e2e-test-images/agnhost:2.53", "/agnhost", "grpc-health-checking");
        main.put("readinessProbe", probe("grpc", Map.of("port", 5000L), 5, 3));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));
        bench.exec("p", "main", "curl -s http://localhost:8080/make-not-serving");
        said("Unhealthy: Readiness probe failed: service unhealthy (responded with \"NOT_SERVING\")");
        bench.exec("p", "main", "curl -s http://localhost:8080/make-serving");
        bench.eventually(() -> bench.isReady("p"));
    }

    @Test
    void etcd_answers_the_health_service_of_grpc() {
        Map<String, Object> main = container(
                "main",
                "registry.k8s.io/etcd:3.5.1-0",
                "/usr/local/bin/etcd",
                "--data-dir",
                "/var/lib/etcd",
                "--listen-client-urls",
                "http://0.0.0.0:2379",
                "--advertise-client-urls",
                "http://127.0.0.1:2379");
        main.put("readinessProbe", probe("grpc", Map.of("port", 2379L), 5, 3));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));
    }

    @Test
    void a_command_may_take_its_time_but_no_longer() {
        Map<String, Object> main = shell("main", FOREVER);
        main.put("readinessProbe", probe("exec", Map.of("command", List.of("sh", "-c", "sleep 5")), 10, 3));
        bench.run(with(pod("p"), "containers", main));
        said("Unhealthy: Readiness probe failed: command timed out: \"sh -c sleep 5\" timed out after 1s");
    }

    @Test
    void a_probe_that_cannot_be_run_counts_neither_way() {
        Map<String, Object> main = shell("main", FOREVER);
        main.put("livenessProbe", probe("exec", Map.of("command", List.of("nosuch")), 1, 1));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(
                () -> bench.events().stream()
                        .anyMatch(e -> e.startsWith(
                                "Unhealthy: Liveness probe errored and resulted in unknown state: rpc error:")),
                SECOND);
        assertThat(bench.isRunning("p", "main")).isTrue();
        assertThat(bench.events()).noneMatch(e -> e.startsWith("Killing"));
    }

    @Test
    void readiness_gates_are_asked_too() {
        KubeObject pod = with(pod("p"), "containers", shell("main", FOREVER));
        pod.set(new ArrayList<>(List.of(Map.of("conditionType", "example.com/lb"))), "spec", "readinessGates");
        bench.run(pod);
        bench.eventually(
                () -> bench.condition("p", "ContainersReady").text("status").equals("True"));
        assertThat(bench.condition("p", "Ready").text("reason")).isEqualTo("ReadinessGatesNotReady");
        assertThat(bench.condition("p", "Ready").text("message"))
                .isEqualTo("corresponding condition of pod readiness gate \"example.com/lb\" does not exist.");

        KubeObject open = bench.now("p").copy();
        List<Object> conditions = new ArrayList<>(open.maps("status", "conditions"));
        conditions.add(Map.of("type", "example.com/lb", "status", "True"));
        open.set(conditions, "status", "conditions");
        bench.api.updateSubresource(Resources.PODS, "status", open);

        bench.eventually(() -> bench.isReady("p"));
    }
}
