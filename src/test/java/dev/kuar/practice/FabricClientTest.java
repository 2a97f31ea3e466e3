package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** fabric8's client against a practice cluster, the way fabric8's own integration tests use it. */
final class FabricClientTest {
    private static final String SPACE = "fabric";
    private static final long LIMIT = 300;

    private static PracticeCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        cluster = PracticeCluster.start(
                new ClusterSpec("f", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        assertThat(cluster.waitReady(Duration.ofSeconds(LIMIT)).missing()).isEmpty();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    private static ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(SPACE)
                .endMetadata()
                .withData(data)
                .build();
    }

    private static Pod pod(String name, String image, String... command) {
        Pod pod = new PodBuilder(Serialization.unmarshal(
                        "metadata: {namespace: fabric}\nspec: {containers: [{name: main}]}", Pod.class))
                .editMetadata()
                .withName(name)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .withCommand(command)
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        return client.resource(pod).waitUntilReady(LIMIT, TimeUnit.SECONDS);
    }

    @Test
    void an_informer_hears_what_comes_changes_and_goes() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        client.resource(map("before", Map.of())).create();
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps()
                .inNamespace(SPACE)
                .withLabelSelector("!quiet")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ConfigMap map) {
                        heard.add("+" + map.getMetadata().getName());
                    }

                    @Override
                    public void onUpdate(ConfigMap old, ConfigMap now) {
                        heard.add("~" + now.getMetadata().getName());
                    }

                    @Override
                    public void onDelete(ConfigMap map, boolean unknown) {
                        heard.add("-" + map.getMetadata().getName());
                    }
                })) {
            assertThat(informer.hasSynced()).isTrue();
            client.resource(map("heard", Map.of("a", "1"))).create();
            client.configMaps().inNamespace(SPACE).withName("heard").edit(m -> {
                m.getData().put("a", "2");
                return m;
            });
            client.resource(map("heard", Map.of())).delete();

            String all = "";
            while (!all.endsWith("-heard")) {
                all += " " + heard.poll(LIMIT, TimeUnit.SECONDS);
            }
            // Every namespace is given a map of its own some time after it was made.
            assertThat(all.replace(" +kube-root-ca.crt", ""))
                    .contains("+before")
                    .endsWith(" +heard ~heard -heard");
            assertThat(informer.getIndexer().getByKey(SPACE + "/before")).isNotNull();
        }
    }

    @Test
    void a_watch_from_a_version_misses_nothing() throws Exception {
        ConfigMap first = client.resource(map("w", Map.of())).create();
        client.resource(map("w", Map.of("a", "1"))).update();
        client.resource(map("w", Map.of())).delete();
        ListOptions since = new ListOptionsBuilder()
                .withResourceVersion(first.getMetadata().getResourceVersion())
                .build();
        BlockingQueue<Watcher.Action> seen = new LinkedBlockingQueue<>();
        try (var watch = client.configMaps().inNamespace(SPACE).withName("w").watch(since, new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.add(action);
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add(Action.ERROR);
            }
        })) {
            assertThat(seen.poll(LIMIT, TimeUnit.SECONDS)).isEqualTo(Watcher.Action.MODIFIED);
            assertThat(seen.poll(LIMIT, TimeUnit.SECONDS)).isEqualTo(Watcher.Action.DELETED);
        }
    }

    @Test
    void two_electors_lead_one_after_the_other() throws Exception {
        BlockingQueue<String> leads = new LinkedBlockingQueue<>();
        CompletableFuture<?> first = elector("one", leads).start();
        assertThat(leads.poll(LIMIT, TimeUnit.SECONDS)).isEqualTo("one");
        CompletableFuture<?> second = elector("two", leads).start();

        first.cancel(true);

        assertThat(leads.poll(LIMIT, TimeUnit.SECONDS)).isEqualTo("two");
        assertThat(client.leases()
                        .inNamespace(SPACE)
                        .withName("leader")
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .isEqualTo("two");
        second.cancel(true);
    }

    private static LeaderElector elector(String name, BlockingQueue<String> leads) {
        return client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("election")
                        .withLock(new LeaseLock(SPACE, "leader", name))
                        .withLeaseDuration(Duration.ofSeconds(15))
                        .withRenewDeadline(Duration.ofSeconds(10))
                        .withRetryPeriod(Duration.ofMillis(500))
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(() -> leads.add(name), () -> {}, now -> {}))
                        .build())
                .build();
    }

    @Test
    void server_side_apply_shares_and_refuses() {
        ConfigMap made = client.resource(map("ssa", Map.of("a", "1")))
                .fieldManager("alice")
                .serverSideApply();
        assertThat(made.getMetadata().getManagedFields()).hasSize(1).allSatisfy(entry -> assertThat(
                        entry.getManager() + " " + entry.getOperation())
                .isEqualTo("alice Apply"));
        assertThatThrownBy(() -> client.resource(map("ssa", Map.of("a", "2")))
                        .fieldManager("bob")
                        .serverSideApply())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("Apply failed with 1 conflict: conflict with \"alice\": .data.a");
        ConfigMap taken = client.resource(map("ssa", Map.of("a", "2")))
                .fieldManager("bob")
                .forceConflicts()
                .serverSideApply();
        assertThat(taken.getData()).containsEntry("a", "2");
        assertThat(client.resource(map("ssa", Map.of("b", "3")))
                        .fieldManager("alice")
                        .serverSideApply()
                        .getData())
                .isEqualTo(Map.of("a", "2", "b", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "JSON_MERGE", "STRATEGIC_MERGE"})
    void every_kind_of_patch_is_taken(String type) {
        String name = "patch-" + type.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        client.resource(map(name, Map.of("a", "1"))).create();
        String patch = type.equals("JSON")
                ? "[{\"op\":\"replace\",\"path\":\"/data/a\",\"value\":\"2\"}]"
                : "{\"data\":{\"a\":\"2\"}}";

        ConfigMap patched = client.configMaps()
                .inNamespace(SPACE)
                .withName(name)
                .patch(PatchContext.of(PatchType.valueOf(type)), patch);

        assertThat(patched.getData()).containsEntry("a", "2");
    }

    @Test
    void a_stale_update_is_refused_with_the_servers_word() {
        ConfigMap old = client.resource(map("stale", Map.of())).create();
        client.resource(map("stale", Map.of("a", "1"))).update();

        assertThatThrownBy(() -> client.resource(old).lockResourceVersion().update())
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(409))
                .hasMessageContaining("the object has been modified");
    }

    @Test
    void commands_are_run_with_their_streams_and_exit_code() throws Exception {
        Pod pod = pod("exec", "busybox", "sleep", "1d");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .resource(pod)
                .redirectingInput()
                .writingOutput(out)
                .writingError(err)
                .exec("sh", "-c", "head -n 2; echo three >&2; exit 4")) {
            exec.getInput().write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            assertThat(exec.exitCode().get(LIMIT, TimeUnit.SECONDS)).isEqualTo(4);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("three\n");
        try (ExecWatch shell = client.pods()
                .resource(pod)
                .redirectingInput()
                .redirectingOutput()
                .withTTY()
                .exec("sh")) {
            shell.resize(100, 30);
            shell.getInput().write("stty size; exit 0\n".getBytes(StandardCharsets.UTF_8));
            shell.getInput().flush();
            assertThat(shell.exitCode().get(LIMIT, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void a_log_is_followed_to_its_end() throws Exception {
        Pod pod = pod("log", "busybox", "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 1; done; sleep 1d");
        try (LogWatch log = client.pods().resource(pod).watchLog();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
            assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine()))
                    .containsExactly("line 1", "line 2", "line 3");
        }
        assertThat(client.pods().resource(pod).tailingLines(1).getLog()).isEqualTo("line 3\n");
    }

    @Test
    void a_port_is_forwarded_again_and_again() throws Exception {
        Pod pod = pod("port", "nginx");
        try (LocalPortForward forward = client.pods().resource(pod).portForward(80)) {
            for (int i = 0; i < 5; i++) {
                assertThat(page(forward.getLocalPort()).body()).contains("Welcome to nginx!");
            }
            assertThat(forward.errorOccurred()).isFalse();
        }
    }

    private static HttpResponse<String> page(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_deployment_is_awaited_rolled_and_scaled() {
        Deployment deployment = Serialization.unmarshal("""
                metadata: {name: web, namespace: fabric}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: nginx}]}
                """, Deployment.class);
        client.resource(deployment).createOr(existing -> existing.update());
        client.resource(deployment).waitUntilReady(LIMIT, TimeUnit.SECONDS);
        var web = client.apps().deployments().inNamespace(SPACE).withName("web");

        web.edit(d -> new DeploymentBuilder(d)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("nginx:1.27")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        assertThat(web.waitUntilCondition(
                                d -> d.getStatus().getUpdatedReplicas() != null
                                        && d.getStatus().getUpdatedReplicas() == 2
                                        && d.getStatus().getReplicas() == 2
                                        && d.getStatus()
                                                .getObservedGeneration()
                                                .equals(d.getMetadata().getGeneration()),
                                LIMIT,
                                TimeUnit.SECONDS)
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "2");
        assertThat(web.scale(1).getSpec().getReplicas()).isEqualTo(1);
        web.rolling().undo();
        assertThat(web.get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("nginx");
        assertThat(web.withTimeoutInMillis(LIMIT * 1000).delete()).hasSize(1);
        assertThat(web.get()).isNull();
    }

    @Test
    void a_manifest_is_loaded_and_deleted_as_one() {
        String yaml = Serialization.asYaml(map("one", Map.of("a", "1"))) + "\n---\n"
                + Serialization.asYaml(map("two", Map.of("a", "1")));
        var both = client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));

        both.serverSideApply();
        assertThat(client.configMaps()
                        .inNamespace(SPACE)
                        .withField("metadata.name", "two")
                        .list()
                        .getItems())
                .hasSize(1);
        both.delete();
        assertThat(client.configMaps().inNamespace(SPACE).withName("one").get()).isNull();
    }
}
