package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic provisioner of directories on nodes, {@code rancher.io/local-path} and its likes.
 *
 * <p>It works only while a pod of its Deployment, or its bare pod, is ready: scale it to nothing and claims stay pending.
 */
final class LocalPathProvisioner {
    /** Which provisioner runs in pods with which container, where, and under which path it makes directories. */
    private record Program(String name, String container, String directory) {}

    private static final List<Program> PROGRAMS = List.of(
            new Program("rancher.io/local-path", "local-path-provisioner", "/var/local-path-provisioner"),
            new Program("k8s.io/minikube-hostpath", "storage-provisioner", "/tmp/hostpath-provisioner"),
            new Program("docker.io/hostpath", "storage-provisioner", "/var/lib/k8s-pvs"),
            new Program("pd.csi.storage.gke.io", "gce-pd-driver", "/var/lib/kubelet/plugins"),
            new Program("disk.csi.azure.com", "csi-azuredisk-node", "/var/lib/kubelet/plugins"));

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer claims;
    private final Informer volumes;
    private final Informer classes;
    private final Informer pods;

    private LocalPathProvisioner(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("persistent-volume-binder");
        this.claims = context.informer(Kinds.CLAIMS);
        this.volumes = context.informer(Kinds.VOLUMES);
        this.classes = context.informer(Kinds.STORAGE_CLASSES);
        this.pods = context.informer(Kinds.PODS);
    }

    static void start(ControllerContext context) {
        LocalPathProvisioner provisioner = new LocalPathProvisioner(context);
        Loop claimLoop = context.loop("provisioner", provisioner::provision);
        Loop volumeLoop = context.loop("provisioner volumes", provisioner::reclaim);
        context.watch(Kinds.CLAIMS, claimLoop);
        context.watch(Kinds.VOLUMES, volumeLoop);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null
                    && PodState.isReady(now)
                    && (old == null || !PodState.isReady(old))
                    && PROGRAMS.stream().anyMatch(program -> runs(program, now))) {
                provisioner.claims.all().forEach(claim -> claimLoop.add(Key.of(claim)));
                provisioner.volumes.all().forEach(volume -> volumeLoop.add(Key.of(volume)));
            }
        });
    }

    private static boolean runs(Program program, KubeObject pod) {
        return pod.maps("spec", "containers").stream()
                .anyMatch(container -> program.container().equals(container.get("name")));
    }

    /** The pod that does the work now, or null. */
    private @Nullable KubeObject worker(Program program) {
        return pods.all().stream()
                .filter(pod -> runs(program, pod) && PodState.isReady(pod) && !pod.isTerminating())
                .findFirst()
                .orElse(null);
    }

    private Next provision(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null
                || claim.isTerminating()
                || !claim.text("spec", "volumeName").isEmpty()) {
            return Next.ON_CHANGE;
        }
        String wanted = claim.annotations().getOrDefault(VolumeBinder.PROVISIONER, "");
        for (Program program : PROGRAMS) {
            KubeObject worker = program.name().equals(wanted) ? worker(program) : null;
            if (worker != null) {
                create(claim, program, worker);
            }
        }
        return Next.ON_CHANGE;
    }

    private void create(KubeObject claim, Program program, KubeObject worker) {
        String name = "pvc-" + claim.uid();
        if (volumes.find("", name).isPresent()) {
            return;
        }
        EventRecorder events = context.events(program.name() + "_" + worker.name() + "_" + worker.uid());
        events.normal(
                claim,
                "Provisioning",
                "External provisioner is provisioning volume for claim \"" + claim.namespace() + "/" + claim.name()
                        + "\"");
        KubeObject type =
                classes.find("", claim.text("spec", "storageClassName")).orElse(KubeObject.create("", "", "", ""));
        String node = claim.annotations().getOrDefault(VolumeBinder.SELECTED_NODE, worker.text("spec", "nodeName"));
        KubeObject volume = KubeObject.create("v1", "PersistentVolume", "", name);
        volume.set(program.name(), "metadata", "annotations", "pv.kubernetes.io/provisioned-by");
        if (program.name().equals("rancher.io/local-path")) {
            volume.set(node, "metadata", "annotations", "local.path.provisioner/selected-node");
        }
        volume.set(
                Trees.map(
                        "accessModes", KubeObject.copyOrNull(claim.at("spec", "accessModes")),
                        "capacity", Trees.map("storage", claim.at("spec", "resources", "requests", "storage")),
                        "claimRef",
                                Trees.map(
                                        "apiVersion", "v1",
                                        "kind", "PersistentVolumeClaim",
                                        "name", claim.name(),
                                        "namespace", claim.namespace(),
                                        "resourceVersion", claim.resourceVersion(),
                                        "uid", claim.uid()),
                        "hostPath",
                                Trees.map(
                                        "path",
                                        program.directory() + "/" + name + "_" + claim.namespace() + "_" + claim.name(),
                                        "type",
                                        "DirectoryOrCreate"),
                        "nodeAffinity", affinity(node),
                        "persistentVolumeReclaimPolicy",
                                type.text("reclaimPolicy").isEmpty() ? "Delete" : type.text("reclaimPolicy"),
                        "storageClassName", claim.text("spec", "storageClassName"),
                        "volumeMode", "Filesystem"),
                "spec");
        client.create(Kinds.VOLUMES, "", volume);
        events.normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + name);
    }

    private static Map<String, Object> affinity(String node) {
        Map<String, Object> here =
                Trees.map("key", "kubernetes.io/hostname", "operator", "In", "values", Trees.list(node));
        return Trees.map(
                "required",
                Trees.map("nodeSelectorTerms", Trees.list(Trees.map("matchExpressions", Trees.list(here)))));
    }

    /** Deletes a volume that it made and that nobody claims any more. */
    private Next reclaim(Key key) {
        KubeObject volume = volumes.find("", key.name()).orElse(null);
        if (volume == null
                || volume.isTerminating()
                || !volume.text("status", "phase").equals("Released")
                || !volume.text("spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
            return Next.ON_CHANGE;
        }
        String maker = volume.annotations().getOrDefault("pv.kubernetes.io/provisioned-by", "");
        for (Program program : PROGRAMS) {
            if (program.name().equals(maker) && worker(program) != null) {
                client.delete(Kinds.VOLUMES, "", volume.name(), ApiClient.DeleteOptions.ofUid(volume.uid()));
            }
        }
        return Next.ON_CHANGE;
    }
}
