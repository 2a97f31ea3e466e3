package dev.kuar.cluster;

import dev.kuar.error.UserException;
import dev.kuar.kube.RequestLog;
import dev.kuar.practice.ClusterException;
import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeClusters;
import dev.kuar.practice.PracticeClusters.ClusterRecord;
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
        return told(() -> hosted(clusters.create(spec, order.attributes())));
    }

    @Override
    public boolean waitReady(String name, Duration limit) {
        return clusters.waitReady(name, limit);
    }

    /** Starts a cluster that sleeps; does nothing where it runs, here or in another process. */
    public void wake(String name) {
        try {
            var unused = clusters.open(name);
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.OWNED) {
                throw e;
            }
        }
    }

    @Override
    public void stop(String name) {
        told(() -> clusters.stop(name));
    }

    @Override
    public void start(String name) {
        told(() -> clusters.start(name));
    }

    @Override
    public void delete(String name) {
        if (clusters.find(name).isPresent()) {
            told(() -> clusters.delete(name));
        }
    }

    @Override
    public void setAttributes(String name, Map<String, String> attributes) {
        var unused = clusters.setAttributes(name, attributes);
    }

    @Override
    public Access access(String name) {
        Credentials keys = clusters.credentials(name);
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
        clusters.stopNode(name, node);
    }

    public void startNode(String name, String node) {
        clusters.startNode(name, node);
    }

    @Override
    public List<String> restore(String name) {
        return clusters.restore(name);
    }

    @Override
    public void close() {
        clusters.close();
    }

    private String profile(String name) {
        return clusters.find(name).map(ClusterRecord::profile).orElse("kind");
    }

    /** What a practice cluster refuses, as a failure that the user can act on. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (ClusterException refused) {
            ClusterReason reason =
                    switch (refused.kind()) {
                        case NAME -> ClusterReason.NO_SUCH_CLUSTER;
                        case PORT_TAKEN -> ClusterReason.PORT_TAKEN;
                        case OWNED -> ClusterReason.OWNED;
                        case FILES -> ClusterReason.FILES;
                    };
            throw new UserException(reason, String.valueOf(refused.getMessage()), refused);
        }
    }

    private static void told(Runnable work) {
        var unused = told(() -> {
            work.run();
            return "";
        });
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
