package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ServedResource;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what lost its owners, and carries foreground and orphaning deletions out.
 *
 * <p>Keeps a graph of uids over all resources that can be listed and deleted, custom ones included. Models the garbage
 * collector of Kubernetes 1.36, without its virtual nodes: an owner that the graph has not seen, or not where and as what the
 * reference has it, is asked for.
 */
final class GarbageCollector implements Reconciler {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ControllerContext context;
    private final ApiClient client;
    private final GarbageElsewhere objects;
    private final EventRecorder events;
    private final Loop loop;
    private final Map<String, Node> byUid = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> dependents = new ConcurrentHashMap<>();
    private final Set<GroupResource> monitored = new HashSet<>();
    private volatile Map<String, ServedResource> byKind = Map.of();

    private record Node(GroupResource resource, KubeObject object) {}

    private GarbageCollector(ControllerContext context, AggregatedApis apis) {
        this.context = context;
        this.client = context.clientFor("generic-garbage-collector");
        this.objects = new GarbageElsewhere(context, client, apis);
        this.events = context.events("garbage-collector-controller");
        this.loop = context.loop("garbage-collector", this);
    }

    static void start(ControllerContext context, AggregatedApis apis) {
        GarbageCollector collector = new GarbageCollector(context, apis);
        collector.monitorAll();
        collector.objects.start(collector::changedElsewhere);
        context.listen(Kinds.CUSTOM_KINDS, (old, now) -> {
            if (now != null && Trees.isTrue(now, "Established")) {
                context.executor().execute(() -> collector.monitorOnceServed(now.name()));
            }
        });
    }

    /** A definition is established a moment before its objects are served. */
    private void monitorOnceServed(String definition) {
        try {
            monitorAll();
        } catch (RuntimeException e) {
            System.getLogger(GarbageCollector.class.getName()).log(System.Logger.Level.WARNING, "monitors", e);
        }
        KubeObject now =
                context.informer(Kinds.CUSTOM_KINDS).find("", definition).orElse(null);
        if (now != null
                && !isMonitored(new GroupResource(now.text("spec", "group"), now.text("spec", "names", "plural")))) {
            var unused =
                    context.clock().after(AGAIN, () -> context.executor().execute(() -> monitorOnceServed(definition)));
        }
    }

    private synchronized boolean isMonitored(GroupResource resource) {
        return monitored.contains(resource);
    }

    private synchronized void monitorAll() {
        Map<String, ServedResource> kinds = new HashMap<>();
        Set<String> known = byKind.keySet();
        for (ServedResource served : client.resources()) {
            kinds.put(group(served.apiVersion()) + "/" + served.kind(), served);
            boolean collectable = served.verbs().contains("list")
                    && served.verbs().contains("watch")
                    && served.verbs().contains("delete")
                    && !served.kind().equals("Event");
            if (collectable && monitored.add(served.resource())) {
                GroupResource resource = served.resource();
                context.listen(resource, (old, now) -> changed(resource, old, now));
            }
        }
        objects.kinds().forEach(kinds::putIfAbsent);
        byKind = kinds;
        byUid.values().stream()
                .filter(node -> node.object().ownerReferences().stream()
                        .map(GarbageCollector::kind)
                        .anyMatch(kind -> kinds.containsKey(kind) && !known.contains(kind)))
                .forEach(node -> queue(node.object().uid()));
    }

    private static String kind(Map<String, Object> reference) {
        return group(Trees.text(reference, "apiVersion")) + "/" + Trees.text(reference, "kind");
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** What is served elsewhere may own something that was taken for nobody's. */
    private void changedElsewhere(GroupResource resource, @Nullable KubeObject old, @Nullable KubeObject now) {
        if (!byKind.keySet().containsAll(objects.kinds().keySet())) {
            monitorAll();
        }
        changed(resource, old, now);
    }

    private void changed(GroupResource resource, @Nullable KubeObject old, @Nullable KubeObject now) {
        if (old != null) {
            owners(old).forEach(uid -> {
                Set<String> set = dependents.get(uid);
                if (set != null && (now == null || !owners(now).contains(uid))) {
                    set.remove(old.uid());
                }
            });
        }
        if (now == null) {
            if (old != null) {
                byUid.remove(old.uid());
                Set<String> orphaned = dependents.remove(old.uid());
                if (orphaned != null) {
                    orphaned.forEach(this::queue);
                }
                owners(old).forEach(this::queue);
            }
            return;
        }
        byUid.put(now.uid(), new Node(resource, now));
        for (String owner : owners(now)) {
            dependents
                    .computeIfAbsent(owner, key -> ConcurrentHashMap.newKeySet())
                    .add(now.uid());
        }
        boolean ownersChanged = old == null || !old.ownerReferences().equals(now.ownerReferences());
        if (ownersChanged && old != null) {
            owners(old).forEach(this::queue);
        }
        if (ownersChanged) {
            report(now);
        }
        if (now.isTerminating()
                && (now.finalizers().contains(FOREGROUND) || now.finalizers().contains(ORPHAN))) {
            queue(now.uid());
            Set<String> below = dependents.get(now.uid());
            if (below != null) {
                below.forEach(this::queue);
            }
        } else if (ownersChanged && !now.ownerReferences().isEmpty()) {
            queue(now.uid());
        }
        if (now.isTerminating()) {
            owners(now).forEach(this::queue);
        }
    }

    private void queue(String uid) {
        loop.add(new Key("", uid));
    }

    private static List<String> owners(KubeObject object) {
        List<String> uids = new ArrayList<>();
        object.ownerReferences().forEach(reference -> uids.add(Trees.text(reference, "uid")));
        return uids;
    }

    @Override
    public Next reconcile(Key key) {
        Node node = byUid.get(key.name());
        if (node == null) {
            return Next.ON_CHANGE;
        }
        KubeObject object = node.object();
        if (object.isTerminating() && object.finalizers().contains(ORPHAN)) {
            orphanDependents(node);
            return Next.ON_CHANGE;
        }
        if (object.isTerminating() && object.finalizers().contains(FOREGROUND)) {
            deleteDependents(node);
            return Next.ON_CHANGE;
        }
        if (!object.isTerminating() && !object.ownerReferences().isEmpty()) {
            collect(node);
        }
        return Next.ON_CHANGE;
    }

    private void collect(Node node) {
        KubeObject object = node.object();
        List<Map<String, Object>> solid = new ArrayList<>();
        List<Map<String, Object>> gone = new ArrayList<>();
        List<Map<String, Object>> waiting = new ArrayList<>();
        for (Map<String, Object> reference : object.ownerReferences()) {
            KubeObject owner = owner(object, reference);
            if (owner == null) {
                gone.add(reference);
            } else if (owner.isTerminating() && owner.finalizers().contains(FOREGROUND)) {
                waiting.add(reference);
            } else {
                solid.add(reference);
            }
        }
        if (!solid.isEmpty()) {
            if (!gone.isEmpty() || !waiting.isEmpty()) {
                gone.addAll(waiting);
                release(node, gone);
            }
            return;
        }
        if (gone.isEmpty() && waiting.isEmpty()) {
            return;
        }
        boolean below = !dependents.getOrDefault(object.uid(), Set.of()).isEmpty();
        String policy = !waiting.isEmpty() && below ? "Foreground" : "";
        if (!policy.isEmpty()) {
            unblock(node);
        }
        if (policy.isEmpty()) {
            policy = object.finalizers().contains(ORPHAN)
                    ? "Orphan"
                    : object.finalizers().contains(FOREGROUND) ? "Foreground" : "Background";
        }
        objects.delete(node.resource(), object, policy);
    }

    /** Says of each owner that lives in another namespace that there is none of that name here. */
    private void report(KubeObject object) {
        for (Map<String, Object> reference : object.ownerReferences()) {
            Node owner = byUid.get(Trees.text(reference, "uid"));
            String home = owner == null ? "" : owner.object().namespace();
            if (!home.isEmpty() && !home.equals(object.namespace())) {
                events.warning(
                        object,
                        "OwnerRefInvalidNamespace",
                        "ownerRef [" + Trees.text(reference, "apiVersion") + "/" + Trees.text(reference, "kind")
                                + ", namespace: " + object.namespace() + ", name: "
                                + Trees.text(reference, "name") + ", uid: " + Trees.text(reference, "uid")
                                + "] does not exist in namespace \"" + object.namespace() + "\"");
            }
        }
    }

    /** The owner as it is now; null when it is gone for sure, or was never what the reference says. */
    private @Nullable KubeObject owner(KubeObject object, Map<String, Object> reference) {
        String uid = Trees.text(reference, "uid");
        ServedResource served = byKind.get(kind(reference));
        if (served == null || (served.namespaced() && object.namespace().isEmpty())) {
            // Not served now, or nowhere to look: nothing is collected on its account.
            return KubeObject.create("", "", "", "");
        }
        Node known = byUid.get(uid);
        if (known != null
                && known.resource().equals(served.resource())
                && known.object().name().equals(Trees.text(reference, "name"))
                && (!served.namespaced() || known.object().namespace().equals(object.namespace()))) {
            return known.object();
        }
        return objects.find(
                        served.resource(), served.namespaced() ? object.namespace() : "", Trees.text(reference, "name"))
                .filter(owner -> owner.uid().equals(uid))
                .orElse(null);
    }

    private void deleteDependents(Node owner) {
        boolean blocked = false;
        for (String uid : List.copyOf(dependents.getOrDefault(owner.object().uid(), Set.of()))) {
            Node dependent = byUid.get(uid);
            if (dependent == null) {
                continue;
            }
            boolean blocks = dependent.object().ownerReferences().stream()
                    .anyMatch(reference -> owner.object().uid().equals(reference.get("uid"))
                            && Boolean.TRUE.equals(reference.get("blockOwnerDeletion")));
            blocked |= blocks;
            if (!dependent.object().isTerminating()) {
                collect(dependent);
            }
        }
        if (!blocked) {
            removeFinalizer(owner, FOREGROUND);
        }
    }

    /** Where what it owns is already waiting for it: it no longer holds its own owners, so that a circle comes to its end. */
    private void unblock(Node node) {
        boolean circle = dependents.getOrDefault(node.object().uid(), Set.of()).stream()
                .map(byUid::get)
                .anyMatch(below -> below != null
                        && below.object().isTerminating()
                        && below.object().finalizers().contains(FOREGROUND));
        KubeObject now = circle
                ? objects.find(
                                node.resource(),
                                node.object().namespace(),
                                node.object().name())
                        .filter(object -> object.uid().equals(node.object().uid()))
                        .orElse(null)
                : null;
        if (now == null) {
            return;
        }
        KubeObject changed = now.copy();
        for (Map<String, Object> reference : changed.ownerReferences()) {
            if (Boolean.TRUE.equals(reference.get("blockOwnerDeletion"))) {
                reference.put("blockOwnerDeletion", false);
            }
        }
        if (!changed.equals(now)) {
            objects.update(node.resource(), changed);
        }
    }

    private void orphanDependents(Node owner) {
        for (String uid : List.copyOf(dependents.getOrDefault(owner.object().uid(), Set.of()))) {
            Node dependent = byUid.get(uid);
            if (dependent != null) {
                Map<String, Object> reference = new LinkedHashMap<>();
                reference.put("uid", owner.object().uid());
                release(dependent, List.of(reference));
            }
        }
        removeFinalizer(owner, ORPHAN);
    }

    private void release(Node node, List<Map<String, Object>> references) {
        KubeObject now = objects.find(
                        node.resource(),
                        node.object().namespace(),
                        node.object().name())
                .filter(object -> object.uid().equals(node.object().uid()))
                .orElse(null);
        if (now == null) {
            return;
        }
        KubeObject changed = now.copy();
        List<Object> kept = new ArrayList<>(now.ownerReferences());
        kept.removeIf(reference -> reference instanceof Map<?, ?> map
                && references.stream()
                        .anyMatch(r -> String.valueOf(r.get("uid")).equals(map.get("uid"))));
        changed.set(kept.isEmpty() ? null : kept, "metadata", "ownerReferences");
        if (!changed.equals(now)) {
            objects.update(node.resource(), changed);
        }
    }

    private void removeFinalizer(Node node, String finalizer) {
        KubeObject now = objects.find(
                        node.resource(),
                        node.object().namespace(),
                        node.object().name())
                .filter(object -> object.uid().equals(node.object().uid()))
                .orElse(null);
        if (now == null || !now.finalizers().contains(finalizer)) {
            return;
        }
        KubeObject changed = now.copy();
        List<Object> kept = new ArrayList<>(now.finalizers());
        kept.remove(finalizer);
        changed.set(kept.isEmpty() ? null : kept, "metadata", "finalizers");
        objects.update(node.resource(), changed);
    }
}
