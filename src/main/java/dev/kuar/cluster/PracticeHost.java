package dev.kuar.cluster;

import dev.kuar.kube.RequestLog;
import dev.kuar.practice.ClusterException;
import dev.kuar.practice.ClusterRecord;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeClusters;
import dev.kuar.practice.PracticeClusters.Credentials;
import dev.kuar.practice.RunSettings;
import dev.kuar.practice.profile.Profile;
import dev.kuar.tool.ClusterHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The practice clusters of one KUAR_HOME, as the stand-ins ask for them. Closing it ends those that this process runs. */
public final class PracticeHost implements ClusterHost, AutoCloseable {
    private final Path directory;
    private final PracticeClusters clusters;

    /** {@code directory} is {@code KUAR_HOME/clusters}. */
    public PracticeHost(Path directory) {
        this(directory, RunSettings.USUAL);
    }

    /** Like {@link #PracticeHost(Path)}, with other settings than the usual ones. */
    public PracticeHost(Path directory, RunSettings settings) {
        this.directory = directory;
        this.clusters = new PracticeClusters(directory, settings);
    }

    @Override
    public List<Hosted> list() {
        return clusters.list().stream().map(PracticeHost::hosted).toList();
    }

    @Override
    public Optional<Hosted> find(String name) {
        return clusters.find(name).map(PracticeHost::hosted);
    }

    @Override
    public Hosted create(Order order) {
        ClusterSpec spec = new ClusterSpec(
                order.name(),
                order.profile(),
                order.nodes(),
                order.kubernetesVersion(),
                Optional.of(directory.resolve(order.name())),
                0,
                Optional.empty());
        return hosted(explained(() -> clusters.create(spec, order.attributes())));
    }

    @Override
    public boolean waitReady(String name, Duration limit) {
        return explained(() -> clusters.waitReady(name, limit));
    }

    /** Returns when a cluster that is not stopped answers, here or in another process; starts it where it sleeps. */
    public void wake(String name) {
        explained(() -> clusters.wake(name));
    }

    @Override
    public long snapshot(String name, Path file) {
        return explained(() -> clusters.snapshot(name, file));
    }

    @Override
    public Hosted restore(Path file, String name) {
        return explained(() -> {
            ClusterRecord made = clusters.restore(file, name);
            clusters.wake(made.name());
            return hosted(clusters.find(made.name()).orElse(made));
        });
    }

    @Override
    public void stop(String name) {
        explained(() -> clusters.stop(name));
    }

    @Override
    public void start(String name) {
        explained(() -> clusters.start(name));
    }

    @Override
    public void delete(String name) {
        if (clusters.find(name).isPresent()) {
            explained(() -> clusters.delete(name));
        }
    }

    @Override
    public void setAttributes(String name, Map<String, String> attributes) {
        var unused = clusters.setAttributes(name, attributes);
    }

    @Override
    public Access access(String name) {
        Credentials keys = explained(() -> clusters.credentials(name));
        return new Access(keys.server(), keys.caPem(), keys.certificatePem(), keys.keyPem());
    }

    /** The context that the provider's tool writes for a cluster. */
    public String contextName(String name) {
        return Profile.named(profile(name)).contextName(name);
    }

    /** What kubectls ask of the clusters that this process runs, from now on. */
    public RequestLog.Listening listen() {
        return new PracticeRequests(clusters.listen());
    }

    /** Lets the API server of a cluster that runs here answer nobody; what {@link #list} says doesn't change. */
    public void silence(String name) {
        clusters.silence(name);
    }

    /** Lets the API server answer again; does nothing where the cluster has been stopped or deleted. */
    public void answer(String name) {
        clusters.answer(name);
    }

    /** Lets the time of the clusters that run here pass {@code speed} times as fast as the wall clock's. */
    public void runAt(double speed) {
        clusters.runAt(speed);
    }

    public void stopNode(String name, String node) {
        explained(() -> clusters.stopNode(name, node));
    }

    public void startNode(String name, String node) {
        explained(() -> clusters.startNode(name, node));
    }

    @Override
    public List<String> restore(String name) {
        return clusters.restore(name);
    }

    @Override
    public void close() {
        clusters.close();
    }

    private static void explained(Runnable work) {
        explained(() -> {
            work.run();
            return "";
        });
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (ClusterException failure) {
            throw ClusterReason.explain(failure);
        }
    }

    private String profile(String name) {
        return clusters.find(name).map(ClusterRecord::profile).orElse("kind");
    }

    private static Hosted hosted(ClusterRecord cluster) {
        return new Hosted(
                cluster.name(),
                cluster.profile(),
                cluster.nodes(),
                cluster.kubernetesVersion(),
                Profile.named(cluster.profile()).version(cluster.kubernetesVersion()),
                !cluster.stopped(),
                cluster.created(),
                cluster.attributes());
    }
}
