package dev.kuar.practice;

import dev.kuar.practice.pki.ClusterPki;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a process that stands by does while it waits: it starts a cluster of the same kind in memory, asks it something, and ends it.
 *
 * <p>The first cluster of a process takes more than a second to answer, nearly all of it for classes that are loaded and code that is
 * not compiled yet; the second takes a fifth of that. Done once, on a thread of its own; costs about a second of processor time.
 */
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Rehearsal.class.getName());
    private static final Duration LATER = Duration.ofSeconds(3);

    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean begun;

    /** For a process that has nothing else to do. */
    void begin(ClusterRecord cluster) {
        begin(Duration.ZERO, cluster);
    }

    /** For a process that is being used: when its first work is done. */
    void beginLater(ClusterRecord cluster) {
        begin(LATER, cluster);
    }

    private synchronized void begin(Duration delay, ClusterRecord cluster) {
        if (begun) {
            return;
        }
        begun = true;
        Thread thread = new Thread(() -> await(delay, cluster), "rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private void await(Duration delay, ClusterRecord cluster) {
        try {
            if (!closed.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                perform(cluster);
            }
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.FINE, "a rehearsal of " + cluster.name(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static void perform(ClusterRecord cluster) throws IOException {
        ClusterSpec small = new ClusterSpec(
                cluster.name(),
                cluster.profile(),
                1,
                cluster.kubernetesVersion(),
                Optional.empty(),
                0,
                Optional.empty());
        try (PracticeCluster played = PracticeCluster.start(small, new RunSettings(ClusterPki::throwawayPair))) {
            played.ask("/readyz");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
