package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.time.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node with its kubelet, an API without rules, and a clock that is moved by hand. */
final class KubeletBench implements AutoCloseable {
    private static final int QUIET = 4;

    final MemoryApi api = new MemoryApi();
    final ManualClock clock = new ManualClock();
    final Kubelets kubelets;

    KubeletBench() {
        this("kind");
    }

    /** @param name of a profile whose workers are named as kind's are, or of whose pods each says its node */
    KubeletBench(String name) {
        Profile profile = Profile.named(name);
        for (String each : List.of("default", "kube-system", "kube-node-lease")) {
            api.create(GroupResource.core("namespaces"), "", KubeObject.create("v1", "Namespace", "", each));
        }
        List<NodeSpec> nodes = profile.nodes("my-cluster", 2, "v1.36.2");
        // As the node IPAM controller does, however often a kubelet that knows nothing of it writes.
        api.informer(Resources.NODES).onChange((before, now) -> {
            if (now != null && now.text("spec", "podCIDR").isEmpty()) {
                KubeObject ranged = now.copy();
                nodes.stream()
                        .filter(node -> node.name().equals(now.name()))
                        .forEach(node -> ranged.set(node.podCidr(), "spec", "podCIDR"));
                api.update(Resources.NODES, ranged);
            }
        });
        kubelets = Kubelets.start(api, clock, profile, "my-cluster", 2, "v1.36.2", ClusterServices.NONE);
        for (NodeSpec node : nodes) {
            eventually(() -> api.find(Resources.NODES, "", node.name()).isPresent());
        }
    }

    @Override
    public void close() {
        kubelets.close();
    }

    /** Lets the clock creep on, and everybody do what is then to be done. */
    void eventually(BooleanSupplier condition) {
        eventually(condition, Duration.ofMillis(100));
    }

    void eventually(BooleanSupplier condition, Duration step) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came true; pods: "
                        + api.informer(Resources.PODS).inNamespace("default").stream()
                                .map(pod -> pod + " " + pod.map("status"))
                                .toList()
                        + events());
            }
            clock.advance(step);
            settle();
        }
    }

    /** Waits until kubelets and simulated processes have nothing to do but wait: time moves by the clock alone. */
    private void settle() {
        try {
            for (int round = 0; round < 2; round++) {
                kubelets.quiesce();
                int quiet = 0;
                while (quiet < QUIET) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
                    quiet = isAnybodyBusy() ? 0 : quiet + 1;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command in a container, to its end. */
    void exec(String pod, String container, String script) {
        RemoteProcess process = kubelets.exec(
                now(pod), new ExecRequest(container, List.of("sh", "-c", script), false, true, true, false));
        eventually(() -> process.exit().toCompletableFuture().isDone());
    }

    /** What a command prints, on standard output and then on standard error. */
    String output(String pod, String container, String script) {
        RemoteProcess process = kubelets.exec(
                now(pod), new ExecRequest(container, List.of("sh", "-c", script), false, true, true, false));
        eventually(() -> process.exit().toCompletableFuture().isDone());
        try {
            return new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8)
                    + new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAnybodyBusy() {
        Thread[] all = new Thread[Thread.activeCount() + 16];
        int count = Thread.enumerate(all);
        for (int i = 0; i < count; i++) {
            boolean ours =
                    all[i].getName().startsWith("kubelet-") || all[i].getName().startsWith("process-");
            Thread.State state = all[i].getState();
            boolean waits = state == Thread.State.WAITING
                    || state == Thread.State.TIMED_WAITING
                    || state == Thread.State.TERMINATED;
            if (ours && !waits) {
                return true;
            }
        }
        return false;
    }

    static KubeObject pod(String name) {
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("my-cluster-worker", "spec", "nodeName");
        pod.set("Always", "spec", "restartPolicy");
        pod.set(30L, "spec", "terminationGracePeriodSeconds");
        pod.set(new ArrayList<>(), "spec", "containers");
        pod.set(new ArrayList<>(), "spec", "initContainers");
        return pod;
    }

    static Map<String, Object> container(String name, String image, String... command) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        container.put("image", image);
        container.put("imagePullPolicy", "IfNotPresent");
        if (command.length > 0) {
            container.put("command", List.of(command));
        }
        return container;
    }

    static Map<String, Object> shell(String name, String script) {
        return container(name, "busybox:1.36", "sh", "-c", script);
    }

    @SuppressWarnings("unchecked")
    static KubeObject with(KubeObject pod, String list, Map<String, Object> container) {
        ((List<Object>) pod.at("spec", list)).add(container);
        return pod;
    }

    KubeObject run(KubeObject pod) {
        return api.create(Resources.PODS, "default", pod);
    }

    KubeObject now(String name) {
        return api.get(Resources.PODS, "default", name);
    }

    String phase(String name) {
        return now(name).text("status", "phase");
    }

    /** The status of a container, of whatever kind. */
    KubeObject status(String pod, String container) {
        for (String field : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            for (Map<String, Object> status : now(pod).maps("status", field)) {
                if (container.equals(status.get("name"))) {
                    return KubeObject.of(status);
                }
            }
        }
        return KubeObject.of(new LinkedHashMap<>());
    }

    boolean isRunning(String pod, String container) {
        return status(pod, container).at("state", "running") != null;
    }

    boolean isReady(String pod) {
        return condition(pod, "Ready").text("status").equals("True");
    }

    KubeObject condition(String pod, String type) {
        return now(pod).maps("status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .map(KubeObject::of)
                .findFirst()
                .orElse(KubeObject.of(new LinkedHashMap<>()));
    }

    /** {@code Reason: message} of what was said about pods of the namespace {@code default}, in the order it was first said. */
    List<String> events() {
        return api.informer(Resources.EVENTS).inNamespace("default").stream()
                .filter(event -> event.text("involvedObject", "kind").equals("Pod"))
                .sorted(Comparator.comparingLong(KubeletBench::made))
                .map(event -> event.text("reason") + ": " + event.text("message"))
                .toList();
    }

    private static long made(KubeObject event) {
        String name = event.name();
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1), 16);
    }

    /** Waits until all of this was said: a kubelet does it, and tells of it by the way. */
    void hears(String... said) {
        eventually(() -> events().containsAll(List.of(said)), Duration.ZERO);
    }

    /** When something was said first. */
    Instant toldAt(String event) {
        return api.informer(Resources.EVENTS).inNamespace("default").stream()
                .filter(each -> (each.text("reason") + ": " + each.text("message")).equals(event))
                .map(each -> Instant.parse(each.text("firstTimestamp")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody said " + event + ", but " + events()));
    }

    /** How often something was said. */
    long told(String event) {
        return api.informer(Resources.EVENTS).inNamespace("default").stream()
                .filter(each -> (each.text("reason") + ": " + each.text("message")).equals(event))
                .mapToLong(each -> each.number(1, "count"))
                .sum();
    }
}
