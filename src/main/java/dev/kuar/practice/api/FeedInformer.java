package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The watch cache of a kind as an informer; listeners hear on one dispatch thread, in revision order. */
final class FeedInformer implements Informer {
    private final Kind kind;
    private final ResourceFeed feed;
    private final Versions versions;
    private final Executor dispatch;

    FeedInformer(Kind kind, Storage storage, Executor dispatch) {
        this.kind = kind;
        this.feed = storage.feed(kind);
        this.versions = storage.versions();
        this.dispatch = dispatch;
    }

    @Override
    public Collection<KubeObject> all() {
        return objects(feed.all());
    }

    @Override
    public Collection<KubeObject> inNamespace(String namespace) {
        return objects(feed.inNamespace(namespace));
    }

    @Override
    public Collection<KubeObject> claimable(String namespace, String uid) {
        FeedIndex index = feed.by(FeedIndex.CONTROLLER);
        List<KubeObject> found = objects(index.of(FeedIndex.value(namespace, uid)));
        found.addAll(objects(index.of(FeedIndex.value(namespace, ""))));
        return found;
    }

    @Override
    public Collection<KubeObject> labelled(String namespace, Map<String, String> labels) {
        if (labels.isEmpty()) {
            return inNamespace(namespace);
        }
        Map.Entry<String, String> first = labels.entrySet().iterator().next();
        return objects(
                feed.by(FeedIndex.LABELS).of(FeedIndex.value(namespace, first.getKey() + "=" + first.getValue())));
    }

    @Override
    public Optional<KubeObject> find(String namespace, String name) {
        Stored stored = feed.find(Storage.key(kind, namespace, name));
        return Optional.ofNullable(stored == null ? null : tree(stored));
    }

    @Override
    public AutoCloseable onChange(Listener listener) {
        return feed.subscribeFromNow(
                snapshot -> dispatch.execute(() -> snapshot.forEach(stored -> listener.changed(null, tree(stored)))),
                event -> dispatch.execute(() -> listener.changed(orNull(event.old()), orNull(event.now()))));
    }

    private @Nullable KubeObject orNull(@Nullable Stored stored) {
        return stored == null ? null : tree(stored);
    }

    private List<KubeObject> objects(Collection<Stored> stored) {
        List<KubeObject> objects = new ArrayList<>(stored.size());
        stored.forEach(each -> objects.add(tree(each)));
        return objects;
    }

    private KubeObject tree(Stored stored) {
        return versions.renamed(kind, stored).object();
    }
}
