package dev.kuar.practice.http;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import dev.kuar.practice.api.StoredValueEncoder;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Trees as Kubernetes' protobuf and back: {@code k8s\0}, then a {@code runtime.Unknown} around the kind's message.
 *
 * <p>The descriptors are large: nothing of them is loaded before the first byte of protobuf is asked for.
 */
public final class Protobuf implements StoredValueEncoder {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /** What the servers beside the main one in a kube-apiserver keep. */
    private static final Set<String> AS_JSON = Set.of("CustomResourceDefinition", "APIService");

    private Protobuf() {}

    /** Loaded with the first use of any method below. */
    private static final class Types {
        private static final ProtoTypes ALL = new ProtoTypes();
        private static final ProtoWriter WRITER = new ProtoWriter();
        private static final ProtoReader READER = new ProtoReader(ALL);
    }

    /** Encodes stored values as etcd holds them: protobuf where the kind has a message, else JSON. */
    public static StoredValueEncoder storedValues() {
        return new Protobuf();
    }

    @Override
    public byte[] encode(KubeObject object, byte[] json) {
        boolean asJson = AS_JSON.contains(object.kind()) || !isKnown(object.apiVersion(), object.kind());
        return asJson ? Reply.line(json) : encode(object.tree());
    }

    @Override
    public Map<String, Object> decode(byte[] value) {
        return isEnvelope(value) ? tree(value) : StoredValueEncoder.super.decode(value);
    }

    private static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= 4 && Arrays.equals(bytes, 0, 4, MAGIC, 0, 4);
    }

    /** Whether there is a message for the kind. */
    static boolean isKnown(String apiVersion, String kind) {
        return Types.ALL.find(apiVersion, kind) != null;
    }

    static byte[] encode(Map<String, Object> tree) {
        String kind = String.valueOf(tree.getOrDefault("kind", ""));
        String apiVersion = String.valueOf(tree.getOrDefault("apiVersion", "v1"));
        Descriptor type = Types.ALL.find(apiVersion, kind);
        if (type == null) {
            throw Form.notAcceptable(java.util.List.of("application/json", "application/yaml"));
        }
        try {
            byte[] message = Types.WRITER.message(type, tree);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            CodedOutputStream typeMeta = CodedOutputStream.newInstance(head);
            typeMeta.writeString(1, apiVersion);
            typeMeta.writeString(2, kind);
            typeMeta.flush();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length + 64);
            bytes.writeBytes(MAGIC);
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeByteArray(1, head.toByteArray());
            out.writeByteArray(2, message);
            out.writeString(3, "");
            out.writeString(4, "");
            out.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The tree in an envelope; 400 where it is damaged or of no kind that has a message. */
    static Map<String, Object> tree(byte[] bytes) {
        if (!isEnvelope(bytes)) {
            throw Statuses.badRequest(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try {
            ProtoFields envelope = ProtoFields.read(Arrays.copyOfRange(bytes, 4, bytes.length));
            ProtoFields typeMeta = ProtoFields.read(envelope.bytes(1));
            String apiVersion = typeMeta.text(1);
            String kind = typeMeta.text(2);
            Descriptor type = Types.ALL.find(apiVersion, kind);
            if (type == null) {
                throw Statuses.badRequest("no kind \"" + kind + "\" is registered for version \"" + apiVersion
                        + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
            }
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("kind", kind);
            tree.put("apiVersion", apiVersion);
            tree.putAll(Types.READER.message(type, envelope.bytes(2)));
            return tree;
        } catch (IOException damaged) {
            throw Statuses.badRequest(String.valueOf(damaged.getMessage()));
        }
    }

    /** A watch event behind its length in four bytes. */
    static byte[] watchFrame(String type, Map<String, Object> object) {
        try {
            byte[] inner = encode(object);
            ByteArrayOutputStream raw = new ByteArrayOutputStream(inner.length + 8);
            CodedOutputStream extension = CodedOutputStream.newInstance(raw);
            extension.writeByteArray(1, inner);
            extension.flush();
            ByteArrayOutputStream frame = new ByteArrayOutputStream(inner.length + 32);
            frame.writeBytes(new byte[4]);
            CodedOutputStream out = CodedOutputStream.newInstance(frame);
            out.writeString(1, type);
            out.writeByteArray(2, raw.toByteArray());
            out.flush();
            byte[] bytes = frame.toByteArray();
            int length = bytes.length - 4;
            for (int i = 0; i < 4; i++) {
                bytes[i] = (byte) (length >>> (24 - 8 * i));
            }
            return bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
