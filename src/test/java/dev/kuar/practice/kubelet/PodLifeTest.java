package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order the containers of a pod come and go: init containers, sidecars, hooks, the end. */
final class PodLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private static Map<String, Object> sidecar(String name, String script) {
        Map<String, Object> sidecar = shell(name, script);
        sidecar.put("restartPolicy", "Always");
        return sidecar;
    }

    private String reason(String container) {
        KubeObject status = bench.status("p", container);
        return status.text("state", "waiting", "reason") + status.text("state", "terminated", "reason");
    }

    private Instant at(String container, String... path) {
        return Instant.parse(bench.status("p", container).text(path));
    }

    private void delete() {
        bench.api.delete(Resources.PODS, "default", "p", DeleteOptions.DEFAULT);
    }

    @Test
    void init_containers_run_one_after_the_other_before_all_others() {
        KubeObject pod = with(pod("p"), "initContainers", shell("one", "sleep 5"));
        with(with(pod, "initContainers", shell("two", "sleep 5")), "containers", shell("main", "sleep 1000d"));
        bench.run(pod);
        bench.eventually(() -> bench.isRunning("p", "one"));
        assertThat(reason("two")).isEqualTo("PodInitializing");
        assertThat(reason("main")).isEqualTo("PodInitializing");
        assertThat(bench.phase("p")).isEqualTo("Pending");
        assertThat(bench.condition("p", "Initialized").text("message"))
                .isEqualTo("containers with incomplete status: [one two]");
        bench.eventually(() -> bench.isRunning("p", "two"));
        assertThat(bench.condition("p", "Initialized").text("message"))
                .isEqualTo("containers with incomplete status: [two]");
        bench.eventually(() -> bench.isReady("p"));
        assertThat(at("two", "state", "terminated", "finishedAt"))
                .isBeforeOrEqualTo(at("main", "state", "running", "startedAt"));
        assertThat(bench.status("p", "one").at("ready")).isEqualTo(true);
    }

    @Test
    void a_pod_that_somebody_says_has_failed_stays_so_and_ends() {
        bench.run(with(pod("p"), "containers", shell("main", "sleep 1000d")));
        bench.eventually(() -> bench.isReady("p"));
        KubeObject failed = bench.api.get(Resources.PODS, "default", "p").copy();
        failed.set("Failed", "status", "phase");
        bench.api.updateSubresource(Resources.PODS, "status", failed);
        List<String> phases = new ArrayList<>();
        bench.eventually(() -> {
            phases.add(bench.phase("p"));
            return bench.status("p", "main").at("state", "terminated") != null;
        });
        assertThat(phases).containsOnly("Failed");
        assertThat(bench.condition("p", "Ready").text("reason")).isEqualTo("PodFailed");
    }

    @Test
    void an_init_container_that_fails_holds_the_pod_back() {
        KubeObject pod = with(pod("p"), "initContainers", shell("one", "exit 1"));
        bench.run(with(pod, "containers", shell("main", "sleep 1000d")));
        bench.eventually(() -> bench.status("p", "one").number(0, "restartCount") == 1
                && reason("one").equals("Error"));
        assertThat(bench.phase("p")).isEqualTo("Pending");
        bench.eventually(() -> reason("one").equals("CrashLoopBackOff"));
        assertThat(reason("main")).isEqualTo("PodInitializing");
    }

    @Test
    void a_pod_that_is_never_started_again_fails_with_its_init_container() {
        KubeObject pod = with(pod("p"), "initContainers", sidecar("beside", "sleep 1000d"));
        with(with(pod, "initContainers", shell("one", "exit 9")), "containers", shell("main", "sleep 1000d"));
        pod.set("Never", "spec", "restartPolicy");
        pod.set(2L, "spec", "terminationGracePeriodSeconds");
        bench.run(pod);
        bench.eventually(() -> bench.phase("p").equals("Failed"));
        assertThat(bench.status("p", "one").number(0, "state", "terminated", "exitCode"))
                .isEqualTo(9);
        bench.eventually(() -> !bench.isRunning("p", "beside"));
        assertThat(bench.status("p", "main").at("state", "terminated")).isNull();
    }

    @Test
    void sidecars_start_in_order_and_the_next_waits_until_one_has_started() {
        Map<String, Object> first = sidecar("first", "sleep 10; touch /tmp/up; sleep 1000d");
        first.put(
                "startupProbe",
                Map.of(
                        "exec",
                        Map.of("command", List.of("cat", "/tmp/up")),
                        "periodSeconds",
                        1L,
                        "failureThreshold",
                        60L,
                        "timeoutSeconds",
                        60L));
        KubeObject pod =
                with(with(pod("p"), "initContainers", first), "initContainers", sidecar("second", "sleep 1000d"));
        bench.run(with(pod, "containers", shell("main", "sleep 1000d")));
        bench.eventually(() -> bench.isRunning("p", "first"));
        assertThat(bench.status("p", "second").at("state", "running")).isNull();

        bench.eventually(() -> bench.isReady("p"));

        assertThat(Duration.between(
                        at("first", "state", "running", "startedAt"), at("second", "state", "running", "startedAt")))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(9));
        assertThat(bench.condition("p", "Initialized").text("status")).isEqualTo("True");
    }

    @Test
    void sidecars_go_after_the_others_the_last_first() {
        String goes = "trap 'sleep 3; exit 0' TERM; sleep 1000d & wait";
        KubeObject pod = with(pod("p"), "initContainers", sidecar("first", goes));
        with(with(pod, "initContainers", sidecar("second", goes)), "containers", shell("main", goes));
        pod.set(60L, "spec", "terminationGracePeriodSeconds");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));
        List<String> ended = new ArrayList<>();
        bench.api.informer(Resources.PODS).onChange((old, now) -> {
            if (now != null) {
                for (String name : List.of("main", "second", "first")) {
                    boolean over = java.util.stream.Stream.of("containerStatuses", "initContainerStatuses")
                            .flatMap(field -> now.maps("status", field).stream())
                            .anyMatch(s -> name.equals(s.get("name"))
                                    && KubeObject.of(s).at("state", "terminated") != null);
                    if (over && !ended.contains(name)) {
                        ended.add(name);
                    }
                }
            }
        });

        bench.api.delete(Resources.PODS, "default", "p", new DeleteOptions("", 60, Map.of()));

        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "p").isEmpty());
        assertThat(ended).containsExactly("main", "second", "first");
        bench.hears(
                "Killing: Stopping container main",
                "Killing: Stopping container second",
                "Killing: Stopping container first");
    }

    @Test
    void a_sidecar_is_started_again_while_the_others_run_on() {
        KubeObject pod = with(pod("p"), "initContainers", sidecar("beside", "sleep 20; exit 1"));
        bench.run(with(pod, "containers", shell("main", "sleep 1000d")));
        bench.eventually(() -> bench.isReady("p"));
        bench.eventually(() -> bench.status("p", "beside").number(0, "restartCount") >= 2, SECOND);
        assertThat(bench.phase("p")).isEqualTo("Running");
        assertThat(bench.condition("p", "Initialized").text("status")).isEqualTo("True");
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
    }

    @Test
    void until_its_first_hook_is_done_nothing_is_told_of_a_container_and_the_next_waits() {
        Map<String, Object> first = shell("first", "sleep 1000d");
        first.put("lifecycle", Map.of("postStart", Map.of("exec", Map.of("command", List.of("sleep", "10")))));
        bench.run(with(with(pod("p"), "containers", first), "containers", shell("second", "sleep 1000d")));
        bench.eventually(() -> bench.events().contains("Started: Container started"));
        assertThat(reason("first")).isEqualTo("ContainerCreating");
        assertThat(bench.phase("p")).isEqualTo("Pending");

        bench.eventually(() -> bench.isReady("p"));

        assertThat(Duration.between(
                        at("first", "state", "running", "startedAt"), at("second", "state", "running", "startedAt")))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # type            | path              | what is wrong; nothing where it is mounted
                              | /made             |
            Directory         | /etc              |
            Directory         | /nowhere          | hostPath type check failed: /nowhere is not a directory
            Directory         | /etc/hostname     | hostPath type check failed: /etc/hostname is not a directory
            DirectoryOrCreate | /made             |
            DirectoryOrCreate | /etc/hostname     | hostPath type check failed: /etc/hostname is not a directory
            File              | /etc/hostname     |
            File              | /etc              | hostPath type check failed: /etc is not a file
            FileOrCreate      | /etc/made         |
            FileOrCreate      | /nowhere/made     | open /nowhere/made: no such file or directory
            Socket            | /run/containerd/containerd.sock |
            Socket            | /etc/hostname     | hostPath type check failed: /etc/hostname is not a socket file
            CharDevice        | /dev/null         |
            BlockDevice       | /dev/null         | hostPath type check failed: /dev/null is not a block device
            """)
    void what_a_host_path_names_must_be_of_its_type(String type, String path, String wrong) {
        KubeObject pod = with(pod("p"), "containers", shell("main", "sleep 1000d"));
        Map<String, Object> host = new LinkedHashMap<>(Map.of("path", path));
        if (type != null) {
            host.put("type", type);
        }
        pod.set(
                new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "v", "hostPath", host)))),
                "spec",
                "volumes");
        bench.run(pod);
        if (wrong == null) {
            bench.eventually(() -> bench.isRunning("p", "main"));
        } else {
            String said = "FailedMount: MountVolume.SetUp failed for volume \"v\" : " + wrong;
            bench.eventually(() -> bench.events().contains(said));
            bench.eventually(() -> reason("main").equals("ContainerCreating"));
        }
    }

    @Test
    void a_variable_may_come_from_a_file_that_an_init_container_wrote() {
        Map<String, Object> writer = shell("writer", "echo \"NAME='from a file'\" > /shared/env");
        writer.put("volumeMounts", List.of(new LinkedHashMap<>(Map.of("name", "v", "mountPath", "/shared"))));
        Map<String, Object> main = shell("main", "test \"$NAME\" = 'from a file' && sleep 1000d");
        main.put(
                "env",
                List.of(new LinkedHashMap<>(Map.of(
                        "name",
                        "NAME",
                        "valueFrom",
                        Map.of("fileKeyRef", Map.of("volumeName", "v", "path", "env", "key", "NAME"))))));
        KubeObject pod = with(with(pod("p"), "initContainers", writer), "containers", main);
        pod.set(
                new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "v", "emptyDir", Map.of())))),
                "spec",
                "volumes");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));
        assertThat(bench.status("p", "main").number(0, "restartCount")).isZero();
    }

    @Test
    void a_hook_that_fails_ends_the_container() {
        Map<String, Object> main = container("main", "nginx:1.27");
        main.put(
                "lifecycle",
                Map.of("postStart", Map.of("exec", Map.of("command", List.of("sh", "-c", "echo no; exit 4")))));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> reason("main").equals("PostStartHookError"));
        assertThat(bench.status("p", "main").text("state", "waiting", "message"))
                .isEqualTo("Exec lifecycle hook ([sh -c echo no; exit 4]) for Container \"main\" in Pod \"p_default("
                        + bench.now("p").uid()
                        + ")\" failed - error: command 'sh -c echo no; exit 4' exited with 4: , message: \"no\\n\"");
        bench.hears("FailedPostStartHook: PostStartHook failed", "Killing: FailedPostStartHook");
    }

    @Test
    void the_time_of_the_last_hook_is_part_of_the_grace() {
        Map<String, Object> main = shell("main", "sleep 1000d");
        main.put("lifecycle", Map.of("preStop", Map.of("exec", Map.of("command", List.of("sleep", "20")))));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));
        Instant asked = bench.clock.now();

        delete();

        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "p").isEmpty());
        // The grace runs from the deletion's timestamp, which has no fractions of a second.
        assertThat(Duration.between(asked, bench.clock.now()))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(48));
    }

    @Test
    void a_last_hook_that_fails_is_told_and_the_container_goes_at_once() {
        Map<String, Object> main = container("main", "nginx:1.27", "nginx", "-g", "daemon off;");
        main.put("lifecycle", Map.of("preStop", Map.of("exec", Map.of("command", List.of("false")))));
        bench.run(with(pod("p"), "containers", main));
        bench.eventually(() -> bench.isReady("p"));
        Instant asked = bench.clock.now();

        delete();

        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "p").isEmpty());
        assertThat(Duration.between(asked, bench.clock.now())).isLessThan(Duration.ofSeconds(25));
        bench.hears("FailedPreStopHook: PreStopHook failed");
    }

    @Test
    void a_deadline_ends_a_pod_however_well_it_does() {
        KubeObject pod = with(pod("p"), "containers", container("main", "nginx:1.27"));
        pod.set(20L, "spec", "activeDeadlineSeconds");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));

        bench.eventually(() -> bench.phase("p").equals("Failed"), SECOND);

        assertThat(bench.now("p").text("status", "reason")).isEqualTo("DeadlineExceeded");
        assertThat(bench.now("p").text("status", "message"))
                .isEqualTo("Pod was active on the node longer than the specified deadline");
        bench.hears("DeadlineExceeded: Pod was active on the node longer than the specified deadline");
    }

    @Test
    void a_pod_that_never_ran_has_failed_when_it_is_taken_down() {
        KubeObject pod = with(pod("p"), "containers", container("main", "example.com/nothing:1"));
        List<String> phases = new ArrayList<>();
        bench.api.informer(Resources.PODS).onChange((old, now) -> {
            if (now != null && now.name().equals("p")) {
                phases.add(now.text("status", "phase"));
            }
        });
        bench.run(pod);
        bench.eventually(() -> reason("main").equals("ErrImagePull"));
        delete();
        bench.eventually(() -> bench.api.find(Resources.PODS, "default", "p").isEmpty());
        assertThat(phases).endsWith("Failed");
    }

    @Test
    void a_profile_of_seccomp_is_read_from_the_disk_of_the_node() {
        Map<String, Object> main = shell("main", "sleep 1d");
        main.put(
                "securityContext",
                Map.of("seccompProfile", Map.of("type", "Localhost", "localhostProfile", "profiles/audit.json")));
        bench.run(with(pod("p"), "containers", main));
        String missing = "failed to create containerd container: cannot load seccomp profile"
                + " \"/var/lib/kubelet/seccomp/profiles/audit.json\": open"
                + " /var/lib/kubelet/seccomp/profiles/audit.json: no such file or directory";
        bench.eventually(() -> bench.events().contains("Failed: Error: " + missing));
        bench.eventually(() ->
                bench.status("p", "main").text("state", "waiting", "reason").equals("CreateContainerError"));
        Map<String, Object> installer =
                shell("install", "mkdir -p /host/profiles && echo '{}' > /host/profiles/audit.json; sleep 1d");
        installer.put("volumeMounts", List.of(Map.of("name", "host", "mountPath", "/host")));
        KubeObject privileged = with(pod("installer"), "containers", installer);
        privileged.set(
                new ArrayList<>(List.of(Map.of(
                        "name",
                        "host",
                        "hostPath",
                        Map.of("path", "/var/lib/kubelet/seccomp", "type", "DirectoryOrCreate")))),
                "spec",
                "volumes");
        bench.run(privileged);
        bench.eventually(() -> bench.isReady("p"));
    }
}
