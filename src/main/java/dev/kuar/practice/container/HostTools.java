package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** who, hostid, dnsdomainname, dmesg, nice, link, mkfifo, mknod: small questions and requests to the system. */
final class HostTools {
    private static final Map<String, String> DEVICES =
            Map.of("c 1 3", "null", "c 1 5", "zero", "c 1 8", "random", "c 1 9", "urandom", "c 5 0", "tty");

    private HostTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("who", Options.tool("aHbqrsTuwm", Map.of("heading", 'H'), 1, HostTools::who));
        tools.put("hostid", HostTools::hostId);
        tools.put("dnsdomainname", HostTools::domain);
        tools.put("dmesg", Options.tool("crn:s:TH", HostTools::dmesg));
        tools.put("nice", Options.tool("+n:#n", Map.of("adjustment", 'n'), 125, HostTools::nice));
        tools.put("link", Options.tool("", HostTools::link));
        tools.put("mkfifo", Options.tool("m:", Map.of("mode", 'm'), 1, HostTools::mkfifo));
        tools.put("mknod", Options.tool("m:", Map.of("mode", 'm'), 1, HostTools::mknod));
    }

    /** Nobody logs in to a container: there is no record of anybody. */
    private static int who(Task task, Options options) throws IOException {
        if (options.has('q')) {
            task.println("# users=0");
        } else if (options.has('H')) {
            task.println(
                    Options.gnu(task)
                            ? "NAME     LINE         TIME         COMMENT"
                            : "USER\t\tTTY\t\tIDLE\tTIME\t\t HOST");
        }
        return 0;
    }

    /** The C library makes it of the address; musl, which Alpine has, does not. */
    private static int hostId(Task task) throws IOException {
        String[] parts = task.container().network().ip().split("\\.");
        if (task.files().exists("/etc/alpine-release") || parts.length != 4) {
            task.println("00000000");
            return 0;
        }
        task.println(String.format(
                Locale.ROOT,
                "%02x%02x%02x%02x",
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[2])));
        return 0;
    }

    private static int domain(Task task) throws IOException {
        String host = task.container().spec().hostname();
        for (String line : task.container().readFile("/etc/hosts").split("\n")) {
            List<String> words = List.of(line.replaceFirst("#.*", "").strip().split("\\s+"));
            if (words.size() > 1 && words.subList(1, words.size()).contains(host)) {
                String full = words.get(1);
                if (full.contains(".")) {
                    task.println(full.substring(full.indexOf('.') + 1));
                }
                return 0;
            }
        }
        return 0;
    }

    /** The kernel's first words, for who may see them. */
    private static int dmesg(Task task, Options options) throws IOException {
        Confinement confinement = task.container().spec().confinement();
        if (!confinement.privileged() && !confinement.may(task.who(), "SYSLOG")) {
            return task.fail(
                    1,
                    Options.gnu(task)
                            ? "read kernel buffer failed: Operation not permitted"
                            : "klogctl: Operation not permitted");
        }
        Machine machine = task.container().spec().machine();
        task.println("[    0.000000] Linux version " + machine.kernel() + " #1 SMP");
        task.println("[    0.000000] Memory: " + machine.memory() / 1024 + "K available");
        task.println("[    0.000000] smpboot: Allowing " + machine.cores() + " CPUs, 0 hotplug CPUs");
        return 0;
    }

    private static int nice(Task task, Options options) throws IOException, InterruptedException {
        List<String> words = options.operands();
        String by = options.value('n', "10");
        if (words.isEmpty()) {
            if (options.has('n')) {
                return Options.tooFew(task, 125, "a command must be given with an adjustment", "[-n ADJUST] PROG ARGS");
            }
            task.println(Integer.toString(task.niceness()));
            return 0;
        }
        if (!by.matches("[-+]?\\d{1,4}")) {
            return task.fail(
                    Options.gnu(task) ? 125 : 1,
                    Options.gnu(task) ? "invalid adjustment '" + by + "'" : "invalid number '" + by + "'");
        }
        int wanted = Math.max(-20, Math.min(19, task.niceness() + Integer.parseInt(by)));
        if (wanted < task.niceness() && !task.container().spec().confinement().may(task.who(), "SYS_NICE")) {
            if (!Options.gnu(task)) {
                return task.fail(1, "setpriority(" + by + "): Permission denied");
            }
            int unused = task.fail(0, "cannot set niceness: Permission denied");
        } else {
            task.renice(wanted);
        }
        Launcher.Found found = task.container().runtime().launcher().find(task.files(), words.get(0), task.env("PATH"));
        if (found.tool() == null && Options.gnu(task)) {
            return task.fail(127, "'" + words.get(0) + "': No such file or directory");
        }
        return SystemTools.runOther(task, words);
    }

    private static int link(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.size() < 2) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "missing operand after '" + words.get(0) + "'",
                    "FILE LINK\n\nCreate hard LINK to FILE");
        }
        try {
            Inode node = task.files().lstat(words.get(0));
            if (node instanceof Inode.DirectoryNode) {
                throw new FileError(FileError.Kind.NOT_PERMITTED, words.get(0));
            }
            task.files().put(words.get(1), node);
            return 0;
        } catch (FileError e) {
            return task.fail(
                    1,
                    (Options.gnu(task) ? "cannot create link '" : "can't create hardlink '") + words.get(1) + "' to '"
                            + words.get(0) + "': " + e.words());
        }
    }

    private static int mkfifo(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        if (words.isEmpty()) {
            return Options.tooFew(task, 1, "missing operand", "[-m MODE] NAME\n\nCreate named pipe");
        }
        int code = 0;
        for (String path : words) {
            code = fifo(task, path);
        }
        return code;
    }

    private static int fifo(Task task, String path) throws IOException {
        if (task.files().peek(path, false) != null) {
            return task.fail(
                    1, Options.gnu(task) ? "cannot create fifo '" + path + "': File exists" : path + ": File exists");
        }
        return task.fail(1, path + ": the practice cluster has no named pipes; use a pipeline or a file");
    }

    private static int mknod(Task task, Options options) throws IOException {
        List<String> words = options.operands();
        boolean pipe = words.size() > 1 && words.get(1).equals("p");
        if (words.size() < (pipe ? 2 : 4)) {
            return Options.tooFew(
                    task,
                    1,
                    words.isEmpty() ? "missing operand" : "missing operand after '" + words.get(words.size() - 1) + "'",
                    "[-m MODE] NAME TYPE [MAJOR MINOR]\n\nCreate a special file (block, character, or pipe)");
        }
        String path = words.get(0);
        if (pipe) {
            return fifo(task, path);
        }
        if (!task.container().spec().confinement().may(task.who(), "MKNOD")) {
            return task.fail(1, path + ": Operation not permitted");
        }
        String device = DEVICES.get(
                String.join(" ", new ArrayList<>(words.subList(1, 4))).replaceFirst("^u", "c"));
        if (device == null) {
            return task.fail(1, path + ": the practice cluster does not have this device");
        }
        try {
            task.files().put(path, new Inode.DeviceNode(device));
            return 0;
        } catch (FileError e) {
            return Inputs.failed(task, e);
        }
    }
}
