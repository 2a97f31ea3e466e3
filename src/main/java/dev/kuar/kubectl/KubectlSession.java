package dev.kuar.kubectl;

import dev.kuar.kubectl.command.SharedState;
import java.time.Clock;

/**
 * What outlives a run of kubectl within one shell: warm connections, credentials and discovery per cluster and user.
 *
 * <p>Made once by who owns the shell, closed with it. Safe for many threads.
 */
public final class KubectlSession implements AutoCloseable {
    private final SharedState shared;

    public KubectlSession(Clock clock) {
        this.shared = new SharedState(clock);
    }

    SharedState shared() {
        return shared;
    }

    @Override
    public void close() {
        shared.close();
    }
}
