package dev.kuar.practice.network;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One network stack: a pod's, or a node's, which host-network pods share. */
public final class NetworkNamespace {
    private final String node;
    private final Map<Integer, PortService> tcp = new ConcurrentHashMap<>();
    private final Map<Integer, UdpService> udp = new ConcurrentHashMap<>();
    private final List<Forward> forwards = new CopyOnWriteArrayList<>();
    private final Set<String> devices = new ConcurrentSkipListSet<>();
    private volatile String ip;
    private volatile Map<String, String> podLabels = Map.of();
    private volatile String podNamespace = "";

    /**
     * A stack without listeners.
     *
     * @param node the name of the node that it is on
     */
    public NetworkNamespace(String ip, String node) {
        this.ip = ip;
        this.node = node;
    }

    public String ip() {
        return ip;
    }

    public void setIp(String ip) {
        this.ip = ip;
    }

    public String node() {
        return node;
    }

    /** Says whose it is, for network policies; a node's stack belongs to nobody. */
    public void belongsTo(String namespace, Map<String, String> labels) {
        podNamespace = namespace;
        podLabels = Map.copyOf(labels);
    }

    String podNamespace() {
        return podNamespace;
    }

    Map<String, String> podLabels() {
        return podLabels;
    }

    /**
     * A port of a node that leads to one of a pod, as the CNI's port mapping does.
     *
     * @param protocol {@code TCP} or {@code UDP}
     * @param ip the node's address that it is for; empty for all, loopback included
     */
    public record Forward(String protocol, String ip, int port, NetworkNamespace pod, int podPort) {
        boolean takes(String wanted, String address, int at) {
            boolean here = ip.isEmpty() || ip.equals("0.0.0.0") || ip.equals(address);
            return here && port == at && protocol.equals(wanted);
        }
    }

    /** Lets a port lead to a pod, before anybody here hears of it. */
    public void forward(Forward forward) {
        forwards.add(forward);
    }

    /** No port leads to the pod any more. */
    public void forget(NetworkNamespace pod) {
        forwards.removeIf(each -> each.pod().equals(pod));
    }

    Optional<Forward> forwardOf(String protocol, String address, int port) {
        return forwards.stream()
                .filter(each -> each.takes(protocol, address, port))
                .findFirst();
    }

    /** Network devices that were made by hand, by name. */
    public Collection<String> devices() {
        return List.copyOf(devices);
    }

    /** Makes a device; false where there is one of this name. */
    public boolean addDevice(String name) {
        return !name.equals("eth0") && !name.equals("lo") && devices.add(name);
    }

    public void removeDevice(String name) {
        devices.remove(name);
    }

    /** Binds a port; false when somebody else has it. */
    public boolean listen(int port, PortService service) {
        return tcp.putIfAbsent(port, service) == null;
    }

    /** Gives a port back if {@code service} has it. */
    public void release(int port, PortService service) {
        tcp.remove(port, service);
    }

    public @Nullable PortService listener(int port) {
        return tcp.get(port);
    }

    /** Binds a UDP port; false when somebody else has it. */
    public boolean listenUdp(int port, UdpService service) {
        return udp.putIfAbsent(port, service) == null;
    }

    /** Gives a UDP port back if {@code service} has it. */
    public void releaseUdp(int port, UdpService service) {
        udp.remove(port, service);
    }

    @Nullable
    UdpService udpListener(int port) {
        return udp.get(port);
    }

    /** Those of TCP, in ascending order. */
    public Collection<Integer> ports() {
        return new TreeSet<>(tcp.keySet());
    }

    /** Those of UDP, in ascending order. */
    public Collection<Integer> udpPorts() {
        return new TreeSet<>(udp.keySet());
    }
}
