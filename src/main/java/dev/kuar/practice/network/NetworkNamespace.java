package dev.kuar.practice.network;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One network stack: a pod's, or a node's, which host-network pods share. */
public final class NetworkNamespace {
    private final String node;
    private final Map<Integer, PortService> tcp = new ConcurrentHashMap<>();
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

    /** In ascending order. */
    public Collection<Integer> ports() {
        return new TreeSet<>(tcp.keySet());
    }
}
