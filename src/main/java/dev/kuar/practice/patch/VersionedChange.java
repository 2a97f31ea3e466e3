package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.patch.ManagedFields.Owner;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.schema.TypeSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change as each manager sees it: in the version whose fields it owns.
 *
 * <p>Made for one write; an object is converted once a version, and not at all where all managers own fields of the
 * request's own.
 */
final class VersionedChange {
    private final Kind kind;
    private final OtherVersions others;
    private final KubeObject before;
    private final KubeObject after;
    private final Map<String, Optional<Seen>> seen = new HashMap<>();

    /** What was written, and what went. */
    record Seen(FieldSet written, FieldSet removed) {}

    /** @param own the change in the request's version */
    VersionedChange(Kind kind, OtherVersions others, KubeObject before, KubeObject after, Seen own) {
        this.kind = kind;
        this.others = others;
        this.before = before;
        this.after = after;
        seen.put(kind.apiVersion(), Optional.of(own));
    }

    /** Null for a version that is there no more. */
    @Nullable
    Seen in(String apiVersion) {
        return seen.computeIfAbsent(apiVersion, this::compare).orElse(null);
    }

    private Optional<Seen> compare(String apiVersion) {
        OtherVersions.Versioned old = others.in(apiVersion, before);
        OtherVersions.Versioned now = others.in(apiVersion, after);
        if (old == null || now == null) {
            return Optional.empty();
        }
        if (now.kind() == null) {
            return seen.getOrDefault(kind.apiVersion(), Optional.empty());
        }
        TypedTree.Comparison change = TypedTree.compare(
                FieldManager.schema(now.kind()),
                FieldManager.tracked(old.object().tree()),
                FieldManager.tracked(now.object().tree()));
        FieldSet written = FieldManager.strip(change.added().union(change.modified()));
        return Optional.of(new Seen(written, change.removed()));
    }

    /** Takes from all managers but {@code writer} what was written and what went, and forgets those of versions that are gone. */
    void takeFrom(ManagedFields fields, Owner writer) {
        for (Owner owner : Set.copyOf(fields.sets().keySet())) {
            Seen change = owner.equals(writer) ? null : in(fields.version(owner));
            if (change != null) {
                fields.sets().computeIfPresent(owner, (same, set) -> set.minus(change.written())
                        .minus(change.removed()));
            } else if (!owner.equals(writer)) {
                fields.sets().remove(owner);
            }
        }
    }

    /**
     * Drops from what an apply merged the fields that its manager applied before, and nobody owns now.
     *
     * @param last what it applied before, in {@code lastVersion}
     */
    static Map<String, Object> prune(
            Kind kind,
            OtherVersions others,
            Map<String, Object> merged,
            FieldSet last,
            String lastVersion,
            ManagedFields fields) {
        if (last.isEmpty()) {
            return merged;
        }
        KubeObject whole = KubeObject.of(merged);
        OtherVersions.Versioned then = in(others, lastVersion, whole);
        if (then == null) {
            return merged;
        }
        Map<String, FieldSet> owned = new HashMap<>();
        fields.sets().forEach((owner, set) -> owned.merge(fields.version(owner), set, FieldSet::union));
        FieldSet kept = FieldManager.bareMetadata().union(owned.getOrDefault(lastVersion, new FieldSet()));
        KubeObject pruned =
                KubeObject.of(TypedTree.remove(schema(kind, then), then.object().tree(), last, kept));
        Set<String> rest = new HashSet<>(owned.keySet());
        rest.remove(lastVersion);
        for (String version : rest) {
            OtherVersions.Versioned all = in(others, version, whole);
            OtherVersions.Versioned some = in(others, version, pruned);
            if (all != null && some != null) {
                TypeSchema schema = schema(kind, all);
                FieldSet gone = TypedTree.fields(schema, all.object().tree())
                        .minus(TypedTree.fields(schema, some.object().tree()));
                pruned = KubeObject.of(TypedTree.remove(
                        schema,
                        all.object().tree(),
                        gone,
                        FieldManager.bareMetadata().union(owned.getOrDefault(version, new FieldSet()))));
            }
        }
        OtherVersions.Versioned result = in(others, kind.apiVersion(), pruned);
        return result == null ? merged : result.object().tree();
    }

    private static OtherVersions.@Nullable Versioned in(OtherVersions others, String apiVersion, KubeObject object) {
        return object.apiVersion().equals(apiVersion)
                ? new OtherVersions.Versioned(null, object)
                : others.in(apiVersion, object);
    }

    private static TypeSchema schema(Kind kind, OtherVersions.Versioned versioned) {
        return FieldManager.schema(versioned.kind() == null ? kind : versioned.kind());
    }
}
