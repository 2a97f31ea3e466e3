package dev.kuar.practice.patch;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.patch.ManagedFields.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of others that an apply would change, by who owns them. */
record Conflicts(Map<Owner, FieldSet> byOwner) {
    /** Of what {@code applier} writes, what others own. */
    static Conflicts of(ManagedFields fields, Owner applier, VersionedChange change) {
        Map<Owner, FieldSet> found = new TreeMap<>(Comparator.comparing(Owner::identity));
        fields.sets().forEach((other, set) -> {
            VersionedChange.Seen seen = other.equals(applier) ? null : change.in(fields.version(other));
            FieldSet shared = seen == null ? new FieldSet() : set.intersection(seen.written());
            if (!shared.isEmpty()) {
                found.put(other, shared);
            }
        });
        return new Conflicts(found);
    }

    boolean isEmpty() {
        return byOwner.isEmpty();
    }

    /** Those that {@code allowed} does not excuse. */
    Conflicts without(FieldSet allowed) {
        Map<Owner, FieldSet> left = new LinkedHashMap<>();
        byOwner.forEach((owner, set) -> {
            FieldSet rest = set.minus(allowed);
            if (!rest.isEmpty()) {
                left.put(owner, rest);
            }
        });
        return new Conflicts(left);
    }

    /** 409 with a cause a field. */
    ApiException refusal() {
        List<Object> causes = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        byOwner.forEach((owner, set) -> {
            parts.add("conflicts with " + owner.shown() + ":");
            for (String path : set.paths()) {
                causes.add(Statuses.cause("FieldManagerConflict", "conflict with " + owner.shown(), path));
                parts.add("- " + path);
            }
        });
        String message = "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", parts);
        if (causes.size() == 1) {
            Map.Entry<Owner, FieldSet> only = byOwner.entrySet().iterator().next();
            message = "Apply failed with 1 conflict: conflict with "
                    + only.getKey().shown() + ": " + only.getValue().paths().get(0);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("causes", causes);
        return Statuses.of(409, "Conflict", message, details);
    }
}
