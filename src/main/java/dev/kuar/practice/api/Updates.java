package dev.kuar.practice.api;

import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes objects: PUT and everything that ends as one, of the object and of its status. */
final class Updates {
    private static final int TRIES = 100;
    private static final Set<String> CHANGE_SPEC = Set.of("", "scale", "ephemeralcontainers", "resize");

    private final Parts parts;
    private final Creates creates;

    Updates(Parts parts, Creates creates) {
        this.parts = parts;
        this.creates = creates;
    }

    /** Makes the new object from the stored one; may be called again when somebody else was faster. */
    @FunctionalInterface
    interface Change {
        /** @param old in the version of the request; a fresh object is returned, never {@code old} changed */
        KubeObject of(KubeObject old);
    }

    Answer put(Kind kind, ApiRequest request) {
        OptionChecks.write("UpdateOptions", request.options(), false);
        return parts.warned(kind, warnings -> put(kind, request, warnings));
    }

    private Answer put(Kind kind, ApiRequest request, List<String> warnings) {
        KubeObject sent = Bodies.object(parts.catalog(), kind, request, warnings);
        Bodies.note(parts, kind, request, sent);
        KindRules.settleNamespace(kind, sent, request.namespace());
        KindRules.checkName(sent, request.name());
        OwnerDuplicates.drop(sent, warnings, false);
        parts.schema().complete(kind, sent);
        String key = Storage.key(kind, request.namespace(), request.name());
        if (kind.has(Kind.Flag.CREATE_ON_UPDATE)
                && request.subresource().isEmpty()
                && parts.storage().get(kind, key) == null) {
            return new Answer.One(201, creates.create(kind, request, sent, warnings, Creates.Origin.PUT), warnings);
        }
        Served changed = change(kind, request, old -> sent.copy(), warnings, true);
        return new Answer.One(200, changed, warnings);
    }

    /**
     * Applies a change until it is stored, is refused, or turns out to change nothing.
     *
     * @param manage whether this notes the managed fields; an apply has done so
     */
    Served change(Kind kind, ApiRequest request, Change change, List<String> warnings, boolean manage) {
        String key = Storage.key(kind, request.namespace(), request.name());
        for (int tries = 0; tries < TRIES; tries++) {
            Stored stored = parts.storage().get(kind, key);
            if (stored == null) {
                throw Statuses.notFound(kind.groupResource(), request.name());
            }
            KubeObject old = parts.storage().versions().served(kind, stored).object();
            KubeObject object = change.of(old);
            KindRules.checkUid(kind, key, object, old);
            ObjectRevision.check(kind, object, old);
            Served done = attempt(kind, request, stored, old, object, warnings, manage);
            if (done != null) {
                return done;
            }
        }
        throw Statuses.modified(kind.groupResource(), request.name());
    }

    /** Null when somebody else was faster. */
    private @Nullable Served attempt(
            Kind kind,
            ApiRequest request,
            Stored stored,
            KubeObject old,
            KubeObject object,
            List<String> warnings,
            boolean manage) {
        Strategy strategy = parts.strategy(kind);
        String subresource = request.subresource();
        boolean dryRun = request.options().isDryRun();
        Write write = new Write(
                kind, object, old, request.verb().word(), subresource, request.user(), parts.now(), dryRun, warnings);
        keepWhatIsNotTheirs(kind, subresource, object, old, strategy);
        if (manage) {
            FieldManager.update(
                    kind,
                    old,
                    object,
                    Bodies.manager(request),
                    subresource,
                    parts.now(),
                    parts.storage().versions().others(kind));
        }
        AdmissionRequest admission = new AdmissionRequest(
                AdmissionRequest.Operation.UPDATE,
                kind,
                subresource,
                kind.resource().equals("namespaces") ? object.name() : request.namespace(),
                request.name(),
                request.user(),
                object,
                old,
                dryRun,
                warnings,
                request.notes());
        parts.admission().mutate(admission);
        OwnerDuplicates.drop(object, warnings, true);
        strategy.prepareUpdate(write);
        Served done = null;
        try {
            done = finish(kind, stored, write, admission, strategy);
            return done;
        } finally {
            if (done == null) {
                strategy.abandoned(write);
            }
        }
    }

    private @Nullable Served finish(
            Kind kind, Stored stored, Write write, AdmissionRequest admission, Strategy strategy) {
        KubeObject object = write.object();
        KubeObject old = Objects.requireNonNull(write.old());
        String subresource = write.subresource();
        if (CHANGE_SPEC.contains(subresource) && kind.has(Kind.Flag.GENERATION) && !KindRules.sameSpec(object, old)) {
            object.set(old.generation() + 1, "metadata", "generation");
        }
        KindRules.orderMetadata(object);
        refuse(kind, write, strategy);
        if (subresource.isEmpty()) {
            parts.schema().warn(kind, object, old, write.warnings());
        }
        parts.admission().validate(admission);
        return store(kind, stored, old, write, strategy);
    }

    private void keepWhatIsNotTheirs(
            Kind kind, String subresource, KubeObject object, KubeObject old, Strategy strategy) {
        if (subresource.equals("status") || subresource.equals("approval")) {
            for (Map.Entry<String, Object> part : old.tree().entrySet()) {
                if (!part.getKey().equals("status") && !part.getKey().equals("metadata")) {
                    object.tree().put(part.getKey(), part.getValue());
                }
            }
            object.tree()
                    .keySet()
                    .removeIf(part -> !part.equals("status") && !old.tree().containsKey(part));
            strategy.keptByStatus().forEach(field -> object.set(old.at("metadata", field), "metadata", field));
            if (kind.isCustom()) {
                Object fields = object.at("metadata", "managedFields");
                object.set(new LinkedHashMap<>(old.map("metadata")), "metadata");
                object.set(fields, "metadata", "managedFields");
            }
        } else if (kind.hasStatus() && !subresource.equals("binding")) {
            object.set(old.at("status"), "status");
        }
        for (String field : List.of("uid", "creationTimestamp", "generation", "resourceVersion")) {
            object.set(old.at("metadata", field), "metadata", field);
        }
        if (old.isTerminating()) {
            object.set(old.at("metadata", "deletionTimestamp"), "metadata", "deletionTimestamp");
        }
        if (object.at("metadata", "deletionGracePeriodSeconds") == null) {
            object.set(old.at("metadata", "deletionGracePeriodSeconds"), "metadata", "deletionGracePeriodSeconds");
        }
    }

    private void refuse(Kind kind, Write write, Strategy strategy) {
        KubeObject old = Objects.requireNonNull(write.old());
        List<Map<String, Object>> causes =
                twiceForMetadata(parts.schema().updateErrors(kind, write.object(), old, write.subresource()));
        causes.addAll(strategy.errors(write));
        if (!causes.isEmpty()) {
            throw Statuses.invalid(kind.group(), kind.kind(), write.object().name(), causes);
        }
    }

    /** Upstream validates changes of metadata twice and so reports them twice. */
    private static List<Map<String, Object>> twiceForMetadata(List<Map<String, Object>> causes) {
        List<Map<String, Object>> all = new ArrayList<>();
        causes.stream()
                .filter(cause -> String.valueOf(cause.get("field")).startsWith("metadata."))
                .forEach(all::add);
        all.addAll(causes);
        return all;
    }

    private @Nullable Served store(Kind kind, Stored stored, KubeObject old, Write write, Strategy strategy) {
        KubeObject object = write.object();
        Versions versions = parts.storage().versions();
        boolean migrates = kind.isCustom() && !stored.object().apiVersion().equals(kind.storedAs());
        if (KindRules.same(object, old) && !migrates) {
            return versions.served(kind, stored);
        }
        if (isLastOfItsFinalizers(object, old)) {
            if (!write.dryRun() && parts.storage().delete(kind, stored.key(), stored) == null) {
                return null;
            }
            if (!write.dryRun()) {
                strategy.removed(old);
            }
            return Stored.of(stored.key(), stored.modRevision(), object, stored.bareItems());
        }
        if (write.dryRun()) {
            return Storage.unwritten(kind, stored.key(), object);
        }
        Stored done = parts.storage().put(kind, stored.key(), stored.modRevision(), versions.toStored(kind, object));
        if (done == null) {
            return null;
        }
        strategy.stored(write, done.object());
        return versions.served(kind, done);
    }

    /** Whether an object that waited for its finalizers alone waits no more. */
    private static boolean isLastOfItsFinalizers(KubeObject object, KubeObject old) {
        return old.isTerminating()
                && object.finalizers().isEmpty()
                && old.number(0, "metadata", "deletionGracePeriodSeconds") == 0
                && object.texts("spec", "finalizers").isEmpty()
                && (!old.finalizers().isEmpty()
                        || !old.texts("spec", "finalizers").isEmpty());
    }
}
