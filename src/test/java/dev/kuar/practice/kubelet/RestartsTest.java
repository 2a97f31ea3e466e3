package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.NodeConnector.LogRequest;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of containers that end: restart policies and rules, back-off, exit codes. */
final class RestartsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private long restarts(String pod) {
        return bench.status(pod, "main").number(0, "restartCount");
    }

    /** The seconds from each end of a container to the next start, from all that its pod's status ever said. */
    private List<Long> pauses(String pod, int count) {
        Map<String, Instant> started = new LinkedHashMap<>();
        Map<String, Instant> ended = new HashMap<>();
        bench.api.informer(Resources.PODS).onChange((old, now) -> {
            if (now != null && now.name().equals(pod)) {
                now.maps("status", "containerStatuses").forEach(tree -> note(KubeObject.of(tree), started, ended));
            }
        });
        bench.eventually(() -> started.size() > count, SECOND);
        List<String> ids = List.copyOf(started.keySet());
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant end = ended.get(ids.get(i));
            pauses.add(Duration.between(end, started.get(ids.get(i + 1))).toSeconds());
        }
        return pauses;
    }

    private static void note(KubeObject status, Map<String, Instant> started, Map<String, Instant> ended) {
        if (status.at("state", "running") != null) {
            started.put(status.text("containerID"), Instant.parse(status.text("state", "running", "startedAt")));
        }
        for (String state : List.of("lastState", "state")) {
            String id = status.text(state, "terminated", "containerID");
            if (!id.isEmpty()) {
                started.put(id, Instant.parse(status.text(state, "terminated", "startedAt")));
                ended.put(id, Instant.parse(status.text(state, "terminated", "finishedAt")));
            }
        }
    }

    @Test
    void the_first_failure_is_tried_again_at_once_and_each_later_one_after_twice_as_long() {
        bench.run(with(pod("crash"), "containers", shell("main", "echo oh no; exit 3")));

        List<Long> pauses = pauses("crash", 7);

        assertThat(pauses.get(0)).isLessThan(10);
        long[] least = {10, 20, 40, 80, 160, 300};
        for (int i = 0; i < least.length; i++) {
            assertThat(pauses.get(i + 1)).as("pause " + (i + 1)).isGreaterThanOrEqualTo(least[i]);
        }
        // A kubelet comes back up to half as much later, and looks once a minute; without a limit it would be 320 and
        // more.
        assertThat(pauses.get(6)).isLessThan(600);
        assertThat(bench.phase("crash")).isEqualTo("Running");
        String backOff = "BackOff: Back-off restarting failed container main in pod crash_default("
                + bench.now("crash").uid() + ")";
        bench.eventually(() -> bench.told(backOff) >= 6, Duration.ZERO);
    }

    @Test
    void a_container_that_failed_shows_its_error_until_the_kubelet_comes_back_to_it() throws IOException {
        bench.run(with(pod("crash"), "containers", shell("main", "echo run; exit 3")));
        bench.eventually(
                () -> restarts("crash") == 1 && bench.status("crash", "main").at("state", "terminated") != null);
        KubeObject failed = bench.status("crash", "main");
        assertThat(failed.text("state", "terminated", "reason")).isEqualTo("Error");
        assertThat(failed.number(0, "state", "terminated", "exitCode")).isEqualTo(3);
        assertThat(failed.number(0, "lastState", "terminated", "exitCode")).isEqualTo(3);
        assertThat(failed.text("lastState", "terminated", "containerID"))
                .isNotEqualTo(failed.text("state", "terminated", "containerID"));

        bench.eventually(() ->
                bench.status("crash", "main").text("state", "waiting", "reason").equals("CrashLoopBackOff"));

        KubeObject waiting = bench.status("crash", "main");
        assertThat(waiting.text("state", "waiting", "message"))
                .isEqualTo("back-off 10s restarting failed container=main pod=crash_default("
                        + bench.now("crash").uid() + ")");
        assertThat(waiting.text("lastState", "terminated", "containerID"))
                .isEqualTo(failed.text("state", "terminated", "containerID"));
        LogRequest previous = new LogRequest("main", false, true, false, -1, -1, null);
        assertThat(new String(bench.kubelets.logs(bench.now("crash"), previous).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("run\n");
        assertThat(bench.condition("crash", "Ready").text("message"))
                .isEqualTo("containers with unready status: [main]");
    }

    @Test
    void who_ran_for_ten_minutes_is_started_again_at_once() {
        bench.run(with(pod("slow"), "containers", shell("main", "test -e /tmp/x; sleep 700; exit 1")));
        Duration step = Duration.ofSeconds(5);
        bench.eventually(() -> restarts("slow") == 1, step);
        bench.eventually(() -> restarts("slow") == 2, step);

        assertThat(bench.events()).noneMatch(event -> event.startsWith("BackOff"));
    }

    @Test
    void the_pods_policy_decides_what_an_exit_code_means() {
        String[][] cases = {
            {"Never", "0", "Succeeded", "Completed"},
            {"Never", "7", "Failed", "Error"},
            {"OnFailure", "0", "Succeeded", "Completed"},
        };
        for (String[] each : cases) {
            String name = "p" + each[0].toLowerCase(java.util.Locale.ROOT) + each[1];
            KubeObject pod = with(pod(name), "containers", shell("main", "exit " + each[1]));
            pod.set(each[0], "spec", "restartPolicy");
            bench.run(pod);
            bench.eventually(() -> bench.phase(name).equals(each[2]));
            assertThat(bench.status(name, "main").text("state", "terminated", "reason"))
                    .isEqualTo(each[3]);
            assertThat(bench.condition(name, "Ready").text("reason"))
                    .isEqualTo(each[2].equals("Failed") ? "PodFailed" : "PodCompleted");
        }
        KubeObject again = with(pod("again"), "containers", shell("main", "exit 7"));
        again.set("OnFailure", "spec", "restartPolicy");
        bench.run(again);
        bench.eventually(() -> restarts("again") >= 1);
        assertThat(bench.phase("again")).isEqualTo("Running");
    }

    @Test
    void a_containers_own_rules_come_before_its_policy_and_that_before_the_pods() {
        Map<String, Object> retried = shell("main", "test -e /data/second && exit 5; touch /data/second; exit 42");
        retried.put("restartPolicy", "Never");
        retried.put(
                "restartPolicyRules",
                List.of(Map.of("action", "Restart", "exitCodes", Map.of("operator", "In", "values", List.of(42L)))));
        retried.put("volumeMounts", List.of(Map.of("name", "data", "mountPath", "/data")));
        KubeObject pod = with(pod("rules"), "containers", retried);
        pod.set(new ArrayList<>(List.of(Map.of("name", "data", "emptyDir", Map.of()))), "spec", "volumes");
        bench.run(pod);

        bench.eventually(() -> bench.phase("rules").equals("Failed"));

        assertThat(restarts("rules")).isEqualTo(1);
        assertThat(bench.status("rules", "main").number(0, "state", "terminated", "exitCode"))
                .isEqualTo(5);
    }

    /** A rule that has all containers of the pod started anew. */
    private static final List<Map<String, Object>> ALL = List.of(
            Map.of("action", "RestartAllContainers", "exitCodes", Map.of("operator", "In", "values", List.of(42L))));

    @Test
    void a_rule_may_start_all_containers_of_the_pod_anew() {
        Map<String, Object> source =
                shell("main", "test -e /data/second && sleep 1d; touch /data/second; sleep 5; exit 42");
        source.put("restartPolicy", "Never");
        source.put("restartPolicyRules", ALL);
        source.put("volumeMounts", List.of(Map.of("name", "data", "mountPath", "/data")));
        Map<String, Object> sidecar = shell("side", "sleep 1d");
        sidecar.put("restartPolicy", "Always");
        KubeObject pod = with(with(pod("all"), "initContainers", shell("first", "exit 0")), "initContainers", sidecar);
        with(with(pod, "containers", source), "containers", shell("other", "sleep 1d"));
        pod.set("Never", "spec", "restartPolicy");
        pod.set(new ArrayList<>(List.of(Map.of("name", "data", "emptyDir", Map.of()))), "spec", "volumes");
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        bench.api.informer(Resources.PODS).onChange((before, now) -> {
            if (now != null && now.name().equals("all")) {
                now.maps("status", "conditions").stream()
                        .filter(each -> "AllContainersRestarting".equals(each.get("type")))
                        .forEach(each -> told.add(each.get("status") + " " + each.get("reason")));
            }
        });
        bench.run(pod);
        bench.eventually(() -> bench.isRunning("all", "other"));
        String ip = bench.now("all").text("status", "podIP");

        bench.eventually(() -> bench.status("all", "main").number(0, "restartCount") == 1
                && bench.isRunning("all", "main")
                && bench.isRunning("all", "other"));

        for (String name : List.of("first", "side", "main", "other")) {
            KubeObject status = bench.status("all", name);
            assertThat(status.number(0, "restartCount")).as(name).isEqualTo(1);
            assertThat(status.text("lastState", "terminated", "reason")).isEqualTo("RestartingAllContainers");
            assertThat(status.number(0, "lastState", "terminated", "exitCode")).isEqualTo(137);
        }
        assertThat(bench.now("all").text("status", "podIP")).isEqualTo(ip);
        assertThat(bench.phase("all")).isEqualTo("Running");
        assertThat(bench.condition("all", "Initialized").text("status")).isEqualTo("True");
        assertThat(told)
                .contains("False null", "True RestartAllContainersStarted")
                .endsWith("False null");
        bench.eventually(() -> bench.told("Killing: killing") == 2);
    }

    @Test
    void an_init_container_may_start_all_anew_before_the_others_begin() {
        Map<String, Object> source = shell("init", "test -e /data/second && exit 0; touch /data/second; exit 42");
        source.put("restartPolicy", "Never");
        source.put("restartPolicyRules", ALL);
        source.put("volumeMounts", List.of(Map.of("name", "data", "mountPath", "/data")));
        KubeObject pod = with(with(pod("all"), "initContainers", shell("first", "exit 0")), "initContainers", source);
        with(pod, "containers", shell("main", "sleep 1d"));
        pod.set("Never", "spec", "restartPolicy");
        pod.set(new ArrayList<>(List.of(Map.of("name", "data", "emptyDir", Map.of()))), "spec", "volumes");
        bench.run(pod);

        bench.eventually(() -> bench.isRunning("all", "main"));

        assertThat(bench.status("all", "first").number(0, "restartCount")).isEqualTo(1);
        assertThat(bench.status("all", "init").number(0, "restartCount")).isEqualTo(1);
        assertThat(restarts("all")).isZero();
    }

    @Test
    void what_nobody_saw_end_is_told_as_failed_when_its_pod_ends() {
        KubeObject pod = with(pod("lost"), "containers", container("main", "nosuch.example.com/image:1"));
        bench.run(with(pod, "containers", shell("other", "sleep 1d")));
        bench.eventually(() -> bench.isRunning("lost", "other"));
        List<KubeObject> statuses = new java.util.concurrent.CopyOnWriteArrayList<>();
        bench.api.informer(Resources.PODS).onChange((before, now) -> {
            if (now != null && now.name().equals("lost")) {
                statuses.add(
                        KubeObject.of(now.maps("status", "containerStatuses").get(0)));
            }
        });

        bench.api.delete(Resources.PODS, "default", "lost", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);

        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "lost").isEmpty());
        KubeObject last = statuses.get(statuses.size() - 1);
        assertThat(last.text("state", "terminated", "reason")).isEqualTo("ContainerStatusUnknown");
        assertThat(last.number(0, "state", "terminated", "exitCode")).isEqualTo(137);
        assertThat(last.text("state", "terminated", "message"))
                .isEqualTo("The container could not be located when the pod was terminated");
    }

    @Test
    void more_memory_than_the_limit_is_the_end_with_137() {
        Map<String, Object> eater =
                container("main", "polinux/stress", "stress", "--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1");
        eater.put("resources", Map.of("limits", Map.of("memory", "100Mi")));
        KubeObject pod = with(pod("eats"), "containers", eater);
        pod.set("Never", "spec", "restartPolicy");
        bench.run(pod);

        bench.eventually(() -> bench.phase("eats").equals("Failed"));

        assertThat(bench.status("eats", "main").text("state", "terminated", "reason"))
                .isEqualTo("OOMKilled");
        assertThat(bench.status("eats", "main").number(0, "state", "terminated", "exitCode"))
                .isEqualTo(137);
    }

    @Test
    void a_program_that_is_not_there_is_told_by_the_runtime() {
        bench.run(with(pod("none"), "containers", container("main", "busybox:1.36", "nosuch")));

        bench.eventually(() ->
                bench.status("none", "main").text("state", "waiting", "reason").equals("RunContainerError"));

        KubeObject status = bench.status("none", "main");
        assertThat(status.text("state", "waiting", "message"))
                .contains("exec: \"nosuch\": executable file not found in $PATH");
        assertThat(status.text("lastState", "terminated", "reason")).isEqualTo("StartError");
        assertThat(status.number(0, "lastState", "terminated", "exitCode")).isEqualTo(128);
        bench.eventually(() -> bench.events().stream().anyMatch(event -> event.startsWith("Failed: Error: failed to")));
    }

    @Test
    void what_a_container_says_at_its_end_stands_in_its_status() {
        Map<String, Object> file = shell("main", "echo -n done well > /dev/termination-log");
        Map<String, Object> log = shell("log", "echo last words; exit 1");
        log.put("terminationMessagePolicy", "FallbackToLogsOnError");
        KubeObject pod = with(with(pod("says"), "containers", file), "containers", log);
        pod.set("Never", "spec", "restartPolicy");
        bench.run(pod);

        bench.eventually(() -> bench.phase("says").equals("Failed"));

        assertThat(bench.status("says", "main").text("state", "terminated", "message"))
                .isEqualTo("done well");
        assertThat(bench.status("says", "log").text("state", "terminated", "message"))
                .isEqualTo("last words\n");
    }

    @Test
    void a_pod_that_is_deleted_ends_with_a_last_status() {
        // Not by its image's script, which minds no signal until it has become nginx.
        bench.run(with(pod("web"), "containers", container("main", "nginx:1.27", "nginx", "-g", "daemon off;")));
        bench.eventually(() -> bench.isReady("web"));
        List<String> phases = new ArrayList<>();
        bench.api.informer(Resources.PODS).onChange((old, now) -> {
            if (now != null && now.name().equals("web")) {
                phases.add(now.text("status", "phase"));
            }
        });

        bench.api.delete(Resources.PODS, "default", "web", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);

        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "web").isEmpty());
        assertThat(phases).endsWith("Succeeded");
        bench.hears("Killing: Stopping container main");
    }
}
