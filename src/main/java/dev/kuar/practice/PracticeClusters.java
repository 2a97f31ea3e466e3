package dev.kuar.practice;

import dev.kuar.error.Edge;
import dev.kuar.practice.pki.SpareKeys;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The practice clusters of one learner: those under a directory, one folder each, and those that live in memory only as
 * long as this object.
 *
 * <p>A cluster has one owner, the process with the lock in its directory; what this object cannot do because another process
 * owns the cluster, that process is asked to do. Thread-safe; what it started it ends when closed.
 */
public final class PracticeClusters implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PracticeClusters.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SNAPSHOT = Duration.ofMinutes(5);

    private final ClusterFolders folders;
    private final SpareKeys spare;
    private final RunSettings settings;
    private final Map<String, PracticeCluster> running = new ConcurrentHashMap<>();
    private final Map<String, OwnerPost> posts = new ConcurrentHashMap<>();
    private final Standbys standbys = new Standbys(this::takeOver);
    private final Rehearsal rehearsal = new Rehearsal();
    private final Map<String, ClusterRecord> inMemory = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** @param clustersDirectory {@code KUAR_HOME/clusters}; made when the first cluster is */
    public PracticeClusters(Path clustersDirectory) {
        this(clustersDirectory, RunSettings.USUAL);
    }

    /** Like {@link #PracticeClusters(Path)}, with other settings than the usual ones. */
    public PracticeClusters(Path clustersDirectory, RunSettings settings) {
        folders = new ClusterFolders(clustersDirectory);
        boolean usual = settings.rsaKeys().equals(RunSettings.USUAL.rsaKeys());
        spare = usual ? folders.spareKeys() : new SpareKeys(Optional.empty());
        this.settings = usual ? settings.withKeys(spare::take) : settings;
    }

    /** How the administrator reaches a cluster; PEM texts. */
    public record Credentials(String server, String caPem, String certificatePem, String keyPem) {}

    /** All clusters by name; reads their files and starts nothing. */
    public List<ClusterRecord> list() {
        List<ClusterRecord> records = new ArrayList<>(inMemory.values());
        records.addAll(folders.list());
        records.sort(Comparator.comparing(ClusterRecord::name));
        return records;
    }

    public Optional<ClusterRecord> find(String name) {
        ClusterRecord here = inMemory.get(name);
        return here != null ? Optional.of(here) : folders.find(name);
    }

    /**
     * Makes a cluster and starts it, owned by this process; returns when its API answers.
     *
     * @param spec with a directory for one that lasts (which folder it is, is decided here), without for one in memory
     * @throws ClusterException when the name is taken or it cannot be started
     */
    @Edge("when a cluster was made")
    public synchronized ClusterRecord create(ClusterSpec spec, Map<String, String> attributes) {
        requireFree(spec.name());
        Optional<Path> folder = spec.directory().map(ignored -> folders.of(spec.name()));
        PracticeCluster cluster = startNew(spec.in(folder));
        own(cluster, folder);
        ClusterRecord made = ClusterRecord.of(spec, cluster.port(), Instant.now(), attributes);
        try {
            cluster.awaitKeys();
            keep(made, folder.isEmpty());
        } catch (ClusterException unwritable) {
            leave(spec.name());
            folders.undo(unwritable, spec.name(), folder);
            throw unwritable;
        }
        spare.refillLater();
        return made;
    }

    /** Starts a cluster that was not there; of one that can't be started nothing is left. */
    private PracticeCluster startNew(ClusterSpec spec) {
        Optional<Path> fresh = spec.directory().filter(folder -> !Files.exists(folder));
        try {
            return PracticeCluster.start(spec, settings);
        } catch (ClusterException refused) {
            folders.undo(refused, spec.name(), fresh);
            throw refused;
        }
    }

    /**
     * Opens or makes the cluster of a spec, for a process that serves it in the foreground. One that exists keeps its shape;
     * of the spec only the port, where it is given, and the audit log count then.
     */
    public synchronized PracticeCluster serve(ClusterSpec spec) {
        if (spec.directory().isEmpty()) {
            PracticeCluster ephemeral = PracticeCluster.start(spec, settings);
            own(ephemeral, Optional.empty());
            spare.refillLater();
            return ephemeral;
        }
        Optional<ClusterRecord> known = find(spec.name());
        if (known.isEmpty()) {
            create(spec, Map.of());
            return open(spec.name());
        }
        ClusterRecord kept = known.get();
        return start(kept, spec.port() > 0 ? spec.port() : kept.port(), spec.auditLog());
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
        return start(known, known.port(), Optional.empty());
    }

    private PracticeCluster start(ClusterRecord known, int port, Optional<Path> auditLog) {
        Path folder = folders.of(known.name());
        PracticeCluster started = PracticeCluster.start(known.spec(folder, port, auditLog), settings);
        own(started, Optional.of(folder));
        if (known.stopped() || known.port() != started.port()) {
            keep(known.withPort(started.port()).withStopped(false), false);
        }
        return started;
    }

    /**
     * Returns when a cluster answers: started here where nobody runs it, waited for where another process is starting it. That
     * process is then stood by: when it leaves, this one takes the cluster over, unless it was stopped or deleted.
     */
    public void wake(String name) {
        ClusterRecord known = record(name);
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Owners.pause()) {
            try {
                var unused = open(name);
                return;
            } catch (ClusterException owned) {
                if (owned.kind() != ClusterException.Kind.OWNED) {
                    throw owned;
                }
            }
            if (Owners.answers(known.port())) {
                standbys.start(name, folders.of(name));
                rehearsal.beginLater(known);
                return;
            }
        }
        throw new ClusterException(
                ClusterException.Kind.OWNED, "another kuar runs the cluster " + name + ", but it does not answer");
    }

    /** Called when the owner left; false when another process was faster. */
    private boolean takeOver(String name) {
        try {
            if (!closing && find(name).filter(known -> !known.stopped()).isPresent()) {
                var unused = open(name);
            }
            return true;
        } catch (ClusterException refused) {
            if (refused.kind() == ClusterException.Kind.OWNED) {
                return false;
            }
            LOG.log(Level.WARNING, "cannot take over the cluster " + name, refused);
            return true;
        }
    }

    /** Waits until nobody runs a cluster; false when this object was closed first. */
    public boolean awaitTurn(String name) {
        find(name).ifPresent(rehearsal::begin);
        return Owners.awaitTurn(folders.of(name), () -> closing);
    }

    /** Waits until all nodes are Ready; false when {@code limit} is over before. */
    public boolean waitReady(String name, Duration limit) {
        OwnerPost.Question wait = new OwnerPost.Question("wait-ready", limit.toString());
        return Boolean.parseBoolean(byOwner(name, wait, limit.plus(PATIENCE)));
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
        byOwner(name, new OwnerPost.Question("stop-node", node), PATIENCE);
    }

    public void startNode(String name, String node) {
        byOwner(name, new OwnerPost.Question("start-node", node), PATIENCE);
    }

    /** Brings a cluster's add-ons back as its profile made them; returns what was missing. */
    public List<String> restore(String name) {
        return open(name).restore();
    }

    /**
     * Writes all that a cluster is and holds to a new file, as of one revision; writes to the cluster go on.
     *
     * @return the revision
     * @throws ClusterException when the file cannot be written
     */
    public long snapshot(String name, Path file) {
        Path target = file.toAbsolutePath();
        return Long.parseLong(byOwner(name, new OwnerPost.Question("snapshot", target.toString()), SNAPSHOT));
    }

    /**
     * Makes a cluster of what {@link #snapshot} wrote; asleep, until it is opened.
     *
     * @param name another one than it had; empty for the same
     * @throws ClusterException when the file is no snapshot or damaged, or the name is taken
     */
    public synchronized ClusterRecord restore(Path file, String name) {
        return ClusterSnapshot.restore(file, name, wanted -> {
            requireFree(wanted);
            return folders.of(wanted);
        });
    }

    /** Does something where the cluster runs: here, waking it, or in the process that owns it. */
    private String byOwner(String name, OwnerPost.Question question, Duration limit) {
        while (true) {
            PracticeCluster here;
            try {
                here = open(name);
            } catch (ClusterException owned) {
                if (owned.kind() != ClusterException.Kind.OWNED) {
                    throw owned;
                }
                Optional<String> answer = OwnerPost.ask(folders.of(name), question, limit);
                if (answer.isPresent()) {
                    return answer.get();
                }
                continue;
            }
            return clerk(here).answer(question);
        }
    }

    /** Ends a cluster until {@link #start}, whoever runs it; idempotent. */
    public void stop(String name) {
        keep(record(name).withStopped(true), inMemory.containsKey(name));
        end(name);
    }

    private void end(String name) {
        if (leave(name) || inMemory.containsKey(name)) {
            return;
        }
        Owners.end(folders.of(name), PATIENCE);
    }

    /** Ends what this process runs of a cluster; false where it runs nothing. */
    private boolean leave(String name) {
        standbys.end(name);
        PracticeCluster here;
        OwnerPost post;
        synchronized (this) {
            here = running.remove(name);
            post = posts.remove(name);
        }
        if (post != null) {
            post.close();
        }
        if (here != null) {
            here.close();
        }
        return here != null;
    }

    /** Starts a cluster that was stopped, or is asleep; idempotent. */
    public void start(String name) {
        ClusterRecord known = record(name);
        if (known.stopped()) {
            keep(known.withStopped(false), inMemory.containsKey(name));
        }
        wake(name);
    }

    /** Ends a cluster, whoever runs it, and forgets it, its files included. */
    public void delete(String name) {
        boolean memoryOnly = inMemory.containsKey(name);
        if (!memoryOnly) {
            keep(record(name).withStopped(true), false);
        }
        end(name);
        if (memoryOnly) {
            inMemory.remove(name);
        } else {
            folders.erase(name);
        }
    }

    /** How to reach a cluster, whoever runs it. */
    public Credentials credentials(String name) {
        PracticeCluster here = running.get(name);
        return here != null ? here.credentials() : folders.credentials(record(name));
    }

    /** Ends all that this process runs; those with a directory are then asleep, unless another process stands by. */
    @Override
    public void close() {
        closing = true;
        spare.close();
        standbys.close();
        rehearsal.close();
        List.copyOf(running.keySet()).forEach(this::leave);
        inMemory.clear();
    }

    private void own(PracticeCluster cluster, Optional<Path> folder) {
        String name = cluster.spec().name();
        running.put(name, cluster);
        folder.ifPresent(place -> posts.put(name, OwnerPost.open(place, clerk(cluster))));
    }

    private OwnerClerk clerk(PracticeCluster cluster) {
        String name = cluster.spec().name();
        return new OwnerClerk(cluster, () -> record(name), () -> leave(name));
    }

    private ClusterRecord record(String name) {
        return find(name)
                .orElseThrow(
                        () -> new ClusterException(ClusterException.Kind.NAME, "there is no cluster named " + name));
    }

    private void requireFree(String name) {
        if (find(name).isPresent()) {
            throw new ClusterException(
                    ClusterException.Kind.NAME_TAKEN, "there is a cluster named " + name + " already");
        }
    }

    private void keep(ClusterRecord cluster, boolean memoryOnly) {
        if (memoryOnly) {
            inMemory.put(cluster.name(), cluster);
        } else {
            folders.keep(cluster);
        }
    }
}
