package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.cli.CommandTree;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program before a cluster that is not its own: commands, the built-in kubectl, a real provider's tool from a script. */
@Timeout(120)
final class GuardedWorldTest {
    private static final PracticeCluster FOREIGN = PracticeCluster.start(
            new ClusterSpec("prod", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));

    @TempDir
    private Path work = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private Path config = Path.of("");

    @BeforeAll
    static void wait_for_it() {
        assertThat(FOREIGN.waitReady(java.time.Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void stop() {
        FOREIGN.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        config = work.resolve("config");
        FOREIGN.writeKubeconfig(config);
        Path bin = Files.createDirectories(work.resolve("bin"));
        Path kind = bin.resolve("kind");
        Files.writeString(kind, """
                #!/bin/sh
                echo "kind $*" >> '%1$s/log'
                case "$1 $2" in
                "create cluster") cp '%1$s/made' "$KUBECONFIG" ;;
                "get clusters") exit 7 ;;
                esac
                """.formatted(work));
        Files.setPosixFilePermissions(kind, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path cat = bin.resolve("cat-kubeconfig");
        Files.writeString(cat, "#!/bin/sh\nexec cat \"$KUBECONFIG\"\n");
        Files.setPosixFilePermissions(cat, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.putAll(
                Map.of("HOME", work.toString(), "PATH", bin + ":/usr/bin:/bin", "KUBECONFIG", config.toString()));
    }

    @Test
    void the_built_in_kubectl_reads_and_does_not_write() throws Exception {
        String text = run(
                "kubectl --context kind-prod get nodes",
                "kubectl --context kind-prod create configmap x",
                "kubectl --context kind-prod exec -n kube-system etcd-prod-control-plane -- etcdctl version");

        assertThat(text)
                .contains("prod-control-plane   Ready")
                .contains("POST /api/v1/namespaces/default/configmaps", "cluster adopt kind-prod")
                .contains("(Forbidden): \"GET /api/v1/namespaces/kube-system/pods/etcd-prod-control-plane/exec\"")
                .doesNotContain("etcdctl version:");
    }

    @Test
    void who_has_no_cluster_is_not_told_to_adopt_one() throws Exception {
        environment.remove("KUBECONFIG");
        assertThat(run("kubectl exec web -- ls")).doesNotContain("was not sent", "cluster adopt");
    }

    @Test
    void flags_and_variables_do_not_lead_past_the_guard() throws Exception {
        String text = run(
                "kubectl --kubeconfig " + config + " create configmap x",
                "KUBECONFIG=" + config + " kubectl delete namespace default",
                "kubectl --kubeconfig " + config + " --server "
                        + FOREIGN.server().replace("127.0.0.1", "localhost") + " create configmap x");

        assertThat(text.split("was not sent", -1)).hasSize(4);
    }

    @Test
    void a_program_of_the_system_gets_a_guarded_copy_of_another_kubeconfig() throws Exception {
        Path other = work.resolve("other");
        Files.copy(config, other);
        String text = run("KUBECONFIG=" + other + " cat-kubeconfig", "export KUBECONFIG=" + other, "cat-kubeconfig");

        assertThat(text.split("current-context: kind-prod", -1)).hasSize(3);
        assertThat(text).contains("/read-only/kind-prod-").doesNotContain("client-key", FOREIGN.server());
        assertThat(other).hasSameTextualContentAs(config);
    }

    @Test
    void a_live_kubectl_or_helm_that_is_told_a_kubeconfig_gets_a_guarded_copy() throws Exception {
        for (String tool : List.of("kubectl", "helm")) {
            Path fake = work.resolve("bin").resolve(tool);
            Files.writeString(fake, """
                    #!/bin/sh
                    for word; do
                      case "$word" in
                      --kubeconfig=*) cat "${word#--kubeconfig=}" ;;
                      esac
                    done
                    [ "$1" = --kubeconfig ] && cat "$2"
                    echo "last: $*"
                    """);
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String text = run(
                "live on kubectl",
                "live on helm",
                "kubectl --kubeconfig " + config + " delete namespace default",
                "helm list --kubeconfig=" + config,
                "kubectl exec p -- x --kubeconfig=" + work.resolve("none"));

        assertThat(text.split("/read-only/kind-prod-", -1)).hasSize(3);
        assertThat(text)
                .contains("last: exec p -- x --kubeconfig=" + work.resolve("none"))
                .doesNotContain("client-key", FOREIGN.server());
    }

    @Test
    void a_live_kubectl_or_helm_does_not_reach_a_server_that_no_context_leads_to() throws Exception {
        for (String tool : List.of("kubectl", "helm")) {
            Path fake = work.resolve("bin").resolve(tool);
            Files.writeString(fake, "#!/bin/sh\necho reached: $*\n");
            Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String text = run(
                "live on kubectl",
                "live on helm",
                "kubectl delete namespace default --server " + FOREIGN.server(),
                "kubectl -s" + FOREIGN.server() + " delete namespace default",
                "helm uninstall x --kube-apiserver=" + FOREIGN.server(),
                "HELM_KUBEAPISERVER=" + FOREIGN.server() + " helm list",
                "kubectl exec p -- x --server " + FOREIGN.server());

        assertThat(text.split("past the guard", -1)).hasSize(5);
        assertThat(text)
                .contains("reached: exec p -- x --server", "a context in your kubeconfig")
                .doesNotContain("reached: delete", "reached: -s", "reached: uninstall", "reached: list");
    }

    @Test
    void adopting_shows_the_cluster_and_needs_a_yes() throws Exception {
        String text = run(
                "cluster adopt kind-prod",
                "kubectl --context kind-prod create configmap no",
                "cluster adopt kind-prod --yes",
                "cluster list",
                "kubectl --context kind-prod create configmap yes",
                "kubectl --context kind-prod exec -n kube-system etcd-prod-control-plane -- etcdctl version",
                "cluster unadopt kind-prod",
                "kubectl --context kind-prod delete configmap yes");

        assertThat(text)
                .contains("SERVER     " + FOREIGN.server(), "VERSION    v1.36.2", "kind-prod stays read-only")
                .contains("kind-prod   adopted")
                .contains("configmap/yes created", "etcdctl version:")
                .contains("\"DELETE /api/v1/namespaces/default/configmaps/yes\" was not sent")
                .doesNotContain("configmap/no created");
    }

    @Test
    void a_live_tool_makes_a_real_cluster_that_kuar_may_write_to() throws Exception {
        Files.move(config, work.resolve("made"));
        String text = run(
                "cluster create x --provider kind --nodes 2 --dry-run",
                "live on kind",
                "cluster create x --provider kind --nodes 2 --kubernetes-version 1.31.14 --dry-run",
                "cluster create x --provider kind --nodes 2",
                "cluster list",
                "kubectl create configmap by-its-maker",
                "cluster delete x",
                "cluster delete x --yes");

        assertThat(text)
                .contains("would create the practice cluster x")
                .contains("would run:\n  kind create cluster --name x --config ")
                .contains("--image kindest/node:v1.31.14")
                .contains("kind-prod   created")
                .contains("configmap/by-its-maker created")
                .contains("nothing was run");
        assertThat(Files.readAllLines(work.resolve("log"))).hasSize(3).last().isEqualTo("kind delete cluster --name x");
    }

    @Test
    void a_context_that_a_tool_only_fetched_is_read_only() throws Exception {
        Path elsewhere = work.resolve("elsewhere");
        Files.move(config, elsewhere);
        String text = run(
                "cp " + elsewhere + " $KUBECONFIG", "kubectl create configmap x", "kubectl get nodes", "cluster list");

        assertThat(text).contains("was not sent", "prod-control-plane", "kind-prod   read-only");
    }

    @Test
    void a_context_of_ones_own_is_taken_by_name() throws Exception {
        String text = run(
                "cluster create --provider kubeconfig",
                "cluster create kind-prod --provider kubeconfig",
                "cluster info",
                "cluster delete kind-prod");

        assertThat(text)
                .contains("name a context of your own; there are: kind-prod")
                .contains("The context kind-prod is the current one. kuar made nothing")
                .contains("PROVIDER   read-only")
                .contains("kuar did not make kind-prod, so it does not delete it");
    }

    @Test
    void a_kubeconfig_that_cannot_be_used_is_named_and_left() throws Exception {
        Files.writeString(config, "clusters: [\n");
        assertThat(run("kubectl version --client")).contains("Your kubeconfig " + config + " is left out");
        assertThat(Files.readString(config)).isEqualTo("clusters: [\n");

        Files.delete(config);
        assertThat(run("kubectl version --client")).contains("KUBECONFIG names " + config + ", which is not there");
        assertThat(config).doesNotExist();
    }

    /** Runs lines as {@code kuar run --keep-going} does; all that was printed. */
    private String run(String... lines) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>(List.of("run", "--keep-going", "--lang", "en"));
        for (String line : lines) {
            words.addAll(List.of("-c", line));
        }
        Invocation invocation = new Invocation(
                "kuar",
                words,
                InputStream.nullInputStream(),
                stream,
                stream,
                new HashMap<>(environment),
                work,
                TerminalView.NONE);
        try (PracticeWorld world = new PracticeWorld(new KuarHome(work.resolve("home")), environment, work)) {
            new CommandTree(world.host()).run(invocation);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
