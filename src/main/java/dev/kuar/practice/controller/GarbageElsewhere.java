package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ServedResource;
import dev.kuar.practice.controller.AggregatedApis.Resource;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the garbage collector collects, wherever it is served: objects of the cluster's own API server, and those of servers behind
 * the aggregation layer, which are looked through every few seconds.
 */
final class GarbageElsewhere {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ControllerContext context;
    private final ApiClient client;
    private final AggregatedApis apis;
    private final Map<GroupResource, Resource> served = new ConcurrentHashMap<>();
    private final Map<GroupResource, Map<String, KubeObject>> seen = new HashMap<>();

    GarbageElsewhere(ControllerContext context, ApiClient client, AggregatedApis apis) {
        this.context = context;
        this.client = client;
        this.apis = apis;
    }

    /** Hears of what is new, changed and gone. */
    interface Listener {
        void changed(GroupResource resource, @Nullable KubeObject old, @Nullable KubeObject now);
    }

    /** Looks through what others serve, from now on. */
    void start(Listener listener) {
        if (apis != AggregatedApis.NONE) {
            context.executor().execute(() -> look(listener));
        }
    }

    /** Kinds that others serve, by group and kind. */
    Map<String, ServedResource> kinds() {
        Map<String, ServedResource> kinds = new HashMap<>();
        served.values()
                .forEach(each -> kinds.put(
                        each.name().group() + "/" + each.kind(),
                        new ServedResource(
                                each.name(), each.apiVersion(), each.kind(), each.namespaced(), each.verbs())));
        return kinds;
    }

    private void look(Listener listener) {
        try {
            apis.discover().resources().forEach(each -> served.put(each.name(), each));
            served.values().stream()
                    .filter(each ->
                            each.verbs().contains("list") && each.verbs().contains("delete"))
                    .forEach(each -> compare(each, listener));
        } catch (RuntimeException broken) {
            System.getLogger(GarbageElsewhere.class.getName())
                    .log(System.Logger.Level.DEBUG, "what others serve", broken);
        }
        var unused = context.clock().after(EVERY, () -> context.executor().execute(() -> look(listener)));
    }

    /** A server that does not answer says nothing about what it has. */
    private void compare(Resource resource, Listener listener) {
        Map<String, KubeObject> now = new HashMap<>();
        try {
            apis.list(resource, "").forEach(object -> now.put(object.uid(), object));
        } catch (ApiException silent) {
            return;
        }
        Map<String, KubeObject> before = seen.getOrDefault(resource.name(), Map.of());
        before.forEach((uid, object) -> {
            if (!now.containsKey(uid)) {
                listener.changed(resource.name(), object, null);
            }
        });
        now.forEach((uid, object) -> {
            KubeObject old = before.get(uid);
            if (!object.equals(old)) {
                listener.changed(resource.name(), old, object);
            }
        });
        seen.put(resource.name(), now);
    }

    Optional<KubeObject> find(GroupResource name, String namespace, String object) {
        Resource resource = served.get(name);
        if (resource == null) {
            return client.find(name, namespace, object);
        }
        String path = (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + name.resource() + "/" + object;
        KubeObject found = apis.get(name.group(), resource.version(), path)
                .orElseThrow(() -> new IllegalStateException(resource.apiVersion() + " does not answer"));
        return Optional.of(found).filter(each -> each.kind().equals(resource.kind()));
    }

    void update(GroupResource name, KubeObject object) {
        Resource resource = served.get(name);
        if (resource == null) {
            client.update(name, object);
        } else {
            var unused = apis.update(resource, object);
        }
    }

    /** Deletes an object if it is still the same. */
    void delete(GroupResource name, KubeObject object, String policy) {
        Resource resource = served.get(name);
        if (resource != null) {
            apis.delete(resource, object.namespace(), object.name(), object.uid(), policy);
            return;
        }
        try {
            client.delete(
                    name,
                    object.namespace(),
                    object.name(),
                    new ApiClient.DeleteOptions(policy, -1, Map.of("uid", object.uid())));
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
