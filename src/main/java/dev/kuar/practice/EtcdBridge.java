package dev.kuar.practice;

import dev.kuar.practice.container.EtcdView;
import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.FutureRevisionException;
import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The store as the etcd pod shows it: reads through the API server's view, whose values are as in etcd; writes straight. */
final class EtcdBridge implements EtcdView {
    private final dev.kuar.practice.api.EtcdView view;
    private final Store store;

    EtcdBridge(dev.kuar.practice.api.EtcdView view, Store store) {
        this.view = view;
        this.store = store;
    }

    @Override
    public long revision() {
        return view.revision();
    }

    @Override
    public Page range(String from, String to, long revision, int limit) {
        try {
            dev.kuar.practice.api.EtcdView.Page page = view.range(from, to, revision, limit, false);
            List<Entry> entries = new ArrayList<>(page.entries().size());
            page.entries()
                    .forEach(each -> entries.add(new Entry(
                            each.key(), each.value(), each.createRevision(), each.modRevision(), each.version())));
            return new Page(page.revision(), entries, page.total());
        } catch (CompactedException gone) {
            throw new IllegalArgumentException("etcdserver: mvcc: required revision has been compacted", gone);
        } catch (FutureRevisionException early) {
            throw new IllegalArgumentException("etcdserver: mvcc: required revision is a future revision", early);
        }
    }

    @Override
    public long put(String key, byte[] value) {
        return store.put(key, Store.ANY, revision -> value)
                .map(Store.Entry::modRevision)
                .orElseGet(store::revision);
    }

    @Override
    public List<Entry> delete(String from, String to) {
        List<Entry> removed = new ArrayList<>();
        for (Store.Entry each : store.range(from, to, 0, 0).entries()) {
            Optional<Store.Deleted> deleted = store.delete(each.key(), Store.ANY);
            deleted.map(Store.Deleted::previous).map(EtcdBridge::entry).ifPresent(removed::add);
        }
        return removed;
    }

    @Override
    public AutoCloseable watch(String from, String to, long afterRevision, Consumer<Event> listener) {
        return store.watch(
                from, to, afterRevision, changes -> changes.forEach(change -> listener.accept(event(change))));
    }

    private static Event event(Store.Change change) {
        return change.now()
                .map(now -> new Event(true, entry(now)))
                .orElseGet(() -> new Event(false, new Entry(change.key(), new byte[0], 0, change.revision(), 0)));
    }

    private static Entry entry(Store.Entry entry) {
        return new Entry(entry.key(), entry.value(), entry.createRevision(), entry.modRevision(), entry.version());
    }

    @Override
    public void compact(long revision) {
        store.compact(revision);
    }

    @Override
    public long sizeInBytes() {
        return store.range("\0", "\uffff", 0, 0).entries().stream()
                .mapToLong(entry -> entry.key().length() + entry.value().length)
                .sum();
    }
}
