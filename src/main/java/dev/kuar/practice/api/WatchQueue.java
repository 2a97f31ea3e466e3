package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One watch: what matched and was not read yet, bounded. */
final class WatchQueue implements WatchStream {
    private static final int LIMIT = 1024;

    private final Selection selection;
    private final Versions versions;
    private final String keyPrefix;
    private final Deque<Stored> initial = new ArrayDeque<>();
    private final Deque<WatchEvent> queue = new ArrayDeque<>();
    private final List<AutoCloseable> held = new ArrayList<>();
    private @Nullable Runnable wake;
    private @Nullable WatchEvent afterInitial;
    private long begun;
    private long delivered;
    private boolean ended;

    WatchQueue(Selection selection, Versions versions) {
        this.selection = selection;
        this.versions = versions;
        this.keyPrefix = Storage.prefix(selection.kind(), selection.namespace());
    }

    /** Shows what there is as added, in key order, before anything else. */
    synchronized void begin(List<Stored> snapshot, long revision) {
        snapshot.stream()
                .filter(this::isMine)
                .filter(selection::matches)
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .forEach(initial::add);
        begun = revision;
        delivered = revision;
        signal();
    }

    /** Marks the end of the initial events, which are what there was at {@code revision}, by a bookmark. */
    synchronized void afterInitial(long revision) {
        afterInitial = bookmarkEvent(selection, revision, true);
        delivered = Math.max(delivered, revision);
    }

    /** Takes one change in; called in revision order, once for each of those that share a revision. */
    void accept(FeedEvent change) {
        if (change.revision() <= begun) {
            return;
        }
        Stored any = change.now() != null ? change.now() : change.old();
        if (any == null || !isMine(any)) {
            return;
        }
        boolean was = change.old() != null && selection.matches(change.old());
        boolean is = change.now() != null && selection.matches(change.now());
        if (is && change.now() != null) {
            offer(was ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, change.now(), change.revision());
        } else if (was && change.old() != null) {
            offer(WatchEvent.Type.DELETED, change.old().at(change.revision()), change.revision());
        }
    }

    private boolean isMine(Stored stored) {
        return stored.key().startsWith(keyPrefix);
    }

    private void offer(WatchEvent.Type type, Stored stored, long revision) {
        synchronized (this) {
            if (ended) {
                return;
            }
            delivered = revision;
            if (queue.size() < LIMIT) {
                queue.add(new WatchEvent(type, versions.served(selection.kind(), stored)));
                signal();
                return;
            }
        }
        close();
    }

    /** A bookmark at the newest revision that is known to be behind everything sent so far. */
    synchronized void bookmark(long progress) {
        if (!ended && queue.size() < LIMIT) {
            queue.add(bookmarkEvent(selection, Math.max(progress, delivered), false));
            signal();
        }
    }

    private static WatchEvent bookmarkEvent(Selection selection, long revision, boolean endsInitialEvents) {
        KubeObject mark = KubeObject.of(new LinkedHashMap<>());
        mark.set(selection.kind().kind(), "kind");
        mark.set(selection.kind().apiVersion(), "apiVersion");
        mark.set(Long.toString(revision), "metadata", "resourceVersion");
        if (endsInitialEvents) {
            mark.set("true", "metadata", "annotations", "k8s.io/initial-events-end");
        }
        return new WatchEvent(WatchEvent.Type.BOOKMARK, Stored.of("", revision, mark, false));
    }

    /** Ends the watch with one error. */
    synchronized void fail(Status status) {
        queue.add(new WatchEvent(WatchEvent.Type.ERROR, Stored.of("", 0, KubeObject.of(status.tree()), false)));
        end();
    }

    /** Closes {@code resource} when the watch ends. */
    void hold(AutoCloseable resource) {
        synchronized (this) {
            if (!ended) {
                held.add(resource);
                return;
            }
        }
        quietly(resource);
    }

    void hold(ClusterClock.Timeout timeout) {
        hold((AutoCloseable) timeout::cancel);
    }

    /** Ends it when everything that is there has been read. */
    void end() {
        List<AutoCloseable> mine;
        synchronized (this) {
            ended = true;
            mine = List.copyOf(held);
            held.clear();
            signal();
        }
        mine.forEach(WatchQueue::quietly);
    }

    private static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // a watch that ends has nobody to tell
        }
    }

    private void signal() {
        notifyAll();
        Runnable waiting = wake;
        wake = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    @Override
    public synchronized Optional<WatchEvent> poll() {
        Stored first = initial.poll();
        if (first != null) {
            return Optional.of(new WatchEvent(WatchEvent.Type.ADDED, versions.served(selection.kind(), first)));
        }
        WatchEvent mark = afterInitial;
        if (mark != null) {
            afterInitial = null;
            return Optional.of(mark);
        }
        return Optional.ofNullable(queue.poll());
    }

    @Override
    public synchronized Optional<WatchEvent> take() throws InterruptedException {
        while (!hasNext() && !ended) {
            wait();
        }
        return poll();
    }

    @Override
    public synchronized boolean isEnding() {
        return ended;
    }

    @Override
    public synchronized boolean isOver() {
        return ended && !hasNext();
    }

    private boolean hasNext() {
        return !initial.isEmpty() || afterInitial != null || !queue.isEmpty();
    }

    @Override
    public void whenReady(Runnable newWake) {
        synchronized (this) {
            if (!hasNext() && !ended) {
                wake = newWake;
                return;
            }
        }
        newWake.run();
    }

    @Override
    public void whenEnding(Runnable told) {
        hold((AutoCloseable) told::run);
    }

    @Override
    public void close() {
        end();
    }
}
