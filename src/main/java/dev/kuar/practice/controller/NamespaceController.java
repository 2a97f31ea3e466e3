package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.ApiClient.ServedResource;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Empties a namespace that is being deleted, says in its conditions how far it is, and lets it go.
 *
 * <p>Pods go first, everything else once they are gone, and until then the conditions say that all is well, as upstream's do.
 * Models the namespace controller of Kubernetes 1.36, which begins five seconds after the deletion, so that every API
 * server has heard of it. Unlike upstream it then comes back as soon as something in the namespace may be gone.
 */
final class NamespaceController implements Reconciler {
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final long GRACE_SECONDS = 5;

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer namespaces;
    private final NamespaceElsewhere elsewhere;
    private final Map<Key, Wait> waits = new ConcurrentHashMap<>();

    /** What was left the last time, and how long to wait: longer each time that nothing has moved. */
    private record Wait(Map<String, Integer> remaining, Duration delay) {
        static Wait next(@Nullable Wait before, Map<String, Integer> remaining) {
            if (before == null || !before.remaining().equals(remaining)) {
                return new Wait(remaining, AGAIN);
            }
            Duration twice = before.delay().multipliedBy(2);
            return new Wait(remaining, twice.compareTo(SELDOM) > 0 ? SELDOM : twice);
        }
    }

    private NamespaceController(ControllerContext context, AggregatedApis apis) {
        this.context = context;
        this.elsewhere = new NamespaceElsewhere(apis);
        this.client = context.clientFor("namespace-controller");
        this.namespaces = context.informer(Kinds.NAMESPACES);
    }

    static void start(ControllerContext context, AggregatedApis apis) {
        NamespaceController controller = new NamespaceController(context, apis);
        Loop loop = context.loop("namespace-controller", controller);
        context.watch(Kinds.NAMESPACES, loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject namespace = namespaces.find("", key.name()).orElse(null);
        if (namespace == null || !namespace.isTerminating()) {
            return Next.ON_CHANGE;
        }
        if (!namespace.text("status", "phase").equals("Terminating")) {
            KubeObject changed = namespace.copy();
            changed.set("Terminating", "status", "phase");
            client.updateSubresource(Kinds.NAMESPACES, "status", changed);
            return Next.ON_CHANGE;
        }
        if (!namespace.texts("spec", "finalizers").contains("kubernetes")) {
            return Next.ON_CHANGE;
        }
        Instant begins = context.due(PodState.time(namespace.text("metadata", "deletionTimestamp")), GRACE_SECONDS);
        if (begins.isAfter(context.instant())) {
            return Next.at(begins, context.instant());
        }
        Map<String, Integer> remaining = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        long grace = grace(namespace);
        emptyOf(served -> served.resource().equals(Kinds.PODS), key.name(), grace, remaining, finalizers, failures);
        boolean pods = !remaining.isEmpty();
        List<String> silent = List.of();
        if (!pods) {
            silent = elsewhere.empty(key.name(), remaining, finalizers, failures);
            emptyOf(served -> !served.resource().equals(Kinds.PODS), key.name(), 0, remaining, finalizers, failures);
        }
        KubeObject current =
                writeConditions(namespace, pods ? Map.of() : remaining, pods ? Map.of() : finalizers, failures, silent);
        if (!remaining.isEmpty() || !failures.isEmpty() || !silent.isEmpty()) {
            return Next.after(waits.compute(key, (k, before) -> Wait.next(before, remaining))
                    .delay());
        }
        waits.remove(key);
        KubeObject changed = current.copy();
        List<Object> rest = new ArrayList<>(current.texts("spec", "finalizers"));
        rest.remove("kubernetes");
        changed.set(rest, "spec", "finalizers");
        client.updateSubresource(Kinds.NAMESPACES, "finalize", changed);
        return Next.ON_CHANGE;
    }

    /** How many seconds pods may take to end, counted from the deletion of the namespace; 0 once they have passed. */
    private long grace(KubeObject namespace) {
        long grace = 0;
        for (KubeObject pod : client.list(Kinds.PODS, namespace.name(), ApiClient.ListOptions.ALL)
                .items()) {
            if (!PodState.isFinished(pod)) {
                grace = Math.max(grace, pod.number(0, "spec", "terminationGracePeriodSeconds"));
            }
        }
        Instant end = context.due(PodState.time(namespace.text("metadata", "deletionTimestamp")), grace);
        return end.isAfter(context.instant()) ? grace : 0;
    }

    /** @param grace seconds that what is left may take; when they are over, what has no finalizer should have gone */
    private void emptyOf(
            Predicate<ServedResource> which,
            String namespace,
            long grace,
            Map<String, Integer> remaining,
            Map<String, Integer> finalizers,
            List<String> failures) {
        for (ServedResource served : client.resources()) {
            if (!served.namespaced()
                    || !which.test(served)
                    || !served.verbs().contains("list")
                    || !served.verbs().contains("delete")
                    || served.resource().group().equals("events.k8s.io")) {
                continue;
            }
            Map<String, Integer> held = new TreeMap<>();
            int before = remaining.size();
            try {
                delete(namespace, served.resource(), remaining, held);
                if (remaining.size() > before && held.isEmpty() && grace == 0) {
                    failures.add("unexpected items still remain in namespace: " + namespace + " for gvr: "
                            + (served.apiVersion().contains("/") ? "" : "/") + served.apiVersion() + ", Resource="
                            + served.resource().resource());
                }
            } catch (ApiException e) {
                if (!e.isNotFound() && e.code() != 405) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }
            held.forEach((finalizer, count) -> finalizers.merge(finalizer, count, Integer::sum));
        }
    }

    private void delete(
            String namespace, GroupResource resource, Map<String, Integer> remaining, Map<String, Integer> finalizers) {
        int left = 0;
        for (KubeObject object :
                client.list(resource, namespace, ApiClient.ListOptions.ALL).items()) {
            KubeObject now = object;
            if (!object.isTerminating()) {
                try {
                    client.delete(
                            resource,
                            namespace,
                            object.name(),
                            new ApiClient.DeleteOptions("Background", -1, Map.of()));
                    now = client.find(resource, namespace, object.name()).orElse(null);
                } catch (ApiException e) {
                    if (e.isNotFound()) {
                        continue;
                    }
                    throw e;
                }
            }
            if (now == null) {
                continue;
            }
            left++;
            now.finalizers().forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum));
        }
        if (left > 0) {
            remaining.put(resource.resource() + "." + resource.group(), left);
        }
    }

    private KubeObject writeConditions(
            KubeObject namespace,
            Map<String, Integer> remaining,
            Map<String, Integer> finalizers,
            List<String> failures,
            List<String> silent) {
        KubeObject changed = namespace.copy();
        Map<String, String[]> wanted = new LinkedHashMap<>();
        wanted.put("NamespaceDeletionDiscoveryFailure", NamespaceElsewhere.discovery(silent));
        wanted.put(
                "NamespaceDeletionGroupVersionParsingFailure",
                new String[] {"False", "ParsedGroupVersions", "All legacy kube types successfully parsed"});
        wanted.put(
                "NamespaceDeletionContentFailure",
                failures.isEmpty()
                        ? new String[] {
                            "False",
                            "ContentDeleted",
                            "All content successfully deleted, may be waiting on finalization"
                        }
                        : new String[] {
                            "True",
                            "ContentDeletionFailed",
                            "Failed to delete all resource types, " + failures.size() + " remaining: "
                                    + String.join(
                                            ", ", failures.stream().sorted().toList())
                        });
        wanted.put(
                "NamespaceContentRemaining",
                remaining.isEmpty()
                        ? new String[] {"False", "ContentRemoved", "All content successfully removed"}
                        : new String[] {
                            "True",
                            "SomeResourcesRemain",
                            "Some resources are remaining: " + text(remaining, " has %d resource instances")
                        });
        wanted.put(
                "NamespaceFinalizersRemaining",
                finalizers.isEmpty()
                        ? new String[] {"False", "ContentHasNoFinalizers", "All content-preserving finalizers finished"}
                        : new String[] {
                            "True",
                            "SomeFinalizersRemain",
                            "Some content in the namespace has finalizers remaining: "
                                    + text(finalizers, " in %d resource instances")
                        });
        wanted.forEach((type, c) -> changed.set(
                Trees.withCondition(changed.maps("status", "conditions"), type, c[0], c[1], c[2], context.now()),
                "status",
                "conditions"));
        if (changed.equals(namespace)) {
            return namespace;
        }
        return client.updateSubresource(Kinds.NAMESPACES, "status", changed);
    }

    private static String text(Map<String, Integer> counts, String form) {
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(name + String.format(form, count)));
        return String.join(", ", parts);
    }
}
