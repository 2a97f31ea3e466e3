package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.patch.Patches;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** PATCH in its four forms. */
final class PatchWrites {
    private final Parts parts;
    private final Creates creates;
    private final Updates updates;

    PatchWrites(Parts parts, Creates creates, Updates updates) {
        this.parts = parts;
        this.creates = creates;
        this.updates = updates;
    }

    Answer patch(Kind kind, ApiRequest request) {
        ApiClient.PatchType type = Objects.requireNonNull(request.patchType(), "a patch without a type");
        boolean apply = type == ApiClient.PatchType.APPLY;
        OptionChecks.write("PatchOptions", request.options(), apply);
        if (kind.isCustom() && type == ApiClient.PatchType.STRATEGIC) {
            throw Statuses.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
                    Map.of());
        }
        return parts.warned(
                kind, warnings -> apply ? apply(kind, request, warnings) : change(kind, request, type, warnings));
    }

    private Answer change(Kind kind, ApiRequest request, ApiClient.PatchType type, List<String> warnings) {
        byte[] patch = Bodies.patch(request.body());
        Served changed = updates.change(
                kind,
                request,
                old -> {
                    KubeObject patched = Bodies.patched(
                            kind,
                            patched(kind, old, patch, type),
                            type == ApiClient.PatchType.STRATEGIC ? () -> Patches.shown(patch) : null,
                            request.options().fieldValidation(),
                            warnings);
                    KindRules.settleNamespace(kind, patched, request.namespace());
                    KindRules.checkName(patched, request.name());
                    parts.schema().complete(kind, patched);
                    KindRules.refuseNewUid(kind, patched, old);
                    return patched;
                },
                warnings,
                true);
        return new Answer.One(200, changed, warnings);
    }

    private static Map<String, Object> patched(Kind kind, KubeObject old, byte[] patch, ApiClient.PatchType type) {
        return switch (type) {
            case JSON -> Patches.json(old.tree(), patch);
            case MERGE -> Patches.merge(old.tree(), patch);
            case STRATEGIC -> Patches.strategic(Objects.requireNonNull(kind.schema()), old.tree(), patch);
            case APPLY -> throw new IllegalStateException("an apply is no change by itself");
        };
    }

    private Answer apply(Kind kind, ApiRequest request, List<String> warnings) {
        List<String> twice = new ArrayList<>(0);
        Map<String, Object> intent = request.body().format() == Body.Format.TREE
                ? Bodies.map(request.body().tree())
                : Patches.applyBody(request.body().bytes(), twice);
        check(kind, request, intent);
        String manager = request.options().fieldManager();
        boolean force = request.options().force();
        String key = Storage.key(kind, request.namespace(), request.name());
        if (parts.storage().get(kind, key) == null) {
            return applyNew(kind, request, intent, twice, warnings);
        }
        Served changed = updates.change(
                kind,
                request,
                old -> {
                    KubeObject merged = FieldManager.apply(
                            kind,
                            old,
                            intent,
                            manager,
                            force,
                            request.subresource(),
                            parts.now(),
                            parts.storage().versions().others(kind));
                    Bodies.appliedTwice(request.options().fieldValidation(), twice, warnings);
                    KubeObject formed = Bodies.applied(kind, merged.tree(), intent);
                    KindRules.settleNamespace(kind, formed, request.namespace());
                    parts.schema().complete(kind, formed);
                    return formed;
                },
                warnings,
                false);
        return new Answer.One(200, changed, warnings);
    }

    private Answer applyNew(
            Kind kind, ApiRequest request, Map<String, Object> intent, List<String> twice, List<String> warnings) {
        if (!request.subresource().isEmpty()) {
            throw Statuses.notFound(kind.groupResource(), request.name());
        }
        KubeObject sent = KubeObject.of(intent);
        if (!sent.uid().isEmpty()) {
            throw Statuses.conflict(
                    kind.groupResource(),
                    request.name(),
                    "uid mismatch: the provided object specified uid " + sent.uid()
                            + ", and no existing object was found");
        }
        RequestOptions options = request.options();
        KubeObject made =
                FieldManager.apply(kind, null, intent, options.fieldManager(), options.force(), "", parts.now());
        Bodies.appliedTwice(options.fieldValidation(), twice, warnings);
        KubeObject formed = Bodies.applied(kind, made.tree(), intent);
        formed.set(null, "metadata", "resourceVersion");
        KindRules.settleNamespace(kind, formed, request.namespace());
        Served stored = creates.create(kind, request, formed, warnings, Creates.Origin.APPLY);
        return new Answer.One(201, stored, warnings);
    }

    private static void check(Kind kind, ApiRequest request, Map<String, Object> intent) {
        KubeObject sent = KubeObject.of(intent);
        if (!sent.apiVersion().equals(kind.apiVersion()) || !sent.kind().equals(kind.kind())) {
            throw Statuses.badRequest("invalid object type: " + gvk(sent.apiVersion(), sent.kind()));
        }
        if (sent.at("metadata", "managedFields") instanceof List) {
            throw Statuses.badRequest("metadata.managedFields must be nil");
        }
        if (sent.name().isEmpty()) {
            sent.set(request.name(), "metadata", "name");
        }
        KindRules.checkName(sent, request.name());
        KindRules.checkNamespace(kind, sent, request.namespace());
        if (intent.get("metadata") == null) {
            intent.put("metadata", new LinkedHashMap<String, Object>());
        }
    }

    private static String gvk(String apiVersion, String kind) {
        return (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + ", Kind=" + kind;
    }
}
