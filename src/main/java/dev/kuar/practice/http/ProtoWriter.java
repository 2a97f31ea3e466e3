package dev.kuar.practice.http;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Trees to messages, by descriptor: one converter for every kind. Fields that a message does not know are left out. */
final class ProtoWriter {
    /** The body of a message of {@code type}. */
    byte[] message(Descriptor type, Object tree) throws IOException {
        if (ProtoScalars.isSpecial(type)) {
            return ProtoScalars.encode(type, tree, this);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        if (tree instanceof Map<?, ?> map) {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, 512);
            for (FieldDescriptor field : type.getFields()) {
                if (ProtoTypes.isInlined(field)) {
                    byte[] inner = message(field.getMessageType(), map);
                    if (inner.length > 0) {
                        out.writeByteArray(field.getNumber(), inner);
                    }
                } else {
                    Object value = map.get(jsonName(field));
                    if (value != null) {
                        field(field, value, out);
                    }
                }
            }
            out.flush();
        }
        return bytes.toByteArray();
    }

    private void field(FieldDescriptor field, Object value, CodedOutputStream out) throws IOException {
        if (field.isMapField()) {
            entries(field, value, out);
        } else if (field.isRepeated()) {
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    one(field, item, out);
                }
            }
        } else {
            one(field, value, out);
        }
    }

    private void entries(FieldDescriptor field, Object value, CodedOutputStream out) throws IOException {
        FieldDescriptor keys = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                CodedOutputStream pair = CodedOutputStream.newInstance(bytes);
                one(keys, entry.getKey(), pair);
                Object item = entry.getValue();
                if (item != null) {
                    one(values, item, pair);
                }
                pair.flush();
                out.writeByteArray(field.getNumber(), bytes.toByteArray());
            }
        }
    }

    private void one(FieldDescriptor field, Object value, CodedOutputStream out) throws IOException {
        int number = field.getNumber();
        switch (field.getType()) {
            case STRING -> out.writeString(number, value.toString());
            case BOOL -> out.writeBool(number, Boolean.TRUE.equals(value));
            case INT32 -> out.writeInt32(number, value instanceof Number n ? n.intValue() : 0);
            case INT64 -> out.writeInt64(number, value instanceof Number n ? n.longValue() : 0);
            case DOUBLE -> out.writeDouble(number, value instanceof Number n ? n.doubleValue() : 0);
            case BYTES -> out.writeByteArray(number, Base64.getDecoder().decode(value.toString()));
            case MESSAGE -> out.writeByteArray(number, message(field.getMessageType(), value));
            default -> throw new IOException("no way to write " + field.getFullName());
        }
    }

    /**
     * The name in JSON: the message's own, but for a few of admission and others that are spelled otherwise there, and those of
     * JSON schema that are no identifiers.
     */
    static String jsonName(FieldDescriptor field) {
        String name = field.getName();
        if (field.getContainingType().getName().equals("JSONSchemaProps")) {
            return switch (name) {
                case "ref", "schema" -> "$" + name;
                case "xKubernetesPreserveUnknownFields" -> "x-kubernetes-preserve-unknown-fields";
                case "xKubernetesEmbeddedResource" -> "x-kubernetes-embedded-resource";
                case "xKubernetesIntOrString" -> "x-kubernetes-int-or-string";
                case "xKubernetesListMapKeys" -> "x-kubernetes-list-map-keys";
                case "xKubernetesListType" -> "x-kubernetes-list-type";
                case "xKubernetesMapType" -> "x-kubernetes-map-type";
                case "xKubernetesValidations" -> "x-kubernetes-validations";
                default -> name;
            };
        }
        return switch (name) {
            case "aPIGroup" -> "apiGroup";
            case "uID" -> "uid";
            case "Webhooks", "Expression", "Name" -> Character.toLowerCase(name.charAt(0)) + name.substring(1);
            default -> name;
        };
    }
}
