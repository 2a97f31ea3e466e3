package dev.kuar.practice.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which message describes which kind, read from the descriptors that ship with the Java client; one file a group, on demand. */
final class ProtoTypes {
    /** Stands for what the library does not have. */
    private static final String OWN = "-";

    private static final String CLASSES = "io.kubernetes.client.proto.";

    /** Fields whose message has no name of its own in JSON: its fields stand beside the others. */
    private static final Set<String> INLINED = Set.of(
            "localObjectReference",
            "ephemeralContainerCommon",
            "volumeSource",
            "persistentVolumeSource",
            "handler",
            "ruleWithOperations",
            "rule",
            "ingressRuleValue",
            "deviceConfiguration");

    private final Map<String, List<String>> packages = new HashMap<>();
    private final Set<String> meaningfulZeros = new HashSet<>();
    private final Map<String, FileDescriptor> files = new ConcurrentHashMap<>();

    ProtoTypes() {
        for (String line : Bundled.lines("protobuf-packages")) {
            List<String> words = List.of(line.split(" ", -1));
            packages.put((words.get(0).equals("core") ? "" : words.get(0)) + "/" + words.get(1), words);
        }
        for (String line : Bundled.lines("protobuf-zeros")) {
            meaningfulZeros.addAll(List.of(line.split(" ", -1)));
        }
    }

    /** The message of a kind; null where it has none, as custom resources. */
    @Nullable
    Descriptor find(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String key = group + "/" + apiVersion.substring(slash + 1);
        Descriptor own = inPackage(key, kind);
        return own != null ? own : inPackage("meta.k8s.io/v1", kind);
    }

    private @Nullable Descriptor inPackage(String key, String kind) {
        List<String> words = packages.get(key);
        return words == null ? null : file(words.get(3)).findMessageTypeByName(kind);
    }

    private FileDescriptor file(String name) {
        FileDescriptor known = files.get(name);
        if (known == null && name.equals(OWN)) {
            known = OwnMessages.read(file("Meta"));
            files.put(name, known);
        }
        if (known != null) {
            return known;
        }
        return files.computeIfAbsent(name, key -> {
            try {
                return (FileDescriptor)
                        Class.forName(CLASSES + key).getMethod("getDescriptor").invoke(null);
            } catch (ReflectiveOperationException missing) {
                throw new IllegalStateException("the library of messages has no " + key, missing);
            }
        });
    }

    static boolean isInlined(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                && !field.isRepeated()
                && INLINED.contains(field.getName());
    }

    /** Whether a zero of this field says something. */
    boolean keepsZero(FieldDescriptor field) {
        return meaningfulZeros.contains(field.getName());
    }
}
