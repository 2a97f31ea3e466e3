package dev.kuar.practice.api;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The watch caches as what authorisation and admission look up; as new as the last write. */
final class FeedReader implements ClusterReader {
    private final Parts parts;

    FeedReader(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Optional<KubeObject> find(GroupResource resource, String namespace, String name) {
        Optional<Kind> kind = parts.catalog().find(resource.group(), resource.resource());
        if (kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        Stored stored = parts.storage().feed(kind.get()).find(Storage.key(kind.get(), namespace, name));
        return Optional.ofNullable(stored == null ? null : stored.object());
    }

    @Override
    public Optional<ServedKind> served(String apiVersion, String kind) {
        return parts.catalog()
                .ofObject(apiVersion, kind)
                .map(each -> new ServedKind(each.groupResource(), each.namespaced()));
    }

    @Override
    public Collection<KubeObject> list(GroupResource resource, String namespace) {
        Optional<Kind> kind = parts.catalog().find(resource.group(), resource.resource());
        if (kind.isEmpty()) {
            return List.of();
        }
        ResourceFeed feed = parts.storage().feed(kind.get());
        return objects(namespace.isEmpty() ? feed.all() : feed.inNamespace(namespace));
    }

    @Override
    public Collection<KubeObject> list(
            GroupResource resource, Function<KubeObject, Collection<String>> values, String value) {
        Optional<Kind> kind = parts.catalog().find(resource.group(), resource.resource());
        return kind.isEmpty()
                ? List.of()
                : objects(parts.storage().feed(kind.get()).by(values).of(value));
    }

    private static List<KubeObject> objects(Collection<Stored> found) {
        List<KubeObject> objects = new ArrayList<>(found.size());
        found.forEach(stored -> objects.add(stored.object()));
        return objects;
    }
}
