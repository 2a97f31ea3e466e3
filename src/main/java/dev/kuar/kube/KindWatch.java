package dev.kuar.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A watch of one kind in all namespaces that begins anew, in a thread of its own, when it ends or can't begin. */
final class KindWatch implements Watcher<GenericKubernetesResource> {
    private static final long AGAIN_MILLIS = 500;

    private final Supplier<Optional<KindPaths.Served>> kind;
    private final Function<KindPaths.Served, Watchable<GenericKubernetesResource>> target;
    private final Runnable listener;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "cluster-watch");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean closed;
    private volatile @Nullable Watch watch;

    KindWatch(
            Supplier<Optional<KindPaths.Served>> kind,
            Function<KindPaths.Served, Watchable<GenericKubernetesResource>> target,
            Runnable listener) {
        this.kind = kind;
        this.target = target;
        this.listener = listener;
    }

    void start() {
        again(0);
    }

    @Override
    public void eventReceived(Action action, GenericKubernetesResource resource) {
        if (!closed && action != Action.BOOKMARK) {
            listener.run();
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        again(AGAIN_MILLIS);
    }

    @Override
    public void onClose() {
        again(AGAIN_MILLIS);
    }

    void close() {
        closed = true;
        thread.shutdownNow();
        Watch running = watch;
        if (running != null) {
            running.close();
        }
    }

    private void again(long delay) {
        if (!closed) {
            var unused = thread.schedule(this::begin, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void begin() {
        try {
            Optional<KindPaths.Served> served = kind.get();
            if (served.isEmpty()) {
                again(AGAIN_MILLIS);
                return;
            }
            Watch begun = target.apply(served.get()).watch(this);
            watch = begun;
            if (closed) {
                begun.close();
            }
        } catch (RuntimeException e) {
            again(AGAIN_MILLIS);
        }
    }
}
