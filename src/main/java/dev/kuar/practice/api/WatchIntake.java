package dev.kuar.practice.api;

import dev.kuar.practice.schema.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens to a watch, in order: at once, or, where a webhook has to convert objects, one after another on a
 * worker. What cannot be converted ends the watch.
 */
final class WatchIntake {
    private static final int LIMIT = 1024;

    private final WatchQueue queue;
    private final Kind kind;
    private final Versions versions;
    private final Executor workers;
    private final boolean converts;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    WatchIntake(WatchQueue queue, Kind kind, Versions versions, Executor workers) {
        this.queue = queue;
        this.kind = kind;
        this.versions = versions;
        this.workers = workers;
        this.converts = versions.asksWebhook(kind);
    }

    void begin(List<Stored> snapshot, long revision) {
        take(() -> queue.begin(all(snapshot), revision));
    }

    void afterInitial(long revision) {
        take(() -> queue.afterInitial(revision));
    }

    void accept(FeedEvent event) {
        take(() -> queue.accept(
                converts ? new FeedEvent(event.revision(), converted(event.old()), converted(event.now())) : event));
    }

    void bookmark(long progress) {
        take(() -> queue.bookmark(progress));
    }

    private List<Stored> all(List<Stored> snapshot) {
        if (!converts) {
            return snapshot;
        }
        List<Stored> all = new ArrayList<>(snapshot.size());
        snapshot.forEach(each -> all.add(versions.served(kind, each)));
        return all;
    }

    private @Nullable Stored converted(@Nullable Stored stored) {
        return stored == null ? null : versions.served(kind, stored);
    }

    private void take(Runnable step) {
        if (!converts) {
            step.run();
            return;
        }
        boolean full;
        boolean starts;
        synchronized (this) {
            full = waiting.size() >= LIMIT;
            starts = !full && !working;
            if (!full) {
                waiting.add(step);
                working = true;
            }
        }
        if (full) {
            queue.close();
        } else if (starts) {
            start();
        }
    }

    private void start() {
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException closed) {
            queue.close();
        }
    }

    private void work() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException failed) {
                System.getLogger(WatchIntake.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "a watch of " + kind + " cannot go on: " + failed.getMessage());
                queue.close();
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = queue.isEnding() ? null : waiting.poll();
        working = next != null;
        return next;
    }
}
