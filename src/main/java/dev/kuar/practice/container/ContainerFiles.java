package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DeviceNode;
import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the file tree of a container, and answers what its passwd and group files say. */
final class ContainerFiles {
    private ContainerFiles() {}

    static FileTree tree(Container container, ContainerSpec spec, Instant now) {
        DirectoryNode root = spec.image().root().get().over();
        FileTree tree = new FileTree(root, spec.readOnlyRoot());
        long millis = now.toEpochMilli();
        DirectoryNode dev = new DirectoryNode(0755, millis);
        for (String name : List.of("null", "zero", "full", "random", "urandom", "tty", "console")) {
            dev.put(name, new DeviceNode(name));
        }
        dev.put("stdin", new DeviceNode("fd0"));
        dev.put("stdout", new DeviceNode("fd1"));
        dev.put("stderr", new DeviceNode("fd2"));
        dev.put("pts", new DirectoryNode(0755, millis));
        dev.put("shm", new DirectoryNode(01777, millis));
        dev.put("mqueue", new DirectoryNode(01777, millis));
        FileNode message = FileNode.of(new byte[0], 0666, millis);
        dev.put("termination-log", message);
        tree.mount(new Mount("/dev", () -> dev, false, "tmpfs"), millis);
        tree.mount(new Mount("/proc", () -> ProcFiles.root(container), true, "proc"), millis);
        boolean writable = spec.confinement().privileged();
        DirectoryNode sys = new DirectoryNode(0555, millis);
        DirectoryNode cgroup = new DirectoryNode(0555, millis);
        sys.place("fs/cgroup", new DirectoryNode(0555, millis));
        CgroupFiles.of(container).forEach((name, text) -> cgroup.put(name, FileNode.made(text)));
        tree.mount(new Mount("/sys", () -> sys, !writable, "sysfs"), millis);
        tree.mountWithin(new Mount("/sys/fs/cgroup", () -> cgroup, !writable, "cgroup2"));
        for (ContainerSpec.Volume volume : spec.volumes()) {
            VolumeContent content = volume.subPath().isEmpty()
                    ? volume.content()
                    : volume.content().sub(volume.subPath(), now);
            String path = volume.path().endsWith("/") && volume.path().length() > 1
                    ? volume.path().substring(0, volume.path().length() - 1)
                    : volume.path();
            tree.mount(
                    new Mount(
                            real(tree, path),
                            content::root,
                            volume.readOnly(),
                            volume.content().type()),
                    millis);
        }
        return tree;
    }

    /** The mount point behind links such as /var/run. */
    private static String real(FileTree tree, String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0) {
            return path;
        }
        try {
            String parent = tree.locate(path.substring(0, slash), true, Credentials.ROOT)
                    .path();
            return (parent.equals("/") ? "" : parent) + path.substring(slash);
        } catch (FileError e) {
            return path;
        }
    }

    static Credentials credentials(ContainerSpec spec, FileTree tree) {
        String wanted = spec.user().isEmpty() ? spec.image().user() : spec.user();
        String[] parts = wanted.split(":");
        int uid = 0;
        int gid = 0;
        if (!wanted.isEmpty()) {
            Optional<String[]> row = row(tree, "/etc/passwd", parts[0], 2);
            uid = parts[0].matches("\\d+")
                    ? Integer.parseInt(parts[0])
                    : row.map(r -> Integer.parseInt(r[2])).orElse(0);
            gid = parts.length > 1 && parts[1].matches("\\d+")
                    ? Integer.parseInt(parts[1])
                    : row.map(r -> Integer.parseInt(r[3])).orElse(0);
        }
        List<Integer> groups = new ArrayList<>(List.of(gid));
        if (spec.imageGroups()) {
            String name = row(tree, "/etc/passwd", Integer.toString(uid), 2)
                    .map(r -> r[0])
                    .orElse("");
            groupsOf(tree, name).stream().filter(g -> !groups.contains(g)).forEach(groups::add);
        }
        spec.groups().stream().filter(g -> !groups.contains(g)).forEach(groups::add);
        return new Credentials(uid, gid, groups);
    }

    /** The groups that name a user among their members. */
    private static List<Integer> groupsOf(FileTree tree, String user) {
        try {
            return new FileView(tree, Credentials.ROOT, "/", () -> 0)
                    .readText("/etc/group")
                    .lines()
                    .map(line -> line.split(":", -1))
                    .filter(r -> r.length > 3 && r[2].matches("\\d{1,9}"))
                    .filter(r -> List.of(r[3].split(",")).contains(user) && !user.isEmpty())
                    .map(r -> Integer.parseInt(r[2]))
                    .toList();
        } catch (FileError e) {
            return List.of();
        }
    }

    static String home(int uid, FileTree tree) {
        return row(tree, "/etc/passwd", Integer.toString(uid), 2)
                .filter(r -> r.length > 5)
                .map(r -> r[5])
                .orElse("/");
    }

    /** The name of a uid or gid; empty where the file has none. */
    static String nameOf(FileTree tree, String file, int id) {
        return row(tree, file, Integer.toString(id), 2).map(r -> r[0]).orElse("");
    }

    private static Optional<String[]> row(FileTree tree, String file, String key, int column) {
        try {
            FileView files = new FileView(tree, Credentials.ROOT, "/", () -> 0);
            return files.readText(file)
                    .lines()
                    .map(line -> line.split(":", -1))
                    .filter(r -> r.length > column && (r[0].equals(key) || r[column].equals(key)))
                    .findFirst();
        } catch (FileError e) {
            return Optional.empty();
        }
    }
}
