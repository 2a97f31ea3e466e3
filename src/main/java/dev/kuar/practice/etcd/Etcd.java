package dev.kuar.practice.etcd;

import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.FutureRevisionException;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.StoreException;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The store as etcd's clients see it: keys are text, values are what etcd would hold.
 *
 * <p>Whatever is refused is refused with an {@link EtcdException} in etcd's words. Thread-safe.
 */
public final class Etcd {
    /** Log entries of one start: the election's, the member's address, the cluster's version; the first has the member too. */
    private static final long ENTRIES_A_START = 3;

    private final Store store;
    private final StoredForm form;
    private final long term;
    private final StoreLeases leases;
    private final AtomicLong changedNothing = new AtomicLong();

    private Etcd(Store store, StoredForm form, ClusterClock clock) {
        this.store = store;
        this.form = form;
        this.term = store.figures().openings() + 1;
        this.leases = new StoreLeases(
                clock,
                keys -> written(() -> store.transact(
                        () -> keys.stream().map(key -> new Store.Op(key, null)).toList())));
    }

    public static Etcd over(Store store, StoredForm form, ClusterClock clock) {
        return new Etcd(store, form, clock);
    }

    public long revision() {
        return store.revision();
    }

    public long compactedRevision() {
        return store.compactedRevision();
    }

    /** Does what is asked; all writes of one request have one revision. */
    public Answer ask(Request request) {
        Checks.check(request);
        StoreReads reads = new StoreReads();
        if (request instanceof Request.Range range) {
            return reads.range(range, Map.of(), store.revision());
        }
        List<Answer> answer = new ArrayList<>(1);
        boolean changed = false;
        try {
            changed = !written(() -> store.transact(() -> {
                        Writes writes = new Writes(reads, leases, form);
                        answer.add(writes.answer(request));
                        return writes.ops();
                    }))
                    .isEmpty();
        } finally {
            if (!changed && !isReadOnly(request)) {
                propose();
            }
        }
        return answer.get(0);
    }

    /** Counts an entry of the log that changes no key. */
    public void propose() {
        changedNothing.incrementAndGet();
    }

    /** What etcd answers without asking its peers. */
    private static boolean isReadOnly(Request request) {
        return request instanceof Request.Range
                || request instanceof Request.Transaction transaction
                        && transaction.success().stream().allMatch(Etcd::isReadOnly)
                        && transaction.failure().stream().allMatch(Etcd::isReadOnly);
    }

    private static <T> T written(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreException refused) {
            throw refused.kind() == StoreException.Kind.FULL ? EtcdException.noSpace() : refused;
        }
    }

    /** The store read as etcd's. */
    private final class StoreReads implements Reads {
        @Override
        public long revision() {
            return store.revision();
        }

        @Override
        public List<Entry> stored(String from, String to, long revision, long values) {
            KeyRange range = new KeyRange(from, to);
            if (range.isEmpty()) {
                return List.of();
            }
            try {
                List<Store.Entry> found = store.range(range.storeFrom(), range.storeTo(), revision, 0)
                        .entries();
                List<Entry> entries = new ArrayList<>(found.size());
                boolean ascii = true;
                boolean exact = range.isExact();
                for (Store.Entry each : found) {
                    if (exact || range.contains(each.key())) {
                        entries.add(entry(each, entries.size() < values));
                        ascii = ascii && KeyText.isAscii(each.key());
                    }
                }
                if (!ascii) {
                    entries.sort(Comparator.comparing(Entry::key, KeyText::compare));
                }
                return entries;
            } catch (CompactedException gone) {
                throw EtcdException.compacted();
            } catch (FutureRevisionException early) {
                throw EtcdException.future();
            }
        }
    }

    /** Follows changes after a revision, which may be one to come, until closed. */
    public Follower follow(String from, String to, long afterRevision) {
        return follow(from, to, afterRevision, () -> {});
    }

    /**
     * Follows changes after a revision, which may be one to come, until closed.
     *
     * @param news is run when there may be something to {@link Follower#poll}; on the store's thread, must be fast
     */
    public Follower follow(String from, String to, long afterRevision, Runnable news) {
        return new Follower(store, new KeyRange(from, to), afterRevision, this::event, news);
    }

    private Event event(Store.Change change) {
        Optional<Entry> previous = change.previous().map(each -> entry(each, true));
        return change.now()
                .map(now -> new Event(true, entry(now, true), previous))
                .orElseGet(() ->
                        new Event(false, new Entry(change.key(), new byte[0], 0, change.revision(), 0, 0), previous));
    }

    private Entry entry(Store.Entry entry, boolean value) {
        return new Entry(
                entry.key(),
                value ? form.shown(entry.value()) : new byte[0],
                entry.createRevision(),
                entry.modRevision(),
                entry.version(),
                leases.of(entry.key(), entry.modRevision()));
    }

    /** Forgets history up to a revision. */
    public void compact(long revision) {
        if (revision <= store.compactedRevision()) {
            propose();
            throw EtcdException.compacted();
        }
        if (revision > store.revision()) {
            propose();
            throw EtcdException.future();
        }
        store.compact(revision);
    }

    /** How often a leader was elected, plus one: once each time that the cluster started. */
    public long term() {
        return term;
    }

    /** Gives unused space of the file back. */
    public void defragment() {
        store.defragment();
    }

    public Figures figures() {
        Store.Figures figures = store.figures();
        long writes = store.revision() - 1;
        return new Figures(
                figures.bytes(),
                figures.bytesInUse(),
                term,
                1
                        + ENTRIES_A_START * figures.openings()
                        + writes
                        + figures.compactions()
                        + leases.changes()
                        + changedNothing.get(),
                figures.full());
    }

    /**
     * What the store says of itself.
     *
     * @param bytes of its file; of what it holds where it is in memory only
     * @param bytesInUse of those
     * @param term see {@link #term}
     * @param index how many entries a log of all that was asked of it would have
     * @param full whether it takes no writes because there is no room
     */
    public record Figures(long bytes, long bytesInUse, long term, long index, boolean full) {}

    /**
     * The CRC-32C over the whole history up to a revision, built as etcd builds it.
     *
     * @param revision 0 for now
     */
    public Hash hash(long revision) {
        if (revision > store.revision()) {
            throw EtcdException.future();
        }
        if (revision > 0 && revision < store.compactedRevision()) {
            throw EtcdException.compacted();
        }
        long at = revision == 0 ? store.revision() : revision;
        return new Hash(
                HistoryHash.of(
                        store.history(at), store.compactedRevision(), entry -> Proto.keyValue(entry(entry, true))),
                store.compactedRevision(),
                at);
    }

    /** A hash over the history between two revisions. */
    public record Hash(long value, long compactedRevision, long revision) {}

    /** All keys at one revision. */
    public Answer.Range all() {
        return (Answer.Range) ask(new Request.Range(
                "\0", "", 0, 0, Request.Order.NONE, Request.Target.KEY, false, false, Request.Bounds.NONE));
    }

    public Leases leases() {
        return leases;
    }
}
