package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.container.ContainerRuntime;
import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.container.ImageCatalogue;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.profile.Profile;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All kubelets of a practice cluster, with the container runtime and the network below them. */
public final class Kubelets implements NodeConnector, AutoCloseable {
    private static final int API_PORT = 6443;
    private static final int THREADS = 6;
    private static final long QUIESCE_MILLIS = 200;

    private final Map<String, NodeAgent> nodes = new LinkedHashMap<>();
    private final ApiClient api;
    private final ClusterNetwork network;
    private final ContainerRuntime runtime;
    private final ExecutorService executor;
    private final PodStreams streams;
    private final KubeletEndpoints endpoints;
    private final VolumeStore store;
    private @Nullable AutoCloseable subscription;
    private @Nullable AutoCloseable volumes;

    private Kubelets(
            ApiClient api,
            ClusterClock clock,
            Profile profile,
            String cluster,
            int count,
            String version,
            ClusterServices services,
            Surroundings around) {
        this.api = api;
        this.network = new ClusterNetwork(api, profile.enforcesNetworkPolicies());
        this.runtime = new ContainerRuntime(clock, network, services);
        AtomicInteger threads = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "kubelet-" + threads.incrementAndGet());
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(
                    (failed, why) -> logger().log(failing(), "a kubelet's work failed", why));
            return thread;
        });
        ImageCatalogue catalogue = ImageCatalogue.builtIn();
        this.store = new VolumeStore(clock, around.keeper());
        ServiceVariables variables = new ServiceVariables();
        for (NodeSpec spec : profile.nodes(cluster, count, version)) {
            List<KubeObject> statics = profile.staticPods(spec, cluster, version);
            store.addDisk(spec.name(), HostFiles.disk(spec, statics, around.keys(), clock.now()));
            nodes.put(
                    spec.name(),
                    new NodeAgent(
                            spec,
                            statics,
                            api,
                            clock,
                            executor,
                            runtime,
                            network,
                            store,
                            new NodeImages(catalogue, spec.node()),
                            variables,
                            around.plane(),
                            version));
        }
        hideControlPlane(profile, services);
        this.streams = new PodStreams(network);
        this.endpoints = new KubeletEndpoints(network);
        nodes.values().forEach(agent -> agent.host()
                .listen(
                        10250,
                        HttpService.secure(
                                new KubeletPort(agent, endpoints, services.apiServer()),
                                () -> services.certificates().apply(agent.name()))));
    }

    /** Where the control plane's machine is no node, it is in the network all the same: pods reach the API server there. */
    private void hideControlPlane(Profile profile, ClusterServices services) {
        HttpHandler server = services.apiServer();
        if (!profile.hiddenAddress().isEmpty() && server != null) {
            NetworkNamespace host = new NetworkNamespace(profile.hiddenAddress(), profile.hiddenHost());
            host.listen(API_PORT, HttpService.secure(server, () -> services.certificates()
                    .apply("kubernetes")));
            network.attach(host);
        }
    }

    /**
     * Starts the kubelets of a cluster: they register their nodes and run what is bound to them.
     *
     * @param cluster the cluster's name
     * @param count how many nodes
     * @param version as clients see it, {@code v1.36.2}
     * @param services what the control plane's containers stand in front of
     */
    public static Kubelets start(
            ApiClient api,
            ClusterClock clock,
            Profile profile,
            String cluster,
            int count,
            String version,
            ClusterServices services) {
        Kubelets kubelets = startFirst(api, clock, profile, cluster, count, version, services, Surroundings.NONE);
        kubelets.startOthers();
        return kubelets;
    }

    /**
     * Starts the first node alone, as {@code kubeadm init} does; {@link #startOthers} joins the rest.
     *
     * @param around what they stand in
     */
    public static Kubelets startFirst(
            ApiClient api,
            ClusterClock clock,
            Profile profile,
            String cluster,
            int count,
            String version,
            ClusterServices services,
            Surroundings around) {
        Kubelets kubelets = new Kubelets(api, clock, profile, cluster, count, version, services, around);
        kubelets.nodes.values().stream().limit(1).forEach(NodeAgent::start);
        kubelets.subscription = api.informer(Resources.PODS).onChange(kubelets::changed);
        kubelets.volumes = api.informer(Resources.VOLUMES).onChange((old, now) -> {
            if (old != null && (now == null || !old.uid().equals(now.uid()))) {
                kubelets.store.volumeGone(old);
            }
        });
        if (around.keeper() != VolumeKeeper.NOTHING) {
            kubelets.store.start(kubelets.executor);
        }
        return kubelets;
    }

    /** Whether a static pod of a node that is to run has a container of an image of this name, {@code kube-scheduler}. */
    public boolean runsStatic(String program) {
        return nodes.values().stream().anyMatch(agent -> agent.statics().runs(program));
    }

    /** Starts all nodes but the first; once. */
    public void startOthers() {
        nodes.values().stream().skip(1).forEach(NodeAgent::start);
    }

    private void changed(@Nullable KubeObject old, @Nullable KubeObject now) {
        if (old != null && (now == null || !old.uid().equals(now.uid()))) {
            agent(old).ifPresent(agent -> agent.execute(() -> agent.gone(old)));
        }
        if (now != null) {
            agent(now).ifPresent(agent -> agent.changed(now));
        }
    }

    private Optional<NodeAgent> agent(KubeObject pod) {
        return Optional.ofNullable(nodes.get(pod.text("spec", "nodeName")));
    }

    /** The cluster's network, for what connects to its addresses from outside. */
    public ClusterNetwork network() {
        return network;
    }

    /** Switches a node's machine off: its Lease is no longer renewed and its containers are gone; idempotent. */
    public void stopNode(String name) {
        NodeAgent agent = nodes.get(name);
        if (agent != null && !agent.isStopped()) {
            agent.powerOff();
        }
    }

    /** Switches a node's machine on again; its pods are started anew. Idempotent. */
    public void startNode(String name) {
        NodeAgent agent = nodes.get(name);
        if (agent != null && agent.isStopped()) {
            agent.powerOn(() -> api.informer(Resources.PODS).all().stream()
                    .filter(pod -> pod.text("spec", "nodeName").equals(name))
                    .toList());
        }
    }

    /**
     * Waits until all that is to be done now is done, for a short while: for those who move the clock by hand.
     *
     * @return whether it is
     */
    boolean quiesce() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            executor.execute(() -> {
                together.countDown();
                try {
                    // Nobody is here before everybody is: so nobody is busy with anything else.
                    boolean all = together.await(QUIESCE_MILLIS, TimeUnit.MILLISECONDS);
                    logger().log(System.Logger.Level.TRACE, () -> "all together: " + all);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        return together.await(QUIESCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private PodWorker worker(KubeObject pod) {
        NodeAgent agent = agent(pod).orElseThrow(() -> PodStreams.unreachable(pod));
        if (agent.isStopped()) {
            throw PodStreams.unreachable(pod);
        }
        return agent.worker(pod).orElseThrow(() -> PodStreams.podNotFound(pod));
    }

    @Override
    public InputStream logs(KubeObject pod, LogRequest request) {
        return streams.logs(pod, worker(pod), request);
    }

    @Override
    public RemoteProcess exec(KubeObject pod, ExecRequest request) {
        return streams.exec(worker(pod), request);
    }

    @Override
    public RemoteProcess attach(KubeObject pod, ExecRequest request) {
        return streams.attach(worker(pod), request);
    }

    @Override
    public void checkForward(KubeObject pod) {
        PodStreams.checkForward(pod, worker(pod));
    }

    @Override
    public ByteChannelPair portForward(KubeObject pod, int port) throws IOException {
        return streams.portForward(pod, worker(pod), port);
    }

    @Override
    public HttpReply proxy(HttpCall call) throws IOException {
        if (call.namespace().isEmpty()) {
            NodeAgent agent = nodes.get(call.name());
            if (agent == null || agent.isStopped()) {
                throw new IOException("dial tcp: connect: no route to host");
            }
            return endpoints.answer(agent, call);
        }
        KubeObject pod = api.informer(Resources.PODS)
                .find(call.namespace(), call.name())
                .orElseThrow(() -> new IOException("no such pod"));
        NodeAgent agent = agent(pod).orElseThrow(() -> new IOException("the pod has no node"));
        return endpoints.ofPod(agent, pod, call);
    }

    @Override
    public Optional<HttpReply> proxyToService(KubeObject service, String portName, HttpCall call) throws IOException {
        Optional<String> endpoint = network.endpoint(service, portName);
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        NodeAgent from = nodes.values().iterator().next();
        String address = endpoint.get();
        int colon = address.lastIndexOf(':');
        return Optional.of(
                endpoints.to(from, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), call));
    }

    @Override
    public Optional<ByteChannelPair> connectToService(KubeObject service, String portName) throws IOException {
        Optional<String> endpoint = network.endpoint(service, portName);
        return endpoint.isEmpty()
                ? Optional.empty()
                : Optional.of(streams.connect(nodes.values().iterator().next().host(), endpoint.get()));
    }

    @Override
    public void close() {
        try {
            AutoCloseable open = subscription;
            if (open != null) {
                open.close();
            }
            AutoCloseable followed = volumes;
            if (followed != null) {
                followed.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            nodes.values().forEach(NodeAgent::powerOff);
            executor.shutdownNow();
            awaitEnd();
            runtime.close();
            store.end();
        }
    }

    /** What fails because everything ends is no news. */
    private System.Logger.Level failing() {
        return executor.isShutdown() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
    }

    private static System.Logger logger() {
        return System.getLogger(Kubelets.class.getName());
    }

    private void awaitEnd() {
        try {
            if (!executor.awaitTermination(300, TimeUnit.MILLISECONDS)) {
                logger().log(System.Logger.Level.DEBUG, "a kubelet is still busy");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
