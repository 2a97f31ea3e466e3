package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.cli.CommandTree;
import dev.kuar.guard.TrustBook;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real clusters by the providers' tools, which are scripts that write kubeconfigs and fail as the real ones do. */
@Timeout(300)
final class RealToolsTest {
    private static final PracticeCluster REAL = PracticeCluster.start(
            new ClusterSpec("prod", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));

    @TempDir
    private Path work = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private String answers = "";

    @BeforeAll
    static void wait_for_it() {
        assertThat(REAL.waitReady(java.time.Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void stop() {
        REAL.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        REAL.writeKubeconfig(work.resolve("made"));
        Files.createFile(work.resolve("log"));
        Path bin = Files.createDirectories(work.resolve("bin"));
        for (String tool : List.of("gcloud", "az", "eksctl", "kind", "minikube")) {
            Path fake = Files.copy(Path.of("src/test/resources/fakes", tool), bin.resolve(tool));
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        environment.putAll(Map.of(
                "HOME", work.toString(), "PATH", bin + ":/usr/bin:/bin", "FAKES", work.toString(), "FAKE", "works"));
    }

    @Test
    void gke_is_asked_about_made_recorded_and_deleted_where_it_is() throws Exception {
        String create = "cluster create kuar-cluster --provider gke --nodes 3";
        assertThat(answering("n", "live on gcloud", create))
                .contains("gcloud container clusters create kuar-cluster --num-nodes=3")
                .contains("costs money until it is deleted. Run them?", "nothing was run");
        assertThat(log()).noneMatch(line -> line.contains("create"));

        assertThat(answering("y", "live on gcloud", create, "kubectl create configmap of-gke", "cluster list"))
                .contains("configmap/of-gke created", "gke_learning-1_us-west1-a_kuar-cluster   created");

        assertThat(answering("y", "live on gcloud", "cluster delete kuar-cluster"))
                .contains("deletes a real cluster", "Deleted kuar-cluster");
        assertThat(log())
                .last()
                .isEqualTo(
                        "gcloud container clusters delete kuar-cluster --quiet --location=us-west1-a --project=learning-1");
        assertThat(book().created()).isEmpty();
    }

    @Test
    void a_typed_line_that_costs_is_asked_about_and_its_cluster_is_kuars_to_delete() throws Exception {
        String line = "gcloud container clusters create mine --num-nodes=3";
        assertThat(answering("", "live on gcloud", line)).contains("This makes something real that costs money");
        assertThat(log()).noneMatch(each -> each.contains("create"));

        answering("y", "live on gcloud", line);
        assertThat(answering("y", "live on gcloud", "cluster delete mine")).contains("Deleted mine");
        assertThat(log()).last().asString().contains("clusters delete mine --quiet --location=us-west1-a");
    }

    @Test
    void what_a_cloud_refuses_is_said_in_its_words_and_nothing_is_recorded() throws Exception {
        for (String failure : List.of("logged-out", "no-project", "quota")) {
            environment.put("FAKE", failure);
            String text = run("live on gcloud --yes", "cluster create kuar-cluster --provider gke --yes");

            assertThat(text)
                    .as(failure)
                    .contains("ERROR: (gcloud.container.clusters.create)")
                    .contains("may be there, and cost money: gcloud container clusters list");
            assertThat(book().created()).as(failure).isEmpty();
        }
    }

    @Test
    void an_interrupted_creation_says_what_may_be_left() throws Exception {
        environment.put("FAKE", "slow");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CountDownLatch ended = new CountDownLatch(1);
        Thread typing = new Thread(() -> {
            try {
                run(printed, "live on gcloud --yes", "cluster create kuar-cluster --provider gke --yes");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                ended.countDown();
            }
        });
        typing.start();
        while (!Files.exists(work.resolve("begun"))) {
            Thread.onSpinWait();
        }
        typing.interrupt();

        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("may be there, and cost money: gcloud container clusters list");
        assertThat(book().created()).isEmpty();
    }

    @Test
    void aks_deletes_the_cluster_and_not_the_group_that_others_may_use() throws Exception {
        String text = run(
                "live on az --yes",
                "az group create --name=kuar --location=westus",
                "az aks create --resource-group=kuar --name=kuar-cluster",
                "az aks get-credentials --resource-group=kuar --name=kuar-cluster",
                "kubectl create configmap of-aks",
                "cluster delete kuar-cluster --yes");

        assertThat(text).contains("configmap/of-aks created", "Deleted kuar-cluster");
        assertThat(log()).last().isEqualTo("az aks delete --resource-group kuar --name kuar-cluster --yes");
    }

    @Test
    void az_and_eksctl_without_a_login_say_so() throws Exception {
        environment.put("FAKE", "logged-out");
        String text = run(
                "live on az --yes",
                "cluster create a --provider aks --yes",
                "live on eksctl --yes",
                "cluster create b --provider eks --yes");

        assertThat(text).contains("Please run 'az login'", "no EC2 IMDS role found", "eksctl get cluster");
        assertThat(log()).noneMatch(line -> line.startsWith("az aks create"));
        assertThat(book().created()).isEmpty();
    }

    @Test
    void eks_with_a_generated_name_is_deleted_by_it() throws Exception {
        run("live on eksctl --yes", "eksctl create cluster", "cluster delete fabulous-badger-1 --yes");

        assertThat(log()).last().isEqualTo("eksctl delete cluster --name fabulous-badger-1 --region us-west-2");
    }

    @Test
    void a_kind_cluster_with_the_default_name_is_deleted_by_it() throws Exception {
        run("live on kind", "kind create cluster", "cluster delete kind --yes");

        assertThat(log()).last().isEqualTo("kind delete cluster --name kind");
    }

    @Test
    void a_minikube_cluster_is_stopped_and_deleted_by_its_profile() throws Exception {
        run("live on minikube", "minikube start", "cluster stop minikube", "cluster delete minikube --yes");
        assertThat(log()).endsWith("minikube stop --profile minikube", "minikube delete --profile minikube");
    }

    @Test
    void without_an_engine_kind_and_minikube_make_nothing() throws Exception {
        environment.put("FAKE", "no-engine");
        String text = run(
                "live on kind",
                "cluster create x --provider kind",
                "live on minikube",
                "cluster create y --provider minikube");

        assertThat(text)
                .contains("Is the docker daemon running?", "PROVIDER_DOCKER_NOT_RUNNING")
                .contains("kind did not finish. What it has made so far may be there: kind get clusters")
                .contains("minikube profile list")
                .doesNotContain("cost money: kind", "cost money: minikube");
        assertThat(book().created()).isEmpty();
    }

    @Test
    void a_name_of_a_practice_cluster_is_not_taken_by_a_real_one() throws Exception {
        String text = run("cluster create kind --provider kind", "live on kind", "cluster create kind --provider kind");

        assertThat(text).contains("there is a cluster named kind already");
        assertThat(log()).noneMatch(line -> line.startsWith("kind create"));
    }

    @Test
    void nothing_that_costs_is_made_while_the_kubeconfig_cannot_take_its_context() throws Exception {
        Path kubeconfig = work.resolve("home/kubeconfig");
        Files.createDirectories(kubeconfig.getParent());
        Files.writeString(kubeconfig, "clusters: [\n");
        String text = run(
                "live on gcloud --yes",
                "cluster create a --provider gke --yes",
                "live off gcloud",
                "gcloud config set project learning-1",
                "gcloud config set compute/zone us-west1-a",
                "gcloud container clusters create b",
                "minikube start",
                "eksctl create cluster",
                "kind create cluster",
                "cluster create c --provider kind",
                "cluster list");

        assertThat(log()).noneMatch(line -> line.contains("create"));
        assertThat(text.split("is no YAML", -1)).hasSizeGreaterThanOrEqualTo(7);
        assertThat(text).doesNotContain("Creating cluster", "EKS cluster \"");
        assertThat(Files.readString(kubeconfig)).isEqualTo("clusters: [\n");
    }

    @Test
    void what_kuar_did_not_make_is_not_deleted() throws Exception {
        environment.put("KUBECONFIG", work.resolve("made").toString());
        String text = run("live on kind", "cluster delete kind-prod --yes", "cluster info kind-prod");

        assertThat(text)
                .contains("kuar did not make kind-prod")
                .contains("SERVER     " + REAL.server(), "GUARD      https://127.0.0.1:");
        assertThat(log()).noneMatch(line -> line.contains("delete"));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(work.resolve("log"));
    }

    private TrustBook book() {
        return new TrustBook(new KuarHome(work.resolve("home")).configuration());
    }

    private String answering(String answer, String... lines) throws InterruptedException {
        answers = answer + "\n";
        return run(lines);
    }

    private String run(String... lines) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        run(printed, lines);
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Runs lines as {@code kuar run --keep-going} does in a terminal at which {@link #answers} are typed. */
    private void run(ByteArrayOutputStream printed, String... lines) throws InterruptedException {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of("run", "--keep-going", "--lang", "en"));
        for (String line : lines) {
            words.addAll(List.of("-c", line));
        }
        Invocation invocation = new Invocation(
                "kuar",
                words,
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                stream,
                stream,
                new HashMap<>(environment),
                work,
                new PlainTerminal(true, false, 200));
        try (PracticeWorld world = new PracticeWorld(new KuarHome(work.resolve("home")), environment, work)) {
            new CommandTree(world.host()).run(invocation);
        }
    }
}
