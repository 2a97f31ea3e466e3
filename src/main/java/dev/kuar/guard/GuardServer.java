package dev.kuar.guard;

import dev.kuar.practice.pki.LoopbackIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;

/** Listens on a free port of 127.0.0.1 with TLS and an authority of this process; one daemon thread a connection. */
final class GuardServer implements AutoCloseable {
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 500;

    private final Doors doors;
    private final LoopbackIdentity identity;
    private final ServerSocket listener;
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    GuardServer(Doors doors, Instant now) throws IOException {
        this.doors = doors;
        this.identity = LoopbackIdentity.create("kuar-guard", now);
        this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Threads.start("kuar-guard", this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    String authorityPem() {
        return identity.authorityPem();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (!free.tryAcquire()) {
                    client.close();
                    continue;
                }
                open.add(client);
                Threads.start("kuar-guard-client", () -> serve(client));
            } catch (IOException closed) {
                // closed, or one client that left before it was heard
                continue;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            client.setSoTimeout(HANDSHAKE_MILLIS);
            SSLSocket secure = (SSLSocket)
                    identity.context().getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            new GuardConnection(doors, secure).serve();
            secure.close();
        } catch (IOException gone) {
            // The client left, or speaks something else than TLS: there is nobody to tell.
            return;
        } finally {
            open.remove(client);
            free.release();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
