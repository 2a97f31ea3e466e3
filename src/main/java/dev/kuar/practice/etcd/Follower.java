package dev.kuar.practice.etcd;

import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Follows the changes of a range at its reader's pace: they stay in the store's history until they are asked for, so a slow
 * reader holds up nobody and costs nothing. One thread at a time reads; any may close.
 */
public final class Follower implements AutoCloseable {
    private static final int MOST_REVISIONS = 1000;
    private static final int MOST_CHANGES = 10_000;

    private final Store store;
    private final KeyRange range;
    private final Function<Store.Change, Event> event;
    private final Runnable listener;
    private final Store.Watch signal;
    private final List<Store.Change> waiting = new ArrayList<>();
    private final long head;
    private long last;
    private long seen;
    private boolean complete;
    private boolean news;
    private boolean closed;

    Follower(Store store, KeyRange range, long after, Function<Store.Change, Event> event, Runnable listener) {
        this.store = store;
        this.range = range;
        this.last = after;
        this.event = event;
        this.listener = listener;
        this.head = store.revision();
        fetch();
        signal = store.watch(
                range.storeFrom(),
                range.storeTo(),
                Math.max(after, store.revision()),
                changes -> wake(changes.get(0).revision()));
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
        while (true) {
            Optional<Batch> there = poll();
            if (there.isPresent()) {
                return there.get();
            }
            synchronized (this) {
                while (!news && !closed) {
                    wait();
                }
                if (closed) {
                    return new Batch(last, List.of());
                }
            }
        }
    }

    /**
     * The next events, where there are any.
     *
     * @throws EtcdException when the history that is asked for is compacted
     */
    public Optional<Batch> poll() {
        while (waiting.isEmpty()) {
            synchronized (this) {
                if (!news || closed) {
                    return Optional.empty();
                }
                news = false;
                complete = false;
                last = Math.max(last, seen);
            }
            fetch();
        }
        return Optional.of(batch());
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

    /** Takes what is there, but not all of a long history at once. */
    private void fetch() {
        List<Store.Change> missed = missed();
        int at = 0;
        for (; at < missed.size() && (at < MOST_CHANGES || missed.get(at).revision() == last); at++) {
            Store.Change change = missed.get(at);
            last = change.revision();
            if (range.contains(change.key())) {
                waiting.add(change);
            }
        }
        synchronized (this) {
            complete = at == missed.size();
            news = news || !complete;
        }
    }

    private List<Store.Change> missed() {
        List<Store.Change> missed = new ArrayList<>();
        try {
            boolean atCompaction = last >= 0 && last == store.compactedRevision() - 1;
            if (atCompaction) {
                missed.addAll(atCompacted());
            }
            long from = atCompaction ? last + 1 : last;
            store.watch(range.storeFrom(), range.storeTo(), from, missed::addAll)
                    .close();
            return missed;
        } catch (CompactedException gone) {
            throw EtcdException.compacted();
        }
    }

    /** What a compaction up to a revision left of that revision itself. */
    private List<Store.Change> atCompacted() {
        return store.history(last + 1).stream()
                .filter(change -> change.revision() == last + 1 && change.now().isPresent())
                .toList();
    }

    /** Everything before {@code revision} is known to have been read, where nothing was waiting. */
    private void wake(long revision) {
        synchronized (this) {
            if (complete && !news) {
                seen = revision - 1;
            }
            news = true;
            notifyAll();
        }
        listener.run();
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
