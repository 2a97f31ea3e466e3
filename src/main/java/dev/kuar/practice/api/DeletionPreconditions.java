package dev.kuar.practice.api;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.Set;

/** What a deletion asks of the object before it is deleted. */
final class DeletionPreconditions {
    /** Kinds with a deletion of their own, which has its own words. */
    private static final Set<String> OTHER_WORDS =
            Set.of("namespaces", "customresourcedefinitions.apiextensions.k8s.io");

    private DeletionPreconditions() {}

    /** @throws dev.kuar.practice.object.ApiException 409 where the uid or the resourceVersion is another */
    static void check(Kind kind, KubeObject old, RequestOptions options) {
        String uid = options.preconditionUid();
        if (!uid.isEmpty() && !uid.equals(old.uid())) {
            throw refusal(kind, old, "UID", uid, old.uid(), "deleted and then recreated");
        }
        String version = options.preconditionResourceVersion();
        if (!version.isEmpty() && !version.equals(old.resourceVersion())) {
            throw refusal(kind, old, "ResourceVersion", version, old.resourceVersion(), "modified");
        }
    }

    private static RuntimeException refusal(
            Kind kind, KubeObject old, String field, String wanted, String found, String happened) {
        if (OTHER_WORDS.contains(kind.groupResource().toString())) {
            return Statuses.conflict(
                    kind.groupResource(),
                    old.name(),
                    "Precondition failed: " + field + " in precondition: " + wanted + ", " + field + " in object meta: "
                            + found);
        }
        // of the kind, where all other conflicts speak of the resource
        return Statuses.conflict(
                new GroupResource(kind.group(), kind.kind()),
                old.name(),
                "the " + field + " in the precondition (" + wanted + ") does not match the " + field + " in record ("
                        + found + "). The object might have been " + happened);
    }
}
