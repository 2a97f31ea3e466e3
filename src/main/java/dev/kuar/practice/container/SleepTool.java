package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sleep}: waits by the cluster's clock, without a thread. */
final class SleepTool implements Tool.Waiting {
    static void addTo(Map<String, Tool> tools) {
        tools.put("sleep", new SleepTool());
        tools.put("usleep", new SleepTool());
    }

    @Override
    public void begin(Task task) throws IOException {
        List<String> args = task.args();
        if (args.size() < 2) {
            boolean busybox = task.container().spec().image().flavour().equals("busybox");
            task.printError(
                    busybox
                            ? "BusyBox v1.37.0 () multi-call binary.\n\nUsage: sleep [N]...\n\nPause for a time equal to"
                                    + " the total of the args given, where each arg can\nhave an optional suffix of"
                                    + " (s)econds, (m)inutes, (h)ours, or (d)ays\n"
                            : "sleep: missing operand\nTry 'sleep --help' for more information.\n");
            task.end(1);
            return;
        }
        double seconds = 0;
        for (String arg : args.subList(1, args.size())) {
            if (arg.equals("infinity") || arg.equals("inf")) {
                return;
            }
            Optional<Duration> time = Seconds.parse(arg);
            if (time.isEmpty()) {
                boolean gnu = Options.gnu(task);
                String gnuWords = arg.startsWith("--")
                        ? "unrecognized option '" + arg + "'"
                        : arg.matches("-.+")
                                ? "invalid option -- '" + arg.charAt(1) + "'"
                                : "invalid time interval '" + arg + "'";
                task.end(gnu ? Options.usage(task, 1, gnuWords) : task.fail(1, "invalid number '" + arg + "'"));
                return;
            }
            seconds += time.get().toNanos() / 1e9;
        }
        if (task.name().equals("usleep")) {
            seconds /= 1_000_000;
        }
        ClusterClock.Timeout timeout = task.container()
                .clock()
                .after(Duration.ofNanos((long) Math.min(seconds * 1e9, 9e18)), () -> task.end(0));
        task.atEnd(timeout::cancel);
    }
}
