package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.ApiServerConfig;
import dev.kuar.practice.api.ApiServers;
import dev.kuar.practice.auth.LegacyTokens;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.cel.PolicyTypeChecks;
import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.controller.ControllerSettings;
import dev.kuar.practice.controller.Controllers;
import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.http.Aggregation;
import dev.kuar.practice.http.FrontParts;
import dev.kuar.practice.http.FrontProxy;
import dev.kuar.practice.http.FrontSite;
import dev.kuar.practice.http.HttpFront;
import dev.kuar.practice.kubelet.Kubelets;
import dev.kuar.practice.kubelet.Surroundings;
import dev.kuar.practice.kubelet.VolumeKeeper;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.pki.ClusterPki;
import dev.kuar.practice.pki.FrontProxyKeys;
import dev.kuar.practice.pki.RequestCheck;
import dev.kuar.practice.profile.ClusterFacts;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.scheduler.Scheduler;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.StoreException;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.Sleeps;
import dev.kuar.practice.time.SystemClusterClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the parts of a cluster in the order in which they need each other, side by side where they do not; ends them in reverse. */
final class ClusterParts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterParts.class.getName());
    private static final UserInfo SERVER = UserInfo.of("system:apiserver", "system:masters");

    private final Deque<AutoCloseable> open;
    private final ClusterSpec spec;
    private final Profile profile;
    private final SystemClusterClock clock;
    private final AuditLog audit;
    private final ClusterPki pki;
    private final ApiServer api;
    private final Store store;
    private final FrontParts wire;
    private HttpFront front;
    private boolean listening;
    private final AtomicReference<Kubelets> kubelets = new AtomicReference<>();
    private final AtomicReference<@Nullable EtcdAccess> etcdAccess = new AtomicReference<>();

    /** {@code open} takes what is started, in order. */
    private ClusterParts(ClusterSpec spec, Profile profile, RunSettings run, Deque<AutoCloseable> open)
            throws IOException {
        this.open = open;
        this.spec = spec;
        this.profile = profile;
        try {
            String nodeNames = NodeNames.of(spec);
            String version = profile.version(spec.kubernetesVersion());
            List<NodeSpec> nodes = profile.nodes(nodeNames, spec.nodes(), version);
            Optional<Path> directory = spec.directory();
            if (directory.isPresent()) {
                keep(ClusterLock.tryTake(directory.get())
                        .orElseThrow(() -> new ClusterException(
                                ClusterException.Kind.OWNED,
                                "another kuar is running the cluster " + spec.name() + " (" + directory.get() + ")")));
                keep(() -> SleepFile.sleep(directory.get()));
            }
            clock = keep(
                    SystemClusterClock.realTime(directory.isPresent() ? SleepFile.wake(directory.get()) : Sleeps.NONE));
            audit = keep(new AuditLog(spec.auditLog(), run.auditPolicy()));
            CompletableFuture<Catalog> catalog = beside(Catalog::builtIn);
            List<String> names = nodes.stream().map(NodeSpec::name).toList();
            CompletableFuture<ClusterPki> keys = beside(() -> openKeys(directory, names, clock, run.rsaKeys()));
            store = keep(Stores.open(directory));
            pki = keep(get(keys));
            ApiServerConfig config = ApiServerConfig.defaults(pki::serviceAccountKey)
                    .withEtcdValues(new EtcdValues())
                    .withWebhookSockets(new SocketsToPods(this::kubelets))
                    .withRequestFaults(RequestCheck::complaint);
            api = keep(ApiServers.open(store, get(catalog), clock, config));
            Aggregation aggregation = Aggregation.over(
                    api.client(SERVER, "kube-aggregator"), new FrontProxyDialer(this::kubelets, pki.frontProxy()));
            FrontProxy frontProxy = FrontProxy.usual(
                    certificate -> pki.frontProxy().authority().vouchesFor(certificate, clock.now()),
                    FrontProxyKeys.USER);
            wire = new FrontParts(
                    api,
                    clock,
                    this::kubelets,
                    version,
                    pki.serverContext(),
                    certificate -> pki.authority().vouchesFor(certificate, clock.now()),
                    pki::serviceAccountKey,
                    () -> frontProxy,
                    FrontSite.ofCluster(() -> kubelets.get() != null),
                    audit,
                    aggregation,
                    spec.port());
            front = HttpFront.start(wire);
            listening = true;
            keep(this::silence);
            ApiClient client = api.client(SERVER, "kube-apiserver");
            boolean fresh = bootstrap(client, clock, version, nodes);
            ExtensionTrust.publish(client, pki.frontProxy().authorityPem());
            Etcd etcd = Etcd.over(store, new ServedForm(api.etcd()), clock);
            if (run.etcdPort().isPresent()) {
                EtcdFront outside = keep(EtcdFront.start(
                        etcd, clock, spec, profile, nodes.get(0), run.etcdPort().getAsInt()));
                etcdAccess.set(outside.access());
            }
            PlanePrograms plane = keep(new PlanePrograms());
            VolumeKeeper volumes =
                    directory.isPresent() ? keep(new KeptVolumes(directory.get())) : VolumeKeeper.NOTHING;
            Kubelets nodesRunning = keep(Kubelets.startFirst(
                    client,
                    clock,
                    profile,
                    nodeNames,
                    spec.nodes(),
                    version,
                    new ClusterServices(
                            keep(new ApiFromPods(front.port(), pki.authority().certificate())),
                            etcd,
                            name -> ClusterPki.selfSigned(name, clock.now())),
                    new Surroundings(volumes, new HostCredentials(pki, serverOf(nodes), clock::now), plane)));
            kubelets.set(nodesRunning);
            String host = profile.showsControlPlane() ? nodes.get(0).name() : "";
            ControllerSettings settings = new ControllerSettings(
                    profile.podRange(),
                    host,
                    profile.hiddenHost(),
                    profile.hasLoadBalancers(),
                    new AggregatedFromPods(aggregation),
                    new PolicyTypeChecks(api::catalog)::warnings);
            Map<String, Supplier<AutoCloseable>> programs = new LinkedHashMap<>();
            programs.put("kube-scheduler", () -> Scheduler.start(client, clock, host));
            programs.put(
                    "kube-controller-manager",
                    () -> Controllers.start(
                            client,
                            clock,
                            settings,
                            new CertificatesOf(pki.authority(), clock),
                            new LegacyTokens(pki::serviceAccountKey)::issue));
            plane.begin(programs, program -> host.isEmpty() || nodesRunning.runsStatic(program));
            // It ends before what it works on.
            keep(plane);
            if (fresh && profile.showsControlPlane()) {
                NodeRequests requests = new NodeRequests(client);
                var unused = beside(() -> {
                    requests.first(host);
                    return true;
                });
                keep(JoinLater.of(client, clock, () -> {
                    nodesRunning.startOthers();
                    nodes.stream().skip(1).map(NodeSpec::name).forEach(requests::joining);
                }));
            } else {
                nodesRunning.startOthers();
            }
        } catch (IOException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** @throws ClusterException see {@link PracticeCluster#start} */
    static ClusterParts start(ClusterSpec spec, Profile profile, RunSettings settings) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        boolean started = false;
        try {
            ClusterParts parts = new ClusterParts(spec, profile, settings, open);
            started = true;
            return parts;
        } catch (BindException taken) {
            throw new ClusterException(
                    ClusterException.Kind.PORT_TAKEN,
                    "port " + spec.port() + " of 127.0.0.1, where the cluster " + spec.name()
                            + " is served, is in use by another program",
                    taken,
                    spec.name(),
                    spec.port());
        } catch (IOException | UncheckedIOException | StoreException | ApiException files) {
            boolean damaged = files instanceof StoreException store && store.kind() == StoreException.Kind.DAMAGED;
            throw new ClusterException(
                    damaged ? ClusterException.Kind.DAMAGED : ClusterException.Kind.FILES,
                    "the cluster " + spec.name() + " cannot be opened: " + files.getMessage(),
                    files);
        } finally {
            if (!started) {
                closeAll(open);
            }
        }
    }

    /** Where nodes reach the API server. */
    private String serverOf(List<NodeSpec> nodes) {
        return "https://" + (profile.showsControlPlane() ? nodes.get(0).name() : profile.hiddenAddress()) + ":6443";
    }

    private boolean bootstrap(ApiClient client, SystemClusterClock clock, String version, List<NodeSpec> nodes) {
        Bootstrap bootstrap = new Bootstrap(client, SERVER, api.catalog());
        if (bootstrap.isDone()) {
            return false;
        }
        NodeSpec first = nodes.get(0);
        ClusterFacts facts = new ClusterFacts(
                spec.name(),
                version,
                "https://" + first.name() + ":6443",
                pki.authorityPem(),
                pki.frontProxy().authorityPem(),
                profile.showsControlPlane() ? first.internalIp() : profile.hiddenAddress(),
                Bootstrap.token(),
                clock.now());
        bootstrap.run(profile, facts).forEach(why -> LOG.warning("bootstrap: " + why));
        return true;
    }

    private static ClusterPki openKeys(
            Optional<Path> directory, List<String> names, SystemClusterClock clock, Supplier<KeyPair> rsaKeys) {
        try {
            return ClusterPki.open(directory.map(path -> path.resolve("pki")), names, clock.now(), rsaKeys);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static <T> CompletableFuture<T> beside(java.util.function.Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, action -> {
            Thread thread = new Thread(action, "kuar-start");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static <T> T get(CompletableFuture<T> work) throws IOException {
        try {
            return work.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException files) {
                throw files.getCause();
            }
            throw failed;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    SystemClusterClock clock() {
        return clock;
    }

    AuditLog audit() {
        return audit;
    }

    ClusterPki pki() {
        return pki;
    }

    ApiServer api() {
        return api;
    }

    Optional<EtcdAccess> etcd() {
        return Optional.ofNullable(etcdAccess.get());
    }

    Store store() {
        return store;
    }

    synchronized HttpFront front() {
        return front;
    }

    /** Stops listening, while all that is behind goes on; idempotent. */
    synchronized void silence() {
        if (listening) {
            listening = false;
            front.close();
        }
    }

    /** Listens again where it did before; idempotent. */
    synchronized void answer() throws BindException {
        if (!listening) {
            front = HttpFront.start(wire.at(front.port()));
            listening = true;
        }
    }

    /** @throws ClusterException before they are up */
    Kubelets kubelets() {
        Kubelets running = kubelets.get();
        if (running == null) {
            throw new ClusterException(ClusterException.Kind.NAME, "the nodes are still starting");
        }
        return running;
    }

    @Override
    public synchronized void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "a part did not end in order", failed);
            }
        }
    }
}
