package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Removes objects, or marks them for those who must finish first: finalizers, kubelets, the namespace controller. */
final class Deletes {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final int TRIES = 100;
    private static final long DEFAULT_GRACE = 30;

    private final Parts parts;
    private final Lists lists;

    Deletes(Parts parts, Lists lists) {
        this.parts = parts;
        this.lists = lists;
    }

    Answer delete(Kind kind, ApiRequest request) {
        RequestOptions options = Bodies.deleteOptions(request);
        OptionChecks.delete(options);
        List<String> warnings = parts.warnings(kind);
        Gone gone = delete(kind, request, request.namespace(), request.name(), options, warnings);
        if (gone.isPending || kind.has(Kind.Flag.RETURNS_DELETED)) {
            return new Answer.One(200, Versions.served(kind, gone.object), warnings);
        }
        Map<String, Object> details = new LinkedHashMap<>(Statuses.details(kind.groupResource(), request.name()));
        details.put("uid", gone.object.object().uid());
        return new Answer.Outcome(200, new Status(200, "", "", details), warnings);
    }

    /** Every object of a selection, one by one; the answer lists what there was before. */
    Answer deleteCollection(Selection selection, ApiRequest request) {
        RequestOptions options = Bodies.deleteOptions(request);
        OptionChecks.delete(options);
        Kind kind = selection.kind();
        Answer.Many found = lists.list(selection, request.options());
        List<String> warnings = parts.warnings(kind);
        for (Served item : found.items()) {
            KubeObject object = item.object();
            try {
                delete(kind, request, object.namespace(), object.name(), options, warnings);
            } catch (ApiException refused) {
                if (!refused.isNotFound()) {
                    throw refused;
                }
            }
        }
        return found;
    }

    /** @param isPending whether it is still there, waiting */
    private record Gone(Stored object, boolean isPending) {}

    private Gone delete(
            Kind kind,
            ApiRequest request,
            String namespace,
            String name,
            RequestOptions options,
            List<String> warnings) {
        String key = Storage.key(kind, namespace, name);
        for (int tries = 0; tries < TRIES; tries++) {
            Stored stored = parts.storage().get(kind, key);
            if (stored == null) {
                throw Statuses.notFound(kind.groupResource(), name);
            }
            KubeObject old = stored.object();
            checkPreconditions(kind, old, options);
            AdmissionRequest admission = new AdmissionRequest(
                    AdmissionRequest.Operation.DELETE,
                    kind,
                    "",
                    kind.resource().equals("namespaces") ? name : namespace,
                    name,
                    request.user(),
                    null,
                    old,
                    options.isDryRun(),
                    warnings,
                    request.notes());
            parts.admission().mutate(admission);
            parts.admission().validate(admission);
            Gone gone = attempt(kind, stored, options);
            if (gone != null) {
                return gone;
            }
        }
        throw Statuses.modified(kind.groupResource(), name);
    }

    private static void checkPreconditions(Kind kind, KubeObject old, RequestOptions options) {
        String uid = options.preconditionUid();
        if (!uid.isEmpty() && !uid.equals(old.uid())) {
            throw precondition(
                    kind,
                    old,
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + old.uid()
                            + "). The object might have been deleted and then recreated");
        }
        String version = options.preconditionResourceVersion();
        if (!version.isEmpty() && !version.equals(old.resourceVersion())) {
            throw precondition(
                    kind,
                    old,
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + old.resourceVersion()
                            + "). The object might have been modified");
        }
    }

    /** Upstream speaks of the kind here, where all other conflicts speak of the resource. */
    private static RuntimeException precondition(Kind kind, KubeObject old, String why) {
        return Statuses.conflict(new GroupResource(kind.group(), kind.kind()), old.name(), why);
    }

    /** Null when somebody else was faster. */
    private @Nullable Gone attempt(Kind kind, Stored stored, RequestOptions options) {
        KubeObject old = stored.object();
        KubeObject marked = Storage.withOwnMetadata(old);
        List<String> finalizers = finalizers(old, options);
        boolean namespace = kind.kind().equals("Namespace") && kind.group().isEmpty();
        boolean definition = kind.kind().equals("CustomResourceDefinition");
        if (definition && !finalizers.contains(CustomDefinitions.FINALIZER) && !old.isTerminating()) {
            finalizers.add(CustomDefinitions.FINALIZER);
        }
        long grace = kind.has(Kind.Flag.GRACEFUL_DELETION) && kind.kind().equals("Pod") ? grace(old, options) : 0;
        boolean waits = grace > 0
                || !finalizers.isEmpty()
                || (namespace && !old.texts("spec", "finalizers").isEmpty());
        if (finalizers.isEmpty()) {
            marked.set(null, "metadata", "finalizers");
        } else {
            marked.set(new ArrayList<>(finalizers), "metadata", "finalizers");
        }
        mark(marked, old, grace, !namespace && !definition);
        if (namespace && waits) {
            Map<String, Object> status = new LinkedHashMap<>(old.map("status"));
            status.put("phase", "Terminating");
            marked.tree().put("status", status);
        }
        if (definition && !old.isTerminating()) {
            CustomDefinitions.markTerminating(marked, parts.now());
        }
        if (!waits) {
            return remove(kind, stored, marked, options);
        }
        if (KindRules.same(marked, old) || options.isDryRun()) {
            return new Gone(
                    options.isDryRun()
                            ? Stored.of(stored.key(), stored.modRevision(), marked, stored.bareItems())
                            : stored,
                    true);
        }
        Stored done = parts.storage().put(kind, stored.key(), stored.modRevision(), marked);
        return done == null ? null : new Gone(done, true);
    }

    private @Nullable Gone remove(Kind kind, Stored stored, KubeObject marked, RequestOptions options) {
        boolean shown = kind.has(Kind.Flag.GRACEFUL_DELETION);
        Stored last = shown ? Stored.of(stored.key(), stored.modRevision(), marked, stored.bareItems()) : stored;
        if (options.isDryRun()) {
            return new Gone(last, false);
        }
        Stored doomed = stored;
        if (shown && !KindRules.same(marked, stored.object())) {
            // watchers are shown the mark before the end, as everywhere where a deletion can take time
            doomed = parts.storage().put(kind, stored.key(), stored.modRevision(), marked);
        }
        if (doomed == null || parts.storage().delete(kind, doomed.key(), doomed) == null) {
            return null;
        }
        parts.strategy(kind).removed(stored.object());
        return new Gone(shown ? doomed : last, false);
    }

    private void mark(KubeObject marked, KubeObject old, long grace, boolean withGrace) {
        Instant now = parts.now().truncatedTo(ChronoUnit.SECONDS);
        if (!old.isTerminating()) {
            marked.set(now.plusSeconds(grace).toString(), "metadata", "deletionTimestamp");
            if (old.generation() > 0 && withGrace) {
                marked.set(old.generation() + 1, "metadata", "generation");
            }
            if (withGrace) {
                marked.set(grace, "metadata", "deletionGracePeriodSeconds");
            }
            KindRules.orderMetadata(marked);
            return;
        }
        long before = old.number(0, "metadata", "deletionGracePeriodSeconds");
        if (withGrace && grace < before) {
            Instant at =
                    Instant.parse(old.text("metadata", "deletionTimestamp")).plusSeconds(grace - before);
            marked.set(at.toString(), "metadata", "deletionTimestamp");
            marked.set(grace, "metadata", "deletionGracePeriodSeconds");
            if (old.generation() > 0) {
                marked.set(old.generation() + 1, "metadata", "generation");
            }
        }
    }

    /** As upstream: what was asked for, else the pod's own; none for a pod that nobody runs; never longer than before. */
    private static long grace(KubeObject pod, RequestOptions options) {
        String phase = pod.text("status", "phase");
        if (pod.text("spec", "nodeName").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        long wanted = options.gracePeriodSeconds() >= 0
                ? options.gracePeriodSeconds()
                : pod.number(DEFAULT_GRACE, "spec", "terminationGracePeriodSeconds");
        if (pod.isTerminating()) {
            long before = pod.number(0, "metadata", "deletionGracePeriodSeconds");
            return options.gracePeriodSeconds() >= 0 ? Math.min(wanted, before) : before;
        }
        return wanted;
    }

    private static List<String> finalizers(KubeObject old, RequestOptions options) {
        List<String> finalizers = new ArrayList<>(old.finalizers());
        String policy = options.propagationPolicy();
        if (policy.isEmpty() && options.orphanDependents() != null) {
            policy = options.orphanDependents() ? "Orphan" : "Background";
        }
        if (!policy.isEmpty()) {
            finalizers.removeIf(f -> f.equals(FOREGROUND) || f.equals(ORPHAN));
            if (policy.equals("Foreground")) {
                finalizers.add(FOREGROUND);
            } else if (policy.equals("Orphan")) {
                finalizers.add(ORPHAN);
            }
        }
        return finalizers;
    }
}
