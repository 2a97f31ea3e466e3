package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.util.Locale;
import java.util.Map;

/** The part of /proc that scripts look at. */
final class ProcFiles {
    private ProcFiles() {}

    static DirectoryNode root(Container container) {
        DirectoryNode root = new DirectoryNode(0555, 0);
        for (Task task : container.snapshot()) {
            DirectoryNode directory = new DirectoryNode(0555, 0);
            directory.put("cmdline", FileNode.made(() -> String.join("\0", task.args()) + "\0"));
            directory.put("comm", FileNode.made(() -> task.name() + "\n"));
            directory.put("environ", FileNode.made(() -> environment(task)));
            directory.put("status", FileNode.made(() -> status(task)));
            directory.put("cwd", new LinkNode(task.files().directory(), 0));
            directory.put("mounts", FileNode.made(() -> mounts(container)));
            root.put(Integer.toString(task.pid()), directory);
        }
        root.put("self", new LinkNode("1", 0));
        root.put("mounts", FileNode.made(() -> mounts(container)));
        root.put("version", FileNode.made(() -> "Linux version 6.18.44-practice (kuar) #1 SMP\n"));
        root.put("uptime", FileNode.made(() -> "86400.00 172800.00\n"));
        root.put(
                "loadavg",
                FileNode.made(() -> "0.10 0.08 0.05 1/" + container.snapshot().size() + " 1\n"));
        root.put(
                "cpuinfo",
                FileNode.made(
                        () -> "processor\t: 0\nmodel name\t: practice\n\nprocessor\t: 1\nmodel name\t: practice\n"));
        root.put(
                "meminfo",
                FileNode.made(() ->
                        "MemTotal:       24684092 kB\nMemFree:        20684092 kB\nMemAvailable:   22684092 kB\n"));
        root.directory("sys/kernel")
                .put("hostname", FileNode.made(() -> container.spec().hostname() + "\n"));
        return root;
    }

    private static String environment(Task task) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : task.env().entrySet()) {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\0');
        }
        return text.toString();
    }

    private static String status(Task task) {
        int uid = task.who().uid();
        int gid = task.who().gid();
        return String.format(
                Locale.ROOT,
                "Name:\t%s\nState:\tS (sleeping)\nPid:\t%d\nPPid:\t%d\nUid:\t%d\t%d\t%d\t%d\nGid:\t%d\t%d\t%d\t%d\n",
                task.name(),
                task.pid(),
                task.parent(),
                uid,
                uid,
                uid,
                uid,
                gid,
                gid,
                gid,
                gid);
    }

    static String mounts(Container container) {
        StringBuilder text = new StringBuilder("overlay / overlay ")
                .append(container.tree().isReadOnlyRoot() ? "ro" : "rw")
                .append(",relatime 0 0\n");
        for (Mount mount : container.tree().mounts()) {
            text.append(mount.type().equals("ext4") ? "/dev/vda1" : mount.type())
                    .append(' ')
                    .append(mount.path())
                    .append(' ')
                    .append(mount.type())
                    .append(mount.readOnly() ? " ro" : " rw")
                    .append(",relatime 0 0\n");
        }
        return text.toString();
    }
}
