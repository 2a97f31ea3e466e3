package dev.kuar.practice.admission;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is about to happen to an object.
 *
 * @param kind of the resource, also for subresources; in the version in which it is looked at
 * @param asked the same in the version of the request
 * @param subresource empty for the object itself
 * @param name empty while a name is still to be generated
 * @param object what is to be stored, the caller's own until it is; null for deletions
 * @param old what is stored; null for creations
 * @param warnings takes what the client is to be warned of
 * @param notes takes what the audit is to know
 */
public record AdmissionRequest(
        Operation operation,
        Kind kind,
        Kind asked,
        String subresource,
        String namespace,
        String name,
        UserInfo user,
        @Nullable KubeObject object,
        @Nullable KubeObject old,
        boolean dryRun,
        List<String> warnings,
        AuditNotes notes) {
    /** In the version of the request. */
    public AdmissionRequest(
            Operation operation,
            Kind kind,
            String subresource,
            String namespace,
            String name,
            UserInfo user,
            @Nullable KubeObject object,
            @Nullable KubeObject old,
            boolean dryRun,
            List<String> warnings,
            AuditNotes notes) {
        this(operation, kind, kind, subresource, namespace, name, user, object, old, dryRun, warnings, notes);
    }

    /** The same looked at in another version. */
    AdmissionRequest in(Kind other, @Nullable KubeObject otherObject, @Nullable KubeObject otherOld) {
        return new AdmissionRequest(
                operation,
                other,
                asked,
                subresource,
                namespace,
                name,
                user,
                otherObject,
                otherOld,
                dryRun,
                warnings,
                notes);
    }

    /** What is done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    public GroupResource resource() {
        return kind.groupResource();
    }

    /** Whether this is about {@code resource} of {@code group} itself, not about a subresource. */
    public boolean isFor(String group, String resource) {
        return subresource.isEmpty()
                && kind.resource().equals(resource)
                && kind.group().equals(group);
    }

    public boolean isCreate() {
        return operation == Operation.CREATE;
    }

    public boolean isUpdate() {
        return operation == Operation.UPDATE;
    }

    public boolean isDelete() {
        return operation == Operation.DELETE;
    }

    /** The new object, where the operation has one. */
    public KubeObject now() {
        return Objects.requireNonNull(object, "this operation has no new object");
    }

    /** The stored object, where the operation has one. */
    public KubeObject before() {
        return Objects.requireNonNull(old, "this operation has no stored object");
    }

    /** 403 in admission's form. */
    public ApiException forbidden(String why) {
        return Statuses.forbidden(resource(), name, why);
    }
}
