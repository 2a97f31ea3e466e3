package dev.kuar.practice.patch;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.ManagedFields.Owner;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps {@code metadata.managedFields}: who wrote which field, and the merge and conflicts of server-side apply. */
public final class FieldManager {
    private static final List<String> UNTRACKED = List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "selfLink",
            "uid",
            "clusterName",
            "generation",
            "managedFields",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private FieldManager() {}

    /**
     * Notes in {@code now} what a create, update or patch by {@code manager} changed.
     *
     * @param old the stored object; null for a create
     * @param now the object about to be stored, conformed; its managedFields are replaced
     * @param subresource empty for the main resource
     */
    public static void update(
            Kind kind, @Nullable KubeObject old, KubeObject now, String manager, String subresource, Instant time) {
        List<Map<String, Object>> sent = now.maps("metadata", "managedFields");
        boolean reset = sent.size() == 1 && sent.get(0).isEmpty() || sent.isEmpty() && old == null;
        ManagedFields fields = reset || old == null ? new ManagedFields() : ManagedFields.of(old);
        Map<String, Object> before = old == null ? blank(kind) : tracked(old.tree());
        TypedTree.Comparison change = TypedTree.compare(schema(kind), before, tracked(now.tree()));
        if (!change.isSame()) {
            FieldSet written = owned(kind, subresource, strip(change.added().union(change.modified())));
            fields.sets().replaceAll((owner, set) -> set.minus(written).minus(change.removed()));
            if (!written.isEmpty()) {
                Owner owner = ManagedFields.owner(manager, "Update", kind.apiVersion(), subresource);
                FieldSet mine =
                        old == null ? null : ManagedFields.of(old).sets().get(owner);
                FieldSet all =
                        mine == null ? written : mine.minus(change.removed()).union(written);
                fields.sets().put(owner, all);
                fields.touch(owner, kind.apiVersion(), text(time));
            }
        }
        fields.writeTo(now);
    }

    /**
     * What an apply makes of {@code live}.
     *
     * @param live null where the object is not there yet
     * @param intent the body, its nulls included
     * @return a new object with managedFields, not yet defaulted; equal to {@code live} when nothing changes
     * @throws ApiException 409 with a cause a field when others own what the intent changes and {@code force} is off;
     *     500 for a field that the kind does not have
     */
    public static KubeObject apply(
            Kind kind,
            @Nullable KubeObject live,
            Map<String, Object> intent,
            String manager,
            boolean force,
            String subresource,
            Instant time) {
        Map<String, Object> config = conform(kind, intent);
        KubeObject current = live == null ? KubeObject.of(new LinkedHashMap<>()) : live;
        ManagedFields fields = ManagedFields.of(current);
        if (live != null && fields.sets().isEmpty()) {
            Owner before = ManagedFields.owner("before-first-apply", "Update", kind.apiVersion(), "");
            fields.sets()
                    .put(
                            before,
                            strip(TypedTree.compare(schema(kind), blank(kind), tracked(live.tree()))
                                    .added()));
            fields.touch(before, kind.apiVersion(), text(time));
        }
        Owner owner = ManagedFields.owner(manager, "Apply", kind.apiVersion(), subresource);
        FieldSet last = fields.sets().getOrDefault(owner, new FieldSet());
        FieldSet wanted = owned(kind, subresource, strip(TypedTree.fields(schema(kind), tracked(config))));
        fields.sets().put(owner, wanted);
        Map<String, Object> merged = TypedTree.merge(schema(kind), current.tree(), config);
        FieldSet kept = fields.sets().values().stream().reduce(bareMetadata(), FieldSet::union);
        merged = TypedTree.remove(schema(kind), merged, last, kept);
        KubeObject result = KubeObject.of(merged).copy();

        Map<String, Object> before = live == null ? blank(kind) : tracked(live.tree());
        TypedTree.Comparison change = TypedTree.compare(schema(kind), before, tracked(result.tree()));
        if (live != null) {
            settle(fields, owner, change, force);
        }
        boolean changed = live == null || !change.isSame();
        fields.touch(owner, kind.apiVersion(), changed ? text(time) : "");
        fields.writeTo(result);
        return result;
    }

    private static void settle(ManagedFields fields, Owner owner, TypedTree.Comparison change, boolean force) {
        FieldSet written = change.added().union(change.modified());
        Map<Owner, FieldSet> conflicts = new LinkedHashMap<>();
        fields.sets().forEach((other, set) -> {
            FieldSet shared = set.intersection(written);
            if (!other.equals(owner) && !shared.isEmpty()) {
                conflicts.put(other, shared);
            }
        });
        if (!conflicts.isEmpty() && !force) {
            throw conflict(fields, conflicts);
        }
        fields.sets()
                .replaceAll((other, set) ->
                        other.equals(owner) ? set : set.minus(written).minus(change.removed()));
    }

    private static ApiException conflict(ManagedFields fields, Map<Owner, FieldSet> conflicts) {
        List<Object> causes = new ArrayList<>();
        Map<String, List<String>> byManager = new TreeMap<>();
        conflicts.forEach((owner, set) -> {
            String shown = owner.shown(fields.time(owner));
            for (String path : set.paths()) {
                causes.add(Statuses.cause("FieldManagerConflict", "conflict with " + shown, path));
                byManager.computeIfAbsent(shown, key -> new ArrayList<>()).add(path);
            }
        });
        String message;
        if (causes.size() == 1) {
            Map.Entry<String, List<String>> one =
                    byManager.entrySet().iterator().next();
            message = "Apply failed with 1 conflict: conflict with " + one.getKey() + ": "
                    + one.getValue().get(0);
        } else {
            List<String> parts = new ArrayList<>();
            byManager.forEach(
                    (shown, paths) -> parts.add("conflicts with " + shown + ":\n- " + String.join("\n- ", paths)));
            message = "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", parts);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", causes);
        return Statuses.of(409, "Conflict", message, details);
    }

    private static Map<String, Object> conform(Kind kind, Map<String, Object> intent) {
        KubeObject view = KubeObject.of(intent);
        String who = "failed to create typed patch object (" + view.namespace() + "/" + view.name() + "; "
                + (kind.group().isEmpty() ? "/" : "") + kind.apiVersion() + ", Kind=" + kind.kind() + "): ";
        Decoder.Decoded decoded;
        try {
            decoded = Decoder.conformIntent(kind, intent);
        } catch (DecodeException e) {
            throw Statuses.internal(who + e.getMessage());
        }
        List<String> unknown = new ArrayList<>();
        for (String error : decoded.strictErrors()) {
            String path = error.substring("unknown field \"".length(), error.length() - 1);
            unknown.add("." + path + ": field not declared in schema");
        }
        if (unknown.size() == 1) {
            throw Statuses.internal(who + unknown.get(0));
        }
        if (!unknown.isEmpty()) {
            throw Statuses.internal(who + "errors:\n  " + String.join("\n  ", unknown));
        }
        return decoded.tree();
    }

    /** What a Go value of the kind holds before anything is set: structs that are no pointers are there already. */
    private static Map<String, Object> blank(Kind kind) {
        return kind.isCustom()
                ? new LinkedHashMap<>()
                : tracked(Decoder.conform(kind, Map.of()).tree());
    }

    /** Without what nobody owns. */
    private static Map<String, Object> tracked(Map<String, Object> tree) {
        Map<String, Object> left = new LinkedHashMap<>(tree);
        left.remove("apiVersion");
        left.remove("kind");
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (tree.get("metadata") instanceof Map<?, ?>) {
            metadata.putAll(Patches.map(tree.get("metadata")));
            metadata.keySet().removeAll(UNTRACKED);
        }
        left.put("metadata", metadata);
        return left;
    }

    /** Without what the strategy resets: a write of the object says nothing about status, nor the other way round. */
    private static FieldSet owned(Kind kind, String subresource, FieldSet set) {
        if (subresource.isEmpty() && kind.hasStatus()) {
            set.children().remove("f:status");
        } else if (subresource.equals("status")) {
            set.children().remove("f:spec");
            if (kind.isCustom()) {
                set.children().keySet().removeIf(step -> !step.equals("f:status"));
            }
        }
        return set;
    }

    private static FieldSet strip(FieldSet set) {
        FieldSet untracked = bareMetadata();
        untracked.mark();
        return set.minus(untracked);
    }

    private static FieldSet bareMetadata() {
        FieldSet set = new FieldSet();
        set.open("f:metadata").mark();
        return set;
    }

    private static TypeSchema schema(Kind kind) {
        return kind.schema().withMetadata();
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
