package dev.kuar.practice.http;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The messages of {@code apiregistration.k8s.io/v1}, which the Java client does not ship: from a file of lines, {@code message NAME}
 * and below it {@code FIELD NUMBER TYPE}, and {@code repeated} where it is.
 */
final class OwnMessages {
    private static final String PACKAGE = "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1";
    private static final Set<String> SCALARS = Set.of("string", "bool", "bytes", "int32");

    private OwnMessages() {}

    /** @param meta the messages of metadata, which these refer to */
    static FileDescriptor read(FileDescriptor meta) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("apiregistration-v1.proto")
                .setSyntax("proto2")
                .setPackage(PACKAGE)
                .addDependency(meta.getName());
        DescriptorProto.Builder message = null;
        for (String line : Bundled.lines("protobuf-messages")) {
            List<String> words = List.of(line.split(" ", -1));
            if (words.get(0).equals("message") && words.size() == 2) {
                if (message != null) {
                    file.addMessageType(message);
                }
                message = DescriptorProto.newBuilder().setName(words.get(1));
            } else if (message != null) {
                message.addField(field(words));
            }
        }
        if (message != null) {
            file.addMessageType(message);
        }
        try {
            return FileDescriptor.buildFrom(file.build(), new FileDescriptor[] {meta});
        } catch (DescriptorValidationException damaged) {
            throw new IllegalStateException("kuar was built with damaged messages", damaged);
        }
    }

    private static FieldDescriptorProto field(List<String> words) {
        String type = words.get(2);
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(words.get(0))
                .setNumber(Integer.parseInt(words.get(1)))
                .setLabel(
                        words.contains("repeated")
                                ? FieldDescriptorProto.Label.LABEL_REPEATED
                                : FieldDescriptorProto.Label.LABEL_OPTIONAL);
        if (SCALARS.contains(type)) {
            return field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
                    .build();
        }
        return field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(type.startsWith(".") ? type : "." + PACKAGE + "." + type)
                .build();
    }
}
