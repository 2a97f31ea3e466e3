package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.container.ContainerRuntime;
import dev.kuar.practice.container.KernelSettings;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** The kubelet of one node: knows its pods, and what they share. */
final class NodeAgent {
    /** How long before the API server answers the containers of static pods have been running. */
    static final Duration STATIC_LEAD = Duration.ofSeconds(11);

    private final NodeSpec spec;
    private final ApiClient api;
    private final ApiClient installer;
    private final ClusterClock clock;
    private final Executor executor;
    private final ContainerRuntime runtime;
    private final ClusterNetwork network;
    private final VolumeStore store;
    private final NetworkNamespace host;
    private final NodeImages images;
    private final ServiceVariables variables;
    private final ControlPlane plane;
    private final EventRecorder events;
    private final Prober prober;
    private final PodAddresses addresses = new PodAddresses();
    private final NodeMachine machine;
    private final KernelSettings kernel = KernelSettings.ofMachine();
    private final VolumeContent cgroups;
    private final NodePressure pressure;
    private final NodeHeart heart;
    private final StaticPods statics;
    private final NodeAdmission admission = new NodeAdmission(this);
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    NodeAgent(
            NodeSpec spec,
            List<KubeObject> staticPods,
            ApiClient cluster,
            ClusterClock clock,
            Executor executor,
            ContainerRuntime runtime,
            ClusterNetwork network,
            VolumeStore store,
            NodeImages images,
            ServiceVariables variables,
            ControlPlane plane,
            String version) {
        this.spec = spec;
        this.api = cluster.as(
                UserInfo.of("system:node:" + spec.name(), "system:nodes", "system:authenticated"), "kubelet");
        this.installer = cluster.as(
                UserInfo.of("kubernetes-admin", "kubeadm:cluster-admins", "system:authenticated"), "kubeadm");
        this.clock = clock;
        this.executor = executor;
        this.runtime = runtime;
        this.network = network;
        this.store = store;
        this.images = images;
        this.variables = variables;
        this.plane = plane;
        this.host = new NetworkNamespace(spec.internalIp(), spec.name());
        this.events = new EventRecorder(api, clock, spec.name(), this::execute);
        this.prober = new Prober(network, host, clock, this::execute, minor(version));
        this.machine = new NodeMachine(this);
        this.cgroups = NodeCgroups.of(this);
        this.pressure = new NodePressure(this, spec.evictionHard());
        this.heart = new NodeHeart(this);
        this.statics = new StaticPods(this, staticPods);
        network.attach(host);
    }

    private static String minor(String version) {
        String[] parts = version.replaceFirst("^v", "").split("\\.");
        return parts.length < 2 ? version : parts[0] + "." + parts[1];
    }

    void start() {
        heart.start();
        statics.start();
        pressure.start();
    }

    NodeSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    ApiClient api() {
        return api;
    }

    /** Who makes the node a part of the cluster. */
    ApiClient installer() {
        return installer;
    }

    ClusterClock clock() {
        return clock;
    }

    ServiceVariables variables() {
        return variables;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    ClusterNetwork network() {
        return network;
    }

    VolumeStore store() {
        return store;
    }

    NodeImages images() {
        return images;
    }

    EventRecorder events() {
        return events;
    }

    NodeMachine machine() {
        return machine;
    }

    /** The parameters of its kernel. */
    KernelSettings kernel() {
        return kernel;
    }

    /** The node's tree of cgroups. */
    VolumeContent cgroups() {
        return cgroups;
    }

    StaticPods statics() {
        return statics;
    }

    ControlPlane plane() {
        return plane;
    }

    Prober prober() {
        return prober;
    }

    NetworkNamespace host() {
        return host;
    }

    boolean isStopped() {
        return stopped;
    }

    /** The name server of the node itself. */
    String gateway() {
        String ip = host.ip();
        return ip.substring(0, ip.lastIndexOf('.') + 1) + "1";
    }

    /** The Node as it is now. */
    KubeObject current() {
        return api.informer(Resources.NODES).find("", name()).orElse(spec.node());
    }

    void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            // The cluster is being closed.
            return;
        }
    }

    /** The network of a pod; empty until the node has its range of addresses. */
    Optional<NetworkNamespace> sandbox(KubeObject pod) {
        if (pod.flag("spec", "hostNetwork")) {
            return Optional.of(host);
        }
        return addresses.take(range(), pod.text("status", "podIP")).map(ip -> {
            NetworkNamespace stack = new NetworkNamespace(ip, name());
            stack.belongsTo(pod.namespace(), pod.labels());
            network.attach(stack);
            return stack;
        });
    }

    /** The node's range; where nodes have none, the CNI takes addresses of the network that the nodes are in. */
    private String range() {
        String given = current().text("spec", "podCIDR");
        return given.isEmpty() && spec.podCidr().isEmpty() ? PodAddresses.beside(spec.internalIp()) : given;
    }

    void release(NetworkNamespace stack) {
        network.detach(stack);
        addresses.give(stack.ip());
    }

    /** Which pods it takes, and what they get. */
    NodeAdmission admission() {
        return admission;
    }

    /** Of what it has too little now. */
    NodePressure pressure() {
        return pressure;
    }

    /** Tells the API soon where that has changed. */
    void reportPressure() {
        heart.hurry();
    }

    Collection<PodWorker> workers() {
        return workers.values();
    }

    Optional<PodWorker> worker(KubeObject pod) {
        return Optional.ofNullable(workers.get(key(pod)));
    }

    /** What tells one of its pods from another: a static pod stays the same when its mirror is made again. */
    static String key(KubeObject pod) {
        String hash = pod.annotations().get("kubernetes.io/config.mirror");
        return hash == null ? pod.uid() : hash;
    }

    /** A pod of this node was made or has changed. */
    void changed(KubeObject pod) {
        if (stopped) {
            return;
        }
        boolean mirror = pod.annotations().containsKey("kubernetes.io/config.mirror");
        if (mirror && !workers.containsKey(key(pod)) && !statics.isCurrent(pod)) {
            statics.ensureSoon();
            return;
        }
        workers.computeIfAbsent(key(pod), key -> new PodWorker(this, pod)).update(pod);
    }

    /** A pod of this node is gone from the API. */
    void gone(KubeObject pod) {
        if (stopped) {
            return;
        }
        if (statics.owns(pod)) {
            statics.ensureSoon();
            return;
        }
        PodWorker worker = workers.remove(key(pod));
        if (worker != null) {
            worker.removed();
            store.podGone(key(pod));
            worker.records().forEach(record -> store.layerGone(record.id));
        }
    }

    /**
     * Ends a static pod whose file is gone or has changed.
     *
     * @param done called once nothing of it runs
     * @return whether there is anything left to end
     */
    boolean withdraw(KubeObject mirror, Runnable done) {
        PodWorker worker = workers.get(key(mirror));
        if (worker == null) {
            return false;
        }
        worker.withdraw(() -> {
            workers.remove(key(mirror), worker);
            store.podGone(key(mirror));
            done.run();
        });
        return true;
    }

    /** Whether something of another static pod of this name is still there. */
    boolean isEnding(KubeObject mirror) {
        return workers.values().stream()
                .map(PodWorker::pod)
                .anyMatch(pod -> pod.name().equals(mirror.name())
                        && pod.namespace().equals(mirror.namespace())
                        && !key(pod).equals(key(mirror))
                        && pod.annotations().containsKey("kubernetes.io/config.mirror"));
    }

    /** Says nothing more, and all its containers are gone, as when the machine is switched off. */
    void powerOff() {
        stopped = true;
        heart.stop();
        workers.values().forEach(PodWorker::powerOff);
        workers.clear();
        network.detach(host);
    }

    /** Comes back with empty hands: pods are started anew. */
    void powerOn(Supplier<List<KubeObject>> pods) {
        stopped = false;
        network.attach(host);
        heart.start();
        statics.start();
        pressure.start();
        pods.get().forEach(this::changed);
    }
}
