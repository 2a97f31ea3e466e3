package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.patch.ManagedFields.Owner;
import dev.kuar.practice.schema.Kind;
import java.util.Objects;

/** Who owns the replicas of an object, as its Scale says it, and back again. */
public final class ScaleOwnership {
    private static final String SCALE = "autoscaling/v1";
    private static final String[] REPLICAS = {"spec", "replicas"};

    private ScaleOwnership() {}

    /** Gives {@code scale} those managers of {@code parent} that own what lies at {@code path}. */
    public static void toScale(KubeObject parent, String[] path, KubeObject scale) {
        ManagedFields all = ManagedFields.of(parent);
        ManagedFields some = new ManagedFields();
        all.sets().forEach((owner, set) -> {
            if (set.at(path).isMember()) {
                Owner same = ManagedFields.owner(owner.manager(), owner.operation(), SCALE, owner.subresource());
                some.sets().put(same, only(REPLICAS));
                some.touch(same, SCALE, all.time(owner));
            }
        });
        some.writeTo(scale);
    }

    /**
     * Brings into {@code now} what a write made of the scale's managers.
     *
     * @param parent as it was before the write
     */
    public static void toParent(Kind kind, KubeObject parent, String[] path, KubeObject scale, KubeObject now) {
        ManagedFields fields = ManagedFields.of(parent);
        ManagedFields written = ManagedFields.of(scale);
        FieldSet replicas = only(path);
        for (Owner owner : fields.sets().keySet().stream().toList()) {
            FieldSet set = Objects.requireNonNull(fields.sets().get(owner));
            boolean keeps = owner.applies() && written.sets().remove(owner) != null;
            if (!keeps && set.at(path).isMember()) {
                fields.sets().put(owner, set.minus(replicas));
            }
        }
        written.sets().forEach((owner, set) -> {
            if (set.at(REPLICAS).isMember()) {
                Owner same =
                        ManagedFields.owner(owner.manager(), owner.operation(), kind.apiVersion(), owner.subresource());
                fields.sets().put(same, replicas);
                fields.forget(same, kind.apiVersion());
            }
        });
        fields.writeTo(now);
    }

    private static FieldSet only(String[] path) {
        FieldSet set = new FieldSet();
        FieldSet last = set;
        for (String name : path) {
            last = last.open(Steps.field(name));
        }
        last.mark();
        return set;
    }
}
