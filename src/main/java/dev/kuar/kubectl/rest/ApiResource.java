package dev.kuar.kubectl.rest;

import java.util.List;

/**
 * A resource that a server knows.
 *
 * @param group the API group, empty for core
 * @param version within the group
 * @param name in the plural, for instance {@code pods}
 * @param singular may be empty
 * @param kind as in {@code kind:}
 * @param namespaced whether objects live in namespaces
 * @param verbs what can be done
 * @param shortNames for instance {@code po}
 * @param categories for instance {@code all}
 * @param subresources for instance {@code status}
 * @param preferred whether the group prefers this version
 */
public record ApiResource(
        String group,
        String version,
        String name,
        String singular,
        String kind,
        boolean namespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories,
        List<String> subresources,
        boolean preferred) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The path of the group version: {@code /api/v1}, {@code /apis/apps/v1}. */
    public String root() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version;
    }

    /** The path of a collection or, with a name, of an object. */
    public String path(String namespace, String object) {
        return root()
                + (namespaced && !namespace.isEmpty() ? "/namespaces/" + Urls.encode(namespace) : "")
                + "/"
                + name
                + (object.isEmpty() ? "" : "/" + Urls.encode(object));
    }

    /** {@code pods} or {@code deployments.apps}. */
    public String groupResource() {
        return group.isEmpty() ? name : name + "." + group;
    }

    /** {@code pod/} or {@code deployment.apps/}: what stands before a name in {@code -o name}. */
    public String singularGroup() {
        String one = singular.isEmpty() ? kind.toLowerCase(java.util.Locale.ROOT) : singular;
        return group.isEmpty() ? one : one + "." + group;
    }

    public boolean can(String verb) {
        return verbs.contains(verb);
    }
}
