package dev.kuar.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kuar.Launcher;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import dev.kuar.process.KuarHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verb of the real kubectl through the guard; of several versions those that are on PATH. */
@Timeout(180)
final class GuardIT {
    private static final List<String> READS = List.of(
            "get pods -A",
            "get nodes -o yaml",
            "describe node prod-control-plane",
            "logs -n kube-system etcd-prod-control-plane --tail=1",
            "get --raw /livez",
            "version",
            "api-resources",
            "explain pod.spec",
            "auth can-i delete pods",
            "get events -A",
            "get deployment coredns -n kube-system --subresource=scale");
    private static final List<String> WRITES = List.of(
            "create configmap x",
            "create configmap x --dry-run=server",
            "delete namespace default",
            "delete pods --all -n kube-system",
            "delete namespace default --dry-run=server",
            "label node prod-control-plane a=b",
            "annotate node prod-control-plane a=b",
            "taint node prod-control-plane a=b:NoSchedule",
            "cordon prod-control-plane",
            "scale deployment coredns -n kube-system --replicas=0",
            "set image deployment/coredns coredns=x -n kube-system",
            "rollout restart deployment/coredns -n kube-system",
            "patch node prod-control-plane -p {\"metadata\":{\"labels\":{\"a\":\"b\"}}}",
            "run x --image=busybox",
            "expose deployment coredns -n kube-system --port=1 --name=x",
            "autoscale deployment coredns -n kube-system --max=2",
            "create token default",
            "exec -n kube-system etcd-prod-control-plane -- etcdctl version",
            "attach -n kube-system etcd-prod-control-plane",
            "debug -n kube-system etcd-prod-control-plane --image=busybox",
            "get --raw /api/v1/nodes/prod-control-plane/proxy/healthz",
            "delete --raw /api/v1/namespaces/default");

    @TempDir
    private Path work = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"kubectl", "kubectl.1.27", "kubectl.1.33"})
    void reads_and_nothing_else(String name) throws Exception {
        Optional<Path> kubectl = Launcher.installed(name);
        assumeTrue(kubectl.isPresent(), "skipped: " + name + " is not installed");
        KuarHome home = new KuarHome(work.resolve("home")).prepare();
        Path mine = work.resolve("mine");
        Map<String, String> own =
                Map.of("KUBECONFIG", mine.toString(), "HOME", work.toString(), "PATH", "/usr/bin:/bin");
        try (PracticeCluster foreign = PracticeCluster.start(new ClusterSpec(
                        "prod", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
                Guard guard = new Guard(home, own, work, Clock.systemUTC())) {
            foreign.waitReady(Duration.ofMinutes(5));
            foreign.writeKubeconfig(mine);
            guard.ready();

            for (String line : READS) {
                Ran ran = run(kubectl.get(), home, line);
                assertThat(ran.exit()).as(line + ": " + ran.text()).isZero();
            }
            for (String line : WRITES) {
                Ran ran = run(kubectl.get(), home, line);
                // some commands of kubectl say what failed and exit with 0 all the same
                assertThat(ran.text()).as(line).contains("was not sent", "cluster adopt kind-prod");
            }
        }
    }

    private record Ran(int exit, String text) {}

    private Ran run(Path kubectl, KuarHome home, String line) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(kubectl.toString(), "--context", "kind-prod"));
        words.addAll(List.of(line.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", home.kubeconfig().toString());
        builder.environment().put("HOME", work.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }
}
