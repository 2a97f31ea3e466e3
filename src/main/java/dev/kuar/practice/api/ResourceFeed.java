package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.store.CompactedException;
import dev.kuar.practice.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The watch cache of one resource: its newest objects and its last changes.
 *
 * <p>Fed by the store before a write returns, so who wrote sees its own write here. Subscribers are told on that same
 * thread, in revision order: they enqueue and return.
 */
final class ResourceFeed implements AutoCloseable {
    private static final int KEPT = 4096;

    private final boolean bareItems;
    private final Map<String, Map<String, Stored>> byNamespace = new ConcurrentHashMap<>();
    private final Map<String, Stored> fresh;
    private final Deque<FeedEvent> recent = new ArrayDeque<>();
    private final List<Consumer<FeedEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final Map<Function<KubeObject, Collection<String>>, FeedIndex> indexes = new ConcurrentHashMap<>();
    private final String prefix;
    private final boolean namespaced;
    private final long loadedAt;
    private final Store.Watch source;
    private long oldest;

    /**
     * Loads what there is.
     *
     * @param prefix with its slash at the end
     * @param fresh what is being written at the moment, by key; spares decoding what this process encoded
     */
    ResourceFeed(Store store, String prefix, boolean namespaced, boolean bareItems, Map<String, Stored> fresh) {
        this.prefix = prefix;
        this.namespaced = namespaced;
        this.bareItems = bareItems;
        this.fresh = fresh;
        Store.Range range = store.range(prefix, Store.prefixEnd(prefix), 0, 0);
        loadedAt = range.revision();
        for (Store.Entry entry : range.entries()) {
            if (!isObject(entry)) {
                continue;
            }
            keep(Stored.of(entry.key(), entry.modRevision(), entry.value(), bareItems));
        }
        source = open(store);
    }

    private Store.Watch open(Store store) {
        oldest = store.compactedRevision();
        try {
            return store.watch(prefix, Store.prefixEnd(prefix), oldest, this::accept);
        } catch (CompactedException meanwhile) {
            return open(store);
        }
    }

    private synchronized void accept(List<Store.Change> changes) {
        for (Store.Change change : changes) {
            boolean known = change.revision() <= loadedAt;
            Store.Entry nowEntry = change.now().filter(this::isObject).orElse(null);
            Stored old = change.previous()
                    .filter(before -> ForeignValues.isObject(before.value()))
                    .map(this::previous)
                    .orElse(null);
            if (nowEntry == null && old == null) {
                continue;
            }
            Stored now = nowEntry == null ? null : current(nowEntry);
            if (!known) {
                if (now != null) {
                    keep(now);
                } else {
                    drop(change.key());
                }
            }
            FeedEvent event = new FeedEvent(change.revision(), old, now);
            recent.addLast(event);
            if (recent.size() > KEPT) {
                oldest = recent.removeFirst().revision();
            }
            if (!known) {
                subscribers.forEach(subscriber -> tell(subscriber, event));
            }
        }
    }

    /** What is none is as good as absent, and logged. */
    private boolean isObject(Store.Entry entry) {
        boolean is = ForeignValues.isObject(entry.value());
        if (!is) {
            System.getLogger(ResourceFeed.class.getName())
                    .log(System.Logger.Level.WARNING, "unable to decode the value of {0} in etcd", entry.key());
        }
        return is;
    }

    private void tell(Consumer<FeedEvent> subscriber, FeedEvent event) {
        try {
            subscriber.accept(event);
        } catch (RuntimeException failed) {
            System.getLogger(ResourceFeed.class.getName())
                    .log(System.Logger.Level.WARNING, "a subscriber of " + prefix, failed);
        }
    }

    private Stored previous(Store.Entry entry) {
        Stored kept = find(entry.key());
        return kept != null && kept.modRevision() == entry.modRevision() ? kept : plain(entry);
    }

    private Stored current(Store.Entry entry) {
        Stored made = fresh.get(entry.key());
        if (made != null && made.modRevision() == entry.modRevision()) {
            return made;
        }
        Stored kept = find(entry.key());
        return kept != null && kept.modRevision() == entry.modRevision() ? kept : plain(entry);
    }

    private Stored plain(Store.Entry entry) {
        return Stored.of(entry.key(), entry.modRevision(), entry.value(), bareItems);
    }

    private void keep(Stored stored) {
        Stored old = byNamespace
                .computeIfAbsent(namespaceOf(stored.key()), ignored -> new ConcurrentHashMap<>())
                .put(stored.key(), stored);
        indexes.values().forEach(index -> index.change(old, stored));
    }

    private void drop(String key) {
        Map<String, Stored> inNamespace = byNamespace.get(namespaceOf(key));
        Stored old = inNamespace == null ? null : inNamespace.remove(key);
        indexes.values().forEach(index -> index.change(old, null));
    }

    /** The objects by what {@code values} finds in them; made at first use, kept from then on. */
    FeedIndex by(Function<KubeObject, Collection<String>> values) {
        FeedIndex known = indexes.get(values);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            return indexes.computeIfAbsent(values, fresh -> {
                FeedIndex made = new FeedIndex(fresh);
                all().forEach(stored -> made.change(null, stored));
                return made;
            });
        }
    }

    private String namespaceOf(String key) {
        return namespaced ? key.substring(prefix.length(), key.indexOf('/', prefix.length())) : "";
    }

    /** The newest object under a key, or null. */
    @Nullable
    Stored find(String key) {
        Map<String, Stored> inNamespace = byNamespace.get(namespaceOf(key));
        return inNamespace == null ? null : inNamespace.get(key);
    }

    /** Live, in no order. */
    Collection<Stored> inNamespace(String namespace) {
        return named(namespace).values();
    }

    /** Live, by key. */
    Map<String, Stored> named(String namespace) {
        return byNamespace.getOrDefault(namespace, Map.of());
    }

    /** A snapshot in no order. */
    List<Stored> all() {
        List<Stored> all = new ArrayList<>();
        byNamespace.values().forEach(some -> all.addAll(some.values()));
        return all;
    }

    /**
     * Tells {@code subscriber} of everything after a revision, the past before this returns.
     *
     * @param afterRevision negative for from now on
     * @throws CompactedException when that past is gone
     */
    synchronized AutoCloseable subscribe(long afterRevision, Consumer<FeedEvent> subscriber) {
        if (afterRevision >= 0) {
            if (afterRevision < oldest) {
                throw new CompactedException(afterRevision, oldest);
            }
            for (FeedEvent event : recent) {
                if (event.revision() > afterRevision) {
                    subscriber.accept(event);
                }
            }
        }
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /**
     * Shows everything there is now, then subscribes, with nothing lost or doubled between the two.
     *
     * @param initial is given a snapshot in no order
     */
    synchronized AutoCloseable subscribeFromNow(Consumer<List<Stored>> initial, Consumer<FeedEvent> subscriber) {
        initial.accept(all());
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Forgets changes up to a revision, as the store has. */
    synchronized void compacted(long revision) {
        while (!recent.isEmpty() && recent.getFirst().revision() <= revision) {
            recent.removeFirst();
        }
        oldest = Math.max(oldest, revision);
    }

    @Override
    public void close() {
        source.close();
    }
}
