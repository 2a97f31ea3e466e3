package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator on the Java Operator SDK, built by a Maven build of its own with a class path of its own ({@code src/it/operator}),
 * run as a process against a practice cluster.
 */
final class OperatorIT {
    private static final Path PROJECT = Launcher.TREE.resolve("src/it/operator");
    private static final Path BUILT = Launcher.TREE.resolve("target/operator");
    private static final String NAMESPACE = "sites";
    private static final String NEW_PAGE =
            "p=/usr/share/nginx/html/index.html; until grep -q again $p; do sleep 1; done; cat $p";

    @TempDir
    private static Path folder = Path.of("");

    private static PracticeCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        Launcher.Result built = new Launcher(Path.of("/bin/sh"), folder)
                .in(Launcher.TREE)
                .with("HOME", System.getProperty("user.home"))
                .run("mvnw", "-B", "-q", "-f", PROJECT.resolve("pom.xml").toString(), "package");
        Assumptions.assumeFalse(
                built.out().contains("Could not transfer") || built.out().contains("Could not resolve dependencies"),
                "skipped: what the operator depends on is not to be had");
        assertThat(built.exit()).as(built.out() + built.err()).isZero();
        cluster = PracticeCluster.start(
                new ClusterSpec("op", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
        client.namespaces()
                .resource(new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.load(Files.newInputStream(PROJECT.resolve("crd.yaml"))).create();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    @Test
    void an_operator_keeps_what_a_custom_resource_asks_for() throws Exception {
        Launcher.Running first = operator();
        first.awaitOutput("operating");
        site("hello", "welcome", 2);
        until(site("hello"), site -> ready(site) == 2);
        GenericKubernetesResource made = site("hello").get();
        assertThat(made.getFinalizers()).containsExactly("sites.kuar.dev/farewell");
        assertThat(made.<Number>get("status", "observedGeneration").longValue())
                .isEqualTo(made.getMetadata().getGeneration());
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("hello")
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .extracting(OwnerReference::getKind, OwnerReference::getUid)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "Site", made.getMetadata().getUid()));
        assertThat(client.v1().events().inNamespace(NAMESPACE).list().getItems())
                .anyMatch(event -> "2 pods serve welcome".equals(event.getMessage())
                        && "sites.kuar.dev/operator".equals(event.getReportingComponent()));

        site("hello").scale(3);
        until(site("hello"), site -> ready(site) == 3);

        client.apps().deployments().inNamespace(NAMESPACE).withName("hello").delete();
        until(
                client.apps().deployments().inNamespace(NAMESPACE).withName("hello"),
                deployment -> Objects.equals(deployment.getStatus().getReadyReplicas(), 3)
                        && !deployment.isMarkedForDeletion());
        client.apps().deployments().inNamespace(NAMESPACE).withName("hello").edit(deployment -> {
            deployment.getSpec().setReplicas(1);
            return deployment;
        });
        until(
                client.apps().deployments().inNamespace(NAMESPACE).withName("hello"),
                deployment -> deployment.getSpec().getReplicas() == 3);

        // The one that leads is killed; another waits for its lease to end, and goes on.
        try (Launcher.Running second = operator()) {
            first.close();
            second.awaitOutput("operating");
            site("hello").edit(site -> {
                site.<Map<String, Object>>get("spec").put("page", "welcome again");
                return site;
            });
            until(
                    client.configMaps().inNamespace(NAMESPACE).withName("hello"),
                    map -> map.getData().get("index.html").equals("welcome again\n"));
            assertThat(shownByAPod()).isEqualTo("welcome again\n");

            assertThat(site("hello").delete()).hasSize(1);
            assertThat(site("hello").waitUntilCondition(Objects::isNull, 3, TimeUnit.MINUTES))
                    .isNull();
            assertThat(client.v1().events().inNamespace(NAMESPACE).list().getItems())
                    .anyMatch(event -> "Farewell".equals(event.getReason()));
            for (Resource<?> owned : List.of(
                    client.apps().deployments().inNamespace(NAMESPACE).withName("hello"),
                    client.configMaps().inNamespace(NAMESPACE).withName("hello"))) {
                assertThat(owned.waitUntilCondition(Objects::isNull, 3, TimeUnit.MINUTES))
                        .isNull();
            }
        }
    }

    /** The page as a mounted volume brings it to a pod, once it is the new one. */
    private static String shownByAPod() throws Exception {
        Pod pod = client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("site", "hello")
                .list()
                .getItems()
                .get(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace(NAMESPACE)
                .resource(pod)
                .writingOutput(out)
                .exec("sh", "-c", NEW_PAGE)) {
            assertThat(exec.exitCode().get(4, TimeUnit.MINUTES)).isZero();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Launcher.Running operator() throws Exception {
        String classes = BUILT.resolve("operator-1.jar") + File.pathSeparator + BUILT.resolve("lib") + "/*";
        return new Launcher(Path.of(System.getProperty("java.home"), "bin", "java"), folder)
                .with("KUBECONFIG", folder.resolve("kubeconfig").toString())
                .start("-cp", classes, "dev.kuar.it.operator.Main", NAMESPACE);
    }

    private static void site(String name, String page, int replicas) {
        GenericKubernetesResource site = new GenericKubernetesResource();
        site.setApiVersion("sites.kuar.dev/v1");
        site.setKind("Site");
        site.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(name)
                .withNamespace(NAMESPACE)
                .build());
        site.setAdditionalProperty("spec", Map.of("page", page, "replicas", replicas));
        client.resource(site).create();
    }

    private static Resource<GenericKubernetesResource> site(String name) {
        return client.genericKubernetesResources("sites.kuar.dev/v1", "Site")
                .inNamespace(NAMESPACE)
                .withName(name);
    }

    private static int ready(GenericKubernetesResource site) {
        return site.get("status", "ready") instanceof Number number ? number.intValue() : -1;
    }

    private static <T> void until(Resource<T> resource, Predicate<T> holds) {
        resource.waitUntilCondition(each -> each != null && holds.test(each), 3, TimeUnit.MINUTES);
    }
}
