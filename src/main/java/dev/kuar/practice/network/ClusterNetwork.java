package dev.kuar.practice.network;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.network.NetworkNamespace.Forward;
import dev.kuar.practice.network.ServiceTargets.Target;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wires of a practice cluster: finds who answers at an address, as kube-proxy, the CNI and the kernel would.
 *
 * <p>Service addresses lead to ready endpoints of their EndpointSlices, each time to any of them unless the
 * Service holds a client to one. Thread-safe.
 */
public final class ClusterNetwork {
    private static final GroupResource SERVICES = GroupResource.core("services");

    private static final Protocol<UdpService> UDP =
            new Protocol<>("UDP", NetworkNamespace::udpListener, Optional::<UdpService>empty);

    private final Protocol<PortService> tcp =
            new Protocol<>("TCP", NetworkNamespace::listener, () -> Optional.ofNullable(hidden()));
    private final ApiClient api;
    private final ServiceTargets targets;
    private final Map<String, NetworkNamespace> stacks = new ConcurrentHashMap<>();
    /** By Service and client, where the Service wants a client to stay. */
    private final Map<String, Target> kept = new ConcurrentHashMap<>();

    private final @Nullable PolicyCheck policies;
    private volatile @Nullable PortService hidden;

    /** @param enforcesPolicies whether the cluster's CNI looks at NetworkPolicies */
    public ClusterNetwork(ApiClient api, boolean enforcesPolicies) {
        this.api = api;
        this.targets = new ServiceTargets(api);
        this.policies = enforcesPolicies ? new PolicyCheck(api) : null;
    }

    /** Who answers for the Service {@code kubernetes} where no node of the cluster runs the API server. */
    public void serveHidden(PortService apiServer) {
        hidden = apiServer;
    }

    private @Nullable PortService hidden() {
        return hidden;
    }

    /** Makes a stack reachable under its address. */
    public void attach(NetworkNamespace stack) {
        stacks.put(stack.ip(), stack);
    }

    public void detach(NetworkNamespace stack) {
        stacks.remove(stack.ip(), stack);
    }

    /** Whether a pod or a node has this address. */
    public boolean isUp(String ip) {
        return stacks.containsKey(ip);
    }

    /** The cluster's name server, for the process that serves it. */
    public DnsPort dns() {
        return new ClusterDns(api);
    }

    /** Who answers at {@code ip:port} as seen from {@code from}. */
    public PortService dial(NetworkNamespace from, String ip, int port) throws Unreachable {
        return dial(from, ip, port, tcp);
    }

    /** Who answers datagrams to {@code ip:port} as seen from {@code from}. */
    public UdpService dialUdp(NetworkNamespace from, String ip, int port) throws Unreachable {
        return dial(from, ip, port, UDP);
    }

    private <T> T dial(NetworkNamespace from, String ip, int port, Protocol<T> protocol) throws Unreachable {
        if (ip.startsWith("127.") || ip.equals("::1") || ip.equals("0.0.0.0")) {
            Optional<Forward> mapped = from.forwardOf(protocol.name(), ip, port);
            return mapped.isPresent() ? follow(from, mapped.get(), ip, protocol) : listener(from, port, ip, protocol);
        }
        NetworkNamespace stack = stacks.get(ip);
        if (stack != null) {
            Optional<Forward> mapped = stack.forwardOf(protocol.name(), ip, port);
            if (mapped.isPresent()) {
                return follow(from, mapped.get(), ip, protocol);
            }
            if (policies != null && !policies.allows(from, stack, port, protocol.name())) {
                throw new Unreachable(Unreachable.Cause.TIMED_OUT, ip + ":" + port);
            }
            T direct = protocol.listeners().apply(stack, port);
            if (direct != null) {
                return direct;
            }
        }
        Route route = route(ip, port, stack != null, protocol.name());
        if (route.known()) {
            return follow(from, route, ip, port, protocol);
        }
        if (stack != null) {
            throw new Unreachable(Unreachable.Cause.REFUSED, ip + ":" + port);
        }
        throw new Unreachable(
                sameNetwork(from.ip(), ip) ? Unreachable.Cause.NO_ROUTE : Unreachable.Cause.TIMED_OUT, ip + ":" + port);
    }

    /** Some ready endpoint of a service's port, by the port's name; empty where there is none. */
    public Optional<String> endpoint(KubeObject service, String portName) {
        List<Target> ready = targets.of(service, portName);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        Target target = any(ready);
        return Optional.of(target.ip() + ":" + target.port());
    }

    private <T> T follow(NetworkNamespace from, Forward mapped, String ip, Protocol<T> protocol) throws Unreachable {
        if (policies != null && !policies.allows(from, mapped.pod(), mapped.podPort(), protocol.name())) {
            throw new Unreachable(Unreachable.Cause.TIMED_OUT, ip + ":" + mapped.port());
        }
        return listener(mapped.pod(), mapped.podPort(), ip, protocol);
    }

    private <T> T follow(NetworkNamespace from, Route route, String ip, int port, Protocol<T> protocol)
            throws Unreachable {
        T elsewhere = protocol.hidden().get().orElse(null);
        boolean somewhere = route.targets().stream().anyMatch(target -> stacks.containsKey(target.ip()));
        if (route.api() && elsewhere != null && !somewhere) {
            return elsewhere;
        }
        if (route.targets().isEmpty()) {
            throw new Unreachable(Unreachable.Cause.REFUSED, ip + ":" + port);
        }
        List<Target> near = route.local()
                ? route.targets().stream()
                        .filter(each -> each.node().equals(from.node()))
                        .toList()
                : route.targets();
        if (near.isEmpty()) {
            throw new Unreachable(Unreachable.Cause.TIMED_OUT, ip + ":" + port);
        }
        Target target = route.client().isEmpty() ? any(near) : keep(route.client() + from.ip(), near);
        NetworkNamespace stack = stacks.get(target.ip());
        if (stack == null) {
            throw new Unreachable(Unreachable.Cause.NO_ROUTE, ip + ":" + port);
        }
        if (policies != null && !policies.allows(from, stack, target.port(), protocol.name())) {
            throw new Unreachable(Unreachable.Cause.TIMED_OUT, ip + ":" + port);
        }
        return listener(stack, target.port(), ip, protocol);
    }

    private static Target any(List<Target> targets) {
        return targets.get(ThreadLocalRandom.current().nextInt(targets.size()));
    }

    /** The endpoint that the client had before, if it is still there. */
    private Target keep(String client, List<Target> targets) {
        return kept.compute(
                client, (key, before) -> before != null && targets.contains(before) ? before : any(targets));
    }

    private static <T> T listener(NetworkNamespace stack, int port, String ip, Protocol<T> protocol)
            throws Unreachable {
        T service = protocol.listeners().apply(stack, port);
        if (service == null) {
            throw new Unreachable(Unreachable.Cause.REFUSED, ip + ":" + port);
        }
        return service;
    }

    private Route route(String ip, int port, boolean nodeAddress, String protocol) {
        for (KubeObject service : api.informer(SERVICES).all()) {
            boolean own = ip.equals(service.text("spec", "clusterIP"))
                    || service.texts("spec", "clusterIPs").contains(ip)
                    || service.texts("spec", "externalIPs").contains(ip)
                    || balancerAddresses(service).contains(ip);
            for (Map<String, Object> entry : service.maps("spec", "ports")) {
                KubeObject servicePort = KubeObject.of(entry);
                boolean here = own
                        ? servicePort.number(0, "port") == port
                        : nodeAddress && servicePort.number(0, "nodePort") == port;
                if (here && carries(servicePort.text("protocol"), port, protocol)) {
                    return Route.to(service, targets.of(service, servicePort.text("name")), own);
                }
            }
            if (own) {
                // kube-proxy has no rule for the port: the packet goes out of the node and is lost.
                return Route.NONE;
            }
        }
        return Route.NONE;
    }

    /** Simulated clients of DNS speak TCP only, so a name server's UDP port answers them too. */
    private static boolean carries(String offered, int port, String wanted) {
        String protocol = offered.isEmpty() ? "TCP" : offered;
        return protocol.equals(wanted) || port == 53 && protocol.equals("UDP");
    }

    private static List<String> balancerAddresses(KubeObject service) {
        List<String> addresses = new ArrayList<>();
        service.maps("status", "loadBalancer", "ingress")
                .forEach(i -> addresses.add(KubeObject.of(i).text("ip")));
        return addresses;
    }

    private static boolean isApi(KubeObject service) {
        return service.namespace().equals("default") && service.name().equals("kubernetes");
    }

    private static boolean sameNetwork(String from, String to) {
        int end = from.lastIndexOf('.');
        return end > 0 && to.startsWith(from.substring(0, end + 1));
    }

    /**
     * What is spoken over IP.
     *
     * @param hidden who answers for the API server where none of the nodes runs it
     */
    private record Protocol<T>(
            String name, BiFunction<NetworkNamespace, Integer, @Nullable T> listeners, Supplier<Optional<T>> hidden) {}

    /**
     * Where a service address leads.
     *
     * @param local whether only to endpoints on the client's node
     * @param client begins the name of a client who stays with one endpoint; empty where none does
     */
    private record Route(boolean known, List<Target> targets, boolean api, boolean local, String client) {
        static final Route NONE = new Route(false, List.of(), false, false, "");

        static Route to(KubeObject service, List<Target> targets, boolean inside) {
            String policy = service.text("spec", inside ? "internalTrafficPolicy" : "externalTrafficPolicy");
            boolean stays = service.text("spec", "sessionAffinity").equals("ClientIP");
            return new Route(true, targets, isApi(service), policy.equals("Local"), stays ? service.uid() + "/" : "");
        }
    }
}
