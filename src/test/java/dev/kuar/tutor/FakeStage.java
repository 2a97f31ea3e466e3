package dev.kuar.tutor;

import dev.kuar.check.FakeCluster;
import dev.kuar.check.RunOf;
import dev.kuar.kube.CommandRun;
import dev.kuar.kube.ReadException;
import dev.kuar.lesson.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage with a fake cluster of two nodes, on which {@code kubectl get nodes} shows what is there. It may begin without the
 * cluster; {@code kind create cluster} and {@code kind delete cluster} make it and take it away.
 */
final class FakeStage implements Stage {
    private final FakeCluster cluster = FakeCluster.withNodes("a-control-plane", "a-worker");
    private final ScriptedRunner runner;
    private final List<String> repositories = new ArrayList<>();
    private boolean stopped;
    private boolean made;

    FakeStage(Path folder) {
        this(folder, true);
    }

    FakeStage(Path folder, boolean made) {
        this.made = made;
        this.runner = new ScriptedRunner(folder, this::run);
    }

    /** Lets the cluster leave so many reads without an answer. */
    FakeStage ignoring(int reads) {
        cluster.ignore(reads);
        return this;
    }

    @Override
    public LineRunner runner() {
        return runner;
    }

    @Override
    public Surroundings surroundings() {
        return new FakeSurroundings(cluster) {
            @Override
            public Optional<Current> current() {
                return made ? super.current() : Optional.empty();
            }

            @Override
            public List<Map<String, Object>> clusters() {
                return made ? List.of(Map.of("name", "my-cluster", "status", "RUNNING")) : List.of();
            }
        };
    }

    @Override
    public Object settings() {
        return repositories;
    }

    @Override
    public void change(Change change, String name, String manifest) {
        if (change instanceof Change.StopNode) {
            cluster.add(FakeCluster.node(name, "Unknown"));
        }
    }

    @Override
    public void stopCluster() {
        stopped = true;
        cluster.stop();
    }

    @Override
    public void startCluster() {
        stopped = false;
        cluster.start();
    }

    @Override
    public void runAt(double speed) {}

    @Override
    public void close() {}

    private List<CommandRun> run(String line) {
        if (line.startsWith("helm repo add ")) {
            repositories.add(line);
            return List.of(RunOf.run(line, "repo add", "", repositories.size() == 1 ? 0 : 1, "", List.of()));
        }
        if (line.startsWith("kind ")) {
            made = line.equals("kind create cluster") || (made && !line.equals("kind delete cluster"));
            return List.of(RunOf.run(line, "create cluster", "", 0, "", List.of()));
        }
        boolean nodes = line.equals("kubectl get nodes") || line.equals("kubectl get no");
        if (!nodes) {
            return List.of(RunOf.run(line, "get", "Pod", 0, "", List.of()));
        }
        if (stopped) {
            return List.of(RunOf.run(line, "get", "Node", 1, "", List.of()));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        try {
            cluster.list("v1", "Node", "")
                    .forEach(
                            n -> rows.add(Map.of("name", String.valueOf(((Map<?, ?>) n.get("metadata")).get("name")))));
        } catch (ReadException unanswered) {
            String said = "Unable to connect to the server: net/http: TLS handshake timeout\n";
            return List.of(RunOf.run(line, "get", "Node", 1, said, List.of()));
        }
        return List.of(RunOf.run(line, "get", "Node", 0, "", rows));
    }
}
