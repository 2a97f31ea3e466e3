package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops owner references that stand twice in an object, and says so. */
final class OwnerDuplicates {
    private OwnerDuplicates() {}

    /** @param admitted whether admission has had the object, for the wording alone */
    static void drop(KubeObject object, List<String> warnings, boolean admitted) {
        List<Map<String, Object>> owners = object.ownerReferences();
        if (owners.size() < 2) {
            return;
        }
        Set<Map<String, Object>> kept = new LinkedHashSet<>();
        List<String> twice = new ArrayList<>();
        for (Map<String, Object> owner : owners) {
            if (!kept.add(owner)) {
                twice.add(String.valueOf(owner.getOrDefault("uid", "")));
            }
        }
        if (twice.isEmpty()) {
            return;
        }
        object.set(new ArrayList<>(kept), "metadata", "ownerReferences");
        warnings.add(".metadata.ownerReferences contains duplicate entries"
                + (admitted ? " after mutating admission happens" : "")
                + "; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24;"
                + " please fix your requests; duplicate UID(s) observed: " + String.join(", ", twice));
    }
}
