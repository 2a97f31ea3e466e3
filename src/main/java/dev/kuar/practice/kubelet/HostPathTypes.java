package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.container.VolumeContent.Entry;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Whether what a {@code hostPath} volume names is of the type that it says, which is made where it says so too. */
final class HostPathTypes {
    /** Of a node; the simulated disk holds directories and files alone. */
    private static final Set<String> SOCKETS =
            Set.of("/run/containerd/containerd.sock", "/var/run/containerd/containerd.sock");

    private static final Set<String> DEVICES = Set.of(
            "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/kmsg", "/dev/fuse");

    private static final Map<String, String> NAMES = Map.of(
            "Directory", "directory",
            "DirectoryOrCreate", "directory",
            "File", "file",
            "FileOrCreate", "file",
            "Socket", "socket file",
            "CharDevice", "character device",
            "BlockDevice", "block device");

    private HostPathTypes() {}

    /** @throws PodProblem in the words of the kubelet of Kubernetes 1.36 */
    static void check(VolumeContent disk, KubeObject volume, Instant now) throws PodProblem {
        String type = volume.text("hostPath", "type");
        String path = volume.text("hostPath", "path");
        if (type.isEmpty() || isSo(disk, type, path)) {
            return;
        }
        Entry entry = disk.entryAt(path);
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (entry == Entry.NOTHING && type.equals("DirectoryOrCreate")) {
            disk.sub(relative, now);
        } else if (entry == Entry.NOTHING && type.equals("FileOrCreate")) {
            if (disk.entryAt(parent(path)) != Entry.DIRECTORY) {
                throw problem(volume, "open " + path + ": no such file or directory");
            }
            disk.with(relative, "", now);
        } else {
            throw problem(
                    volume,
                    NAMES.containsKey(type)
                            ? "hostPath type check failed: " + path + " is not a " + NAMES.get(type)
                            : type + " is an invalid volume type");
        }
    }

    private static boolean isSo(VolumeContent disk, String type, String path) {
        return switch (type) {
            case "Directory", "DirectoryOrCreate" -> disk.entryAt(path) == Entry.DIRECTORY;
            case "File", "FileOrCreate" -> disk.entryAt(path) == Entry.FILE;
            case "Socket" -> SOCKETS.contains(path);
            case "CharDevice" -> DEVICES.contains(path);
            default -> false;
        };
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static PodProblem problem(KubeObject volume, String why) {
        return new PodProblem(
                "FailedMount", "MountVolume.SetUp failed for volume \"" + volume.text("name") + "\" : " + why);
    }
}
