package dev.kuar.practice;

import dev.kuar.error.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The practice clusters of one learner: those under a directory, one folder each, and those that live in memory only as
 * long as this object. Thread-safe; what it started it ends when closed.
 */
public final class PracticeClusters implements AutoCloseable {
    private final Path directory;
    private final RunSettings settings;
    private final Map<String, PracticeCluster> running = new ConcurrentHashMap<>();
    private final Map<String, ClusterRecord> inMemory = new ConcurrentHashMap<>();

    /** @param clustersDirectory {@code KUAR_HOME/clusters}; made when the first cluster is */
    public PracticeClusters(Path clustersDirectory) {
        this(clustersDirectory, RunSettings.USUAL);
    }

    /** Like {@link #PracticeClusters(Path)}, with other settings than the usual ones. */
    public PracticeClusters(Path clustersDirectory, RunSettings settings) {
        this.directory = clustersDirectory;
        this.settings = settings;
    }

    /**
     * What is known of a cluster without opening it.
     *
     * @param port on loopback, chosen when it was made
     * @param stopped by {@link #stop}: it is not woken by itself
     * @param attributes whatever the tool that made it wants to remember
     */
    public record ClusterRecord(
            String name,
            String profile,
            int nodes,
            String kubernetesVersion,
            int port,
            boolean stopped,
            Instant created,
            Map<String, String> attributes) {
        public ClusterRecord {
            attributes = Map.copyOf(attributes);
        }

        ClusterRecord withStopped(boolean now) {
            return new ClusterRecord(name, profile, nodes, kubernetesVersion, port, now, created, attributes);
        }

        ClusterRecord withPort(int now) {
            return new ClusterRecord(name, profile, nodes, kubernetesVersion, now, stopped, created, attributes);
        }

        ClusterRecord withAttributes(Map<String, String> now) {
            return new ClusterRecord(name, profile, nodes, kubernetesVersion, port, stopped, created, now);
        }
    }

    /** How the administrator reaches a cluster; PEM texts. */
    public record Credentials(String server, String caPem, String certificatePem, String keyPem) {}

    /** All clusters by name; reads their files and starts nothing. */
    public List<ClusterRecord> list() {
        List<ClusterRecord> records = new ArrayList<>(inMemory.values());
        if (Files.isDirectory(directory)) {
            try (Stream<Path> folders = Files.list(directory)) {
                folders.map(ClusterRecordFile::read).flatMap(Optional::stream).forEach(records::add);
            } catch (IOException unreadable) {
                throw new ClusterException(
                        ClusterException.Kind.FILES, "cannot read " + directory + ": " + unreadable.getMessage());
            }
        }
        records.sort(Comparator.comparing(ClusterRecord::name));
        return records;
    }

    public Optional<ClusterRecord> find(String name) {
        ClusterRecord here = inMemory.get(name);
        return here != null ? Optional.of(here) : ClusterRecordFile.read(folder(name));
    }

    /**
     * Makes a cluster and starts it, owned by this process; returns when its API answers.
     *
     * @param spec with a directory for one that lasts (which folder it is, is decided here), without for one in memory
     * @throws ClusterException when the name is taken or it cannot be started
     */
    @Edge("when a cluster was made")
    public synchronized ClusterRecord create(ClusterSpec spec, Map<String, String> attributes) {
        if (find(spec.name()).isPresent()) {
            throw new ClusterException(
                    ClusterException.Kind.NAME, "there is a cluster named " + spec.name() + " already");
        }
        Optional<Path> folder = spec.directory().map(ignored -> folder(spec.name()));
        PracticeCluster cluster = startNew(withPlace(spec, folder, spec.port()));
        ClusterRecord made = new ClusterRecord(
                spec.name(),
                spec.profile(),
                spec.nodes(),
                spec.kubernetesVersion(),
                cluster.port(),
                false,
                Instant.now(),
                attributes);
        running.put(spec.name(), cluster);
        try {
            keep(made, folder.isEmpty());
        } catch (ClusterException unwritable) {
            running.remove(spec.name());
            cluster.close();
            undo(unwritable, folder);
            throw unwritable;
        }
        return made;
    }

    /** Starts a cluster that was not there; of one that can't be started nothing is left. */
    private PracticeCluster startNew(ClusterSpec spec) {
        Optional<Path> fresh = spec.directory().filter(folder -> !Files.exists(folder));
        try {
            return PracticeCluster.start(spec, settings);
        } catch (ClusterException refused) {
            undo(refused, fresh);
            throw refused;
        }
    }

    private static void undo(ClusterException why, Optional<Path> folder) {
        try {
            folder.filter(Files::exists).ifPresent(PracticeClusters::erase);
        } catch (ClusterException stuck) {
            why.addSuppressed(stuck);
        }
    }

    /**
     * Opens or makes the cluster of a spec, for a process that serves it in the foreground. One that exists keeps its shape;
     * of the spec only the port, where it is given, and the audit log count then.
     */
    public synchronized PracticeCluster serve(ClusterSpec spec) {
        if (spec.directory().isEmpty()) {
            PracticeCluster ephemeral = PracticeCluster.start(spec, settings);
            running.put(spec.name(), ephemeral);
            return ephemeral;
        }
        Optional<ClusterRecord> known = find(spec.name());
        if (known.isEmpty()) {
            create(spec, Map.of());
            return open(spec.name());
        }
        ClusterRecord kept = known.get();
        PracticeCluster cluster = PracticeCluster.start(
                new ClusterSpec(
                        kept.name(),
                        kept.profile(),
                        kept.nodes(),
                        kept.kubernetesVersion(),
                        Optional.of(folder(kept.name())),
                        spec.port() > 0 ? spec.port() : kept.port(),
                        spec.auditLog()),
                settings);
        running.put(kept.name(), cluster);
        keep(kept.withPort(cluster.port()).withStopped(false), false);
        return cluster;
    }

    /** Hears what kubectls ask of the clusters that this object runs now, until the result is closed. */
    public KubectlRequests listen() {
        KubectlRequests requests = new KubectlRequests();
        List<AutoCloseable> all = running.values().stream()
                .map(cluster -> cluster.onRequest(requests))
                .toList();
        requests.subscribed(() -> {
            for (AutoCloseable each : all) {
                each.close();
            }
        });
        return requests;
    }

    /** Replaces what a tool remembers about a cluster. */
    public synchronized ClusterRecord setAttributes(String name, Map<String, String> attributes) {
        ClusterRecord changed = record(name).withAttributes(attributes);
        keep(changed, inMemory.containsKey(name));
        return changed;
    }

    /**
     * The running cluster; started where it sleeps. Idempotent.
     *
     * @throws ClusterException of kind OWNED where another process runs it: it answers at {@link #credentials}
     */
    public synchronized PracticeCluster open(String name) {
        PracticeCluster here = running.get(name);
        if (here != null) {
            return here;
        }
        ClusterRecord known = record(name);
        ClusterSpec spec = new ClusterSpec(
                known.name(),
                known.profile(),
                known.nodes(),
                known.kubernetesVersion(),
                Optional.of(folder(name)),
                known.port(),
                Optional.empty());
        PracticeCluster started = PracticeCluster.start(spec, settings);
        running.put(name, started);
        return started;
    }

    /** Waits until all nodes are Ready; false when {@code limit} is over before. */
    public boolean waitReady(String name, Duration limit) {
        return open(name).waitNodesReady(limit);
    }

    /** Lets the API server of a cluster that runs here answer nobody; what {@link #list} says doesn't change. */
    public void silence(String name) {
        Optional.ofNullable(running.get(name)).ifPresent(PracticeCluster::silence);
    }

    /** Lets the API server answer again; does nothing where the cluster has been stopped or deleted. */
    public void answer(String name) {
        Optional.ofNullable(running.get(name)).ifPresent(PracticeCluster::answer);
    }

    /** Lets the time of the clusters that run here pass {@code speed} times as fast as the wall clock's. */
    public void runAt(double speed) {
        running.values().forEach(cluster -> cluster.runAt(speed));
    }

    /** Switches the machine of a node off. */
    public void stopNode(String name, String node) {
        open(name).stopNode(node);
    }

    public void startNode(String name, String node) {
        open(name).startNode(node);
    }

    /** Brings a cluster's add-ons back as its profile made them; returns what was missing. */
    public List<String> restore(String name) {
        return open(name).restore();
    }

    /** Ends a cluster until {@link #start}; idempotent. */
    public synchronized void stop(String name) {
        ClusterRecord known = record(name);
        PracticeCluster here = running.remove(name);
        if (here != null) {
            here.close();
        }
        keep(known.withStopped(true), inMemory.containsKey(name));
    }

    /** Starts a cluster that was stopped, or is asleep; idempotent. */
    public synchronized void start(String name) {
        ClusterRecord known = record(name);
        open(name);
        keep(known.withStopped(false), inMemory.containsKey(name));
    }

    /** Ends a cluster and forgets it, its files included. */
    public synchronized void delete(String name) {
        PracticeCluster here = running.remove(name);
        if (here != null) {
            here.close();
        }
        if (inMemory.remove(name) == null) {
            record(name);
            erase(folder(name));
        }
    }

    /** How to reach a cluster, whoever runs it. */
    public Credentials credentials(String name) {
        PracticeCluster here = running.get(name);
        if (here != null) {
            return here.credentials();
        }
        ClusterRecord known = record(name);
        Path keys = folder(name).resolve("pki");
        try {
            return new Credentials(
                    "https://127.0.0.1:" + known.port(),
                    Files.readString(keys.resolve("ca.crt")),
                    Files.readString(keys.resolve("admin.crt")),
                    Files.readString(keys.resolve("admin.key")));
        } catch (IOException missing) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "the keys of " + name + " cannot be read: " + missing.getMessage());
        }
    }

    /** Ends all that this process runs; those with a directory are then asleep. */
    @Override
    public synchronized void close() {
        running.values().forEach(PracticeCluster::close);
        running.clear();
        inMemory.clear();
    }

    private ClusterRecord record(String name) {
        return find(name)
                .orElseThrow(
                        () -> new ClusterException(ClusterException.Kind.NAME, "there is no cluster named " + name));
    }

    private void keep(ClusterRecord cluster, boolean memoryOnly) {
        if (memoryOnly) {
            inMemory.put(cluster.name(), cluster);
        } else {
            ClusterRecordFile.write(folder(cluster.name()), cluster);
        }
    }

    private Path folder(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new ClusterException(
                    ClusterException.Kind.NAME,
                    "a cluster's name has letters, digits, dots and dashes, not '" + name + "'");
        }
        return directory.resolve(name);
    }

    private static ClusterSpec withPlace(ClusterSpec spec, Optional<Path> folder, int port) {
        return new ClusterSpec(
                spec.name(), spec.profile(), spec.nodes(), spec.kubernetesVersion(), folder, port, spec.auditLog());
    }

    private static void erase(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stuck) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot delete " + folder + ": " + stuck.getMessage());
        }
    }
}
