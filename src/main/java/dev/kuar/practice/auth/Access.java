package dev.kuar.practice.auth;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.object.Statuses;

/**
 * Something that somebody wants to do.
 *
 * @param verb in RBAC's words; the HTTP method in lower case for paths
 * @param resource empty for paths
 * @param namespace empty for cluster-scoped resources and for all namespaces
 * @param path empty for resources
 */
public record Access(
        UserInfo user,
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path) {

    public static Access toPath(UserInfo user, String verb, String path) {
        return new Access(user, verb, "", "", "", "", "", path);
    }

    public boolean isPath() {
        return resource.isEmpty();
    }

    /** The resource with its subresource, as rules name it. */
    public String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** The same wish of another user. */
    public Access by(UserInfo other) {
        return new Access(other, verb, group, resource, subresource, namespace, name, path);
    }

    /** The same with another verb. */
    public Access as(String other) {
        return new Access(user, other, group, resource, subresource, namespace, name, path);
    }

    /** 403 as upstream words it for this. */
    public ApiException refusal() {
        return refusal("");
    }

    /** @param why what is said behind it; perhaps nothing */
    public ApiException refusal(String why) {
        String reason = why.isEmpty() ? "" : ": " + why;
        if (isPath()) {
            return new ApiException(new Status(
                    403,
                    "Forbidden",
                    "forbidden: User \"" + user.name() + "\" cannot " + verb + " path \"" + path + "\"" + reason,
                    Status.EMPTY_DETAILS));
        }
        String where = namespace.isEmpty() ? " at the cluster scope" : " in the namespace \"" + namespace + "\"";
        return Statuses.forbidden(
                new GroupResource(group, resource),
                name,
                "User \"" + user.name() + "\" cannot " + verb + " resource \"" + fullResource() + "\" in API group \""
                        + group + "\"" + where + reason);
    }
}
