package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of one volume that lie at one place, or one in the other. */
final class VolumeOverlaps {
    private VolumeOverlaps() {}

    /** A file and what it is of; empty for the volume's only source. */
    private record File(String path, String source) {
        @Override
        public String toString() {
            return source.isEmpty() ? "\"" + path + "\"" : "\"" + path + "\" (" + source + ")";
        }

        boolean meets(File other) {
            return !path.isEmpty()
                    && !other.path.isEmpty()
                    && (path.equals(other.path)
                            || path.startsWith(other.path + "/")
                            || other.path.startsWith(path + "/"));
        }
    }

    static List<String> of(KubeObject volume) {
        List<String> said = new ArrayList<>();
        single(volume, "configMap", "ConfigMap \"" + volume.text("configMap", "name") + "\"", said);
        single(volume, "secret", "Secret \"" + volume.text("secret", "secretName") + "\"", said);
        single(volume, "downwardAPI", "DownwardAPI", said);
        List<File> all = new ArrayList<>();
        for (Map<String, Object> each : volume.maps("projected", "sources")) {
            KubeObject source = KubeObject.of(each);
            if (each.isEmpty()) {
                said.add("volume \"" + volume.text("name") + "\" (Projected) has no sources provided");
            }
            for (File file : files(source)) {
                for (File other : all) {
                    if (file.meets(other)) {
                        said.add(words(volume, "Projected", file + " with " + other));
                    }
                }
                all.add(file);
            }
        }
        return said;
    }

    private static String words(KubeObject volume, String what, String overlap) {
        return "volume \"" + volume.text("name") + "\" (" + what + "): overlapping paths: " + overlap;
    }

    private static void single(KubeObject volume, String kind, String what, List<String> said) {
        List<File> all = new ArrayList<>();
        for (File file : items(KubeObject.of(volume.map(kind)), "")) {
            for (File other : all) {
                if (file.meets(other)) {
                    said.add(words(volume, what, file + " with " + other));
                }
            }
            all.add(file);
        }
    }

    private static List<File> items(KubeObject source, String what) {
        return source.maps("items").stream()
                .map(item -> new File(KubeObject.of(item).text("path").replaceFirst("/+$", ""), what))
                .toList();
    }

    private static List<File> files(KubeObject source) {
        if (source.at("configMap", "items") != null) {
            return items(
                    KubeObject.of(source.map("configMap")), "ConfigMap \"" + source.text("configMap", "name") + "\"");
        } else if (source.at("secret", "items") != null) {
            return items(KubeObject.of(source.map("secret")), "Secret \"" + source.text("secret", "name") + "\"");
        } else if (source.at("downwardAPI", "items") != null) {
            return items(KubeObject.of(source.map("downwardAPI")), "DownwardAPI");
        } else if (source.at("serviceAccountToken") != null) {
            return List.of(new File(source.text("serviceAccountToken", "path"), "ServiceAccountToken"));
        }
        return List.of();
    }
}
