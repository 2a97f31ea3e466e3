package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Starts watches: where they begin, their bookmarks, their end. */
final class Watches implements AutoCloseable {
    private static final long MIN_TIMEOUT_SECONDS = 1800;
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);
    private static final Duration BOOKMARK_SOON = Duration.ofSeconds(1);
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    private final Storage storage;
    private final ClusterClock clock;
    private final Store.Watch progressWatch;
    private final ExecutorService converting = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kuar-conversion");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long progress;

    Watches(Storage storage, ClusterClock clock) {
        this.storage = storage;
        this.clock = clock;
        Store store = storage.store();
        progress = store.revision();
        progressWatch = store.watch(
                Storage.ROOT,
                Store.prefixEnd(Storage.ROOT),
                progress,
                // told of a batch only after everybody was told of all earlier ones
                changes -> progress = Math.max(progress, changes.get(0).revision() - 1));
    }

    WatchStream watch(Selection selection, RequestOptions options) {
        OptionChecks.watch(options);
        if (timeout(options).isNegative()) {
            WatchQueue over = new WatchQueue(selection, storage.versions());
            over.end();
            return over;
        }
        String text = options.resourceVersion();
        long revision = revisionOf(text);
        boolean sendInitial = options.sendInitialEvents() == null ? revision == 0 : options.sendInitialEvents();
        WatchQueue queue = new WatchQueue(selection, storage.versions());
        WatchIntake intake = new WatchIntake(queue, selection.kind(), storage.versions(), converting);
        ResourceFeed feed = storage.feed(selection.kind());
        if (sendInitial && !isFresh(queue, revision)) {
            return queue;
        }
        if (sendInitial) {
            queue.hold(feed.subscribeFromNow(
                    snapshot -> {
                        long now = Math.max(storage.store().revision(), revision);
                        intake.begin(snapshot, newest(snapshot));
                        if (options.allowWatchBookmarks()) {
                            intake.afterInitial(now);
                        }
                    },
                    intake::accept));
        } else if (revision == 0) {
            queue.hold(feed.subscribe(-1, intake::accept));
        } else {
            from(revision, feed, queue, intake);
        }
        plan(queue, intake, options, sendInitial);
        return queue;
    }

    /** Fails a watch that is to begin with what there is at a revision that does not come. */
    private boolean isFresh(WatchQueue queue, long revision) {
        try {
            Freshness.await(storage, clock, revision);
            return true;
        } catch (ApiException future) {
            queue.fail(future.status());
            return false;
        }
    }

    private static long newest(List<Stored> snapshot) {
        long newest = 0;
        for (Stored stored : snapshot) {
            newest = Math.max(newest, stored.modRevision());
        }
        return newest;
    }

    private static void from(long revision, ResourceFeed feed, WatchQueue queue, WatchIntake intake) {
        try {
            intake.begin(List.of(), revision);
            queue.hold(feed.subscribe(revision, intake::accept));
        } catch (CompactedException gone) {
            queue.fail(Status.failure(
                    410, "Expired", "too old resource version: " + revision + " (" + gone.oldest() + ")"));
        }
    }

    /** Of none given or 0 half an hour to an hour; too many seconds run over and may be less than none, as in Go. */
    private static Duration timeout(RequestOptions options) {
        long nanos = options.timeoutSeconds().orElse(0) * 1_000_000_000L;
        return nanos != 0
                ? Duration.ofNanos(nanos)
                : Duration.ofSeconds(
                        MIN_TIMEOUT_SECONDS + ThreadLocalRandom.current().nextLong(MIN_TIMEOUT_SECONDS));
    }

    /**
     * Ends a watch in time, with a bookmark two seconds before where that is to come, and one each minute. Who awaited the end
     * of the initial events, which is marked for itself, gets one with the next tick of the second too.
     */
    private void plan(WatchQueue queue, WatchIntake intake, RequestOptions options, boolean marksInitial) {
        Duration timeout = timeout(options);
        queue.hold(clock.after(timeout, queue::end));
        if (!options.allowWatchBookmarks()) {
            return;
        }
        if (marksInitial) {
            bookmarkAfter(
                    timeout.compareTo(BOOKMARK_SOON.multipliedBy(2)) < 0 ? timeout.dividedBy(2) : BOOKMARK_SOON,
                    queue,
                    intake);
        }
        Duration last = timeout.minus(BOOKMARK_BEFORE_END);
        if (last.compareTo(marksInitial ? BOOKMARK_SOON : Duration.ZERO) > 0) {
            bookmarkAfter(last, queue, intake);
        }
        if (timeout.compareTo(BOOKMARK_EVERY) > 0) {
            bookmarkAgain(queue, intake);
        }
    }

    private void bookmarkAfter(Duration delay, WatchQueue queue, WatchIntake intake) {
        queue.hold(clock.after(delay, () -> intake.bookmark(progress)));
    }

    private void bookmarkAgain(WatchQueue queue, WatchIntake intake) {
        queue.hold(clock.after(BOOKMARK_EVERY, () -> {
            if (!queue.isOver()) {
                intake.bookmark(progress);
                bookmarkAgain(queue, intake);
            }
        }));
    }

    /** @throws dev.kuar.practice.object.ApiException 500 as upstream gives for a malformed revision of a watch */
    private static long revisionOf(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException bad) {
            throw Statuses.of(500, "", Lists.invalidRevision(text), Map.of());
        }
    }

    @Override
    public void close() {
        progressWatch.close();
        converting.shutdownNow();
    }
}
