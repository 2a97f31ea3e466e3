package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

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

    /**
     * The tree in a stored form.
     *
     * @throws RuntimeException where there is none
     */
    default Map<String, Object> decode(byte[] value) {
        return JsonReader.readMap(value);
    }
}
