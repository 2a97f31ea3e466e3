package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;

/**
 * An object that a command works on.
 *
 * @param resource its resource
 * @param namespace empty for cluster-wide
 * @param name empty for one that the server will name
 * @param object what is known of it: from a file or the server; {@link Tree#NONE} where nothing yet
 * @param source where it was named: a file, {@code STDIN}, or empty for the command line
 */
record Info(ApiResource resource, String namespace, String name, Tree object, String source) {
    String path() {
        return resource.path(namespace, name);
    }

    String collection() {
        return resource.path(namespace, "");
    }

    /** {@code deployment.apps/web}. */
    String label() {
        return resource.singularGroup() + "/" + name;
    }

    Info with(Tree fresh) {
        String named = fresh.name().isEmpty() ? name : fresh.name();
        String placed = resource.namespaced() && !fresh.namespace().isEmpty() ? fresh.namespace() : namespace;
        return new Info(resource, placed, named, fresh, source);
    }
}
