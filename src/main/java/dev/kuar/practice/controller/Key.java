package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;

/**
 * What a controller works on: an object by its place.
 *
 * @param namespace empty for cluster-scoped kinds
 */
record Key(String namespace, String name) {
    static Key of(KubeObject object) {
        return new Key(object.namespace(), object.name());
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
