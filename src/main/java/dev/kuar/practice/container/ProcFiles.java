package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of /proc that scripts look at. */
final class ProcFiles {
    private ProcFiles() {}

    static DirectoryNode root(Container container) {
        DirectoryNode root = new DirectoryNode(0555, 0);
        for (Task task : container.snapshot()) {
            DirectoryNode directory = new DirectoryNode(0555, 0);
            directory.put("cmdline", FileNode.made(() -> commandLine(task)));
            directory.put("comm", FileNode.made(() -> task.name() + "\n"));
            directory.put("environ", FileNode.made(() -> environment(task)));
            directory.put("status", FileNode.made(() -> status(task)));
            directory.put(
                    "oom_score_adj",
                    FileNode.made(() -> task.container().share().oomScore() + "\n"));
            directory.put("cwd", new LinkNode(task.files().directory(), 0));
            directory.put("mounts", FileNode.made(() -> mounts(container)));
            directory.put("cgroup", FileNode.made(() -> "0::/\n"));
            directory.put("root", root(task, container));
            String users = users(container.spec().confinement().users());
            directory.put("uid_map", FileNode.made(() -> users));
            directory.put("gid_map", FileNode.made(() -> users));
            directory.place("ns/user", new LinkNode(userNamespace(container), 0));
            root.put(Integer.toString(task.pid()), directory);
        }
        Task main = container.main();
        root.put("self", new LinkNode(main == null ? "1" : Integer.toString(main.pid()), 0));
        root.put("mounts", FileNode.made(() -> mounts(container)));
        Machine machine = container.spec().machine();
        root.put("version", FileNode.made(() -> "Linux version " + machine.kernel() + " (kuar) #1 SMP\n"));
        root.put("uptime", FileNode.made(() -> uptime(container, machine)));
        root.put("loadavg", FileNode.made(() -> MachineTools.loads(machine, " ") + " 1/" + lastPids(container) + "\n"));
        root.put("cpuinfo", FileNode.made(() -> processors(machine)));
        root.put("meminfo", FileNode.made(() -> memory(MachineTools.Memory.of(machine))));
        container
                .spec()
                .kernel()
                .all()
                .keySet()
                .forEach(name -> root.place(
                        "sys/" + name.replace('.', '/'),
                        FileNode.made(() -> container.spec().kernel().get(name).orElse("") + "\n")));
        DirectoryNode kernel = root.directory("sys/kernel");
        kernel.put("hostname", FileNode.made(() -> container.spec().hostname() + "\n"));
        kernel.put("osrelease", FileNode.made(() -> machine.kernel() + "\n"));
        return root;
    }

    /** As /proc/PID/uid_map has it. */
    private static String users(long first) {
        return String.format(Locale.ROOT, "%10d %10d %10d\n", 0, first, first == 0 ? 4294967295L : 65536);
    }

    /** The node's own has the number that the kernel gives the first of all. */
    private static String userNamespace(Container container) {
        long first = container.spec().confinement().users();
        return "user:[" + (first == 0 ? 4026531837L : 4026532000L + first / 65536) + "]";
    }

    /** The files of a process as another one finds them. */
    @SuppressWarnings("ReferenceEquality") // a container is itself alone
    private static Inode root(Task task, Container seen) {
        return task.container() == seen
                ? new LinkNode("/", 0)
                : task.container().tree().layer();
    }

    private static String uptime(Container container, Machine machine) {
        double seconds =
                Duration.between(machine.booted(), container.clock().now()).toMillis() / 1000.0;
        double idle = seconds * Math.max(0, machine.cores() - machine.load());
        return String.format(Locale.ROOT, "%.2f %.2f\n", seconds, idle);
    }

    /** How many processes there are, and the last one's number. */
    private static String lastPids(Container container) {
        List<Task> all = container.snapshot();
        return all.size() + " " + (all.isEmpty() ? 0 : all.get(all.size() - 1).pid());
    }

    private static String processors(Machine machine) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < machine.cores(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "processor\t: %d\nvendor_id\t: GenuineIntel\nmodel name\t: practice\nphysical id\t: 0\n"
                            + "siblings\t: %d\ncore id\t\t: %d\ncpu cores\t: %d\n\n",
                    i,
                    machine.cores(),
                    i,
                    machine.cores()));
        }
        return text.toString();
    }

    private static String memory(MachineTools.Memory memory) {
        StringBuilder text = new StringBuilder();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("MemTotal", memory.total());
        figures.put("MemFree", memory.free());
        figures.put("MemAvailable", memory.available());
        figures.put("Buffers", 0L);
        figures.put("Cached", memory.cached());
        figures.put("SwapCached", 0L);
        figures.put("Shmem", memory.shared());
        figures.put("SwapTotal", 0L);
        figures.put("SwapFree", 0L);
        figures.forEach(
                (name, bytes) -> text.append(String.format(Locale.ROOT, "%-15s %8d kB\n", name + ":", bytes / 1024)));
        return text.toString();
    }

    private static String commandLine(Task task) {
        String own = String.join(" ", task.args());
        return task.title().equals(own) ? String.join("\0", task.args()) + "\0" : task.title() + "\0";
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
        Confinement confinement = task.container().spec().confinement();
        long bounds = confinement.mask();
        long mine = uid == 0 ? bounds : 0;
        int cores = task.container().spec().machine().cores();
        return String.format(
                Locale.ROOT,
                "Name:\t%s\nState:\tS (sleeping)\nPid:\t%d\nPPid:\t%d\nUid:\t%d\t%d\t%d\t%d\nGid:\t%d\t%d\t%d\t%d\n"
                        + "Groups:\t%s \nThreads:\t1\nCapInh:\t%016x\nCapPrm:\t%016x\nCapEff:\t%016x\nCapBnd:\t%016x\n"
                        + "CapAmb:\t%016x\nNoNewPrivs:\t%d\nSeccomp:\t%d\nSeccomp_filters:\t%d\nCpus_allowed_list:\t%s\n",
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
                gid,
                task.who().groups().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                0L,
                mine,
                mine,
                bounds,
                0L,
                confinement.noNewPrivileges() ? 1 : 0,
                confinement.filtered() ? 2 : 0,
                confinement.filtered() ? 1 : 0,
                cores == 1 ? "0" : "0-" + (cores - 1));
    }

    /** As /proc/mounts has it, the container's own file system first. */
    static String mounts(Container container) {
        StringBuilder text = new StringBuilder("overlay / overlay ")
                .append(container.tree().isReadOnlyRoot() ? "ro" : "rw")
                .append(",relatime 0 0\n");
        for (Mount mount : container.tree().mounts()) {
            text.append(
                            switch (mount.type()) {
                                case "ext4" -> "/dev/vda1";
                                case "cgroup2" -> "cgroup";
                                default -> mount.type();
                            })
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
