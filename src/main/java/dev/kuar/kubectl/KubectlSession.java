package dev.kuar.kubectl;

import dev.kuar.kubectl.command.SharedState;
import dev.kuar.kubectl.rest.RequestGate;
import java.time.Clock;

/**
 * What outlives a run of kubectl within one shell: warm connections, credentials and discovery per cluster and user.
 *
 * <p>Made once by who owns the shell, closed with it. Safe for many threads.
 */
public final class KubectlSession implements AutoCloseable {
    private final SharedState shared;

    /** Its commands may send anything. */
    public KubectlSession(Clock clock) {
        this(clock, RequestGate.OPEN);
    }

    /** Its commands ask {@code gate} before each request. */
    public KubectlSession(Clock clock, RequestGate gate) {
        this.shared = new SharedState(clock, gate);
    }

    SharedState shared() {
        return shared;
    }

    @Override
    public void close() {
        shared.close();
    }
}
