package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.net.Socket;

/** Connects to the server behind an APIService, over TLS and with the front proxy's certificate. */
@FunctionalInterface
public interface ExtensionDialer {
    /** Reaches nobody. */
    ExtensionDialer NONE = (apiService, service, portName) -> {
        throw new IOException("there is no aggregation layer here");
    };

    /**
     * A connection to some ready endpoint, over which requests can be made.
     *
     * @param portName of the Service's port; empty for the one without a name
     * @throws IOException worded as Go's client words it, also where no pod is ready or the server is not the one wanted
     */
    Socket dial(KubeObject apiService, KubeObject service, String portName) throws IOException;
}
