package dev.kuar.practice.schema;

import java.util.Locale;
import java.util.Set;

/** The fields of a pod that its containers can be told. */
final class FieldPaths {
    private static final Set<String> PLAIN = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "spec.schedulerName",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final Set<String> KEYED = Set.of("metadata.annotations", "metadata.labels");

    private FieldPaths() {}

    static boolean isKnown(String path, boolean keyed) {
        return keyed ? KEYED.contains(path) : PLAIN.contains(path);
    }

    /** A key as its syntax is asked: capitals are no fault of an annotation's. */
    static String key(String path, String key) {
        return path.endsWith("annotations") ? key.toLowerCase(Locale.ROOT) : key;
    }
}
