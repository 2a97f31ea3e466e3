package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watch cache's objects by something that they say, so that nobody has to look at all of them. Changed under the cache's lock, read by anybody. */
final class FeedIndex {
    /** By namespace and the uid of the controller; without one the uid is empty. */
    static final Function<KubeObject, Collection<String>> CONTROLLER =
            object -> List.of(value(object.namespace(), controller(object)));
    /** By namespace and each label. */
    static final Function<KubeObject, Collection<String>> LABELS = object -> object.labels().entrySet().stream()
            .map(label -> value(object.namespace(), label.getKey() + "=" + label.getValue()))
            .toList();

    private final Function<KubeObject, Collection<String>> values;
    private final Map<String, Map<String, Stored>> objects = new ConcurrentHashMap<>();

    FeedIndex(Function<KubeObject, Collection<String>> values) {
        this.values = values;
    }

    static String value(String namespace, String rest) {
        return namespace + "/" + rest;
    }

    private static String controller(KubeObject object) {
        for (Map<String, Object> reference : object.ownerReferences()) {
            if (Boolean.TRUE.equals(reference.get("controller"))) {
                return String.valueOf(reference.get("uid"));
            }
        }
        return "";
    }

    /** Replaces an object; either may be null. */
    void change(@Nullable Stored old, @Nullable Stored now) {
        Collection<String> after = now == null ? List.of() : values.apply(now.object());
        if (now != null) {
            after.forEach(value -> objects.computeIfAbsent(value, ignored -> new ConcurrentHashMap<>())
                    .put(now.key(), now));
        }
        if (old != null) {
            for (String value : values.apply(old.object())) {
                if (!after.contains(value)) {
                    objects.computeIfPresent(value, (ignored, some) -> {
                        some.remove(old.key());
                        return some.isEmpty() ? null : some;
                    });
                }
            }
        }
    }

    /** Live, in no order. */
    Collection<Stored> of(String value) {
        return objects.getOrDefault(value, Map.of()).values();
    }
}
