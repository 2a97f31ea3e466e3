package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code df}: the node's disk, which containers share, and what is in memory. */
final class DfTool {
    private static final long SMALL = 64L << 20;

    private DfTool() {}

    /** A file system, in bytes. */
    private record Line(String device, long size, long used, String path) {}

    static int run(Task task) throws IOException {
        List<String> paths = FileTools.operands(task);
        List<Line> lines = new ArrayList<>();
        int code = 0;
        if (paths.isEmpty()) {
            lines.add(line(task, null));
            task.files().tree().mounts().stream()
                    .filter(mount -> !mount.type().matches("proc|sysfs|devpts|mqueue"))
                    .forEach(mount -> lines.add(line(task, mount)));
        }
        for (String path : paths) {
            if (task.files().exists(path)) {
                lines.add(line(task, task.files().tree().mountOf(task.files().absolute(path))));
            } else {
                boolean gnu = task.container().spec().image().flavour().equals("gnu");
                code = task.fail(1, (gnu ? path : path) + ": No such file or directory");
            }
        }
        if (!lines.isEmpty()) {
            print(task, lines);
        }
        return code;
    }

    private static Line line(Task task, @Nullable Mount mount) {
        Machine machine = task.container().spec().machine();
        if (mount == null) {
            return new Line("overlay", machine.disk(), machine.diskUsed(), "/");
        }
        if (mount.type().equals("ext4")) {
            return new Line("/dev/vda1", machine.disk(), machine.diskUsed(), mount.path());
        }
        boolean own = mount.path().equals("/dev");
        long limit = task.container().share().memoryLimit();
        long size = own ? SMALL : limit > 0 ? Math.min(limit, machine.memory()) : machine.memory();
        long used = own ? 0 : VolumeContent.usage(mount.root().get());
        return new Line("tmpfs", size, used, mount.path());
    }

    private static void print(Task task, List<Line> lines) throws IOException {
        boolean human = FileTools.has(task, 'h');
        long unit = FileTools.has(task, 'm') ? 1 << 20 : 1 << 10;
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        String size = human ? "Size" : unit == 1 << 20 ? "1M-blocks" : "1K-blocks";
        String form = gnu ? "%-14s %9s %9s %9s %4s %s" : "%-20s %9s %9s %9s %3s%% %s";
        task.println(
                gnu
                        ? String.format(
                                Locale.ROOT,
                                form,
                                "Filesystem",
                                size,
                                "Used",
                                human ? "Avail" : "Available",
                                "Use%",
                                "Mounted on")
                        : String.format(
                                Locale.ROOT, form, "Filesystem", size, "Used", "Available", "Use", "Mounted on"));
        for (Line line : lines) {
            long free = Math.max(0, line.size() - line.used());
            long percent = line.size() == 0 ? 0 : (line.used() * 100 + line.size() - 1) / line.size();
            task.println(String.format(
                    Locale.ROOT,
                    form,
                    line.device(),
                    figure(line.size(), unit, human),
                    figure(line.used(), unit, human),
                    figure(free, unit, human),
                    percent + (gnu ? "%" : ""),
                    line.path()));
        }
    }

    private static String figure(long bytes, long unit, boolean human) {
        return human ? bytes == 0 ? "0" : DuTool.tenths(bytes) : Long.toString(bytes / unit);
    }
}
