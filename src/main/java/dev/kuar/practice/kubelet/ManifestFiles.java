package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.container.VolumeContent.Content;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.DecodeException;
import dev.kuar.practice.schema.Decoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods in the files of {@code /etc/kubernetes/manifests} on a node's disk.
 *
 * <p>Models the file source of the kubelet of Kubernetes 1.36: names that begin with a dot and directories are passed over; a file
 * that has become unreadable counts for what it was until all files are listed again, every 20 seconds. Not thread-safe.
 */
final class ManifestFiles {
    private static final Duration LISTING = Duration.ofSeconds(20);

    private final VolumeContent disk;
    private final Map<String, Object> seen = new HashMap<>();
    private final Map<String, Instant> broken = new HashMap<>();
    private final Map<String, KubeObject> pods = new TreeMap<>();

    /** @param untouched what the files hold that came with the disk, by name: those need not be read */
    ManifestFiles(VolumeContent disk, Map<String, KubeObject> untouched) {
        this.disk = disk;
        disk.filesIn(HostFiles.MANIFESTS).forEach((name, content) -> {
            KubeObject pod = untouched.get(name);
            if (pod != null && content.isMade()) {
                pods.put(name, pod);
                seen.put(name, content.identity());
            }
        });
    }

    /** The pods as the files have them, by the files' names and in their order. */
    Map<String, KubeObject> pods() {
        return pods;
    }

    /** Looks at the files again; whether there are other pods now. */
    boolean look(Instant now) {
        Map<String, Content> files = disk.filesIn(HostFiles.MANIFESTS);
        files.keySet().removeIf(name -> name.startsWith("."));
        boolean changed = pods.keySet().retainAll(files.keySet());
        seen.keySet().retainAll(files.keySet());
        broken.keySet().retainAll(files.keySet());
        for (Map.Entry<String, Content> file : files.entrySet()) {
            String name = file.getKey();
            if (file.getValue().identity().equals(seen.put(name, file.getValue().identity()))) {
                Instant since = broken.get(name);
                if (since != null && !now.isBefore(since.plus(LISTING))) {
                    broken.remove(name);
                    changed |= pods.remove(name) != null;
                }
                continue;
            }
            Optional<KubeObject> pod = read(name, file.getValue().bytes());
            if (pod.isEmpty()) {
                broken.put(name, now);
                continue;
            }
            broken.remove(name);
            KubeObject before = pods.put(name, pod.get());
            changed |= before == null || !hash(before).equals(hash(pod.get()));
        }
        return changed;
    }

    private static Optional<KubeObject> read(String name, byte[] bytes) {
        String why;
        try {
            Object value = Decoder.parse(bytes, true).value();
            if (value instanceof Map<?, ?> map) {
                KubeObject pod = KubeObject.of(textKeys(map));
                why = fault(pod);
                if (why.isEmpty()) {
                    return Optional.of(pod);
                }
            } else {
                why = Decoder.noObject(value);
            }
        } catch (DecodeException e) {
            why = String.valueOf(e.getMessage());
        }
        String because = why;
        System.getLogger(ManifestFiles.class.getName())
                .log(System.Logger.Level.DEBUG, () -> "no static pod: " + name + ": " + because);
        return Optional.empty();
    }

    private static Map<String, Object> textKeys(Map<?, ?> map) {
        Map<String, Object> tree = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                tree.put(String.valueOf(key), value);
            }
        });
        return tree;
    }

    private static String fault(KubeObject pod) {
        if (!pod.apiVersion().equals("v1") || !pod.kind().equals("Pod")) {
            return "not a pod";
        }
        if (pod.name().isEmpty()) {
            return "invalid pod: name is needed for the pod";
        }
        String referred = ApiReferences.of(pod);
        return referred.isEmpty() ? "" : "static pods may not reference " + referred;
    }

    /** What tells one specification from another, whatever the order of its fields. */
    static String hash(KubeObject pod) {
        Map<String, Object> told = new TreeMap<>(pod.tree());
        told.remove("status");
        return JsonWriter.text(sorted(told));
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new TreeMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), sorted(item)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(ManifestFiles::sorted).toList()
                : value;
    }
}
