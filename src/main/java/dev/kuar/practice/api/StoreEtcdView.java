package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The store with its values in the form that etcd would hold. */
final class StoreEtcdView implements EtcdView {
    private final Store store;
    private final Supplier<Catalog> catalog;
    private final StoredValueEncoder encoder;

    StoreEtcdView(Store store, Supplier<Catalog> catalog, StoredValueEncoder encoder) {
        this.store = store;
        this.catalog = catalog;
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
        if (!ForeignValues.isObject(json)) {
            return ForeignValues.unmark(json);
        }
        KubeObject object;
        try {
            object = KubeObject.of(JsonReader.readMap(json));
        } catch (IllegalArgumentException notAnObject) {
            return json;
        }
        object.set(null, "metadata", "resourceVersion");
        return encoder.encode(object, JsonWriter.write(object.tree()));
    }

    @Override
    public byte[] kept(String key, byte[] value, long revision) {
        return object(key, value)
                .map(object -> {
                    object.set(Long.toString(revision), "metadata", "resourceVersion");
                    return JsonWriter.write(object.tree());
                })
                .orElseGet(() -> ForeignValues.mark(value));
    }

    private Optional<KubeObject> object(String key, byte[] value) {
        if (!key.startsWith(Storage.ROOT)) {
            return Optional.empty();
        }
        try {
            return ForeignValues.object(catalog.get(), key, encoder.decode(value));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }
}
