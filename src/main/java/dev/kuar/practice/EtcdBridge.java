package dev.kuar.practice;

import dev.kuar.practice.etcdctl.EtcdView;
import dev.kuar.practice.etcdctl.Proto;
import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.FutureRevisionException;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.StoreException;
import dev.kuar.practice.time.ClusterClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** The store as the etcd pod shows it: reads through the API server's view, whose values are as in etcd; writes straight. */
final class EtcdBridge implements EtcdView {
    private static final String END = "\uffff";
    /** Log entries of one start: the election's, the member's address, the cluster's version; the first has the member too. */
    private static final long ENTRIES_A_START = 3;

    private static final String COMPACTED = "etcdserver: mvcc: required revision has been compacted";
    private static final String NO_SPACE = "etcdserver: mvcc: database space exceeded";
    private static final String FUTURE = "etcdserver: mvcc: required revision is a future revision";

    private final dev.kuar.practice.api.EtcdView view;
    private final Store store;
    private final EtcdLeases leases;

    EtcdBridge(dev.kuar.practice.api.EtcdView view, Store store, ClusterClock clock) {
        this.view = view;
        this.store = store;
        this.leases = new EtcdLeases(clock, key -> store.delete(key, Store.ANY));
    }

    @Override
    public long revision() {
        return view.revision();
    }

    @Override
    public long compactedRevision() {
        return view.compactedRevision();
    }

    private static String end(String to) {
        return to.isEmpty() ? END : to;
    }

    @Override
    public Page range(String from, String to, long revision, int limit) {
        if (!to.isEmpty() && from.compareTo(to) >= 0) {
            return new Page(revision(), List.of(), 0);
        }
        try {
            dev.kuar.practice.api.EtcdView.Page page = view.range(from, end(to), revision, limit, false);
            List<Entry> entries = new ArrayList<>(page.entries().size());
            page.entries()
                    .forEach(each -> entries.add(new Entry(
                            each.key(),
                            each.value(),
                            each.createRevision(),
                            each.modRevision(),
                            each.version(),
                            leases.of(each.key()))));
            return new Page(page.revision(), entries, page.total());
        } catch (CompactedException gone) {
            throw new IllegalArgumentException(COMPACTED, gone);
        } catch (FutureRevisionException early) {
            throw new IllegalArgumentException(FUTURE, early);
        }
    }

    @Override
    public Optional<Entry> put(String key, byte[] value, long lease) {
        if (lease != 0 && leases.find(lease).isEmpty()) {
            throw new IllegalArgumentException("etcdserver: requested lease not found");
        }
        Optional<Entry> previous = store.get(key).map(this::entry);
        written(() -> store.put(key, Store.ANY, revision -> value));
        leases.attach(key, lease);
        return previous;
    }

    @Override
    public List<Entry> delete(String from, String to) {
        List<Entry> removed = new ArrayList<>();
        for (Store.Entry each : store.range(from, end(to), 0, 0).entries()) {
            Optional<Store.Deleted> deleted = written(() -> store.delete(each.key(), Store.ANY));
            deleted.map(Store.Deleted::previous).map(this::entry).ifPresent(removed::add);
            leases.attach(each.key(), 0);
        }
        return removed;
    }

    private static <T> T written(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreException refused) {
            throw refused.kind() == StoreException.Kind.FULL
                    ? new IllegalArgumentException(NO_SPACE, refused)
                    : refused;
        }
    }

    @Override
    public AutoCloseable watch(String from, String to, long afterRevision, Consumer<Event> listener) {
        return store.watch(
                from, end(to), afterRevision, changes -> changes.forEach(change -> listener.accept(event(change))));
    }

    private Event event(Store.Change change) {
        Optional<Entry> previous = change.previous().map(this::entry);
        return change.now()
                .map(now -> new Event(true, entry(now), previous))
                .orElseGet(() ->
                        new Event(false, new Entry(change.key(), new byte[0], 0, change.revision(), 0, 0), previous));
    }

    private Entry entry(Store.Entry entry) {
        return new Entry(
                entry.key(),
                view.stored(entry.value()),
                entry.createRevision(),
                entry.modRevision(),
                entry.version(),
                leases.of(entry.key()));
    }

    @Override
    public void compact(long revision) {
        if (revision <= store.compactedRevision()) {
            throw new IllegalArgumentException(COMPACTED);
        }
        if (revision > store.revision()) {
            throw new IllegalArgumentException(FUTURE);
        }
        store.compact(revision);
    }

    @Override
    public void defragment() {
        store.defragment();
    }

    @Override
    public Figures figures() {
        Store.Figures figures = store.figures();
        long writes = store.revision() - 1;
        return new Figures(
                figures.bytes(),
                figures.bytesInUse(),
                figures.openings() + 1,
                1 + ENTRIES_A_START * figures.openings() + writes + figures.compactions() + leases.changes(),
                figures.full());
    }

    /**
     * As etcd does it: the bucket's name, then each revision with its KeyValue, or the key alone where it was removed; of
     * what is compacted only the revisions that are a key's newest.
     */
    @Override
    public long hash(long revision) {
        CRC32C crc = new CRC32C();
        crc.update("key".getBytes(StandardCharsets.US_ASCII));
        List<Store.Change> history = store.history(revision);
        Map<String, Long> newest = new HashMap<>();
        history.forEach(change -> newest.put(change.key(), change.revision()));
        for (Store.Change change : history) {
            boolean removal = change.now().isEmpty();
            if (change.revision() <= store.compactedRevision()
                    && (removal || newest.getOrDefault(change.key(), 0L) != change.revision())) {
                continue;
            }
            ByteBuffer key = ByteBuffer.allocate(removal ? 18 : 17)
                    .putLong(change.revision())
                    .put((byte) '_')
                    .putLong(0);
            if (removal) {
                key.put((byte) 't');
            }
            crc.update(key.array());
            crc.update(change.now()
                    .map(now -> Proto.keyValue(
                            now.key(),
                            now.createRevision(),
                            now.modRevision(),
                            now.version(),
                            view.stored(now.value()),
                            leases.of(now.key())))
                    .orElseGet(() -> Proto.keyValue(change.key(), 0, 0, 0, new byte[0], 0)));
        }
        return crc.getValue();
    }

    @Override
    public Leases leases() {
        return leases;
    }
}
