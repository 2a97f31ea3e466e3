package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.GroupResource;
import org.jspecify.annotations.Nullable;

/**
 * One request for a resource, already taken apart and authenticated, not yet authorised.
 *
 * @param user who asks, after impersonation
 * @param agent the User-Agent; its part before the first slash is the default field manager
 * @param resource by plural name
 * @param version the API version in the path, for instance {@code v1}
 * @param namespace empty for cluster-scoped resources and for all namespaces
 * @param name empty for collections
 * @param subresource empty for the object itself
 * @param options the query parameters, for deletions together with the DeleteOptions of the body
 * @param body for create, update, patch and the subresources that take one
 * @param patchType for patches only
 * @param trusted true for the control plane's own calls in process, which are not authorised again
 * @param notes takes what the audit is to know
 */
public record ApiRequest(
        UserInfo user,
        String agent,
        Verb verb,
        GroupResource resource,
        String version,
        String namespace,
        String name,
        String subresource,
        RequestOptions options,
        Body body,
        ApiClient.@Nullable PatchType patchType,
        boolean trusted,
        AuditNotes notes) {

    /** A request without options or body, for the parts that vary less. */
    public static ApiRequest of(
            UserInfo user,
            String agent,
            Verb verb,
            GroupResource resource,
            String version,
            String namespace,
            String name,
            String subresource) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                RequestOptions.NONE,
                Body.NONE,
                null,
                false,
                AuditNotes.NONE);
    }

    /** The same of another object. */
    public ApiRequest named(String newName) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                newName,
                subresource,
                options,
                body,
                patchType,
                trusted,
                notes);
    }

    public ApiRequest with(RequestOptions newOptions) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                newOptions,
                body,
                patchType,
                trusted,
                notes);
    }

    public ApiRequest with(Body newBody) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                options,
                newBody,
                patchType,
                trusted,
                notes);
    }

    public ApiRequest with(ApiClient.PatchType newType) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                options,
                body,
                newType,
                trusted,
                notes);
    }

    /** The same, telling {@code newNotes} what the audit is to know. */
    public ApiRequest with(AuditNotes newNotes) {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                options,
                body,
                patchType,
                trusted,
                newNotes);
    }

    /** The same, marked as the control plane's own. */
    public ApiRequest asTrusted() {
        return new ApiRequest(
                user,
                agent,
                verb,
                resource,
                version,
                namespace,
                name,
                subresource,
                options,
                body,
                patchType,
                true,
                notes);
    }
}
