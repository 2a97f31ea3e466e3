package dev.kuar.practice;

import dev.kuar.practice.admission.ServiceSockets;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connections to simulated pods in the form of sockets, over which TLS can be spoken. */
final class SocketsToPods implements ServiceSockets {
    private final Supplier<? extends @Nullable NodeConnector> nodes;

    SocketsToPods(Supplier<? extends @Nullable NodeConnector> nodes) {
        this.nodes = nodes;
    }

    @Override
    public Optional<Socket> open(KubeObject service, String portName) throws IOException {
        NodeConnector connector = nodes.get();
        return connector == null
                ? Optional.empty()
                : connector.connectToService(service, portName).map(PodSocket::new);
    }
}
