package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every field of a message that a client may send is one of the type that it stands for, under its name in JSON. */
final class ProtoNamesTest {
    /** Messages that are written in a form of their own, see {@link ProtoScalars}. */
    private static final Set<String> OWN_FORM =
            Set.of("Time", "MicroTime", "IntOrString", "Quantity", "RawExtension", "FieldsV1", "JSON");

    private final Map<String, Map<String, Object>> files = new HashMap<>();

    /** The properties of a type; null where no file has it. */
    private Map<?, ?> properties(String fullName) throws IOException {
        String name = fullName.replaceFirst("^k8s\\.io\\.", "io.k8s.");
        int dot = name.lastIndexOf('.');
        String file = name.substring(0, dot);
        if (!files.containsKey(file)) {
            try (InputStream in = ProtoNamesTest.class.getResourceAsStream("/practice/types/" + file + ".json")) {
                files.put(file, in == null ? Map.of() : JsonReader.readMap(in.readAllBytes()));
            }
        }
        return files.get(file).get(name.substring(dot + 1)) instanceof Map<?, ?> type
                        && type.get("properties") instanceof Map<?, ?> properties
                ? properties
                : null;
    }

    @Test
    void messages_and_types_name_their_fields_alike() throws IOException {
        ProtoTypes types = new ProtoTypes();
        Deque<Descriptor> open = new ArrayDeque<>();
        for (Kind kind : Catalog.builtIn().kinds()) {
            String version = kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version();
            Descriptor found = types.find(version, kind.kind());
            if (found != null) {
                open.add(found);
            }
        }
        Set<String> seen = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        while (!open.isEmpty()) {
            Descriptor message = open.pop();
            if (!seen.add(message.getFullName()) || OWN_FORM.contains(message.getName())) {
                continue;
            }
            Map<?, ?> properties = properties(message.getFullName());
            for (FieldDescriptor field : message.getFields()) {
                if (field.getType() == FieldDescriptor.Type.MESSAGE) {
                    open.add(field.getMessageType());
                }
                if (properties != null
                        && !ProtoTypes.isInlined(field)
                        && !properties.containsKey(ProtoWriter.jsonName(field))) {
                    unknown.add(field.getFullName());
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(300);
        // The messages are those of a later version than 1.36.
        assertThat(unknown).isSubsetOf("k8s.io.api.autoscaling.v2.HorizontalPodAutoscalerCondition.observedGeneration");
    }
}
