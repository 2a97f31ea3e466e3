package dev.kuar.kubectl.command;

import dev.kuar.kubectl.rest.ApiResource;

/** Which resources are Kubernetes' own: those know strategic merge, custom ones don't. */
final class BuiltIn {
    private BuiltIn() {}

    static boolean isBuiltIn(ApiResource resource) {
        String group = resource.group();
        boolean extension = "apiextensions.k8s.io".equals(group) || "apiregistration.k8s.io".equals(group);
        return !extension && (!group.contains(".") || group.endsWith(".k8s.io"));
    }
}
