package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code ps} as procps has it: {@code ps}, {@code ps aux}, {@code ps ax}, {@code ps -e}, {@code ps -ef}. */
final class ProcpsTool implements Tool {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public int run(Task task) throws IOException {
        String options = String.join("", SystemTools.arguments(task));
        boolean dashed = options.startsWith("-");
        boolean everybody = dashed ? options.matches(".*[eA].*") : options.contains("a") && options.contains("x");
        boolean full = dashed && options.contains("f");
        boolean users = options.contains("u") && (!dashed || options.contains("a"));
        boolean states = !dashed && !options.isEmpty();
        StringBuilder text = new StringBuilder(
                full
                        ? "UID          PID    PPID  C STIME TTY          TIME CMD\n"
                        : users
                                ? "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n"
                                : states
                                        ? "    PID TTY      STAT   TIME COMMAND\n"
                                        : "    PID TTY          TIME CMD\n");
        List<Task> all = task.container().snapshot();
        Instant now = task.container().clock().now();
        for (Task each : all) {
            if (!everybody && !users && each.tty(0) != task.tty(0)) {
                continue;
            }
            text.append(
                    full
                            ? full(each, task, now)
                            : users ? users(each, task, now) : states ? states(each, task) : plain(each));
        }
        task.print(text.toString());
        return 0;
    }

    private static String terminal(Task task) {
        return task.tty(0) == null ? "?" : "pts/0";
    }

    private static String since(Task task, Instant now) {
        return Duration.between(task.started(), now).toDays() > 0
                ? DAY.format(task.started())
                : CLOCK.format(task.started());
    }

    @SuppressWarnings("ReferenceEquality") // a process is itself alone
    private static String state(Task each, Task asking) {
        String leads = each.parent() == 0 ? "s" : "";
        return (each == asking ? "R" : "S") + leads + (each.tty(0) == null ? "" : "+");
    }

    private static String full(Task each, Task asking, Instant now) {
        return String.format(
                Locale.ROOT,
                "%-8s %7d %7d %2d %5s %-8s %8s %s\n",
                IdentityTools.owner(each, asking),
                each.pid(),
                each.parent(),
                0,
                since(each, now),
                terminal(each),
                "00:00:00",
                each.title());
    }

    private static String users(Task each, Task asking, Instant now) {
        return String.format(
                Locale.ROOT,
                "%-8s %7d %4.1f %4.1f %6d %5d %-8s %-4s %5s %6s %s\n",
                IdentityTools.owner(each, asking),
                each.pid(),
                0.0,
                0.0,
                4188 + 4 * each.pid(),
                3400,
                terminal(each),
                state(each, asking),
                since(each, now),
                "0:00",
                each.title());
    }

    private static String states(Task each, Task asking) {
        return String.format(
                Locale.ROOT,
                "%7d %-8s %-4s %6s %s\n",
                each.pid(),
                terminal(each),
                state(each, asking),
                "0:00",
                each.title());
    }

    private static String plain(Task each) {
        return String.format(Locale.ROOT, "%7d %-8s %8s %s\n", each.pid(), terminal(each), "00:00:00", each.name());
    }
}
