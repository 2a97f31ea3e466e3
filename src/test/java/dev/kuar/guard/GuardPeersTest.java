package dev.kuar.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.kubectl.Kubectl;
import dev.kuar.kubectl.KubectlSession;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two guards on one KUAR_HOME, and what the built-in kubectl hears before anything is asked of the cluster. */
@Timeout(300)
final class GuardPeersTest {
    private static PracticeCluster foreign = PracticeCluster.start(
            new ClusterSpec("prod", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));

    @TempDir
    private Path work = Path.of("");

    private KuarHome home = new KuarHome(Path.of("unused"));
    private Guard guard = new Guard(home, Map.of(), Path.of(""), Clock.systemUTC());

    @AfterAll
    static void stop() {
        foreign.close();
    }

    @BeforeEach
    void begin() {
        home = new KuarHome(work.resolve("home")).prepare();
        foreign.writeKubeconfig(work.resolve("mine"));
        guard = open(work.resolve("mine"));
    }

    @AfterEach
    void end() {
        guard.close();
    }

    @Test
    void two_kuars_on_one_home_leave_each_others_entries_alone() throws IOException {
        guard.ready();
        String first = Files.readString(home.kubeconfig());
        Path other = work.resolve("other");
        foreign.writeKubeconfig(other);
        Kubeconfig renamed = Kubeconfig.load(other);
        renamed.put("contexts", "stage", renamed.find("contexts", "kind-prod").orElseThrow());
        renamed.save();
        try (Guard second = open(other)) {
            second.ready();
            assertThat(Kubeconfig.load(home.kubeconfig()).contexts()).containsExactly("kind-prod", "stage");
            assertThat(Files.readString(home.kubeconfig()))
                    .contains(first.lines()
                            .filter(l -> l.contains("server:"))
                            .findFirst()
                            .orElseThrow());
            String settled = Files.readString(home.kubeconfig());

            guard.ready();
            second.ready();
            guard.ready();

            assertThat(Files.readString(home.kubeconfig())).isEqualTo(settled);
            assertThat(client().send("GET", "/version", "", "").status()).isEqualTo(200);
            guard.close();
            second.ready();
            assertThat(client().send("GET", "/version", "", "").status()).isEqualTo(200);
            assertThat(client().send("DELETE", "/api/v1/namespaces/x", "", "").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void entering_a_pod_is_refused_before_the_pod_is_looked_for() throws Exception {
        guard.ready();
        Path local = Files.writeString(work.resolve("a.txt"), "a");
        for (List<String> line : List.of(
                List.of("cp", local.toString(), "shop/no-such-pod:/tmp/a"),
                List.of("cp", "no-such-pod:/etc/hosts", local.toString()),
                List.of("exec", "no-such-pod", "--", "id"),
                List.of("attach", "no-such-pod"),
                List.of("port-forward", "svc/no-such", "8080:80"),
                List.of("port-forward", "no-such-pod", "8080:80"))) {
            assertThat(kubectl(line))
                    .as(line.toString())
                    .contains("kuar only reads kind-prod", "cluster adopt kind-prod");
        }
        assertThat(kubectl(List.of("get", "pod", "no-such-pod"))).contains("NotFound");
    }

    /** What the built-in kubectl says on the learner's context. */
    private String kubectl(List<String> words) throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> line = new ArrayList<>(List.of("--context", "kind-prod"));
        line.addAll(words);
        new Kubectl(new KubectlSession(Clock.systemUTC(), guard.gate()))
                .run(new Invocation(
                        "kubectl",
                        line,
                        InputStream.nullInputStream(),
                        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new HashMap<>(Map.of("KUBECONFIG", home.kubeconfig().toString())),
                        work,
                        TerminalView.NONE));
        return err.toString(StandardCharsets.UTF_8);
    }

    private Guard open(Path config) {
        return new Guard(
                home,
                Map.of("KUBECONFIG", config.toString(), "PATH", "/usr/bin:/bin", "HOME", work.toString()),
                work,
                Clock.systemUTC());
    }

    private RawClient client() throws IOException {
        return RawClient.of(Kubeconfig.load(home.kubeconfig()), "kind-prod");
    }
}
