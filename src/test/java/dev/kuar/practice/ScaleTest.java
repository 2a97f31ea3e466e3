package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many pods on many nodes: all come to run, and each Service knows all of its pods.
 *
 * <p>{@code -Dkuar.nodes=N} and {@code -Dkuar.pods=N} change the size of the slow one.
 */
final class ScaleTest {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource DEPLOYMENTS = GroupResource.of("apps", "deployments");
    private static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");
    private static final int A_DEPLOYMENT = 50;

    @Test
    void pods_settle_on_their_nodes() throws Exception {
        settle(4, 100);
    }

    @Test
    @Tag("slow")
    void ten_thousand_pods_settle_on_a_hundred_nodes() throws Exception {
        settle(Integer.getInteger("kuar.nodes", 100), Integer.getInteger("kuar.pods", 10_000));
    }

    private static void settle(int nodes, int pods) throws Exception {
        long begun = System.nanoTime();
        long cpu = cpu();
        try (PracticeCluster cluster = PracticeCluster.start(new ClusterSpec(
                "scale", "kind", nodes + 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()))) {
            assertThat(cluster.waitReady(Duration.ofMinutes(10)).missing()).isEmpty();
            say("ready with " + nodes + " nodes", begun, cpu);
            ApiClient client = cluster.client("test");
            Set<String> running = new HashSet<>();
            CountDownLatch all = new CountDownLatch(1);
            AutoCloseable following = client.informer(PODS).onChange((old, now) -> {
                if (now != null
                        && now.namespace().equals("default")
                        && now.text("status", "phase").equals("Running")) {
                    running.add(now.name());
                    if (running.size() == pods) {
                        all.countDown();
                    }
                }
            });
            for (int i = 0; i < pods / A_DEPLOYMENT; i++) {
                client.create(DEPLOYMENTS, "default", object(deployment("d" + i)));
                client.create(GroupResource.core("services"), "default", object(service("d" + i)));
            }
            assertThat(all.await(2, TimeUnit.HOURS)).as("running").isTrue();
            following.close();
            say(pods + " pods run", begun, cpu);
            awaitEndpoints(client, pods);
            say("their endpoints are there", begun, cpu);
            List<KubeObject> found = List.copyOf(client.informer(PODS).inNamespace("default"));
            assertThat(found).hasSize(pods);
            assertThat(found.stream().map(pod -> pod.text("status", "podIP")).distinct())
                    .hasSize(pods);
            assertThat(found.stream()
                            .map(pod -> pod.text("spec", "nodeName"))
                            .distinct()
                            .count())
                    .isGreaterThan(nodes / 2);
        }
    }

    private static void awaitEndpoints(ApiClient client, int pods) throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        Runnable look = () -> {
            int ready = 0;
            for (KubeObject slice : client.informer(SLICES).inNamespace("default")) {
                if (slice.name().startsWith("d")) {
                    for (var endpoint : slice.maps("endpoints")) {
                        if (Boolean.TRUE.equals(KubeObject.of(endpoint).at("conditions", "ready"))) {
                            ready++;
                        }
                    }
                }
            }
            if (ready == pods) {
                known.countDown();
            }
        };
        AutoCloseable following = client.informer(SLICES).onChange((old, now) -> look.run());
        look.run();
        assertThat(known.await(1, TimeUnit.HOURS)).as("endpoints").isTrue();
        following.close();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void say(String what, long begun, long cpu) {
        System.gc();
        Runtime run = Runtime.getRuntime();
        System.getLogger("ScaleTest")
                .log(
                        System.Logger.Level.INFO,
                        String.format(
                                "%s: %.1f s, %.1f s of CPU, %d MiB live",
                                what,
                                (System.nanoTime() - begun) / 1e9,
                                (cpu() - cpu) / 1e9,
                                (run.totalMemory() - run.freeMemory()) >> 20));
    }

    private static KubeObject object(String json) {
        return KubeObject.of(JsonReader.readMap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String deployment(String name) {
        return """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s","namespace":"default"},
             "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"%1$s"}},"template":{"metadata":{"labels":{"app":"%1$s"}},
              "spec":{"containers":[{"name":"c","image":"nginx","resources":{"requests":{"cpu":"1m","memory":"1Mi"}}}]}}}}
            """.formatted(name, A_DEPLOYMENT);
    }

    private static String service(String name) {
        return """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"%1$s","namespace":"default"},
             "spec":{"selector":{"app":"%1$s"},"ports":[{"port":80}]}}
            """.formatted(name);
    }
}
