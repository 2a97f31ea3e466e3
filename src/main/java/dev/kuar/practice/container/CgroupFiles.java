package dev.kuar.practice.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The files of a cgroup, version 2: its limits, and what it uses. */
public final class CgroupFiles {
    private CgroupFiles() {}

    /** A container's own, by name. */
    public static Map<String, Supplier<String>> of(Container container) {
        Map<String, Supplier<String>> files = of(
                container::share,
                container::memoryUsage,
                container::burntSeconds,
                () -> container.tasks().size(),
                container.spec().machine().cores());
        files.put(
                "cgroup.procs",
                () -> container.tasks().stream().map(task -> task.pid() + "\n").collect(Collectors.joining()));
        // The kubelet asks for all processes of a container to end together.
        files.put("memory.oom.group", () -> "1\n");
        return files;
    }

    /**
     * Any cgroup's, by name.
     *
     * @param memory what is used now, in bytes
     * @param seconds of a core that were used so far
     * @param tasks how many processes there are
     * @param cores of the machine
     */
    public static Map<String, Supplier<String>> of(
            Supplier<Share> share, LongSupplier memory, DoubleSupplier seconds, LongSupplier tasks, int cores) {
        Map<String, Supplier<String>> files = new LinkedHashMap<>();
        String all = cores == 1 ? "0" : "0-" + (cores - 1);
        files.put("cgroup.controllers", () -> "cpuset cpu io memory hugetlb pids rdma misc");
        files.put("cgroup.type", () -> "domain");
        files.put("cgroup.freeze", () -> "0");
        files.put("cgroup.procs", () -> "");
        files.put("cpu.max", () -> share.get().cpuMax());
        files.put("cpu.max.burst", () -> "0");
        files.put("cpu.weight", () -> Long.toString(share.get().cpuWeight()));
        files.put("cpu.stat", () -> cpu(Math.round(seconds.getAsDouble() * 1e6)));
        files.put("cpuset.cpus", () -> "");
        files.put("cpuset.cpus.effective", () -> all);
        files.put("cpuset.mems.effective", () -> "0");
        files.put("memory.current", () -> Long.toString(memory.getAsLong()));
        files.put("memory.high", () -> "max");
        files.put("memory.low", () -> "0");
        files.put("memory.max", () -> share.get().memoryMax());
        files.put("memory.min", () -> "0");
        files.put("memory.oom.group", () -> "0");
        files.put("memory.stat", () -> "anon " + memory.getAsLong() + "\nfile 0");
        files.put("memory.swap.current", () -> "0");
        files.put("memory.swap.max", () -> "0");
        files.put("pids.current", () -> Long.toString(tasks.getAsLong()));
        files.put("pids.max", () -> "max");
        files.replaceAll((name, text) -> () -> {
            String line = text.get();
            return line.isEmpty() ? line : line + "\n";
        });
        return files;
    }

    private static String cpu(long micros) {
        return "usage_usec " + micros + "\nuser_usec " + micros
                + "\nsystem_usec 0\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0";
    }
}
