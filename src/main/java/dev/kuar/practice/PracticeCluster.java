package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ListOptions;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.http.AuditListener;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.ClusterFacts;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A practice cluster that this process owns and serves.
 *
 * <p>It answers from when {@link #start} returns; nodes and system pods become Ready soon after. Closing it ends everything
 * within a second; a cluster with a directory is then asleep and can be started again from there, where it goes on as it
 * was. Thread-safe.
 */
public final class PracticeCluster implements AutoCloseable {
    private static final GroupResource NODES = GroupResource.core("nodes");
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final UserInfo ADMIN =
            UserInfo.of("kubernetes-admin", "kubeadm:cluster-admins", "system:authenticated");

    private static final int MOST_PORT = 65_535;
    private static final long LOOK_MILLIS = 100;

    private final ClusterSpec spec;
    private final Profile profile;
    private final ClusterParts parts;
    private final CountDownLatch closed = new CountDownLatch(1);

    PracticeCluster(ClusterSpec spec, Profile profile, ClusterParts parts) {
        this.spec = spec;
        this.profile = profile;
        this.parts = parts;
    }

    /**
     * Opens the cluster in the spec's directory, or makes a new one.
     *
     * @throws ClusterException when the port is taken, another process owns the directory, or it cannot be read or written
     * @throws IllegalArgumentException when there is no such profile
     */
    public static PracticeCluster start(ClusterSpec spec) {
        return start(spec, RunSettings.USUAL);
    }

    /** Like {@link #start(ClusterSpec)}, with other settings than the usual ones. */
    public static PracticeCluster start(ClusterSpec spec, RunSettings settings) {
        Profile profile = Profile.named(spec.profile());
        if (settings.etcdPort().isPresent() && !profile.showsControlPlane()) {
            throw new IllegalArgumentException("the profile " + spec.profile()
                    + " hides its etcd, as that provider does: it cannot be served; kubeadm, kind, minikube and"
                    + " docker-desktop show theirs");
        }
        settings.etcdPort().ifPresent(PracticeCluster::checkPort);
        return new PracticeCluster(spec, profile, ClusterParts.start(spec, profile, settings));
    }

    private static void checkPort(int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("there is no port " + port + "; ports are 0 to " + MOST_PORT);
        }
    }

    public ClusterSpec spec() {
        return spec;
    }

    /** {@code https://127.0.0.1:PORT}. */
    public String server() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return parts.front().port();
    }

    /** How clients outside reach its etcd; empty where {@link RunSettings#etcdPort} is. */
    public Optional<EtcdAccess> etcd() {
        return parts.etcd();
    }

    /** The name of context, cluster and user in {@link #kubeconfig}, by the custom of the profile. */
    public String contextName() {
        return profile.contextName(spec.name());
    }

    /** Returns when all keys are made and, where there is a directory, in it: others find the cluster only then. */
    void awaitKeys() {
        try {
            var unused = parts.pki().adminKeyPem();
            var unusedToo = parts.pki().serviceAccountKey();
        } catch (UncheckedIOException | CompletionException unwritable) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "the keys of " + spec.name() + " cannot be kept", unwritable);
        }
    }

    /** A kubeconfig for the administrator. */
    public String kubeconfig() {
        return KubeconfigText.of(
                contextName(),
                server(),
                parts.pki().authorityPem(),
                parts.pki().adminCertificatePem(),
                parts.pki().adminKeyPem());
    }

    /** Writes {@link #kubeconfig}, mode 0600, in place of what is there. */
    public void writeKubeconfig(Path file) {
        try {
            PrivateFiles.write(file, kubeconfig());
        } catch (IOException refused) {
            throw new ClusterException(
                    ClusterException.Kind.FILES, "cannot write " + file + ": " + refused.getMessage(), refused);
        }
    }

    /** Has its API server answer a path over the wire, as a pod would. */
    void ask(String path) throws IOException {
        try (ApiFromPods way = new ApiFromPods(port(), parts.pki().authority().certificate())) {
            var unused = way.handle(HttpRequest.get(path, Map.of(), "127.0.0.1"));
        }
    }

    PracticeClusters.Credentials credentials() {
        return new PracticeClusters.Credentials(
                server(),
                parts.pki().authorityPem(),
                parts.pki().adminCertificatePem(),
                parts.pki().adminKeyPem());
    }

    /** The cluster as the administrator, in this process; {@code agent} stands in managed fields. */
    public ApiClient client(String agent) {
        return parts.api().client(ADMIN, agent);
    }

    /** Hears of every request over the wire until the result is closed. */
    public AutoCloseable onRequest(AuditListener listener) {
        return parts.audit().add(listener);
    }

    /** Writes all that the store holds to a new file while it goes on; returns the newest revision in it. */
    long copyStore(Path file) {
        return parts.store().copyTo(file);
    }

    /** Lets the cluster's time pass {@code speed} times as fast as the wall clock's: back-offs and grace periods are over sooner. */
    public void runAt(double speed) {
        parts.clock().runAt(speed);
    }

    /** Lets the API server answer nobody outside, while the cluster runs on; idempotent. */
    public void silence() {
        parts.silence();
    }

    /** Lets the API server answer again, at the same address; idempotent. */
    public void answer() {
        try {
            parts.answer();
        } catch (BindException taken) {
            throw new ClusterException(
                    ClusterException.Kind.PORT_TAKEN, "port " + port() + " of 127.0.0.1 was taken meanwhile", taken);
        }
    }

    /** Switches a node's machine off; idempotent. */
    public void stopNode(String node) {
        parts.kubelets().stopNode(node);
    }

    /** Switches a node's machine on; idempotent. */
    public void startNode(String node) {
        parts.kubelets().startNode(node);
    }

    /** Brings the add-ons back as the profile made them; returns what was missing. Idempotent. */
    public List<String> restore() {
        NodeSpec first = profile.nodes(spec.name(), spec.nodes(), profile.version(spec.kubernetesVersion()))
                .get(0);
        ClusterFacts facts = new ClusterFacts(
                spec.name(),
                profile.version(spec.kubernetesVersion()),
                "https://" + first.name() + ":6443",
                parts.pki().authorityPem(),
                parts.pki().authorityPem(),
                profile.showsControlPlane() ? first.internalIp() : profile.hiddenAddress(),
                Bootstrap.token(),
                Instant.parse(client("kuar")
                        .get(GroupResource.core("namespaces"), "", "kube-system")
                        .text("metadata", "creationTimestamp")));
        return new Restoration(client("kuar"), parts.api().catalog()).run(profile, facts);
    }

    /** Waits until every node is Ready, no longer than {@code limit}. */
    public Readiness waitNodesReady(Duration limit) {
        return await(limit, NODES, this::nodesNotReady);
    }

    /** Waits until every node and every pod of kube-system is Ready, no longer than {@code limit}. */
    public Readiness waitReady(Duration limit) {
        return await(limit, PODS, () -> {
            List<String> missing = new ArrayList<>(nodesNotReady());
            missing.addAll(systemPodsNotReady());
            return missing;
        });
    }

    private Readiness await(Duration limit, GroupResource resource, Supplier<List<String>> missing) {
        Semaphore changes = new Semaphore(1);
        ApiClient client = client("kuar");
        List<AutoCloseable> followed = List.of(
                client.informer(NODES).onChange((old, now) -> changes.release()),
                client.informer(resource).onChange((old, now) -> changes.release()));
        List<String> last = List.of("nobody has looked yet");
        try {
            long end = System.nanoTime() + limit.toNanos();
            while (closed.getCount() > 0 && System.nanoTime() < end) {
                if (changes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    changes.drainPermits();
                    last = missing.get();
                    if (last.isEmpty()) {
                        break;
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            followed.forEach(PracticeCluster::leave);
        }
        return new Readiness(last);
    }

    private static void leave(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception failed) {
            throw new IllegalStateException("an informer cannot be left", failed);
        }
    }

    private List<String> nodesNotReady() {
        Collection<KubeObject> nodes = client("kuar").informer(NODES).all();
        List<String> missing = new ArrayList<>(Readiness.notReady(nodes));
        if (nodes.size() < spec.nodes()) {
            missing.add(nodes.size() + " of " + spec.nodes() + " nodes have joined");
        }
        return missing;
    }

    private List<String> systemPodsNotReady() {
        List<KubeObject> pods =
                client("kuar").list(PODS, "kube-system", ListOptions.ALL).items();
        return pods.isEmpty() ? List.of("no pod in kube-system") : Readiness.notReady(pods);
    }

    /** Blocks until it is closed. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        parts.close();
        closed.countDown();
    }
}
