package dev.kuar.practice;

import dev.kuar.practice.api.StoredValueEncoder;
import dev.kuar.practice.http.Protobuf;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Protobuf as an API server stores it; loaded with the first value that somebody looks at. */
final class EtcdValues implements StoredValueEncoder {
    @Override
    public byte[] encode(KubeObject object, byte[] json) {
        return Protobuf.storedValues().encode(object, json);
    }

    @Override
    public Map<String, Object> decode(byte[] value) {
        return Protobuf.storedValues().decode(value);
    }
}
