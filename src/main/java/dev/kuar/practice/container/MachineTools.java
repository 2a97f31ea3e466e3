package dev.kuar.practice.container;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** free, uptime, nproc, top: what programs say of the machine, in busybox's form. Their figures are the node's. */
final class MachineTools {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private MachineTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("nproc", task -> SystemTools.say(task, machine(task).cores() + "\n"));
        tools.put("free", MachineTools::free);
        tools.put("uptime", task -> SystemTools.say(task, uptime(task)));
        tools.put("top", MachineTools::top);
    }

    private static Machine machine(Task task) {
        return task.container().spec().machine();
    }

    private static int free(Task task) throws IOException {
        long unit = 1024;
        boolean human = false;
        for (String arg : SystemTools.arguments(task)) {
            switch (arg) {
                case "-b" -> unit = 1;
                case "-k" -> unit = 1024;
                case "-m" -> unit = 1 << 20;
                case "-g" -> unit = 1 << 30;
                case "-h" -> human = true;
                default -> {
                    return task.fail(1, "unrecognized option: " + arg.replaceFirst("^-+", ""));
                }
            }
        }
        Memory memory = Memory.of(machine(task));
        long[] figures = {
            memory.total(), memory.used(), memory.free(), memory.shared(), memory.cached(), memory.available()
        };
        StringBuilder text = new StringBuilder(
                "              total        used        free      shared  buff/cache   available\nMem:   ");
        for (long figure : figures) {
            text.append(
                    String.format(Locale.ROOT, "%12s", human ? DuTool.tenths(figure) : Long.toString(figure / unit)));
        }
        text.append("\nSwap:  ");
        for (int i = 0; i < 3; i++) {
            text.append(String.format(Locale.ROOT, "%12s", "0"));
        }
        return SystemTools.say(task, text.append('\n').toString());
    }

    private static String uptime(Task task) {
        Duration up = up(task);
        String days = up.toDays() == 0 ? "" : up.toDays() + (up.toDays() == 1 ? " day, " : " days, ");
        String time = up.toHoursPart() == 0 && up.toDays() == 0
                ? up.toMinutesPart() + " min"
                : String.format(Locale.ROOT, "%2d:%02d", up.toHoursPart(), up.toMinutesPart());
        return " " + CLOCK.format(task.container().clock().now()) + " up " + days + time + ",  0 users,  load average: "
                + loads(machine(task), ", ") + "\n";
    }

    static Duration up(Task task) {
        return Duration.between(machine(task).booted(), task.container().clock().now());
    }

    /** Of one, five and fifteen minutes; what runs here runs evenly. */
    static String loads(Machine machine, String between) {
        String load = String.format(Locale.ROOT, "%.2f", machine.load());
        return load + between + load + between + load;
    }

    private static int top(Task task) throws IOException, InterruptedException {
        List<String> args = SystemTools.arguments(task);
        String joined = String.join(" ", args);
        long rounds = joined.matches(".*-\\w*n *\\d{1,6}.*")
                ? Long.parseLong(joined.replaceFirst(".*-\\w*n *(\\d{1,6}).*", "$1"))
                : Long.MAX_VALUE;
        boolean screen = task.tty(1) != null && !joined.matches(".*-\\w*b.*");
        for (long round = 0; round < rounds && !task.isOver(); round++) {
            if (round > 0) {
                task.container().clock().sleep(Duration.ofSeconds(5));
            }
            task.print((screen ? "\u001b[H\u001b[J" : "") + page(task));
        }
        return 0;
    }

    private static String page(Task task) {
        Machine machine = machine(task);
        Memory memory = Memory.of(machine);
        long busy = Math.min(100, Math.round(100 * machine.load() / machine.cores()));
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Mem: %dK used, %dK free, %dK shrd, %dK buff, %dK cached%n",
                (memory.used() + memory.cached()) / 1024,
                memory.free() / 1024,
                memory.shared() / 1024,
                0,
                memory.cached() / 1024));
        text.append(String.format(
                Locale.ROOT,
                "CPU: %3d%% usr   0%% sys   0%% nic %3d%% idle   0%% io   0%% irq   0%% sirq%n",
                busy,
                100 - busy));
        List<Task> all = task.container().snapshot();
        text.append("Load average: ")
                .append(loads(machine, " "))
                .append(" 1/")
                .append(all.size())
                .append(' ')
                .append(all.get(all.size() - 1).pid())
                .append("\n  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n");
        for (Task each : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "%5d %5d %-8s %-4s %5d %3d%% %3d %3d%% %s%n",
                    each.pid(),
                    each.parent(),
                    IdentityTools.owner(each, task),
                    each == task ? "R" : "S",
                    4400,
                    0,
                    0,
                    0,
                    each.title()));
        }
        return text.toString().replace("\r\n", "\n");
    }

    /** The machine's memory in bytes: what is used, what holds files that were read, and what is free. */
    record Memory(long total, long used, long cached, long shared) {
        /** Half of what programs do not use holds files. */
        static Memory of(Machine machine) {
            long used = Math.min(machine.memory(), machine.memoryUsed());
            return new Memory(machine.memory(), used, (machine.memory() - used) / 2, machine.memory() / 1024);
        }

        long free() {
            return total - used - cached;
        }

        long available() {
            return total - used - shared;
        }
    }
}
