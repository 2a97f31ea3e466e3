package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.List;

/** The store with its values in the form that etcd would hold. */
final class StoreEtcdView implements EtcdView {
    private final Store store;
    private final StoredValueEncoder encoder;

    StoreEtcdView(Store store, StoredValueEncoder encoder) {
        this.store = store;
        this.encoder = encoder;
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public long compactedRevision() {
        return store.compactedRevision();
    }

    @Override
    public Page range(String from, String to, long revision, int limit, boolean keysOnly) {
        Store.Range range = store.range(from, to, revision, limit);
        List<KeyValue> entries = new ArrayList<>(range.entries().size());
        for (Store.Entry entry : range.entries()) {
            entries.add(new KeyValue(
                    entry.key(),
                    keysOnly ? new byte[0] : stored(entry.value()),
                    entry.createRevision(),
                    entry.modRevision(),
                    entry.version()));
        }
        return new Page(range.revision(), entries, range.total());
    }

    @Override
    public byte[] stored(byte[] json) {
        KubeObject object;
        try {
            object = KubeObject.of(JsonReader.readMap(json));
        } catch (IllegalArgumentException notAnObject) {
            return json;
        }
        object.set(null, "metadata", "resourceVersion");
        return encoder.encode(object, JsonWriter.write(object.tree()));
    }
}
