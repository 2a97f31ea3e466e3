package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** yes, stress: programs that use up what there is. */
final class RunTools {
    private RunTools() {}

    static int yes(Task task) throws IOException, InterruptedException {
        String line =
                SystemTools.arguments(task).isEmpty() ? "y\n" : String.join(" ", SystemTools.arguments(task)) + "\n";
        Processor.Circles circles = task.container().processor().circles();
        while (true) {
            if (task.isOver()) {
                throw new InterruptedException();
            }
            circles.turn();
            task.print(line.repeat(64));
        }
    }

    private static long bytes(String text) {
        long unit = text.endsWith("G")
                ? 1L << 30
                : text.matches(".*M[B]?") ? 1 << 20 : text.matches(".*[kK]") ? 1 << 10 : 1;
        return Long.parseLong(text.replaceAll("\\D", "")) * unit;
    }

    /** Uses what {@code --cpu}, {@code --vm} and {@code --vm-bytes} say, until {@code --timeout} or until it is ended. */
    static int stress(Task task) throws IOException, InterruptedException {
        long cpu = option(task, "-c", "--cpu", 0);
        long io = option(task, "-i", "--io", 0);
        long memory = option(task, "-m", "--vm", 0);
        long disk = option(task, "-d", "--hdd", 0);
        String hogs = cpu + " cpu, " + io + " io, " + memory + " vm, " + disk + " hdd";
        if (cpu + io + memory + disk == 0) {
            task.println("`stress' imposes certain types of compute stress on your system");
            task.println("");
            task.println("Usage: stress [OPTION [ARG]] ...");
            return 0;
        }
        task.println("stress: info: [" + task.pid() + "] dispatching hogs: " + hogs);
        if (memory > 0) {
            task.container().allocate(memory * option(task, "--vm-bytes", "--vm-bytes", 256 << 20));
        }
        long seconds = option(task, "-t", "--timeout", 0);
        Instant end =
                seconds == 0 ? Instant.MAX : task.container().clock().now().plusSeconds(seconds);
        // Pages that are written again and again cost a core as well, unless they hang.
        long busy = cpu + (task.args().contains("--vm-hang") ? 0 : memory);
        while (!task.isOver() && task.container().clock().now().isBefore(end)) {
            if (busy > 0) {
                task.container().processor().work(Duration.ofMillis(100 * busy), (int) busy);
            } else {
                task.container().clock().sleep(Duration.ofSeconds(1));
            }
        }
        task.println("stress: info: [" + task.pid() + "] successful run completed in " + seconds + "s");
        return 0;
    }

    private static long option(Task task, String shortName, String longName, long otherwise) {
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.startsWith(longName + "=")) {
                return bytes(arg.substring(longName.length() + 1));
            }
            if ((arg.equals(shortName) || arg.equals(longName)) && i + 1 < args.size()) {
                return bytes(args.get(i + 1));
            }
        }
        return otherwise;
    }
}
