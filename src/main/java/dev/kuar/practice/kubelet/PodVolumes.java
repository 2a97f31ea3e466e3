package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.container.Image;
import dev.kuar.practice.container.ImageReference;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.container.VolumeContent.Projected;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The volumes of one pod, and then its devices. Volumes of ConfigMaps, Secrets and the pod's own fields follow their sources. */
final class PodVolumes {
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(122);

    private final ApiClient api;
    private final ClusterClock clock;
    private final NodeAgent node;
    private final Supplier<KubeObject> pod;
    private final Supplier<PodFields> fields;
    private final ServiceAccountTokens tokens;
    private final PodDevices devices;
    private final Map<String, VolumeContent> made = new HashMap<>();
    private final Map<String, Retry> retries = new HashMap<>();

    /** When a volume is tried again: after half a second, then twice as long each time. */
    private record Retry(Instant from, Duration delay) {
        Instant at() {
            return from.plus(delay);
        }

        Retry next(Instant now) {
            Duration longer = delay.multipliedBy(2);
            return new Retry(now, longer.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : longer);
        }
    }

    PodVolumes(NodeAgent node, Supplier<KubeObject> pod, Supplier<PodFields> fields) {
        this.node = node;
        this.api = node.api();
        this.clock = node.clock();
        this.pod = pod;
        this.fields = fields;
        this.tokens = new ServiceAccountTokens(api, clock);
        this.devices = new PodDevices(api);
    }

    /** Tries to set up all volumes that are not yet and whose time has come, then the devices; what went wrong. */
    List<PodProblem> mount(Instant now) {
        List<PodProblem> problems = new ArrayList<>();
        for (Map<String, Object> entry : pod.get().maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(entry);
            String name = volume.text("name");
            Retry before = retries.get(name);
            if (made.containsKey(name) || before != null && now.isBefore(before.at())) {
                continue;
            }
            try {
                made.put(name, make(volume));
                retries.remove(name);
            } catch (PodProblem e) {
                problems.add(e);
                Retry next = before == null ? new Retry(now, FIRST_RETRY) : before.next(now);
                retries.put(name, next);
            }
        }
        if (retries.isEmpty()) {
            devices.prepare(pod.get(), now).ifPresent(problems::add);
        }
        return problems;
    }

    /** How long until something is tried again; negative when all is there. */
    Duration untilNext(Instant now) {
        if (retries.isEmpty()) {
            return devices.untilNext(now);
        }
        return retries.values().stream()
                .map(retry -> Duration.between(now, retry.at()))
                .min(Duration::compareTo)
                .orElse(Duration.ofSeconds(-1));
    }

    Optional<VolumeContent> find(String name) {
        return Optional.ofNullable(made.get(name));
    }

    private VolumeContent disk() {
        return node.store().disk(node.name());
    }

    private int group() {
        return (int) pod.get().number(0, "spec", "securityContext", "fsGroup");
    }

    private VolumeContent make(KubeObject volume) throws PodProblem {
        if (volume.at("configMap") != null
                || volume.at("secret") != null
                || volume.at("downwardAPI") != null
                || volume.at("projected") != null) {
            require(volume);
            return VolumeContent.projected(
                    () -> version(volume), () -> files(volume), group(), clock::now, inMemory(volume));
        }
        if (volume.at("hostPath") != null) {
            String path = volume.text("hostPath", "path");
            if (path.equals(NodeCgroups.ROOT)) {
                return node.cgroups();
            }
            if (path.startsWith(NodeCgroups.ROOT + "/")) {
                return node.cgroups().sub(path.substring(NodeCgroups.ROOT.length()), clock.now());
            }
            HostPathTypes.check(disk(), volume, clock.now());
            return path.equals("/") ? disk() : disk().sub(path.substring(1), clock.now());
        }
        if (volume.at("persistentVolumeClaim") != null) {
            String name = volume.text("persistentVolumeClaim", "claimName");
            return persistent(claimed(name, volume.text("name")), volume.text("name"));
        }
        if (volume.at("ephemeral") != null) {
            return persistent(
                    claimed(pod.get().name() + "-" + volume.text("name"), volume.text("name")), volume.text("name"));
        }
        if (volume.at("image") != null) {
            return image(volume.text("image", "reference"), volume.text("image", "pullPolicy"));
        }
        int mode = group() == 0 ? 0777 : 02777;
        VolumeContent directory = node.store().ofPod(NodeAgent.key(pod.get()), volume.text("name"), mode, group());
        return volume.text("emptyDir", "medium").equals("Memory") ? VolumeContent.inMemory(directory) : directory;
    }

    /** The files of an image, pulled where it is not there. */
    private VolumeContent image(String name, String policy) throws PodProblem {
        ImageReference reference = ImageReference.parse(name)
                .orElseThrow(() -> new PodProblem(
                        "InvalidImageName",
                        "Failed to apply default image tag \"" + name + "\": couldn't parse image name \"" + name
                                + "\": invalid reference format"));
        boolean present = node.images().has(reference);
        if (!present && policy.equals("Never")) {
            throw new PodProblem(
                    "ErrImageNeverPull", "Container image \"" + name + "\" is not present with pull policy of Never");
        }
        Image image = node.images()
                .find(reference)
                .orElseThrow(() -> new PodProblem(
                        "Failed",
                        "Failed to pull image \"" + name + "\": "
                                + node.images().refusal(reference)));
        node.images().add(reference, image);
        return VolumeContent.ofImage(image);
    }

    /** Secrets and what is projected lie in memory, ConfigMaps and the pod's own fields on the disk. */
    private static boolean inMemory(KubeObject volume) {
        return volume.at("secret") != null || volume.at("projected") != null;
    }

    /** On the node's own disk, where it lies there; else of somebody else's. */
    private VolumeContent persistent(String name, String volume) throws PodProblem {
        KubeObject found = api.informer(Resources.VOLUMES).find("", name).orElse(null);
        if (found == null) {
            throw new PodProblem(
                    "FailedMount",
                    "MountVolume.SetUp failed for volume \"" + volume + "\" : persistentvolumes \"" + name
                            + "\" not found");
        }
        String local = found.text("spec", "local", "path");
        if (!local.isEmpty() && disk().entryAt(local) == VolumeContent.Entry.NOTHING) {
            throw new PodProblem(
                    "FailedMount",
                    "MountVolume.NewMounter initialization failed for volume \"" + name + "\" : path \"" + local
                            + "\" does not exist");
        }
        String path = local.isEmpty() ? found.text("spec", "hostPath", "path") : local;
        if (path.isEmpty()) {
            return node.store().remote(found);
        }
        KubeObject asMounted = KubeObject.of(new LinkedHashMap<>(found.map("spec")));
        asMounted.set(name, "name");
        // Provisioners of directories make them for everybody.
        boolean fresh = found.annotations().containsKey("pv.kubernetes.io/provisioned-by")
                && disk().entryAt(path) == VolumeContent.Entry.NOTHING;
        HostPathTypes.check(disk(), asMounted, clock.now());
        VolumeContent content = disk().sub(path, clock.now());
        return fresh ? content.withMode(0777) : content;
    }

    private String claimed(String claim, String volume) throws PodProblem {
        String bound = api.informer(Resources.CLAIMS)
                .find(pod.get().namespace(), claim)
                .filter(c -> c.text("status", "phase").equals("Bound"))
                .map(c -> c.text("spec", "volumeName"))
                .orElse("");
        if (bound.isEmpty()) {
            throw new PodProblem(
                    "FailedMount",
                    "Unable to attach or mount volumes: unmounted volumes=[" + volume
                            + "], unattached volumes=[], failed to"
                            + " process volumes=[" + volume + "]: error processing PVC "
                            + pod.get().namespace() + "/"
                            + claim + ": PVC is not bound");
        }
        return bound;
    }

    private void require(KubeObject volume) throws PodProblem {
        for (KubeObject source : sources(volume)) {
            boolean map = source.at("configMap") != null;
            String kind = map ? "configMap" : "secret";
            if (!map && source.at("secret") == null || source.flag(kind, "optional")) {
                continue;
            }
            String name = name(source, kind);
            Optional<KubeObject> found = lookUp(source, kind);
            String problem = "";
            if (found.isEmpty()) {
                problem = (map ? "configmap" : "secret") + " \"" + name + "\" not found";
            } else {
                for (Map<String, Object> item : source.maps(kind, "items")) {
                    String key = String.valueOf(item.get("key"));
                    if (!found.get().map("data").containsKey(key)
                            && !found.get().map("binaryData").containsKey(key)) {
                        problem = map
                                ? "configmap references non-existent config key: " + key
                                : "references non-existent secret key: " + key;
                    }
                }
            }
            if (!problem.isEmpty()) {
                throw new PodProblem(
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"" + volume.text("name") + "\" : " + problem);
            }
        }
    }

    private static List<KubeObject> sources(KubeObject volume) {
        if (volume.at("projected") == null) {
            return List.of(volume);
        }
        List<KubeObject> sources = new ArrayList<>();
        volume.maps("projected", "sources").forEach(s -> sources.add(KubeObject.of(s)));
        return sources;
    }

    private static String name(KubeObject source, String kind) {
        String name = source.text(kind, "name");
        return name.isEmpty() ? source.text(kind, "secretName") : name;
    }

    private Optional<KubeObject> lookUp(KubeObject source, String kind) {
        GroupResource resource = kind.equals("configMap") ? Resources.CONFIG_MAPS : Resources.SECRETS;
        return api.informer(resource).find(pod.get().namespace(), name(source, kind));
    }

    /** Changes whenever a file of the volume does. */
    private String version(KubeObject volume) {
        StringBuilder version = new StringBuilder();
        for (KubeObject source : sources(volume)) {
            if (source.at("configMap") != null) {
                version.append(lookUp(source, "configMap")
                        .map(KubeObject::resourceVersion)
                        .orElse("-"));
            } else if (source.at("secret") != null) {
                version.append(lookUp(source, "secret")
                        .map(KubeObject::resourceVersion)
                        .orElse("-"));
            } else if (source.at("downwardAPI") != null) {
                KubeObject now = pod.get();
                version.append(now.labels().hashCode()).append(now.annotations().hashCode());
            } else if (source.at("serviceAccountToken") != null) {
                version.append(tokens.version(pod.get(), source));
            }
            version.append('/');
        }
        return version.toString();
    }

    private Map<String, Projected> files(KubeObject volume) {
        Map<String, Projected> files = new LinkedHashMap<>();
        long shared = Math.max(volume.number(-1, "projected", "defaultMode"), volume.number(-1, "defaultMode"));
        for (KubeObject source : sources(volume)) {
            if (source.at("configMap") != null) {
                lookUp(source, "configMap").ifPresent(map -> {
                    Map<String, byte[]> data = new LinkedHashMap<>();
                    map.textMap("data").forEach((k, v) -> data.put(k, v.getBytes(StandardCharsets.UTF_8)));
                    map.textMap("binaryData")
                            .forEach((k, v) -> data.put(k, Base64.getDecoder().decode(v)));
                    add(files, data, KubeObject.of(source.map("configMap")), shared);
                });
            } else if (source.at("secret") != null) {
                lookUp(source, "secret").ifPresent(secret -> {
                    Map<String, byte[]> data = new LinkedHashMap<>();
                    secret.textMap("data")
                            .forEach((k, v) -> data.put(k, Base64.getDecoder().decode(v)));
                    add(files, data, KubeObject.of(source.map("secret")), shared);
                });
            } else if (source.at("downwardAPI") != null) {
                downward(files, KubeObject.of(source.map("downwardAPI")), shared);
            } else if (source.at("serviceAccountToken") != null) {
                files.put(
                        source.text("serviceAccountToken", "path"),
                        new Projected(
                                () -> tokens.token(pod.get(), source).getBytes(StandardCharsets.UTF_8), 0600 | 044));
            }
        }
        return files;
    }

    private static void add(Map<String, Projected> files, Map<String, byte[]> data, KubeObject source, long shared) {
        int mode = (int) source.number(shared < 0 ? 0644 : shared, "defaultMode");
        List<Map<String, Object>> items = source.maps("items");
        if (items.isEmpty()) {
            data.forEach((key, bytes) -> files.put(key, new Projected(bytes, mode)));
        }
        for (Map<String, Object> entry : items) {
            KubeObject item = KubeObject.of(entry);
            byte[] bytes = data.get(item.text("key"));
            if (bytes != null) {
                files.put(item.text("path"), new Projected(bytes, (int) item.number(mode, "mode")));
            }
        }
    }

    private void downward(Map<String, Projected> files, KubeObject source, long shared) {
        for (Map<String, Object> entry : source.maps("items")) {
            KubeObject item = KubeObject.of(entry);
            String value;
            if (item.at("resourceFieldRef") != null) {
                String wanted = item.text("resourceFieldRef", "containerName");
                KubeObject container = pod.get().maps("spec", "containers").stream()
                        .map(KubeObject::of)
                        .filter(c -> c.text("name").equals(wanted))
                        .findFirst()
                        .orElse(KubeObject.of(new LinkedHashMap<>()));
                value = fields.get().resource(container, KubeObject.of(item.map("resourceFieldRef")));
            } else {
                value = fields.get().field(item.text("fieldRef", "fieldPath"));
            }
            long own = source.number(shared < 0 ? 0644 : shared, "defaultMode");
            int mode = (int) item.number(own, "mode");
            files.put(item.text("path"), new Projected(value.getBytes(StandardCharsets.UTF_8), mode));
        }
    }
}
