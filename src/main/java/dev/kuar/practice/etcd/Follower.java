package dev.kuar.practice.etcd;

import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Follows the changes of a range at its reader's pace: they stay in the store's history until they are asked for, so a slow
 * reader holds up nobody and costs nothing. One thread reads; any may close.
 */
public final class Follower implements AutoCloseable {
    private static final int MOST_REVISIONS = 1000;

    private final Store store;
    private final String from;
    private final String to;
    private final Function<Store.Change, Event> event;
    private final Store.Watch signal;
    private final List<Store.Change> waiting = new ArrayList<>();
    private final long head;
    private long last;
    private boolean news;
    private boolean closed;

    Follower(Store store, String from, String to, long after, Function<Store.Change, Event> event) {
        this.store = store;
        this.from = from;
        this.to = to;
        this.last = after;
        this.event = event;
        this.head = store.revision();
        fetch();
        signal = store.watch(from, to, Math.max(after, store.revision()), changes -> wake());
        news = true;
    }

    /**
     * Events of one or more revisions, none of them cut in two.
     *
     * @param revision of the header: that of the events, or the store's where they were there before
     */
    public record Batch(long revision, List<Event> events) {}

    /**
     * Waits for the next events; what was there when following began comes together, what came later a revision at a time. An
     * empty batch once this is closed.
     *
     * @throws EtcdException when the history that is asked for is compacted
     */
    public Batch next() throws InterruptedException {
        while (waiting.isEmpty()) {
            synchronized (this) {
                while (!news && !closed) {
                    wait();
                }
                if (closed) {
                    return new Batch(last, List.of());
                }
                news = false;
            }
            fetch();
        }
        return batch();
    }

    private Batch batch() {
        int end = 0;
        long first = waiting.get(0).revision();
        boolean past = first <= head;
        int most = past ? MOST_REVISIONS : 1;
        for (int revisions = 0; end < waiting.size() && revisions < most; revisions++) {
            long revision = waiting.get(end).revision();
            if (past && revision > head) {
                break;
            }
            while (end < waiting.size() && waiting.get(end).revision() == revision) {
                end++;
            }
        }
        List<Event> events = waiting.subList(0, end).stream().map(event).toList();
        waiting.subList(0, end).clear();
        return new Batch(past ? head : first, events);
    }

    private void fetch() {
        try {
            store.watch(from, to, last, waiting::addAll).close();
        } catch (CompactedException gone) {
            throw EtcdException.compacted();
        }
        waiting.removeIf(change -> change.revision() <= last);
        if (!waiting.isEmpty()) {
            last = waiting.get(waiting.size() - 1).revision();
        }
    }

    private synchronized void wake() {
        news = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        signal.close();
    }
}
