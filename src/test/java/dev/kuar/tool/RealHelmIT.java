package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.ClientRun;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Helm 3 on a practice cluster: hooks, custom resources, tests of a release, and practice's own charts. */
final class RealHelmIT {
    private static final String CHART =
            Path.of("src/it/charts/demo").toAbsolutePath().toString();

    @TempDir
    private static Path folder = Path.of("");

    private static PracticeCluster cluster;
    private static Path helm;

    @BeforeAll
    static void start() throws Exception {
        helm = ClientRun.require("helm");
        cluster = PracticeCluster.start(
                new ClusterSpec("h", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static ClientRun helm(String... arguments) {
        List<String> line = new ArrayList<>(List.of(helm.toString()));
        line.addAll(List.of(arguments));
        return ClientRun.of(
                folder, Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()), "", line);
    }

    private static String works(String... arguments) {
        ClientRun run = helm(arguments);
        assertThat(run.exit()).as(run.error()).isZero();
        return run.output();
    }

    @Test
    void a_release_goes_through_its_whole_life() {
        assertThat(works("install", "demo", CHART, "--wait", "--timeout", "60s"))
                .contains("STATUS: deployed", "hello from revision 1 of demo.");
        assertThat(works("upgrade", "demo", CHART, "--set", "greeting=hallo,replicas=2", "--wait", "--timeout", "60s"))
                .contains("hallo from revision 2 of demo.");

        ClientRun failed = helm("upgrade", "demo", CHART, "--set", "migration.exit=3", "--timeout", "60s");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.error())
                .contains("pre-upgrade hooks failed", "job demo-migrate failed: BackoffLimitExceeded");
        ClientRun refused = helm("upgrade", "demo", CHART, "--set", "greeting=" + "x".repeat(41));
        assertThat(refused.error()).contains("Greeting.demo.kuar.dev \"demo\" is invalid: spec.text: Too long");

        assertThat(works("rollback", "demo", "1", "--wait", "--timeout", "60s")).contains("Rollback was a success!");
        assertThat(works("history", "demo")).contains("superseded", "failed", "Rollback to 1");
        assertThat(works("test", "demo", "--logs")).contains("Phase:          Succeeded", "Welcome to nginx!");
        assertThat(works("uninstall", "demo", "--wait")).contains("release \"demo\" uninstalled");
        assertThat(works("list")).doesNotContain("demo");
    }

    @Test
    void the_charts_of_practice_install_from_their_repository() throws Exception {
        try (ChartRepository repository = ChartRepository.start(0)) {
            works("repo", "add", "practice", repository.url());
            works("repo", "update");
            String board = "kubernetes-dashboard";
            assertThat(works(
                            "upgrade",
                            "--install",
                            board,
                            "practice/" + board,
                            "--create-namespace",
                            "-n",
                            board,
                            "--wait",
                            "--timeout",
                            "60s"))
                    .contains("STATUS: deployed", "svc/kubernetes-dashboard-kong-proxy 8443:443");
            assertThat(works("uninstall", board, "-n", board)).contains("uninstalled");
        }
    }
}
