package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory for tests: names, uids, revisions, generations, conflicts, finalizers and graceful deletion are kept as
 * the API server keeps them; there is no validation, no defaulting and no admission. Uids and generated names count up.
 */
public final class FakeApiClient implements ApiClient {
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private final ClusterClock clock;
    private final Map<GroupResource, Shelf> shelves = new HashMap<>();
    private final Map<GroupResource, Quota> quotas = new HashMap<>();
    private final List<ServedResource> resources = new ArrayList<>();
    private long revision;
    private long names;

    public FakeApiClient(ClusterClock clock) {
        this.clock = clock;
    }

    /** As a quota would: creations of a resource fail so while there are {@code most} objects of it. */
    public void refuse(GroupResource resource, int most, String message) {
        quotas.put(resource, new Quota(most, message));
    }

    private record Quota(int most, String message) {}

    /** Adds to {@link #resources()}. */
    public void serve(GroupResource resource, String apiVersion, String kind, boolean namespaced) {
        resources.add(new ServedResource(
                resource, apiVersion, kind, namespaced, Set.of("get", "list", "watch", "create", "update", "delete")));
    }

    private static final class Shelf implements Informer {
        private final TreeMap<String, KubeObject> objects = new TreeMap<>();
        private final List<Listener> listeners = new ArrayList<>();

        @Override
        public Collection<KubeObject> all() {
            return List.copyOf(objects.values());
        }

        @Override
        public Collection<KubeObject> inNamespace(String namespace) {
            return objects.values().stream()
                    .filter(object -> object.namespace().equals(namespace))
                    .toList();
        }

        @Override
        public Optional<KubeObject> find(String namespace, String name) {
            return Optional.ofNullable(objects.get(namespace + "/" + name));
        }

        @Override
        public AutoCloseable onChange(Listener listener) {
            listeners.add(listener);
            all().forEach(object -> listener.changed(null, object));
            return () -> listeners.remove(listener);
        }

        void tell(@Nullable KubeObject old, @Nullable KubeObject now) {
            List.copyOf(listeners).forEach(listener -> listener.changed(old, now));
        }
    }

    private Shelf shelf(GroupResource resource) {
        return shelves.computeIfAbsent(resource, key -> new Shelf());
    }

    @Override
    public KubeObject get(GroupResource resource, String namespace, String name) {
        return find(resource, namespace, name)
                .orElseThrow(() -> failure(404, "NotFound", resource + " \"" + name + "\" not found"));
    }

    @Override
    public KubeObject getSubresource(GroupResource resource, String namespace, String name, String subresource) {
        KubeObject object = get(resource, namespace, name);
        if (!subresource.equals("scale")) {
            return object;
        }
        if (object.at("spec", "replicas") == null) {
            throw failure(404, "NotFound", "the server could not find the requested resource");
        }
        KubeObject scale = KubeObject.create("autoscaling/v1", "Scale", namespace, name);
        scale.set(object.uid(), "metadata", "uid");
        scale.set(object.at("spec", "replicas"), "spec", "replicas");
        scale.set(LabelSelector.ofObject(object.map("spec", "selector")).toString(), "status", "selector");
        return scale;
    }

    @Override
    public Optional<KubeObject> find(GroupResource resource, String namespace, String name) {
        return shelf(resource).find(namespace, name);
    }

    @Override
    public ObjectList list(GroupResource resource, String namespace, ListOptions options) {
        LabelSelector selector = options.labelSelector().isEmpty()
                ? LabelSelector.EVERYTHING
                : LabelSelector.parse(options.labelSelector());
        List<KubeObject> items = shelf(resource).all().stream()
                .filter(object -> namespace.isEmpty() || object.namespace().equals(namespace))
                .filter(object -> selector.matches(object.labels()))
                .toList();
        return new ObjectList(String.valueOf(revision), items);
    }

    @Override
    public KubeObject create(GroupResource resource, String namespace, KubeObject object) {
        Quota quota = quotas.get(resource);
        if (quota != null && shelf(resource).all().size() >= quota.most()) {
            throw failure(403, "Forbidden", quota.message());
        }
        if (resource.resource().equals("subjectaccessreviews")) {
            return reviewed(object);
        }
        KubeObject made = object.copy();
        if (made.name().isEmpty()) {
            made.set(made.text("metadata", "generateName") + String.format("%05d", ++names), "metadata", "name");
        }
        if (!namespace.isEmpty()) {
            made.set(namespace, "metadata", "namespace");
        }
        if (shelf(resource).find(namespace, made.name()).isPresent()) {
            throw failure(409, "AlreadyExists", resource + " \"" + made.name() + "\" already exists");
        }
        made.set("uid-" + ++names, "metadata", "uid");
        made.set(1L, "metadata", "generation");
        made.set(clock.now().toString().replaceAll("\\.\\d+Z", "Z"), "metadata", "creationTimestamp");
        if (resource.equals(GroupResource.core("pods"))
                && made.text("status", "phase").isEmpty()) {
            made.set("Pending", "status", "phase");
        }
        return put(resource, null, made);
    }

    /** Everybody may do everything, but for those whom nobody knows. */
    private static KubeObject reviewed(KubeObject review) {
        KubeObject answer = review.copy();
        answer.set(!review.text("spec", "user").startsWith("unknown"), "status", "allowed");
        return answer;
    }

    private KubeObject put(GroupResource resource, @Nullable KubeObject old, KubeObject now) {
        now.set(String.valueOf(++revision), "metadata", "resourceVersion");
        Shelf shelf = shelf(resource);
        String key = now.namespace() + "/" + now.name();
        if (now.isTerminating() && now.finalizers().isEmpty() && mayGo(resource, now)) {
            shelf.objects.remove(key);
            shelf.tell(old, null);
        } else {
            shelf.objects.put(key, now);
            shelf.tell(old, now);
        }
        return now;
    }

    private static boolean mayGo(GroupResource resource, KubeObject object) {
        if (resource.equals(GroupResource.core("namespaces"))) {
            return object.texts("spec", "finalizers").isEmpty();
        }
        return object.number(0, "metadata", "deletionGracePeriodSeconds") == 0;
    }

    @Override
    public KubeObject update(GroupResource resource, KubeObject object) {
        KubeObject before = checked(resource, object);
        KubeObject after = object.copy();
        after.set(before.at("status"), "status");
        after.set(before.at("metadata", "generation"), "metadata", "generation");
        return write(resource, before, after);
    }

    private KubeObject checked(GroupResource resource, KubeObject object) {
        KubeObject before = get(resource, object.namespace(), object.name());
        if (!object.resourceVersion().isEmpty() && !object.resourceVersion().equals(before.resourceVersion())) {
            throw failure(409, "Conflict", "the object has been modified");
        }
        return before;
    }

    private KubeObject write(GroupResource resource, KubeObject before, KubeObject after) {
        after.set(before.resourceVersion(), "metadata", "resourceVersion");
        if (after.equals(before)) {
            return before;
        }
        if (!after.map("spec").equals(before.map("spec"))) {
            after.set(before.generation() + 1, "metadata", "generation");
        }
        return put(resource, before, after);
    }

    @Override
    public KubeObject updateSubresource(GroupResource resource, String subresource, KubeObject object) {
        KubeObject before = checked(resource, object);
        KubeObject after = before.copy();
        if (subresource.equals("finalize")) {
            after.set(object.at("spec", "finalizers"), "spec", "finalizers");
        } else if (subresource.equals("scale")) {
            after.set(object.at("spec", "replicas"), "spec", "replicas");
        } else {
            after.set(object.copy().at("status"), "status");
            after.set(object.copy().at("metadata", "annotations"), "metadata", "annotations");
        }
        return write(resource, before, after);
    }

    @Override
    public KubeObject patch(
            GroupResource resource, String namespace, String name, String subresource, PatchType type, Object patch) {
        KubeObject before = get(resource, namespace, name);
        KubeObject after = before.copy();
        merge(after.tree(), patch, type == PatchType.STRATEGIC);
        return write(resource, before, after);
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> target, Object patch, boolean strategic) {
        ((Map<String, Object>) patch).forEach((key, value) -> {
            if (strategic && key.startsWith(DELETE_FROM)) {
                String field = key.substring(DELETE_FROM.length());
                List<Object> left = new ArrayList<>(target.get(field) instanceof List<?> there ? there : List.of());
                left.removeAll((List<?>) value);
                target.put(field, left);
                if (left.isEmpty()) {
                    target.remove(field);
                }
            } else if (value == null) {
                target.remove(key);
            } else if (value instanceof Map<?, ?> map) {
                Object below = target.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
                merge((Map<String, Object>) below, map, strategic);
            } else if (strategic && value instanceof List<?> list && mergeKey(key) != null) {
                List<Object> merged =
                        new ArrayList<>(target.get(key) instanceof List<?> existing ? existing : List.of());
                list.forEach(item -> mergeItem(merged, item, String.valueOf(mergeKey(key))));
                target.put(key, merged);
            } else {
                target.put(key, KubeObject.copyOf(value));
            }
        });
    }

    private static @Nullable String mergeKey(String field) {
        return switch (field) {
            case "ownerReferences", "reservedFor" -> "uid";
            case "conditions" -> "type";
            case "finalizers" -> "";
            default -> null;
        };
    }

    private static void mergeItem(List<Object> merged, Object item, String key) {
        if (!(item instanceof Map<?, ?> map)) {
            if (!merged.contains(item)) {
                merged.add(item);
            }
            return;
        }
        Object wanted = map.get(key);
        merged.removeIf(other -> other instanceof Map<?, ?> m && java.util.Objects.equals(m.get(key), wanted));
        if (!"delete".equals(map.get("$patch"))) {
            merged.add(KubeObject.copyOf(item));
        }
    }

    @Override
    public KubeObject createSubresource(
            GroupResource resource, String namespace, String name, String subresource, KubeObject body) {
        KubeObject before = get(resource, namespace, name);
        KubeObject after = before.copy();
        if (subresource.equals("binding")) {
            after.set(body.text("target", "name"), "spec", "nodeName");
            after.set(
                    new ArrayList<Object>(List.of(new LinkedHashMap<String, Object>(
                            Map.of("type", "PodScheduled", "status", "True", "lastTransitionTime", now())))),
                    "status",
                    "conditions");
        } else if (subresource.equals("eviction")) {
            return delete(resource, namespace, name, DeleteOptions.DEFAULT);
        }
        return write(resource, before, after);
    }

    private String now() {
        return clock.now().toString();
    }

    @Override
    public KubeObject delete(GroupResource resource, String namespace, String name, DeleteOptions options) {
        KubeObject before = get(resource, namespace, name);
        String uid = options.preconditions().getOrDefault("uid", before.uid());
        if (!uid.equals(before.uid())) {
            throw failure(409, "Conflict", "the UID in the precondition does not match");
        }
        KubeObject after = before.copy();
        boolean running = resource.equals(GroupResource.core("pods"))
                && !before.text("spec", "nodeName").isEmpty()
                && options.gracePeriodSeconds() != 0;
        if (!before.isTerminating()) {
            after.set(now(), "metadata", "deletionTimestamp");
            List<Object> finalizers = new ArrayList<>(before.finalizers());
            if (options.propagation().equals("Foreground")) {
                finalizers.add("foregroundDeletion");
            } else if (options.propagation().equals("Orphan")) {
                finalizers.add("orphan");
            }
            after.set(finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
        }
        after.set(
                running ? before.number(30, "spec", "terminationGracePeriodSeconds") : 0L,
                "metadata",
                "deletionGracePeriodSeconds");
        return put(resource, before, after);
    }

    @Override
    public Informer informer(GroupResource resource) {
        return shelf(resource);
    }

    @Override
    public List<ServedResource> resources() {
        return List.copyOf(resources);
    }

    @Override
    public ApiClient as(UserInfo user, String agent) {
        return this;
    }

    private static ApiException failure(int code, String reason, String message) {
        return new ApiException(Status.failure(code, reason, message));
    }
}
