package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.ContainerSpec;
import dev.kuar.practice.container.Image;
import dev.kuar.practice.container.ImageReference;
import dev.kuar.practice.container.RuntimeError;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Brings one container of a pod up: its image, its configuration, its process; with the events that tell of it. */
final class ContainerStarter {
    private static final String SECCOMP = "/var/lib/kubelet/seccomp/";

    private final NodeAgent node;
    private final PodWorker worker;
    private final KubeObject pod;
    private final PodSandbox sandbox;
    private final NetworkNamespace network;
    private final PodVolumes volumes;

    /** @param sandbox ready for containers */
    ContainerStarter(NodeAgent node, PodWorker worker, PodSandbox sandbox) {
        this.node = node;
        this.worker = worker;
        this.pod = worker.pod();
        this.sandbox = sandbox;
        this.network = Objects.requireNonNull(sandbox.network());
        this.volumes = Objects.requireNonNull(sandbox.volumes());
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
        ContainerSpec spec = spec(record, image);
        Container container = node.runtime().create(spec, log(record), sandbox.processes(record.spec()));
        record.container = container;
        node.store().addLayer(record.id, container.layer());
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
        ContainerSecurity security = new ContainerSecurity(pod, container);
        String asRoot = security.rootProblem(image);
        if (!asRoot.isEmpty()) {
            problem(record, asRoot);
        }
        String profile = security.seccompFile();
        if (!profile.isEmpty()) {
            needsProfile(record, SECCOMP + profile);
        }
        List<ContainerSpec.Volume> mounts = new ArrayList<>(PodFiles.generated(node, pod, network));
        mounts.removeIf(made -> container.maps("volumeMounts").stream()
                .anyMatch(mount -> made.path().equals(mount.get("mountPath"))));
        for (Map<String, Object> entry : container.maps("volumeMounts")) {
            KubeObject mount = KubeObject.of(entry);
            VolumeContent content = volumes.find(mount.text("name"))
                    .orElseThrow(() -> new PodProblem(
                            "CreateContainerConfigError", "failed to find volume \"" + mount.text("name") + "\""));
            mounts.add(new ContainerSpec.Volume(
                    mount.text("mountPath"),
                    content,
                    subPath(record, mount, env),
                    mount.flag("readOnly") || isImage(mount.text("name"))));
        }
        String message = container.text("terminationMessagePath");
        if (!message.isEmpty() && !message.equals("/dev/termination-log")) {
            mounts.add(new ContainerSpec.Volume(
                    message, VolumeContent.emptyFile(node.clock().now()), "", false));
        }
        return new ContainerSpec(
                record.id,
                record.name(),
                image,
                PodEnvironment.expand(container.texts("command"), env),
                PodEnvironment.expand(container.texts("args"), env),
                env,
                container.text("workingDir"),
                security.user(),
                security.groups(),
                security.hasImageGroups(),
                mounts,
                container.flag("securityContext", "readOnlyRootFilesystem"),
                container.flag("tty"),
                container.flag("stdin"),
                new PodShares(worker.allocated(), node.machine().memory()).container(container),
                security.confinement(),
                sandbox.kernel(),
                PodFiles.hostname(node, pod),
                network,
                node.machine());
    }

    private void needsProfile(ContainerRecord record, String path) throws PodProblem {
        if (node.store().disk(node.name()).textAt(path).isEmpty()) {
            String message = "failed to create containerd container: cannot load seccomp profile \"" + path
                    + "\": open " + path + ": no such file or directory";
            event(record, "Warning", "Failed", "Error: " + message);
            throw new PodProblem("CreateContainerError", message);
        }
    }

    /** Whether a volume is an image, which is never written to. */
    private boolean isImage(String volume) {
        return pod.maps("spec", "volumes").stream()
                .anyMatch(each -> volume.equals(each.get("name")) && each.get("image") != null);
    }

    private String subPath(ContainerRecord record, KubeObject mount, Map<String, String> env) throws PodProblem {
        String expression = mount.text("subPathExpr");
        String missing = PodEnvironment.missing(expression, env);
        if (!missing.isEmpty()) {
            refuse(record, "missing value for " + missing);
        }
        String path = expression.isEmpty() ? mount.text("subPath") : PodEnvironment.expand(expression, env);
        if (path.startsWith("/")) {
            refuse(record, "error SubPath `" + path + "` must not be an absolute path");
        }
        if (List.of(path.split("/")).contains("..")) {
            refuse(record, "unable to provision SubPath `" + path + "`: must not contain '..'");
        }
        return path;
    }

    private void refuse(ContainerRecord record, String message) throws PodProblem {
        event(record, "Warning", "Failed", "Error: " + message);
        throw new PodProblem("CreateContainerConfigError", message);
    }

    private Map<String, String> environment(ContainerRecord record) throws PodProblem {
        try {
            return new PodEnvironment(node.api(), pod, worker.fields(), volumes, node.variables()).of(record.spec());
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

    private void event(ContainerRecord record, String type, String reason, String message) {
        Duration ago = worker.isEarly() && record.restarts == 0 ? NodeAgent.STATIC_LEAD : Duration.ZERO;
        node.events().pod(pod, record.fieldPath(), type, reason, message, ago);
    }
}
