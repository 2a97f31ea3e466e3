package dev.kuar.kubectl.rest;

import java.time.Clock;

/**
 * What runs against the same cluster as the same user share: warm connections, credentials, discovery.
 *
 * @param pool the connections
 * @param credentials what a credential plugin answered
 * @param discovery what the server was found to know
 * @param gate what may be sent at all
 */
public record SharedClient(
        ConnectionPool pool, ExecCredentials credentials, DiscoveryCache discovery, RequestGate gate) {
    public static SharedClient of(ClientSettings settings, Clock clock, RequestGate gate) {
        return new SharedClient(
                new ConnectionPool(settings.connection()), new ExecCredentials(clock), new DiscoveryCache(clock), gate);
    }
}
