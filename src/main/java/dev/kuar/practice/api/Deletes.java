package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.ApiException;
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
    private static final int TRIES = 100;

    private final Parts parts;
    private final Lists lists;

    Deletes(Parts parts, Lists lists) {
        this.parts = parts;
        this.lists = lists;
    }

    private Versions versions() {
        return parts.storage().versions();
    }

    Answer delete(Kind kind, ApiRequest request) {
        return parts.warned(kind, warnings -> delete(kind, request, warnings));
    }

    private Answer delete(Kind kind, ApiRequest request, List<String> warnings) {
        RequestOptions options = Bodies.deleteOptions(parts.catalog(), request);
        OptionChecks.delete(options);
        DeletionFinalizers.warn(kind, options, warnings);
        Gone gone = delete(kind, request, request.namespace(), request.name(), options, warnings);
        if (gone.isPending || kind.has(Kind.Flag.RETURNS_DELETED)) {
            int code = gone.isPending && Boolean.FALSE.equals(options.orphanDependents()) ? 202 : 200;
            return new Answer.One(code, versions().served(kind, gone.object), warnings);
        }
        Map<String, Object> details = new LinkedHashMap<>(Statuses.details(kind.groupResource(), request.name()));
        details.put("uid", gone.object.object().uid());
        return new Answer.Outcome(200, new Status(200, "", "", details), warnings);
    }

    /** Every object of a selection, one by one; the answer lists what there was before. */
    Answer deleteCollection(Selection selection, ApiRequest request) {
        RequestOptions options = Bodies.deleteOptions(parts.catalog(), request);
        OptionChecks.delete(options);
        Kind kind = selection.kind();
        Answer.Many found = lists.list(selection, request.options());
        List<String> warnings = parts.warnings(kind);
        DeletionFinalizers.warn(kind, options, warnings);
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
        return found.with(warnings);
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
            Stored shown = versions().served(kind, stored);
            KubeObject old = shown.object();
            DeletionPreconditions.check(kind, old, options);
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
            Gone gone = attempt(kind, stored, shown, options);
            if (gone != null) {
                return gone;
            }
        }
        throw Statuses.modified(kind.groupResource(), name);
    }

    /** Null when somebody else was faster. */
    private @Nullable Gone attempt(Kind kind, Stored stored, Stored shown, RequestOptions options) {
        KubeObject old = shown.object();
        boolean namespace = kind.kind().equals("Namespace") && kind.group().isEmpty();
        boolean definition = kind.kind().equals("CustomResourceDefinition");
        boolean pod = kind.kind().equals("Pod") && kind.group().isEmpty();
        boolean held = namespace && !old.texts("spec", "finalizers").isEmpty();
        if (old.isTerminating() && (held || (pod && Grace.isPending(old, options)))) {
            return new Gone(shown, true);
        }
        KubeObject marked = Storage.withOwnMetadata(old);
        List<String> finalizers = definition && !old.isTerminating()
                ? CustomDefinitions.finalizersOfDeleted(old)
                : DeletionFinalizers.of(kind, old, options);
        marked.set(finalizers.isEmpty() ? null : new ArrayList<>(finalizers), "metadata", "finalizers");
        boolean graceful = pod && Grace.mark(marked, old, options, parts.now());
        if (!graceful) {
            mark(marked, old, !namespace && !definition);
        }
        boolean waits = held
                || !finalizers.isEmpty()
                || (graceful && marked.number(0, "metadata", "deletionGracePeriodSeconds") > 0);
        if (namespace && waits) {
            Map<String, Object> status = new LinkedHashMap<>(old.map("status"));
            status.put("phase", "Terminating");
            marked.tree().put("status", status);
        }
        if (definition && !old.isTerminating()) {
            CustomDefinitions.markTerminating(marked, parts.now());
        }
        if (!waits) {
            return remove(kind, stored, shown, marked, options);
        }
        if (KindRules.same(marked, old) || options.isDryRun()) {
            return new Gone(
                    options.isDryRun()
                            ? Stored.of(stored.key(), stored.modRevision(), marked, stored.bareItems())
                            : shown,
                    true);
        }
        Stored done = parts.storage()
                .put(kind, stored.key(), stored.modRevision(), versions().toStored(kind, marked));
        return done == null ? null : new Gone(done, true);
    }

    private @Nullable Gone remove(Kind kind, Stored stored, Stored shown, KubeObject marked, RequestOptions options) {
        boolean graceful = kind.has(Kind.Flag.GRACEFUL_DELETION);
        Stored last = graceful ? Stored.of(stored.key(), stored.modRevision(), marked, stored.bareItems()) : shown;
        if (options.isDryRun()) {
            return new Gone(last, false);
        }
        Stored doomed = stored;
        if (graceful && !KindRules.same(marked, stored.object())) {
            // watchers are shown the mark before the end, as everywhere where a deletion can take time
            doomed = parts.storage().put(kind, stored.key(), stored.modRevision(), marked);
        }
        if (doomed == null) {
            return null;
        }
        if (parts.storage().delete(kind, doomed.key(), doomed) != null) {
            parts.strategy(kind).removed(shown.object());
        } else if (doomed == stored || isThere(kind, doomed)) {
            return null;
        } // else a kubelet that saw the mark was faster, which is as good
        return new Gone(graceful ? doomed : last, false);
    }

    /** Whether an object is still there, however changed. */
    private boolean isThere(Kind kind, Stored object) {
        Stored now = parts.storage().get(kind, object.key());
        return now != null && now.object().uid().equals(object.object().uid());
    }

    /** Marks what waits for its finalizers, or goes at once. */
    private void mark(KubeObject marked, KubeObject old, boolean withGrace) {
        if (old.isTerminating()) {
            return;
        }
        Instant now = parts.now().truncatedTo(ChronoUnit.SECONDS);
        marked.set(now.toString(), "metadata", "deletionTimestamp");
        if (withGrace) {
            if (old.generation() > 0) {
                marked.set(old.generation() + 1, "metadata", "generation");
            }
            marked.set(0L, "metadata", "deletionGracePeriodSeconds");
        }
        KindRules.orderMetadata(marked);
    }
}
