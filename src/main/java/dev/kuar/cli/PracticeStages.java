package dev.kuar.cli;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.kube.ReadException;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.process.KuarHome;
import dev.kuar.tool.ClusterHost;
import dev.kuar.tutor.LineRunner;
import dev.kuar.tutor.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens stages on practice clusters: each in a temporary KUAR_HOME, with a shell whose stand-ins make the cluster as a
 * learner would.
 */
public final class PracticeStages implements Stage.Factory {
    static final String NAME = "my-cluster";
    private static final Duration READY = Duration.ofSeconds(60);

    private final Parts.Factory parts;

    public PracticeStages(Parts.Factory parts) {
        this.parts = parts;
    }

    /** What a stage is made of; {@code Main} wires shell and practice. */
    public interface Parts extends AutoCloseable {
        LineRunner runner();

        ClusterHost clusters();

        /** The context that the provider's tool would write. */
        String contextName(String cluster);

        /** Lets the cluster's API server answer nobody. */
        void silence(String cluster);

        void answer(String cluster);

        /** Lets the time of clusters and tools pass {@code speed} times as fast as the wall clock's. */
        void runAt(double speed);

        void stopNode(String cluster, String node);

        void startNode(String cluster, String node);

        @Override
        void close();

        /** Makes the parts. */
        @FunctionalInterface
        interface Factory {
            /** {@code home} is theirs alone; lines run in {@code folder}. */
            Parts open(KuarHome home, Path folder);
        }
    }

    @Override
    public Stage open(String provider, String kubernetesVersion, int nodes, boolean withCluster)
            throws InterruptedException {
        Path root = temporary();
        KuarHome home = new KuarHome(root.resolve("home")).prepare();
        PracticeStage stage = new PracticeStage(root, home, parts.open(home, folder(root)));
        if (withCluster) {
            create(
                    stage,
                    home,
                    provider,
                    kubernetesVersion.isEmpty() ? ClusterSpec.DEFAULT_VERSION : kubernetesVersion,
                    nodes);
        }
        return stage;
    }

    private static void create(PracticeStage stage, KuarHome home, String provider, String version, int nodes)
            throws InterruptedException {
        ClusterHost host = stage.hosts();
        host.create(new ClusterHost.Order(NAME, provider, nodes, version, java.util.Map.of()));
        if (!host.waitReady(NAME, READY)) {
            throw new ReadException(ReadException.Cause.UNREACHABLE, NAME + " isn't Ready", null);
        }
        ClusterHost.Access access = host.access(NAME);
        ContextText.write(home.kubeconfig(), stage.contextName(NAME), access);
        stage.waitForSystemPods(READY);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("kuar-stage-").toRealPath();
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "lesson.not-written", System.getProperty("java.io.tmpdir"))
                    .because(e);
        }
    }

    private static Path folder(Path root) {
        try {
            return Files.createDirectories(root.resolve("work"));
        } catch (IOException e) {
            throw UserException.saying(Fault.FILE, "lesson.not-written", root).because(e);
        }
    }
}
