package dev.kuar.practice.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.LogRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KubeletsTest {
    private final MemoryApi api = new MemoryApi();
    private final ManualClock clock = new ManualClock();
    private Kubelets kubelets;

    @BeforeEach
    void start() {
        Profile profile = Profile.named("kind");
        for (String name : List.of("default", "kube-system", "kube-node-lease")) {
            api.create(
                    dev.kuar.practice.object.GroupResource.core("namespaces"),
                    "",
                    KubeObject.create("v1", "Namespace", "", name));
        }
        kubelets = Kubelets.start(api, clock, profile, "my-cluster", 2, "v1.36.2", ClusterServices.NONE);
        for (NodeSpec node : profile.nodes("my-cluster", 2, "v1.36.2")) {
            eventually(() -> api.find(Resources.NODES, "", node.name()).isPresent());
            KubeObject known = api.get(Resources.NODES, "", node.name()).copy();
            known.set(node.podCidr(), "spec", "podCIDR");
            api.update(Resources.NODES, known);
        }
    }

    @AfterEach
    void stop() {
        kubelets.close();
    }

    /** Gives simulated threads their turn; time itself moves only by the clock. */
    private void eventually(BooleanSupplier condition) {
        eventually(condition, Duration.ofMillis(20));
    }

    private void eventually(BooleanSupplier condition, Duration step) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came true; pods: "
                        + api.informer(Resources.PODS).all().stream()
                                .map(p -> p + " " + p.map("status"))
                                .toList());
            }
            clock.advance(step);
            takeTurn();
        }
    }

    /** Lets the kubelets do what is to be done now, for a short while; whether it is. */
    private boolean takeTurn() {
        try {
            return kubelets.quiesce();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private KubeObject pod(String name, String image, String... command) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "main");
        container.put("image", image);
        container.put("imagePullPolicy", "IfNotPresent");
        container.put("command", List.of(command));
        pod.set(new ArrayList<>(List.of(container)), "spec", "containers");
        pod.set("my-cluster-worker", "spec", "nodeName");
        pod.set("Always", "spec", "restartPolicy");
        pod.set(30L, "spec", "terminationGracePeriodSeconds");
        return pod;
    }

    private KubeObject now(String name) {
        return api.get(Resources.PODS, "default", name);
    }

    private static boolean ready(KubeObject pod) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(c -> c.get("type").equals("Ready") && c.get("status").equals("True"));
    }

    private static LogRequest all() {
        return new LogRequest("main", false, false, false, -1, -1, null);
    }

    private long told() {
        return api.informer(Resources.EVENTS).all().stream()
                .filter(event -> event.text("message").equals("Error: configmap \"absent\" not found"))
                .mapToLong(event -> event.number(1, "count"))
                .sum();
    }

    /** As a kubelet does, which comes back every ten to fifteen seconds. */
    @Test
    void a_node_is_given_its_role_without_undoing_what_others_wrote() {
        MemoryApi shared = new MemoryApi();
        shared.create(
                GroupResource.core("namespaces"), "", KubeObject.create("v1", "Namespace", "", "kube-node-lease"));
        shared.informer(Resources.NODES).onChange((before, now) -> {
            if (now != null && before == null) {
                KubeObject ranged = now.copy();
                ranged.set("10.244.7.0/24", "spec", "podCIDR");
                shared.update(Resources.NODES, ranged);
            }
        });
        try (Kubelets own = Kubelets.start(
                shared, clock, Profile.named("kind"), "my-cluster", 2, "v1.36.2", ClusterServices.NONE)) {
            eventually(() -> shared.find(Resources.NODES, "", "my-cluster-control-plane")
                    .filter(each -> each.labels().containsKey("node-role.kubernetes.io/control-plane"))
                    .isPresent());
            assertThat(shared.get(Resources.NODES, "", "my-cluster-control-plane")
                            .text("spec", "podCIDR"))
                    .isEqualTo("10.244.7.0/24");
        }
    }

    @Test
    void what_a_pod_refers_to_and_is_missing_is_looked_for_now_and_then() {
        KubeObject pod = pod("lacks", "busybox", "sleep", "1d");
        pod.maps("spec", "containers").get(0).put("envFrom", List.of(Map.of("configMapRef", Map.of("name", "absent"))));
        api.create(Resources.PODS, "default", pod);
        eventually(() ->
                now("lacks").maps("status", "containerStatuses").toString().contains("CreateContainerConfigError"));

        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofSeconds(1));
        }

        // Events are written by a thread of their own.
        eventually(() -> told() > 0);
        assertThat(told()).isBetween(1L, 7L);
    }

    @Test
    void a_node_is_ready_once_its_network_daemon_runs() {
        eventually(() -> api.informer(Resources.PODS).inNamespace("kube-system").stream()
                        .filter(KubeletsTest::ready)
                        .count()
                == 4);
        assertThat(readiness("my-cluster-worker")).containsEntry("reason", "KubeletNotReady");

        networkDaemon("my-cluster-worker");

        eventually(() -> "True".equals(readiness("my-cluster-worker").get("status")));
        assertThat(readiness("my-cluster-control-plane")).containsEntry("status", "False");
    }

    private Map<String, Object> readiness(String node) {
        return api.get(Resources.NODES, "", node).maps("status", "conditions").stream()
                .filter(each -> "Ready".equals(each.get("type")))
                .findFirst()
                .orElse(Map.of());
    }

    private void networkDaemon(String node) {
        KubeObject daemon = pod("kindnet-" + node, "busybox:1.36", "sleep", "3600");
        daemon.set("kube-system", "metadata", "namespace");
        daemon.set(
                new ArrayList<>(List.of(
                        new LinkedHashMap<>(Map.of("kind", "DaemonSet", "name", "kindnet", "controller", true)))),
                "metadata",
                "ownerReferences");
        daemon.set(true, "spec", "hostNetwork");
        daemon.set(node, "spec", "nodeName");
        api.create(Resources.PODS, "kube-system", daemon);
    }

    @Test
    void nodes_and_static_pods_become_ready() {
        networkDaemon("my-cluster-worker");
        eventually(() -> api.informer(Resources.PODS).inNamespace("kube-system").size() == 5
                && api.informer(Resources.PODS).all().stream().allMatch(KubeletsTest::ready));
        eventually(() -> "True".equals(readiness("my-cluster-worker").get("status")));
        assertThat(api.find(Resources.LEASES, "kube-node-lease", "my-cluster-worker"))
                .isPresent();
    }

    @Test
    void a_pod_runs_and_says_so() {
        api.create(Resources.PODS, "default", pod("box", "busybox:1.36", "sleep", "3600"));
        eventually(() -> ready(now("box")));
        assertThat(now("box").text("status", "phase")).isEqualTo("Running");
        assertThat(now("box").text("status", "podIP")).isEqualTo("10.244.1.2");
        eventually(() -> api.reasons("box").contains("Started"));
        assertThat(api.reasons("box")).containsExactly("Created", "Pulled", "Started");
    }

    @Test
    void what_another_writes_over_a_pods_status_is_put_right() {
        api.create(Resources.PODS, "default", pod("box", "busybox:1.36", "sleep", "3600"));
        eventually(() -> ready(now("box")));
        KubeObject marked = now("box").copy();
        marked.maps("status", "conditions").forEach(condition -> {
            if ("Ready".equals(condition.get("type"))) {
                condition.put("status", "False");
                condition.put("reason", "NodeNotReady");
            }
        });

        api.updateSubresource(Resources.PODS, "status", marked);

        eventually(() -> ready(now("box")));
    }

    @Test
    void a_node_that_was_taken_for_lost_says_with_its_next_heartbeat_that_it_is_there() {
        networkDaemon("my-cluster-worker");
        eventually(() -> nodeIsReady("my-cluster-worker"));
        KubeObject lost = api.get(Resources.NODES, "", "my-cluster-worker").copy();
        lost.maps("status", "conditions").forEach(condition -> condition.put("status", "Unknown"));
        api.updateSubresource(Resources.NODES, "status", lost);
        // The beat that told so ends by planning the next.
        eventually(this::takeTurn, Duration.ZERO);

        clock.advance(Duration.ofSeconds(11));

        eventually(() -> nodeIsReady("my-cluster-worker"), Duration.ZERO);
    }

    @Test
    void a_heart_goes_on_beating_whatever_a_request_ends_with() {
        networkDaemon("my-cluster-worker");
        eventually(() -> nodeIsReady("my-cluster-worker")
                && api.find(Resources.LEASES, "kube-node-lease", "my-cluster-worker")
                        .isPresent());
        String before = renewed("my-cluster-worker");
        api.failNext(Resources.LEASES, new IllegalStateException("no reason that anybody knows"), 2);

        clock.advance(Duration.ofSeconds(11));

        eventually(() -> !renewed("my-cluster-worker").equals(before));
    }

    @Test
    void a_node_that_is_not_ready_looks_often_and_renews_its_lease_no_oftener_than_a_ready_one() {
        String worker = "my-cluster-worker";
        eventually(() -> api.find(Resources.LEASES, "kube-node-lease", worker).isPresent());
        Instant first = Instant.parse(renewed(worker));

        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(50));
        }
        networkDaemon(worker);
        eventually(() -> nodeIsReady(worker));

        Duration since = Duration.between(first, Instant.parse(renewed(worker)));
        assertThat(since).satisfiesAnyOf(same -> assertThat(same).isZero(), later -> assertThat(later)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(9)));
    }

    private String renewed(String node) {
        return api.get(Resources.LEASES, "kube-node-lease", node).text("spec", "renewTime");
    }

    private boolean nodeIsReady(String name) {
        return "True".equals(readiness(name).get("status"));
    }

    @Test
    void a_container_that_fails_is_started_again_after_a_back_off() {
        api.create(Resources.PODS, "default", pod("crash", "busybox:1.36", "sleep"));
        List<KubeObject> seen = new ArrayList<>();
        eventually(() -> {
            now("crash").maps("status", "containerStatuses").stream()
                    .map(KubeObject::of)
                    .filter(each -> each.text("state", "waiting", "reason").equals("CrashLoopBackOff"))
                    .forEach(seen::add);
            return !seen.isEmpty();
        });
        KubeObject status = seen.get(0);
        assertThat(status.text("state", "waiting", "message"))
                .matches("back-off \\S+ restarting failed container=main pod=crash_default\\(.*\\)");
        assertThat(status.number(0, "lastState", "terminated", "exitCode")).isEqualTo(1);
        assertThat(status.number(0, "restartCount")).isPositive();
        clock.advance(Duration.ofSeconds(10));
        eventually(() ->
                KubeObject.of(now("crash").maps("status", "containerStatuses").get(0))
                                .number(0, "restartCount")
                        >= 2);
    }

    @Test
    void a_pod_is_done_only_when_its_sidecars_are() {
        KubeObject pod = pod("side", "busybox:1.36", "true");
        pod.set("Never", "spec", "restartPolicy");
        Map<String, Object> sidecar = new LinkedHashMap<>();
        sidecar.put("name", "beside");
        sidecar.put("image", "busybox:1.36");
        sidecar.put("imagePullPolicy", "IfNotPresent");
        sidecar.put("restartPolicy", "Always");
        sidecar.put("command", List.of("sleep", "3600"));
        pod.set(new ArrayList<>(List.of(sidecar)), "spec", "initContainers");
        // The clock may move while somebody looks: what was, is what the API was told.
        List<String> phases = new CopyOnWriteArrayList<>();
        api.informer(Resources.PODS).onChange((before, now) -> {
            if (now != null
                    && now.name().equals("side")
                    && now.maps("status", "containerStatuses").stream()
                            .anyMatch(each -> KubeObject.of(each).at("state", "terminated") != null)) {
                phases.add(now.text("status", "phase"));
            }
        });
        api.create(Resources.PODS, "default", pod);

        eventually(() -> now("side").text("status", "phase").equals("Succeeded"));

        assertThat(phases).startsWith("Running").endsWith("Succeeded");
        assertThat(KubeObject.of(now("side")
                                .maps("status", "initContainerStatuses")
                                .get(0))
                        .number(0, "state", "terminated", "exitCode"))
                .isEqualTo(137);
    }

    @Test
    void an_image_nobody_has_is_reported_and_retried() {
        api.create(Resources.PODS, "default", pod("bad", "nginx:nope"));
        eventually(() -> now("bad").maps("status", "containerStatuses").stream()
                .anyMatch(
                        s -> KubeObject.of(s).text("state", "waiting", "reason").equals("ImagePullBackOff")));
        eventually(() -> api.reasons("bad").containsAll(List.of("Pulling", "Failed", "BackOff")));
        assertThatThrownBy(() -> kubelets.logs(now("bad"), all()))
                // The one while it waits, the other while it tries again.
                .hasMessageMatching("container \"main\" in pod \"bad\" is waiting to start: "
                        + "(trying and failing to pull image|image can't be pulled)");
    }

    @Test
    void process_one_without_a_handler_takes_its_whole_grace_period() {
        api.create(Resources.PODS, "default", pod("box", "busybox:1.36", "sleep", "3600"));
        eventually(() -> ready(now("box")));
        Instant asked = clock.now();
        api.delete(Resources.PODS, "default", "box", DeleteOptions.DEFAULT);
        eventually(() -> api.find(Resources.PODS, "default", "box").isEmpty());
        // From the deletion's timestamp on, which has no fractions of a second.
        assertThat(Duration.between(asked, clock.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(29));
        // Events are written by a thread of their own.
        eventually(() -> api.reasons("box").contains("Killing"));
    }

    @Test
    void nginx_answers_through_port_forward_and_ends_at_once() throws Exception {
        KubeObject web = pod("web", "nginx:1.27", "nginx", "-g", "daemon off;");
        api.create(Resources.PODS, "default", web);
        eventually(() -> ready(now("web")));
        var channel = kubelets.portForward(now("web"), 80);
        channel.toPod()
                .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String answer = new String(channel.fromPod().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("Welcome to nginx!");
        assertThatThrownBy(() -> kubelets.portForward(now("web"), 81)).hasMessageContaining("connection refused");
        api.delete(Resources.PODS, "default", "web", DeleteOptions.DEFAULT);
        eventually(() -> api.find(Resources.PODS, "default", "web").isEmpty());
    }

    @Test
    void a_missing_program_is_refused_in_the_runtimes_words() {
        api.create(Resources.PODS, "default", pod("box", "busybox:1.36", "sleep", "3600"));
        eventually(() -> ready(now("box")));
        RemoteProcess process =
                kubelets.exec(now("box"), new ExecRequest("main", List.of("nosuchbinary"), false, true, true, false));
        assertThat(process.exit().toCompletableFuture().join().error())
                .matches("error executing command in container: failed to exec in container: failed to start exec"
                        + " \"[0-9a-f]{64}\": OCI runtime exec failed: exec failed: unable to start container process:"
                        + " exec: \"nosuchbinary\": executable file not found in \\$PATH");
    }
}
