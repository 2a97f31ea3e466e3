package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the garbage collector's finalizers a deletion gives an object: what was asked for, what it has, its kind's own. */
final class DeletionFinalizers {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Set<String> ORPHAN_BY_THEMSELVES = Set.of("jobs.batch", "replicationcontrollers");
    private static final Set<String> NEVER = Set.of("events", "events.events.k8s.io");

    private DeletionFinalizers() {}

    /** All finalizers of the object once it is marked. */
    static List<String> of(Kind kind, KubeObject old, RequestOptions options) {
        String resource = kind.groupResource().toString();
        List<String> finalizers = new ArrayList<>(old.finalizers());
        String policy = NEVER.contains(resource) ? "Background" : policy(resource, finalizers, options);
        finalizers.removeIf(each -> each.equals(FOREGROUND) || each.equals(ORPHAN));
        if (policy.equals("Orphan")) {
            finalizers.add(ORPHAN);
        } else if (policy.equals("Foreground")) {
            finalizers.add(FOREGROUND);
        }
        return Set.copyOf(finalizers).equals(Set.copyOf(old.finalizers())) ? old.finalizers() : finalizers;
    }

    private static String policy(String resource, List<String> finalizers, RequestOptions options) {
        Boolean orphan = options.orphanDependents();
        if (orphan != null) {
            return orphan ? "Orphan" : "Background";
        }
        if (!options.propagationPolicy().isEmpty()) {
            return options.propagationPolicy();
        }
        for (String each : finalizers) {
            if (each.equals(ORPHAN) || each.equals(FOREGROUND)) {
                return each.equals(ORPHAN) ? "Orphan" : "Foreground";
            }
        }
        return ORPHAN_BY_THEMSELVES.contains(resource) ? "Orphan" : "Background";
    }

    /** Says that a job leaves its pods behind where nobody said what is to become of them. */
    static void warn(Kind kind, RequestOptions options, List<String> warnings) {
        boolean said = options.orphanDependents() != null
                || !options.propagationPolicy().isEmpty();
        if (!said && kind.groupResource().toString().equals("jobs.batch")) {
            warnings.add(
                    "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to"
                            + " remove them or set propagationPolicy=Orphan to suppress this warning");
        }
    }
}
