package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** echo, env, id, ps, date, test and what else tells about or acts on the system. */
final class SystemTools {
    private SystemTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("true", task -> 0);
        tools.put("false", task -> 1);
        tools.put("echo", task -> say(task, Echo.text(arguments(task))));
        tools.put("printf", new PrintfTool());
        tools.put("pwd", task -> say(task, task.files().directory() + "\n"));
        EnvTools.addTo(tools);
        tools.put("hostname", new HostnameTool());
        IdentityTools.addTo(tools);
        tools.put(
                "uname",
                Options.tool(
                        "amnrspvio",
                        Map.of(
                                "all",
                                'a',
                                "kernel-name",
                                's',
                                "nodename",
                                'n',
                                "kernel-release",
                                'r',
                                "machine",
                                'm',
                                "operating-system",
                                'o'),
                        1,
                        SystemTools::uname));
        tools.put("arch", task -> say(task, "x86_64\n"));
        DateTool.addTo(tools);
        tools.put("ps", SystemTools::ps);
        MachineTools.addTo(tools);
        tools.put("kill", SystemTools::kill);
        tools.put("test", new TestTool());
        tools.put("[", new TestTool());
        tools.put("[[", new TestTool());
        tools.put("seq", SeqTool::run);
        tools.put("expr", ExprTool::run);
        NameTools.addTo(tools);
        tools.put("which", SystemTools::which);
        tools.put("stty", SystemTools::stty);
        tools.put("tty", SystemTools::tty);
        tools.put("clear", task -> say(task, "\u001b[H\u001b[J"));
        tools.put("sync", task -> 0);
        KernelTools.addTo(tools);
        tools.put("df", DfTool::run);
        tools.put("yes", RunTools::yes);
        XargsTool.addTo(tools);
        tools.put("dd", new DdTool());
        tools.put("stress", RunTools::stress);
        tools.put("chroot", new ChrootTool());
        tools.put("nohup", task -> runOther(task, arguments(task)));
        tools.put("timeout", new TimeoutTool());
        tools.put("time", task -> runOther(task, arguments(task)));
        tools.put("busybox", SystemTools::busybox);
        tools.put("go-runner", task -> runOther(task, FileTools.operands(task)));
    }

    static List<String> arguments(Task task) {
        return task.args().subList(1, task.args().size());
    }

    static int say(Task task, String text) throws IOException {
        task.print(text);
        return 0;
    }

    static int runOther(Task task, List<String> words) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return 0;
        }
        Launcher.Found found = task.container().runtime().launcher().find(task.files(), words.get(0), task.env("PATH"));
        Tool tool = found.tool();
        if (tool == null && found.failure() == Launcher.Failure.UNMODELLED) {
            return task.fail(126, words.get(0) + ": the practice cluster does not have this program");
        }
        if (tool == null) {
            return task.fail(127, "can't execute '" + words.get(0) + "': No such file or directory");
        }
        throw new ExecInstead(
                tool, Launcher.argv(found, words), task.container().seen(found, task.files()));
    }

    private static int uname(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = new ArrayList<>();
        String release = task.container().spec().machine().kernel();
        Map<Character, String> parts = new LinkedHashMap<>();
        parts.put('s', "Linux");
        parts.put('n', task.container().spec().hostname());
        parts.put('r', release);
        parts.put('v', "#1 SMP");
        parts.put('m', "x86_64");
        if (!options.has('a')) {
            parts.put('p', "unknown");
            parts.put('i', "unknown");
        }
        parts.put('o', gnu || !task.files().exists("/etc/alpine-release") ? "GNU/Linux" : "Linux");
        parts.forEach((letter, text) -> {
            if (options.has(letter)
                    || options.has('a')
                    || letter == 's' && options.letters().isEmpty()) {
                words.add(text);
            }
        });
        return options.operands().isEmpty()
                ? say(task, String.join(" ", words) + "\n")
                : Options.tooFew(task, 1, "extra operand '" + options.operands().get(0) + "'", "[-amnrspvio]");
    }

    private static int tty(Task task) throws IOException {
        boolean none = task.tty(0) == null;
        task.println(none ? "not a tty" : "/dev/pts/0");
        return none ? 1 : 0;
    }

    private static int ps(Task task) throws IOException, InterruptedException {
        if (task.container().spec().image().flavour().equals("gnu")) {
            boolean wide = String.join("", arguments(task)).matches("-[a-z]*l[a-z]*");
            return wide ? say(task, LongListing.of(task)) : new ProcpsTool().run(task);
        }
        StringBuilder text = new StringBuilder("PID   USER     TIME  COMMAND\n");
        for (Task each : task.container().snapshot()) {
            text.append(String.format(
                    Locale.ROOT, "%5d %-8s  0:00 %s%n", each.pid(), IdentityTools.owner(each, task), each.title()));
        }
        return say(task, text.toString().replace("\r\n", "\n"));
    }

    private static int kill(Task task) throws IOException {
        int signal = Signal.TERM;
        int code = 0;
        for (String arg : arguments(task)) {
            OptionalInt named = arg.startsWith("-") ? Signal.parse(arg.substring(1)) : OptionalInt.empty();
            if (named.isPresent()) {
                signal = named.getAsInt();
            } else if (arg.matches("\\d+")) {
                Task target = task.container().task(Integer.parseInt(arg));
                if (target == null) {
                    code = task.fail(1, "can't kill pid " + arg + ": No such process");
                } else {
                    target.signalFromWithin(signal);
                }
            }
        }
        return code;
    }

    private static int which(Task task) throws IOException {
        int code = 0;
        for (String name : FileTools.operands(task)) {
            Launcher.Found found = task.container().runtime().launcher().find(task.files(), name, task.env("PATH"));
            if (found.tool() == null) {
                code = 1;
            } else {
                task.println(found.path());
            }
        }
        return code;
    }

    private static int stty(Task task) throws IOException {
        Tty tty = task.tty(0);
        if (tty == null) {
            return task.fail(1, "standard input: Not a tty");
        }
        for (String arg : arguments(task)) {
            switch (arg) {
                case "size" -> task.println(tty.rows() + " " + tty.columns());
                case "-echo" -> tty.setEcho(false);
                case "echo" -> tty.setEcho(true);
                case "raw" -> tty.setRaw(true);
                case "-raw", "sane", "cooked" -> tty.setRaw(false);
                default -> {}
            }
        }
        return 0;
    }

    private static int busybox(Task task) throws IOException, InterruptedException {
        List<String> args = arguments(task);
        if (args.isEmpty()) {
            return say(
                    task,
                    "BusyBox v1.37.0 () multi-call binary.\nBusyBox is copyrighted by many authors between 1998-2015.\nLicensed under GPLv2. See source distribution for detailed\ncopyright notices.\n");
        }
        return runOther(task, args);
    }
}
