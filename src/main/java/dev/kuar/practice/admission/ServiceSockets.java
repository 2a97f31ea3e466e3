package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;

/** Connections to the pods behind Services, for webhooks that run in the cluster. */
@FunctionalInterface
public interface ServiceSockets {
    /** Reaches nobody. */
    ServiceSockets NONE = (service, portName) -> Optional.empty();

    /**
     * A connection to some ready endpoint.
     *
     * @param portName of the Service's port; empty for the one without a name
     * @return empty where no pod is ready
     * @throws IOException worded as Go's dialler words it
     */
    Optional<Socket> open(KubeObject service, String portName) throws IOException;
}
