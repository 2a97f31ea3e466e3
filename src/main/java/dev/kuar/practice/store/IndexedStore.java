package dev.kuar.practice.store;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A store with its index in memory and its changes in a {@link Journal}.
 *
 * <p>Group commit: the first writer that finds nobody writing takes all that is queued, has the journal keep it in one
 * go, shows it to readers and watchers in revision order, and then lets the writers return. Nobody sees a change that is
 * not kept yet. Of those that wait each is called when it is done, and the first of those that are left when it is its turn
 * to write. A write to a key that is queued waits until that is through, and a transaction is taken by itself, so
 * expectations are held against what is there.
 */
final class IndexedStore implements Store {
    private final Journal journal;
    private final KeyIndex index = new KeyIndex();
    private final Watchers watchers = new Watchers();
    private final ChangeLog log = new ChangeLog();

    private final ReentrantLock lock = new ReentrantLock();
    /** Told when nobody is writing any more, for what is no write itself. */
    private final Condition idle = lock.newCondition();

    private final Deque<PendingWrite> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean closed;

    private volatile long revision = 1;
    private volatile long compacted;

    IndexedStore(Journal journal) {
        this.journal = journal;
        List<LogRecord> kept = new ArrayList<>();
        compacted = journal.replay(kept::add);
        revision = Math.max(1, compacted);
        kept.forEach(this::show);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public long compactedRevision() {
        return compacted;
    }

    @Override
    public Optional<Entry> get(String key) {
        KeyHistory history = index.get(key);
        return Optional.ofNullable(history == null ? null : history.newest().entry());
    }

    @Override
    public Range range(String from, String to, long asked, int limit) {
        long at = revision;
        if (asked > at) {
            throw new FutureRevisionException(asked, at);
        }
        if (asked > 0) {
            at = asked;
        }
        List<Entry> entries = new ArrayList<>();
        long total = 0;
        for (KeyHistory history : index.within(from, to)) {
            Entry entry = history.at(at);
            if (entry != null) {
                total++;
                if (limit == 0 || entries.size() < limit) {
                    entries.add(entry);
                }
            }
        }
        if (asked > 0 && asked < compacted) {
            throw new CompactedException(asked, compacted);
        }
        return new Range(at, entries, total);
    }

    @Override
    public Optional<Entry> put(String key, long expected, LongFunction<byte[]> value) {
        List<Change> done = write(new SingleWrite(key, expected, value));
        return done.isEmpty() ? Optional.empty() : done.get(0).now();
    }

    @Override
    public Optional<Deleted> delete(String key, long expected) {
        List<Change> done = write(new SingleWrite(key, expected, null));
        return done.isEmpty()
                ? Optional.empty()
                : done.get(0)
                        .previous()
                        .map(previous -> new Deleted(previous, done.get(0).revision()));
    }

    @Override
    public List<Change> transact(Supplier<List<Op>> decision) {
        return write(new ManyWrites(decision));
    }

    /** What was written; empty where nothing was. */
    private List<Change> write(PendingWrite write) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            queue.add(write);
            while (!write.isDone()) {
                if (writing) {
                    write.turn(lock).awaitUninterruptibly();
                } else {
                    writeQueued();
                }
            }
        } finally {
            lock.unlock();
        }
        return write.outcome();
    }

    /** Writes all that is queued and can be; holds the lock except while the journal works. */
    private void writeQueued() {
        writing = true;
        List<PendingWrite> batch = new ArrayList<>();
        RuntimeException failure = null;
        try {
            decide(batch);
            List<LogRecord> records = new ArrayList<>();
            batch.forEach(write -> records.addAll(write.records()));
            if (!records.isEmpty()) {
                keep(records);
                List<Change> changes = new ArrayList<>(records.size());
                for (PendingWrite write : batch) {
                    List<Change> own = write.records().stream().map(this::show).toList();
                    write.shown(own);
                    changes.addAll(own);
                }
                watchers.tell(changes);
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new StoreException(StoreException.Kind.FILE, "the store failed: " + e, e);
            throw e;
        } finally {
            for (PendingWrite write : batch) {
                write.end(failure);
            }
            writing = false;
            idle.signalAll();
            if (!queue.isEmpty()) {
                queue.element().callWriter();
            }
        }
    }

    /** Has the journal keep the records, while others queue. */
    private void keep(List<LogRecord> records) {
        lock.unlock();
        try {
            journal.append(records);
        } finally {
            lock.lock();
        }
    }

    /** Takes from the queue, each key once and what writes several by itself, and gives revisions to the writes that hold. */
    private void decide(List<PendingWrite> batch) {
        Deque<PendingWrite> later = new ArrayDeque<>();
        Set<String> taken = new HashSet<>();
        long next = revision + 1;
        while (!queue.isEmpty()) {
            PendingWrite write = queue.poll();
            if (!(write instanceof SingleWrite single)) {
                if (batch.isEmpty()) {
                    batch.add(write);
                    write.decide(next, index);
                } else {
                    later.add(write);
                }
                break;
            }
            if (taken.add(single.key())) {
                batch.add(write);
                next += write.decide(next, index);
            } else {
                later.add(write);
            }
        }
        later.addAll(queue);
        queue.clear();
        queue.addAll(later);
    }

    /** Puts a kept record where readers find it. */
    private Change show(LogRecord record) {
        KeyHistory before = index.get(record.key());
        index.put(record.key(), before == null ? KeyHistory.of(record) : before.plus(record));
        Change change = new Change(
                record.key(),
                record.revision(),
                record.part(),
                Optional.ofNullable(before == null ? null : before.newest().entry()),
                Optional.ofNullable(record.entry()));
        if (record.revision() > compacted) {
            log.add(change);
        }
        revision = Math.max(revision, record.revision());
        return change;
    }

    @Override
    public Watch watch(String from, String to, long after, Consumer<List<Change>> listener) {
        lock.lock();
        try {
            if (after < compacted) {
                throw new CompactedException(after, compacted);
            }
            List<Change> missed = log.within(from, to, after);
            if (!missed.isEmpty()) {
                listener.accept(missed);
            }
            return watchers.add(from, to, listener);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void compact(long upTo) {
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            if (upTo <= compacted || upTo > revision) {
                return;
            }
            List<LogRecord> superseded = new ArrayList<>();
            compacted = upTo;
            for (Map.Entry<String, KeyHistory> each : index.entries()) {
                KeyHistory rest = each.getValue().compacted(upTo, superseded::add);
                if (rest == null) {
                    index.remove(each.getKey());
                } else {
                    index.put(each.getKey(), rest);
                }
            }
            log.dropUpTo(upTo);
            journal.compact(upTo, superseded);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void defragment() {
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            journal.defragment();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Change> history(long upTo) {
        List<Change> changes = new ArrayList<>();
        for (KeyHistory each : index.all()) {
            each.upTo(upTo)
                    .forEach(record -> changes.add(new Change(
                            record.key(),
                            record.revision(),
                            record.part(),
                            Optional.empty(),
                            Optional.ofNullable(record.entry()))));
        }
        changes.sort(Comparator.comparing(Change::revision).thenComparing(Change::part));
        return changes;
    }

    @Override
    public Figures figures() {
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            Figures kept = journal.figures();
            long held = kept.bytes() > 0 ? kept.bytes() : held();
            long used = kept.bytes() > 0 ? kept.bytesInUse() : held;
            return new Figures(held, used, kept.openings(), kept.compactions(), kept.full());
        } finally {
            lock.unlock();
        }
    }

    /** What an ephemeral store holds: keys and values, history included. */
    private long held() {
        return history(revision).stream()
                .mapToLong(change -> change.key().length()
                        + change.now().map(entry -> entry.value().length).orElse(0))
                .sum();
    }

    @Override
    public long copyTo(Path file) {
        List<LogRecord> records = new ArrayList<>();
        long at;
        long dropped;
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            index.all().forEach(history -> history.addTo(records));
            at = revision;
            dropped = compacted;
        } finally {
            lock.unlock();
        }
        records.sort(LogRecord.IN_ORDER);
        MvJournal.write(file, records, dropped);
        return at;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            while (writing) {
                idle.awaitUninterruptibly();
            }
            if (!closed) {
                closed = true;
                watchers.clear();
                journal.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
