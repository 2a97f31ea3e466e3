package dev.kuar.tutor;

import dev.kuar.kube.ClusterView;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls back soon after a cluster changed: several changes within 20 ms are one, and a call is never made while the one
 * before is still at work.
 */
final class ChangeWatch implements AutoCloseable {
    private static final long DEBOUNCE_MILLIS = 20;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "tutor-watch");
        daemon.setDaemon(true);
        return daemon;
    });
    private final AtomicBoolean due = new AtomicBoolean();
    private final AutoCloseable watch;

    ChangeWatch(ClusterView view, Set<ClusterView.KindName> kinds, Runnable onChange) {
        this.watch = view.watch(kinds, () -> {
            if (due.compareAndSet(false, true) && !thread.isShutdown()) {
                var unused = thread.schedule(
                        () -> {
                            due.set(false);
                            onChange.run();
                        },
                        DEBOUNCE_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            watch.close();
        } catch (Exception ignored) {
            // A watch that can't be closed ends with its connection.
        }
    }
}
