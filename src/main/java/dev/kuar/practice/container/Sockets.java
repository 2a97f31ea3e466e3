package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpService;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.UdpService;
import dev.kuar.practice.pki.KeyStores;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** The ports of one process, given back as it ends. */
final class Sockets {
    /** From where simulated clients call. */
    static final int CLIENT_PORT = 41234;

    private final Task task;

    Sockets(Task task) {
        this.task = task;
    }

    static int clientPort(HttpRequest request) {
        return CLIENT_PORT + Math.floorMod(request.peer().hashCode(), 1000);
    }

    /** Listens; where somebody else does already the process says so and ends. */
    boolean tcp(int port, PortService service) throws IOException {
        if (!task.container().network().listen(port, service)) {
            return inUse("tcp", port);
        }
        task.listensOn("tcp", port);
        task.atEnd(() -> task.container().network().release(port, service));
        return true;
    }

    /** The same for datagrams. */
    boolean udp(int port, UdpService service) throws IOException {
        if (!task.container().network().listenUdp(port, service)) {
            return inUse("udp", port);
        }
        task.listensOn("udp", port);
        task.atEnd(() -> task.container().network().releaseUdp(port, service));
        return true;
    }

    private boolean inUse(String protocol, int port) throws IOException {
        new GoLog(task).print("listen " + protocol + " :" + port + ": bind: address already in use");
        task.end(1);
        return false;
    }

    /** HTTPS with the certificate and key of two PEM files, which are read when the first client comes. */
    HttpService secure(HttpHandler handler, String certificate, String key) {
        return HttpService.secure(handler, () -> context(certificate, key));
    }

    private SSLContext context(String certificate, String key) {
        if (!task.files().exists(key)) {
            // The image shows a certificate for localhost; its key is made here and not shipped.
            return task.container().runtime().services().certificates().apply("localhost");
        }
        try {
            return KeyStores.server(
                    task.files().readText(certificate), task.files().readText(key));
        } catch (GeneralSecurityException | FileError e) {
            throw new IllegalStateException("no certificate and key in " + certificate + " and " + key, e);
        }
    }
}
