package dev.kuar.kubectl.command;

import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.RequestGate;
import dev.kuar.kubectl.rest.SharedClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clients of a session, one for each way to reach a cluster. */
public final class SharedState implements Run.Shared, AutoCloseable {
    private final Clock clock;
    private final RequestGate gate;
    private final Map<ClientSettings, SharedClient> clients = new ConcurrentHashMap<>();

    /** {@code gate} says what may be sent to which cluster. */
    public SharedState(Clock clock, RequestGate gate) {
        this.clock = clock;
        this.gate = gate;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public SharedClient client(ClientSettings settings) {
        return clients.computeIfAbsent(settings.connection(), key -> SharedClient.of(key, clock, gate));
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.pool().close());
        clients.clear();
    }
}
