package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** {@code timeout}: runs a program and sends it a signal when its time is over, as busybox or as GNU have it. */
final class TimeoutTool implements Tool {
    private static final int GNU_FAILS = 125;
    private static final int TIMED_OUT = 124;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        Run run = new Run(task, gnu);
        String complaint = run.options();
        if (!complaint.isEmpty()) {
            return run.refuse(complaint);
        }
        return run.command.isEmpty() || run.limit == null ? run.usage() : run.go();
    }

    /** One call. */
    private static final class Run {
        private final Task task;
        private final boolean gnu;
        private List<String> command = List.of();
        private int signal = Signal.TERM;
        private Duration kill = Duration.ZERO;
        private @Nullable Duration limit;
        private boolean keepsStatus;

        Run(Task task, boolean gnu) {
            this.task = task;
            this.gnu = gnu;
        }

        /** What is wrong with the command line; empty where nothing is. */
        String options() {
            List<String> args = new ArrayList<>(SystemTools.arguments(task));
            while (!args.isEmpty() && args.get(0).startsWith("-") && args.get(0).length() > 1) {
                String option = args.remove(0);
                if (option.equals("--")) {
                    break;
                }
                String value = "";
                boolean valued = option.matches("-[sk]|--(signal|kill-after)");
                if (valued && args.isEmpty()) {
                    return gnu
                            ? "option requires an argument -- '" + option.replaceFirst("^-+", "") + "'"
                            : "option requires an argument: " + option.substring(1);
                } else if (valued) {
                    value = args.remove(0);
                } else if (option.matches("(-[sk]|--(signal|kill-after)=).+")) {
                    value = option.replaceFirst("^(-[sk]|--[a-z-]+=)", "");
                }
                String wrong = take(option, value);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
            if (args.isEmpty()) {
                return "";
            }
            Optional<Duration> time = Seconds.parse(args.get(0));
            if (time.isEmpty()) {
                return badTime(args.get(0));
            }
            limit = time.get();
            command = args.subList(1, args.size());
            return "";
        }

        private String take(String option, String value) {
            if (option.startsWith("-s") || option.startsWith("--signal")) {
                OptionalInt number = Signal.parse(value);
                if (number.isEmpty()) {
                    return gnu ? "‘" + value + "’: invalid signal" : "unknown signal '" + value + "'";
                }
                signal = number.getAsInt();
            } else if (option.startsWith("-k") || option.startsWith("--kill-after")) {
                Optional<Duration> time = Seconds.parse(value);
                if (time.isEmpty()) {
                    return badTime(value);
                }
                kill = time.get();
            } else if (gnu && option.equals("--preserve-status")) {
                keepsStatus = true;
            } else if (!gnu || !option.matches("--foreground|-v|--verbose|-f|-p")) {
                return gnu ? "unrecognized option '" + option + "'" : "unrecognized option: " + option.substring(1);
            }
            return "";
        }

        private String badTime(String text) {
            return gnu ? "invalid time interval ‘" + text + "’" : "invalid number '" + text + "'";
        }

        int refuse(String complaint) throws IOException {
            task.printError("timeout: " + complaint + "\n");
            if (gnu) {
                task.printError("Try 'timeout --help' for more information.\n");
            }
            return gnu ? GNU_FAILS : 1;
        }

        int usage() throws IOException {
            task.printError(
                    gnu
                            ? "timeout: missing operand\nTry 'timeout --help' for more information.\n"
                            : "BusyBox v1.37.0 () multi-call binary.\n\nUsage: timeout [-s SIG] [-k KILL_SECS] SECS PROG"
                                    + " ARGS\n\nRun PROG. Send SIG to it if it is not gone in SECS seconds.\nDefault"
                                    + " SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.\n");
            return gnu ? GNU_FAILS : 1;
        }

        int go() throws IOException, InterruptedException {
            String program = command.get(0);
            Launcher.Found found = task.container()
                    .runtime()
                    .launcher()
                    .find(task.files(), program, task.env().getOrDefault("PATH", Launcher.DEFAULT_PATH));
            if (found.tool() == null && found.failure() != Launcher.Failure.FORMAT) {
                boolean denied = found.failure() == Launcher.Failure.DENIED;
                String why = denied ? "Permission denied" : "No such file or directory";
                task.printError(
                        gnu
                                ? "timeout: failed to run command ‘" + program + "’: " + why + "\n"
                                : "timeout: can't execute '" + program + "': " + why + "\n");
                return denied ? 126 : 127;
            }
            AtomicBoolean over = new AtomicBoolean();
            List<ClusterClock.Timeout> timers = new ArrayList<>();
            Duration time = limit == null ? Duration.ZERO : limit;
            try {
                int code = new ShellProcesses(new Shell(task)).external(command, Map.of(), false, child -> {
                    // No time at all is no limit.
                    if (!time.isZero()) {
                        timers.add(at(time, over, child, signal));
                        if (!kill.isZero()) {
                            timers.add(at(time.plus(kill), over, child, Signal.KILL));
                        }
                    }
                });
                boolean killed = code == 128 + Signal.KILL;
                return gnu && over.get() && !keepsStatus && !killed ? TIMED_OUT : code;
            } finally {
                timers.forEach(ClusterClock.Timeout::cancel);
            }
        }

        private ClusterClock.Timeout at(Duration when, AtomicBoolean over, Task child, int number) {
            return task.container().clock().after(when, () -> {
                over.set(true);
                child.signal(number);
            });
        }
    }
}
