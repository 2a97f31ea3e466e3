package dev.kuar.practice.patch;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.ManagedFields.Owner;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The manager whose applies upgrade what client-side applies left. */
    private static final String KUBECTL = "kubectl";

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
        update(kind, old, now, manager, subresource, time, OtherVersions.ALIKE);
    }

    /** The same for a kind whose versions differ: what other managers own is looked at in the version that they wrote. */
    public static void update(
            Kind kind,
            @Nullable KubeObject old,
            KubeObject now,
            String manager,
            String subresource,
            Instant time,
            OtherVersions others) {
        ManagedFields fields = old == null ? new ManagedFields() : known(old, now, subresource);
        if (old != null && fields.isEmpty()) {
            now.set(null, "metadata", "managedFields");
            return;
        }
        Map<String, Object> before = old == null ? blank(kind) : tracked(old.tree());
        TypedTree.Comparison change = TypedTree.compare(schema(kind), before, tracked(now.tree()));
        if (!change.isSame()) {
            FieldSet written = owned(kind, subresource, strip(change.added().union(change.modified())));
            Owner owner = ManagedFields.owner(manager, "Update", kind.apiVersion(), subresource);
            FieldSet mine = fields.sets().getOrDefault(owner, new FieldSet()).minus(change.removed());
            VersionedChange.Seen seen = new VersionedChange.Seen(written, change.removed());
            try {
                new VersionedChange(kind, others, old == null ? now : old, now, seen).takeFrom(fields, owner);
            } catch (ApiException failed) {
                // Upstream leaves everything as it was.
                ManagedFields.of(old == null ? now : old).writeTo(now);
                return;
            }
            fields.sets().computeIfPresent(owner, (same, set) -> mine);
            if (!written.isEmpty()) {
                fields.sets().put(owner, mine.union(written));
                fields.touch(owner, kind.apiVersion(), text(time));
            }
            fields.sets().values().removeIf(FieldSet::isEmpty);
        }
        fields.capUpdates();
        fields.writeTo(now);
    }

    /**
     * Who owned what before a write of {@code now}: a request may say so itself, and may reset it by one empty entry; a
     * request that says nothing, or nonsense, changes nothing. Of a subresource it says nothing.
     */
    private static ManagedFields known(KubeObject old, KubeObject now, String subresource) {
        if (!subresource.isEmpty()) {
            return ManagedFields.of(old);
        }
        List<Map<String, Object>> sent = now.maps("metadata", "managedFields");
        boolean listed = now.at("metadata", "managedFields") instanceof List;
        if (listed && (sent.isEmpty() || sent.size() == 1 && sent.get(0).isEmpty())) {
            return new ManagedFields();
        }
        ManagedFields said = ManagedFields.of(now);
        return said.isEmpty() ? ManagedFields.of(old) : said;
    }

    /**
     * What an apply makes of {@code live}.
     *
     * @param live null where the object is not there yet
     * @param intent the body, its nulls included
     * @return a new object with managedFields, not yet conformed nor defaulted; equal to {@code live} when nothing changes
     * @throws ApiException 409 with a cause a field when others own what the intent changes and {@code force} is off;
     *     500 for a field that the kind does not have, or a value of the wrong type
     */
    public static KubeObject apply(
            Kind kind,
            @Nullable KubeObject live,
            Map<String, Object> intent,
            String manager,
            boolean force,
            String subresource,
            Instant time) {
        return apply(kind, live, intent, manager, force, subresource, time, OtherVersions.ALIKE);
    }

    /** The same for a kind whose versions differ. */
    public static KubeObject apply(
            Kind kind,
            @Nullable KubeObject live,
            Map<String, Object> intent,
            String manager,
            boolean force,
            String subresource,
            Instant time,
            OtherVersions others) {
        TypeSchema schema = schema(kind);
        String problem = TypedIntent.problem(schema, intent);
        if (!problem.isEmpty()) {
            throw Statuses.internal(
                    "failed to create typed patch object (" + described(kind, intent) + "): " + problem);
        }
        KubeObject current = live == null ? KubeObject.of(new LinkedHashMap<>()) : live;
        ManagedFields fields = ManagedFields.of(current);
        if (live != null && fields.isEmpty()) {
            Owner before = ManagedFields.owner("before-first-apply", "Update", kind.apiVersion(), subresource);
            FieldSet all =
                    TypedTree.compare(schema, blank(kind), tracked(live.tree())).added();
            fields.sets().put(before, owned(kind, subresource, strip(all)));
            fields.touch(before, kind.apiVersion(), text(time));
        }
        Owner owner = ManagedFields.owner(manager, "Apply", kind.apiVersion(), subresource);
        FieldSet last = fields.sets().getOrDefault(owner, new FieldSet());
        FieldSet wanted = owned(kind, subresource, strip(TypedTree.fields(schema, tracked(intent))));
        String lastVersion = fields.version(owner);
        fields.sets().put(owner, wanted);
        fields.touch(owner, kind.apiVersion(), "");
        Map<String, Object> merged = TypedTree.merge(schema, current.tree(), intent);
        if (others == OtherVersions.ALIKE || isAllOf(kind, fields, lastVersion)) {
            FieldSet kept = fields.sets().values().stream().reduce(bareMetadata(), FieldSet::union);
            merged = TypedTree.remove(schema, merged, last, kept);
        } else {
            merged = VersionedChange.prune(kind, others, TypedTree.withNulls(merged), last, lastVersion, fields);
        }

        Map<String, Object> before = live == null ? blank(kind) : tracked(live.tree());
        TypedTree.Comparison change = TypedTree.compare(schema, before, tracked(merged));
        if (live != null) {
            FieldSet written = owned(kind, subresource, change.added().union(change.modified()));
            VersionedChange.Seen seen = new VersionedChange.Seen(written, change.removed());
            KubeObject after = KubeObject.of(TypedTree.withNulls(merged));
            settle(kind, live, fields, owner, new VersionedChange(kind, others, live, after, seen), force);
        }
        boolean changed = live == null || !change.isSame();
        fields.touch(owner, kind.apiVersion(), changed ? text(time) : "");
        KubeObject result = KubeObject.of(TypedTree.withNulls(merged)).copy();
        fields.writeTo(result);
        if (manager.equals(KUBECTL)) {
            LastApplied.renew(result, intent);
        }
        return result;
    }

    private static void settle(
            Kind kind, KubeObject live, ManagedFields fields, Owner owner, VersionedChange change, boolean force) {
        Conflicts conflicts = Conflicts.of(fields, owner, change);
        if (!force && owner.manager().equals(KUBECTL) && !conflicts.isEmpty()) {
            conflicts = conflicts.without(LastApplied.untouched(schema(kind), live));
        }
        if (!force && !conflicts.isEmpty()) {
            throw conflicts.refusal();
        }
        change.takeFrom(fields, owner);
    }

    /** Whether all that is owned, and was, are fields of the kind's own version. */
    private static boolean isAllOf(Kind kind, ManagedFields fields, String lastVersion) {
        return (lastVersion.isEmpty() || lastVersion.equals(kind.apiVersion()))
                && fields.sets().keySet().stream()
                        .allMatch(owner -> fields.version(owner).equals(kind.apiVersion()));
    }

    /** As upstream names an object of an apply: {@code default/web; apps/v1, Kind=Deployment}. */
    public static String described(Kind kind, Map<String, Object> intent) {
        KubeObject view = KubeObject.of(intent);
        return view.namespace() + "/" + view.name() + "; " + (kind.group().isEmpty() ? "/" : "") + kind.apiVersion()
                + ", Kind=" + kind.kind();
    }

    /** What a Go value of the kind holds before anything is set: structs that are no pointers are there already. */
    private static Map<String, Object> blank(Kind kind) {
        return kind.isCustom()
                ? new LinkedHashMap<>()
                : tracked(Decoder.conform(kind, Map.of()).tree());
    }

    /** Without what nobody owns. */
    static Map<String, Object> tracked(Map<String, Object> tree) {
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

    static FieldSet strip(FieldSet set) {
        FieldSet untracked = bareMetadata();
        untracked.mark();
        return set.minus(untracked);
    }

    static FieldSet bareMetadata() {
        FieldSet set = new FieldSet();
        set.open("f:metadata").mark();
        return set;
    }

    static TypeSchema schema(Kind kind) {
        return kind.schema().withMetadata();
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
