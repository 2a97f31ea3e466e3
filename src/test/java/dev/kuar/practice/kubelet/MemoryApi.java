package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.patch.Patches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API without rules, for several threads: kubelets see what they and the test write. */
final class MemoryApi implements ApiClient {
    private final Map<GroupResource, Shelf> shelves = new HashMap<>();
    private final Map<GroupResource, Failure> failures = new HashMap<>();
    private long revision = 100;

    private static final class Failure {
        private final RuntimeException why;
        private int left;

        Failure(RuntimeException why, int left) {
            this.why = why;
            this.left = left;
        }
    }

    /** Lets the next writes of a kind end with an exception. */
    synchronized void failNext(GroupResource resource, RuntimeException why, int times) {
        failures.put(resource, new Failure(why, times));
    }

    private final class Shelf implements Informer {
        private final TreeMap<String, KubeObject> objects = new TreeMap<>();
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();

        @Override
        public Collection<KubeObject> all() {
            synchronized (MemoryApi.this) {
                return List.copyOf(objects.values());
            }
        }

        @Override
        public Collection<KubeObject> inNamespace(String namespace) {
            return all().stream().filter(o -> o.namespace().equals(namespace)).toList();
        }

        @Override
        public Optional<KubeObject> find(String namespace, String name) {
            synchronized (MemoryApi.this) {
                return Optional.ofNullable(objects.get(namespace + "/" + name));
            }
        }

        @Override
        public AutoCloseable onChange(Listener listener) {
            listeners.add(listener);
            all().forEach(o -> listener.changed(null, o));
            return () -> listeners.remove(listener);
        }
    }

    private synchronized Shelf shelf(GroupResource resource) {
        return shelves.computeIfAbsent(resource, key -> new Shelf());
    }

    private static ApiException missing(String name) {
        return new ApiException(Status.failure(404, "NotFound", name + " not found"));
    }

    @Override
    public KubeObject getSubresource(GroupResource resource, String namespace, String name, String subresource) {
        return get(resource, namespace, name);
    }

    @Override
    public KubeObject get(GroupResource resource, String namespace, String name) {
        return find(resource, namespace, name).orElseThrow(() -> missing(name));
    }

    @Override
    public Optional<KubeObject> find(GroupResource resource, String namespace, String name) {
        return shelf(resource).find(namespace, name);
    }

    @Override
    public ObjectList list(GroupResource resource, String namespace, ListOptions options) {
        return new ObjectList(
                Long.toString(revision), new ArrayList<>(shelf(resource).all()));
    }

    @Override
    public synchronized KubeObject create(GroupResource resource, String namespace, KubeObject object) {
        KubeObject made = object.copy();
        made.set(UUID.randomUUID().toString(), "metadata", "uid");
        made.set(1L, "metadata", "generation");
        return store(resource, made);
    }

    private synchronized KubeObject store(GroupResource resource, KubeObject object) {
        Failure failure = failures.get(resource);
        if (failure != null && failure.left-- > 0) {
            throw failure.why;
        }
        object.set(Long.toString(++revision), "metadata", "resourceVersion");
        Shelf shelf = shelf(resource);
        KubeObject old = shelf.objects.put(object.namespace() + "/" + object.name(), object);
        shelf.listeners.forEach(l -> l.changed(old, object));
        return object;
    }

    @Override
    public synchronized KubeObject update(GroupResource resource, KubeObject object) {
        get(resource, object.namespace(), object.name());
        return store(resource, object.copy());
    }

    @Override
    public synchronized KubeObject updateSubresource(GroupResource resource, String subresource, KubeObject object) {
        KubeObject now = get(resource, object.namespace(), object.name()).copy();
        now.set(KubeObject.copyOf(object.at("status")), "status");
        return store(resource, now);
    }

    @Override
    public KubeObject patch(
            GroupResource resource, String namespace, String name, String subresource, PatchType type, Object patch) {
        if (type != PatchType.MERGE || !subresource.isEmpty()) {
            throw new UnsupportedOperationException();
        }
        byte[] text = JsonWriter.write(patch);
        return update(
                resource,
                KubeObject.of(
                        Patches.merge(get(resource, namespace, name).copy().tree(), text)));
    }

    @Override
    public KubeObject createSubresource(
            GroupResource resource, String namespace, String name, String subresource, KubeObject body) {
        KubeObject answer = body.copy();
        answer.set("token-of-" + name, "status", "token");
        return answer;
    }

    @Override
    public synchronized KubeObject delete(
            GroupResource resource, String namespace, String name, DeleteOptions options) {
        KubeObject old = get(resource, namespace, name);
        Shelf shelf = shelf(resource);
        if (options.gracePeriodSeconds() != 0 && resource.equals(Resources.PODS)) {
            KubeObject ending = old.copy();
            ending.set("2026-11-22T19:20:58Z", "metadata", "deletionTimestamp");
            ending.set(
                    options.gracePeriodSeconds() > 0 ? options.gracePeriodSeconds() : 30L,
                    "metadata",
                    "deletionGracePeriodSeconds");
            return store(resource, ending);
        }
        shelf.objects.remove(namespace + "/" + name);
        revision++;
        shelf.listeners.forEach(l -> l.changed(old, null));
        return old;
    }

    @Override
    public Informer informer(GroupResource resource) {
        return shelf(resource);
    }

    @Override
    public ApiClient as(UserInfo user, String agent) {
        return this;
    }

    Set<String> reasons(String pod) {
        Set<String> reasons = new java.util.TreeSet<>();
        shelf(Resources.EVENTS).all().stream()
                .filter(e -> e.text("involvedObject", "name").equals(pod))
                .forEach(e -> reasons.add(e.text("reason")));
        return reasons;
    }
}
