package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.EtcdView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The API server's view of its store, for the etcdctl of the etcd pod. Reads only; see {@link #put}. */
public final class StoreView implements EtcdView {
    private final dev.kuar.practice.api.EtcdView etcd;

    public StoreView(dev.kuar.practice.api.EtcdView etcd) {
        this.etcd = etcd;
    }

    @Override
    public long revision() {
        return etcd.revision();
    }

    @Override
    public Page range(String from, String to, long revision, int limit) {
        if (revision > etcd.revision()) {
            throw new IllegalArgumentException("required revision is a future revision");
        }
        if (revision > 0 && revision < etcd.compactedRevision()) {
            throw new IllegalArgumentException("required revision has been compacted");
        }
        dev.kuar.practice.api.EtcdView.Page page = etcd.range(from, to, revision, limit, false);
        List<Entry> entries = new ArrayList<>();
        page.entries().forEach(e -> entries.add(new Entry(e.key(), e.value(), e.createRevision(), e.modRevision(), e.version())));
        return new Page(page.revision(), entries, page.total());
    }

    /** The store takes writes through the API alone so far. */
    @Override
    public long put(String key, byte[] value) {
        throw new IllegalArgumentException("the practice cluster's etcd takes no writes from etcdctl yet");
    }

    @Override
    public List<Entry> delete(String from, String to) {
        throw new IllegalArgumentException("the practice cluster's etcd takes no writes from etcdctl yet");
    }

    @Override
    public AutoCloseable watch(String from, String to, long afterRevision, Consumer<Event> listener) {
        throw new IllegalArgumentException("the practice cluster's etcd cannot be watched by etcdctl yet");
    }

    @Override
    public void compact(long revision) {
        throw new IllegalArgumentException("the practice cluster's etcd compacts by itself");
    }

    @Override
    public long sizeInBytes() {
        return 4L << 20;
    }
}
