package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.ContainerSpec;
import dev.kuar.practice.container.Image;
import dev.kuar.practice.container.ImageReference;
import dev.kuar.practice.container.RuntimeError;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings one container of a pod up: its image, its configuration, its process; with the events that tell of it. */
final class ContainerStarter {
    private final NodeAgent node;
    private final KubeObject pod;
    private final NetworkNamespace network;
    private final PodVolumes volumes;
    private final PodFields fields;

    ContainerStarter(NodeAgent node, KubeObject pod, NetworkNamespace network, PodVolumes volumes, PodFields fields) {
        this.node = node;
        this.pod = pod;
        this.network = network;
        this.volumes = volumes;
        this.fields = fields;
    }

    /**
     * Creates and starts the container.
     *
     * @throws PodProblem why it could not be created
     * @throws RuntimeError why it was created and could not be started
     */
    void start(ContainerRecord record, boolean quiet) throws PodProblem, RuntimeError {
        Instant now = node.clock().now();
        Image image = image(record, now, quiet);
        Container container = node.runtime().create(spec(record, image), log(record));
        record.container = container;
        if (!quiet) {
            event(record, "Normal", "Created", "Container created");
        }
        try {
            container.start();
        } catch (RuntimeError e) {
            event(record, "Warning", "Failed", "Error: " + e.getMessage());
            throw e;
        }
        if (!quiet) {
            event(record, "Normal", "Started", "Container started");
        }
    }

    private ContainerLog log(ContainerRecord record) {
        record.previousLog = record.log == null ? record.previousLog : record.log;
        ContainerLog log = new ContainerLog(node.clock());
        record.log = log;
        return log;
    }

    private Image image(ContainerRecord record, Instant now, boolean quiet) throws PodProblem {
        String name = record.image();
        Optional<ImageReference> parsed = ImageReference.parse(name);
        if (parsed.isEmpty()) {
            String message = "Failed to apply default image tag \"" + name + "\": couldn't parse image name \"" + name
                    + "\": invalid reference format";
            event(record, "Warning", "InspectFailed", message);
            event(record, "Warning", "Failed", "Error: InvalidImageName");
            throw new PodProblem("InvalidImageName", message);
        }
        ImageReference reference = parsed.get();
        String policy = record.spec().text("imagePullPolicy");
        boolean present = node.images().has(reference);
        Optional<Image> image = node.images().find(reference);
        if (present && image.isPresent() && !policy.equals("Always")) {
            if (!quiet) {
                event(
                        record,
                        "Normal",
                        "Pulled",
                        "Container image \"" + name + "\" already present on machine and can be accessed by the pod");
            }
        } else if (policy.equals("Never")) {
            String message = "Container image \"" + name + "\" is not present with pull policy of Never";
            event(record, "Warning", "ErrImageNeverPull", message);
            event(record, "Warning", "Failed", "Error: ErrImageNeverPull");
            throw new PodProblem("ErrImageNeverPull", message);
        } else {
            pull(record, reference, image, now, quiet);
        }
        Image found = image.orElseThrow();
        record.imageName = node.images().shownName(reference);
        record.imageId = "sha256:" + found.digest();
        return found;
    }

    private void pull(
            ContainerRecord record, ImageReference reference, Optional<Image> image, Instant now, boolean quiet)
            throws PodProblem {
        String name = record.image();
        String refusal = image.isPresent() ? "" : node.images().refusal(reference);
        if (now.isBefore(record.pullAt)) {
            event(record, "Normal", "BackOff", "Back-off pulling image \"" + name + "\"");
            event(record, "Warning", "Failed", "Error: ImagePullBackOff");
            throw new PodProblem(
                    "ImagePullBackOff", "Back-off pulling image \"" + name + "\": ErrImagePull: " + refusal);
        }
        if (!quiet) {
            event(record, "Normal", "Pulling", "Pulling image \"" + name + "\"");
        }
        if (image.isEmpty()) {
            event(record, "Warning", "Failed", "Failed to pull image \"" + name + "\": " + refusal);
            event(record, "Warning", "Failed", "Error: ErrImagePull");
            record.pullBackOff = next(record.pullBackOff);
            record.pullAt = now.plus(record.pullBackOff);
            throw new PodProblem("ErrImagePull", refusal);
        }
        node.images().add(reference, image.get());
        record.pullBackOff = Duration.ZERO;
        if (!quiet) {
            String took = String.format(Locale.ROOT, "%dms", 20 + image.get().size() % 61);
            event(
                    record,
                    "Normal",
                    "Pulled",
                    "Successfully pulled image \"" + name + "\" in " + took + " (" + took
                            + " including waiting). Image size: " + image.get().size() + " bytes.");
        }
    }

    static Duration next(Duration backOff) {
        Duration doubled = backOff.isZero() ? ContainerRecord.FIRST_BACK_OFF : backOff.multipliedBy(2);
        return doubled.compareTo(ContainerRecord.LONGEST_BACK_OFF) > 0 ? ContainerRecord.LONGEST_BACK_OFF : doubled;
    }

    private ContainerSpec spec(ContainerRecord record, Image image) throws PodProblem {
        KubeObject container = record.spec();
        Map<String, String> env = environment(record);
        Object uid = security(container, "runAsUser");
        if (uid == null && Boolean.TRUE.equals(security(container, "runAsNonRoot"))) {
            boolean root = image.user().isEmpty()
                    || image.user().equals("0")
                    || image.user().equals("root");
            if (root) {
                problem(record, "container has runAsNonRoot and image will run as root");
            } else if (!image.user().split(":")[0].matches("\\d+")) {
                problem(
                        record,
                        "container has runAsNonRoot and image has non-numeric user (" + image.user()
                                + "), cannot verify user is non-root");
            }
        } else if (uid instanceof Number number
                && number.longValue() == 0
                && Boolean.TRUE.equals(security(container, "runAsNonRoot"))) {
            problem(record, "container's runAsUser breaks non-root policy");
        }
        Object gid = security(container, "runAsGroup");
        String user = uid == null ? gid == null ? "" : "0:" + gid : uid + (gid == null ? "" : ":" + gid);
        Set<Integer> groups = new LinkedHashSet<>();
        if (pod.at("spec", "securityContext", "fsGroup") instanceof Number number) {
            groups.add(number.intValue());
        }
        if (pod.at("spec", "securityContext", "supplementalGroups") instanceof List<?> more) {
            more.forEach(group -> groups.add(((Number) group).intValue()));
        }
        List<ContainerSpec.Volume> mounts = new ArrayList<>(PodFiles.generated(node, pod, network));
        for (Map<String, Object> entry : container.maps("volumeMounts")) {
            KubeObject mount = KubeObject.of(entry);
            VolumeContent content = volumes.find(mount.text("name"))
                    .orElseThrow(() -> new PodProblem(
                            "CreateContainerConfigError", "failed to find volume \"" + mount.text("name") + "\""));
            String sub = mount.text("subPathExpr").isEmpty()
                    ? mount.text("subPath")
                    : PodEnvironment.expand(mount.text("subPathExpr"), env);
            mounts.add(new ContainerSpec.Volume(mount.text("mountPath"), content, sub, mount.flag("readOnly")));
        }
        return new ContainerSpec(
                record.id,
                record.name(),
                image,
                PodEnvironment.expand(container.texts("command"), env),
                PodEnvironment.expand(container.texts("args"), env),
                env,
                container.text("workingDir"),
                user,
                List.copyOf(groups),
                mounts,
                container.flag("securityContext", "readOnlyRootFilesystem"),
                container.flag("tty"),
                container.flag("stdin"),
                Quantity.of(container.at("resources", "limits", "memory")).units(),
                Quantity.of(container.at("resources", "limits", "cpu")).millis(),
                PodFiles.hostname(node, pod),
                network);
    }

    private Map<String, String> environment(ContainerRecord record) throws PodProblem {
        try {
            return new PodEnvironment(node.api(), pod, fields, volumes, node.variables()).of(record.spec());
        } catch (PodProblem e) {
            event(record, "Warning", "Failed", "Error: " + e.message());
            throw e;
        }
    }

    private void problem(ContainerRecord record, String text) throws PodProblem {
        String message = text + " (pod: \"" + pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")\", container: "
                + record.name() + ")";
        event(record, "Warning", "Failed", "Error: " + message);
        throw new PodProblem("CreateContainerConfigError", message);
    }

    /** The container's own setting, else the pod's. */
    private @org.jspecify.annotations.Nullable Object security(KubeObject container, String field) {
        Object own = container.at("securityContext", field);
        return own == null ? pod.at("spec", "securityContext", field) : own;
    }

    private void event(ContainerRecord record, String type, String reason, String message) {
        node.events().pod(pod, record.fieldPath(), type, reason, message);
    }
}
