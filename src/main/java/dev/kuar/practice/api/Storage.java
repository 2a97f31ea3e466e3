package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the store: keys, the stored form, and the watch cache of each resource.
 *
 * <p>A write splices the resourceVersion into JSON that was encoded before, so under the store's write lock there is
 * nothing to do but to copy bytes.
 */
final class Storage implements AutoCloseable {
    static final String ROOT = "/registry/";
    private static final String NO_SPACE = "etcdserver: mvcc: database space exceeded";
    private static final String PLACE = "\u0001rv\u0001";
    private static final byte[] PLACE_JSON = JsonWriter.write(PLACE);

    private final Store store;
    private final Versions versions = new Versions();
    private final Map<String, ResourceFeed> feeds = new ConcurrentHashMap<>();
    private final Map<String, Stored> fresh = new ConcurrentHashMap<>();

    Storage(Store store) {
        this.store = store;
    }

    Store store() {
        return store;
    }

    /** How its objects are served in versions other than the stored one. */
    Versions versions() {
        return versions;
    }

    static String key(Kind kind, String namespace, String name) {
        return ROOT + kind.key(namespace, name);
    }

    /** The start of all keys of a kind, or of those in a namespace; ends with a slash. */
    static String prefix(Kind kind, String namespace) {
        return ROOT + kind.keyPrefix() + "/" + (kind.namespaced() && !namespace.isEmpty() ? namespace + "/" : "");
    }

    /** The watch cache of a kind, loaded at first use. */
    ResourceFeed feed(Kind kind) {
        return feeds.computeIfAbsent(
                kind.keyPrefix(),
                ignored -> new ResourceFeed(store, prefix(kind, ""), kind.namespaced(), !kind.isCustom(), fresh));
    }

    /** Forgets the watch cache of a kind that is served no more. */
    void drop(Kind kind) {
        ResourceFeed feed = feeds.remove(kind.keyPrefix());
        if (feed != null) {
            feed.close();
        }
    }

    /** The newest state, or null. @throws ApiException 500 where the value is no object */
    @Nullable
    Stored get(Kind kind, String key) {
        Optional<Store.Entry> entry = store.get(key);
        if (entry.isEmpty()) {
            return null;
        }
        if (!ForeignValues.isObject(entry.get().value())) {
            throw new ApiException(
                    Status.failure(500, "", "unable to decode the value of " + key + " in etcd as a " + kind.kind()));
        }
        return wrap(kind, entry.get());
    }

    private Stored wrap(Kind kind, Store.Entry entry) {
        return wrapping(kind, "").apply(entry);
    }

    /**
     * Makes of a kind's entries what is served: with their decoded trees, where the watch cache has them.
     *
     * @param namespace that of all the entries; empty where they are of several or of none
     */
    Function<Store.Entry, Stored> wrapping(Kind kind, String namespace) {
        ResourceFeed feed = feeds.get(kind.keyPrefix());
        if (feed == null) {
            return entry -> plain(kind, entry);
        }
        if (kind.namespaced() && namespace.isEmpty()) {
            return entry -> newest(kind, entry, feed.find(entry.key()));
        }
        Map<String, Stored> all = feed.named(kind.namespaced() ? namespace : "");
        return entry -> newest(kind, entry, all.get(entry.key()));
    }

    private static Stored newest(Kind kind, Store.Entry entry, @Nullable Stored kept) {
        return kept != null && kept.modRevision() == entry.modRevision() ? kept : plain(kind, entry);
    }

    private static Stored plain(Kind kind, Store.Entry entry) {
        return Stored.of(entry.key(), entry.modRevision(), entry.value(), !kind.isCustom());
    }

    /**
     * Writes an object if it still is as the caller saw it.
     *
     * @param object taken over; its resourceVersion is set
     * @return null when somebody else was faster
     */
    @Nullable
    Stored put(Kind kind, String key, long expectedModRevision, KubeObject object) {
        boolean isNew = object.at("metadata", "resourceVersion") == null;
        object.set(PLACE, "metadata", "resourceVersion");
        if (isNew) {
            KindRules.orderMetadata(object);
        }
        byte[] template = JsonWriter.write(object.tree());
        int at = find(template);
        Stored[] made = new Stored[1];
        try {
            Optional<Store.Entry> written = store.put(key, expectedModRevision, revision -> {
                String version = Long.toString(revision);
                object.set(version, "metadata", "resourceVersion");
                byte[] json = splice(template, at, version);
                Stored stored = Stored.of(key, revision, json, object, !kind.isCustom());
                made[0] = stored;
                fresh.put(key, stored);
                return json;
            });
            return written.isEmpty() ? null : made[0];
        } catch (StoreException refused) {
            throw failed(refused);
        } finally {
            if (made[0] != null) {
                fresh.remove(key, made[0]);
            }
        }
    }

    /** What an object would look like if it were written: a dry run shows no new resourceVersion. */
    static Stored unwritten(Kind kind, String key, KubeObject object) {
        return Stored.of(key, 0, object, !kind.isCustom());
    }

    /** Removes an object; null when somebody else was faster, else the object as it was, under the removal's revision. */
    @Nullable
    Stored delete(Kind kind, String key, Stored seen) {
        try {
            Optional<Store.Deleted> deleted = store.delete(key, seen.modRevision());
            return deleted.map(d -> seen.at(d.revision())).orElse(null);
        } catch (StoreException refused) {
            throw failed(refused);
        }
    }

    /** What etcd's own failures become: an etcd without room is passed on in its words, without a reason. */
    private static ApiException failed(StoreException refused) {
        return new ApiException(
                refused.kind() == StoreException.Kind.FULL
                        ? Status.failure(500, "", NO_SPACE)
                        : Status.failure(500, "InternalError", "Internal error occurred: " + refused.getMessage()));
    }

    /** A deep copy in which the caller may change everything. */
    static KubeObject editable(KubeObject object) {
        return object.copy();
    }

    /** The tree with the map of metadata copied, for changes in metadata alone. */
    static KubeObject withOwnMetadata(KubeObject object) {
        Map<String, Object> tree = new LinkedHashMap<>(object.tree());
        tree.put("metadata", new LinkedHashMap<>(object.map("metadata")));
        return KubeObject.of(tree);
    }

    private static int find(byte[] template) {
        outer:
        for (int i = 0; i + PLACE_JSON.length <= template.length; i++) {
            for (int j = 0; j < PLACE_JSON.length; j++) {
                if (template[i + j] != PLACE_JSON[j]) {
                    continue outer;
                }
            }
            return i;
        }
        throw new IllegalStateException("an object without metadata");
    }

    private static byte[] splice(byte[] template, int at, String version) {
        byte[] json = new byte[template.length - PLACE_JSON.length + version.length() + 2];
        System.arraycopy(template, 0, json, 0, at);
        int to = at;
        json[to++] = '"';
        for (int i = 0; i < version.length(); i++) {
            json[to++] = (byte) version.charAt(i);
        }
        json[to++] = '"';
        int rest = at + PLACE_JSON.length;
        System.arraycopy(template, rest, json, to, template.length - rest);
        return json;
    }

    /** Tells the watch caches that history is gone. */
    void compacted(long revision) {
        feeds.values().forEach(feed -> feed.compacted(revision));
    }

    @Override
    public void close() {
        feeds.values().forEach(ResourceFeed::close);
        feeds.clear();
    }
}
