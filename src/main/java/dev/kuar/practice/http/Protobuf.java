package dev.kuar.practice.http;

import java.util.Map;

/** Trees as Kubernetes' protobuf and back; the converter is loaded when first needed. */
final class Protobuf {
    private Protobuf() {}

    /** {@code k8s\0} and an envelope around the message of the tree's kind. */
    static byte[] encode(Map<String, Object> tree) {
        throw new UnsupportedOperationException("protobuf of " + tree.get("kind"));
    }

    /** The tree in an envelope; 400 where it is none of a kind that has protobuf. */
    static Map<String, Object> decode(byte[] bytes) {
        throw new UnsupportedOperationException("protobuf");
    }

    /** A watch event behind its length in four bytes. */
    static byte[] watchFrame(String type, Map<String, Object> object) {
        throw new UnsupportedOperationException("protobuf of " + type + object.get("kind"));
    }
}
