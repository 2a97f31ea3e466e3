package dev.kuar.practice.api;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.FieldManager;
import dev.kuar.practice.patch.Patches;
import dev.kuar.practice.patch.ScaleOwnership;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The scale subresource: replicas of a workload or a custom resource as an autoscaling/v1 Scale. */
final class Scales {
    /** The workloads whose missing scale upstream names by its own path. */
    private static final Set<String> NAMED_BY_SCALE = Set.of("Deployment", "ReplicaSet", "ReplicationController");

    private final Parts parts;
    private final Lists lists;
    private final Updates updates;

    Scales(Parts parts, Lists lists, Updates updates) {
        this.parts = parts;
        this.lists = lists;
        this.updates = updates;
    }

    Answer get(Kind kind, ApiRequest request) {
        try {
            return new Answer.One(200, scale(kind, lists.get(kind, request.namespace(), request.name())), List.of());
        } catch (ApiException absent) {
            if (!absent.isNotFound() || !NAMED_BY_SCALE.contains(kind.kind())) {
                throw absent;
            }
            String group = kind.group().isEmpty() ? "autoscaling" : kind.group();
            throw Statuses.notFound(new GroupResource(group, kind.resource() + "/scale"), request.name());
        }
    }

    /** PUT: the body is a Scale. */
    Answer put(Kind kind, ApiRequest request) {
        List<String> warnings = new ArrayList<>();
        KubeObject sent = Bodies.object(parts.catalog(), scaleKind(), request, warnings);
        KindRules.checkName(sent, request.name());
        return write(kind, request, before -> managed(request, before, sent.copy()), warnings);
    }

    Answer patch(Kind kind, ApiRequest request) {
        ApiClient.PatchType type = Objects.requireNonNull(request.patchType());
        OptionChecks.write("PatchOptions", request.options(), type == ApiClient.PatchType.APPLY);
        List<String> warnings = new ArrayList<>();
        return write(
                kind,
                request,
                before -> type == ApiClient.PatchType.APPLY
                        ? applied(request, before, warnings)
                        : managed(request, before, patched(request, type, before, warnings)),
                warnings);
    }

    private KubeObject applied(ApiRequest request, KubeObject before, List<String> warnings) {
        List<String> twice = new ArrayList<>(0);
        Map<String, Object> intent = request.body().format() == Body.Format.TREE
                ? Bodies.map(request.body().tree())
                : Patches.applyBody(request.body().bytes(), twice);
        RequestOptions options = request.options();
        KubeObject merged = FieldManager.apply(
                scaleKind(), before, intent, options.fieldManager(), options.force(), "scale", parts.now());
        Bodies.appliedTwice(options.fieldValidation(), twice, warnings);
        return Bodies.applied(scaleKind(), merged.tree(), intent);
    }

    private KubeObject patched(ApiRequest request, ApiClient.PatchType type, KubeObject before, List<String> warnings) {
        byte[] patch = Bodies.patch(request.body());
        Map<String, Object> tree =
                switch (type) {
                    case JSON -> Patches.json(before.tree(), patch);
                    case MERGE -> Patches.merge(before.tree(), patch);
                    case STRATEGIC -> Patches.strategic(scaleKind().schema(), before.tree(), patch);
                    case APPLY -> throw new IllegalStateException("an apply is no change by itself");
                };
        warnings.clear();
        Supplier<String> shown = type == ApiClient.PatchType.STRATEGIC ? () -> Patches.shown(patch) : null;
        return Bodies.patched(scaleKind(), tree, shown, request.options().fieldValidation(), warnings);
    }

    /** Notes who wrote {@code scale}; no replicas at all are as good as none said. */
    private KubeObject managed(ApiRequest request, KubeObject before, KubeObject scale) {
        if (scale.number(0, "spec", "replicas") == 0) {
            scale.set(null, "spec", "replicas");
        }
        FieldManager.update(scaleKind(), before, scale, Bodies.manager(request), "scale", parts.now());
        return scale;
    }

    private Kind scaleKind() {
        return parts.catalog().ofObject("autoscaling/v1", "Scale").orElseThrow();
    }

    private interface Wanted {
        KubeObject of(KubeObject before);
    }

    private Answer write(Kind kind, ApiRequest request, Wanted wanted, List<String> warnings) {
        String[] path = path(kind);
        Served changed = updates.change(
                kind,
                request,
                old -> {
                    KubeObject before = KubeObject.of(tree(kind, old));
                    ScaleOwnership.toScale(old, path, before);
                    KubeObject scale = wanted.of(before);
                    long replicas = scale.number(0, "spec", "replicas");
                    if (replicas < 0) {
                        throw Statuses.invalid(
                                "autoscaling",
                                "Scale",
                                request.name(),
                                List.of(Statuses.cause(
                                        "FieldValueInvalid",
                                        "Invalid value: " + replicas + ": must be greater than or equal to 0",
                                        "spec.replicas")));
                    }
                    KubeObject object = old.copy();
                    object.set(replicas, path);
                    String version = scale.resourceVersion();
                    if (!version.isEmpty() || !kind.isCustom()) {
                        object.set(version.isEmpty() ? null : version, "metadata", "resourceVersion");
                    }
                    ScaleOwnership.toParent(kind, old, path, scale, object);
                    return object;
                },
                warnings,
                false);
        return new Answer.One(200, scale(kind, changed), warnings);
    }

    private static Served scale(Kind kind, Served of) {
        return Stored.of("", 0, KubeObject.of(tree(kind, of.object())), true);
    }

    private static Map<String, Object> tree(Kind kind, KubeObject object) {
        KubeObject scale = KubeObject.of(new LinkedHashMap<>());
        scale.set("Scale", "kind");
        scale.set("autoscaling/v1", "apiVersion");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            scale.set(object.at("metadata", field), "metadata", field);
        }
        scale.tree().put("spec", new LinkedHashMap<String, Object>());
        long replicas = object.number(0, path(kind));
        if (replicas != 0) {
            scale.set(replicas, "spec", "replicas");
        }
        Kind.ScalePaths paths = kind.scale();
        long now = object.number(0, paths == null ? new String[] {"status", "replicas"} : split(paths.status()));
        scale.set(now, "status", "replicas");
        String selector = selector(kind, object);
        scale.set(selector.isEmpty() ? null : selector, "status", "selector");
        return scale.tree();
    }

    private static String selector(Kind kind, KubeObject object) {
        Kind.ScalePaths paths = kind.scale();
        if (paths != null) {
            return paths.selector().isEmpty() ? "" : object.text(split(paths.selector()));
        }
        return kind.kind().equals("ReplicationController")
                ? LabelSelector.ofLabels(object.textMap("spec", "selector")).toString()
                : LabelSelector.ofObject(object.map("spec", "selector")).toString();
    }

    private static String[] path(Kind kind) {
        Kind.ScalePaths paths = kind.scale();
        return paths == null ? new String[] {"spec", "replicas"} : split(paths.spec());
    }

    private static String[] split(String path) {
        return (path.startsWith(".") ? path.substring(1) : path).split("\\.");
    }
}
