package dev.kuar.guard;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.KubeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guards of other kuars on the same KUAR_HOME: their entries in kuar's kubeconfig are left alone for as long as they listen.
 *
 * <p>Of two shells the first one guards a cluster for both; when it has left, the next command of the other takes over.
 */
final class Peers {
    private static final int PATIENCE_MILLIS = 200;

    private Set<Integer> ports = Set.of();
    private Set<Integer> listening = Set.of();

    /** Looks who listens at the ports of the guarded entries; {@code own} is this process's port, 0 for none. */
    void look(KubeConfig config, int own) {
        Set<Integer> found = new TreeSet<>();
        for (Tree cluster : config.merged().items("clusters")) {
            String server = cluster.text("cluster", "server");
            if (Recognition.isGuarded(server)) {
                found.add(port(server));
            }
        }
        found.remove(own);
        ports = found;
        listening = listening();
    }

    /** A text that changes when one of them leaves. */
    String stamp() {
        return ports.isEmpty() ? "" : listening().toString();
    }

    /** Whether another kuar that listens keeps this entry. */
    boolean keeps(String server) {
        return Recognition.isGuarded(server) && listening.contains(port(server));
    }

    private Set<Integer> listening() {
        Set<Integer> alive = new TreeSet<>();
        for (int port : ports) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                alive.add(port);
            } catch (IOException gone) {
                continue;
            }
        }
        return alive;
    }

    private static int port(String server) {
        return URI.create(server).getPort();
    }
}
