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
import java.util.concurrent.ThreadLocalRandom;

/** Starts watches: where they begin, their bookmarks, their end. */
final class Watches implements AutoCloseable {
    private static final long MIN_TIMEOUT_SECONDS = 1800;
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    private final Storage storage;
    private final ClusterClock clock;
    private final Store.Watch progressWatch;
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
        String text = options.resourceVersion();
        long revision = revisionOf(text);
        boolean sendInitial = options.sendInitialEvents() == null ? revision == 0 : options.sendInitialEvents();
        WatchQueue queue = new WatchQueue(selection);
        ResourceFeed feed = storage.feed(selection.kind());
        if (sendInitial && !isFresh(queue, revision)) {
            return queue;
        }
        if (sendInitial) {
            queue.hold(feed.subscribeFromNow(
                    snapshot -> {
                        long now = Math.max(storage.store().revision(), revision);
                        queue.begin(snapshot, newest(snapshot));
                        if (options.allowWatchBookmarks()) {
                            queue.afterInitial(WatchQueue.bookmarkEvent(selection, now, true));
                        }
                    },
                    queue::accept));
        } else if (revision == 0) {
            queue.hold(feed.subscribe(-1, queue::accept));
        } else {
            from(revision, feed, queue);
        }
        plan(queue, options);
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

    private static void from(long revision, ResourceFeed feed, WatchQueue queue) {
        try {
            queue.begin(List.of(), revision);
            queue.hold(feed.subscribe(revision, queue::accept));
        } catch (CompactedException gone) {
            queue.fail(Status.failure(
                    410, "Expired", "too old resource version: " + revision + " (" + gone.oldest() + ")"));
        }
    }

    private void plan(WatchQueue queue, RequestOptions options) {
        long seconds = options.timeoutSeconds() > 0
                ? options.timeoutSeconds()
                : MIN_TIMEOUT_SECONDS + ThreadLocalRandom.current().nextLong(MIN_TIMEOUT_SECONDS);
        Duration timeout = Duration.ofSeconds(seconds);
        queue.hold(clock.after(timeout, queue::end));
        if (options.allowWatchBookmarks()) {
            Duration last = timeout.minus(BOOKMARK_BEFORE_END);
            queue.hold(clock.after(last.isNegative() ? timeout.dividedBy(2) : last, () -> queue.bookmark(progress)));
            if (timeout.compareTo(BOOKMARK_EVERY) > 0) {
                bookmarkAgain(queue);
            }
        }
    }

    private void bookmarkAgain(WatchQueue queue) {
        queue.hold(clock.after(BOOKMARK_EVERY, () -> {
            if (!queue.isOver()) {
                queue.bookmark(progress);
                bookmarkAgain(queue);
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
    }
}
