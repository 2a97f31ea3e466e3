package dev.kuar.practice.container;

import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP that also has gRPC's health service on its port, for the server as a whole.
 *
 * @param health what the health service says
 */
record HealthyServer(PortService inner, String health) implements PortService {
    @Override
    public Wire accept(Wire back, String peer) {
        return inner.accept(back, peer);
    }

    @Override
    public @Nullable HttpHandler http() {
        return inner.http();
    }

    @Override
    public String health(String service) {
        return service.isEmpty() ? health : "NOT_FOUND";
    }
}
