package dev.kuar.practice.network;

import org.jspecify.annotations.Nullable;

/** What answers on a port of a simulated process. Costs no thread while nobody is connected. */
public interface PortService {
    /**
     * Begins a connection.
     *
     * @param back where answers go
     * @param peer the address of who connects
     * @return where the peer's bytes go
     */
    Wire accept(Wire back, String peer);

    /** The handler behind, where the service speaks HTTP: in-process clients call it without bytes. */
    default @Nullable HttpHandler http() {
        return null;
    }

    /**
     * What the health service of gRPC says of a service, {@code SERVING} for instance, {@code NOT_FOUND} where it knows none
     * of that name; null where no gRPC is spoken.
     *
     * @param service empty for the server as a whole
     */
    default @Nullable String health(String service) {
        return null;
    }

    /** Whether it speaks TLS; plain HTTP to such a port is an error. */
    default boolean tls() {
        return false;
    }
}
