package dev.kuar.practice.object;

/**
 * A kind of resource by its group and plural name, as in {@code deployments.apps}.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural, lower case
 */
public record GroupResource(String group, String resource) {
    /** Of the core group. */
    public static GroupResource core(String resource) {
        return new GroupResource("", resource);
    }

    public static GroupResource of(String group, String resource) {
        return new GroupResource(group, resource);
    }

    /** As Kubernetes prints it: {@code pods}, {@code deployments.apps}. */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
