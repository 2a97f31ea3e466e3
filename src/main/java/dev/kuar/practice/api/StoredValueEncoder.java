package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;

/** Makes of an object the bytes that a real etcd would hold: {@code k8s\0} and protobuf for built-in kinds. */
@FunctionalInterface
public interface StoredValueEncoder {
    /** JSON for everything, for where nobody looks into etcd. */
    StoredValueEncoder JSON = (object, json) -> json;

    /**
     * The stored form.
     *
     * @param object in its storage version, without a resourceVersion, as etcd holds it
     * @param json the same as compact JSON, for kinds that are stored so (custom resources, CRDs, APIServices)
     */
    byte[] encode(KubeObject object, byte[] json);
}
