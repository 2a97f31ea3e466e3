package dev.kuar.guard;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.KubeConfig;
import dev.kuar.process.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guards of other kuars on the same KUAR_HOME: their entries in kuar's kubeconfig are left alone for as long as they listen.
 *
 * <p>Of two shells the first one guards a cluster for both; when it has left, the next command of the other takes over.
 */
final class Peers {
    private static final int PATIENCE_MILLIS = 200;

    private final Path folder;
    private Set<Integer> ports = Set.of();
    private Set<Integer> listening = Set.of();

    /** {@code folder} is where each of them leaves a file with its process id, named after its port. */
    Peers(Path folder) {
        this.folder = folder;
    }

    /** Tells the others that this process listens there. */
    void announce(int port) throws IOException {
        PrivateFile.write(mark(port), String.valueOf(ProcessHandle.current().pid()));
    }

    /** Tells the others that it does no longer. */
    void leave(int port) {
        try {
            Files.deleteIfExists(mark(port));
        } catch (IOException kept) {
            // It is found out by the port, at which nobody listens.
            return;
        }
    }

    private Path mark(int port) {
        return folder.resolve("port-" + port);
    }

    private boolean isAnnounced(int port) {
        try {
            String pid = Files.readString(mark(port)).strip();
            return pid.matches("[0-9]{1,18}")
                    && ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isPresent();
        } catch (IOException absent) {
            return false;
        }
    }

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
            if (!isAnnounced(port)) {
                continue;
            }
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
