package dev.kuar.practice.container;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** echo, env, id, ps, date, test and what else tells about or acts on the system. */
final class SystemTools {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private SystemTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("true", task -> 0);
        tools.put("false", task -> 1);
        tools.put("echo", task -> say(task, Echo.text(arguments(task))));
        tools.put("printf", new PrintfTool());
        tools.put("pwd", task -> say(task, task.files().directory() + "\n"));
        tools.put("env", SystemTools::env);
        tools.put("printenv", SystemTools::printenv);
        tools.put("hostname", new HostnameTool());
        tools.put("whoami", IdentityTools::whoami);
        tools.put("id", IdentityTools::id);
        tools.put("groups", IdentityTools::groups);
        tools.put("uname", SystemTools::uname);
        tools.put("arch", task -> say(task, "x86_64\n"));
        tools.put("date", SystemTools::date);
        tools.put("ps", SystemTools::ps);
        MachineTools.addTo(tools);
        tools.put("kill", SystemTools::kill);
        tools.put("test", new TestTool());
        tools.put("[", new TestTool());
        tools.put("[[", new TestTool());
        tools.put("seq", SystemTools::seq);
        tools.put("expr", SystemTools::expr);
        tools.put("basename", task -> say(task, base(task) + "\n"));
        tools.put("dirname", task -> say(task, directory(arguments(task).get(0)) + "\n"));
        tools.put("which", SystemTools::which);
        tools.put("stty", SystemTools::stty);
        tools.put("tty", task -> say(task, task.tty(0) == null ? "not a tty\n" : "/dev/pts/0\n"));
        tools.put("clear", task -> say(task, "\u001b[H\u001b[J"));
        tools.put("sync", task -> 0);
        KernelTools.addTo(tools);
        tools.put("df", DfTool::run);
        tools.put("yes", RunTools::yes);
        tools.put("xargs", RunTools::xargs);
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

    private static int env(Task task) throws IOException, InterruptedException {
        List<String> args = arguments(task);
        int i = 0;
        while (i < args.size() && (args.get(i).contains("=") || args.get(i).startsWith("-"))) {
            if (args.get(i).equals("-i")) {
                task.env().clear();
            } else if (args.get(i).equals("-u")) {
                task.env().remove(args.get(++i));
            } else {
                String[] pair = args.get(i).split("=", 2);
                task.env().put(pair[0], pair.length > 1 ? pair[1] : "");
            }
            i++;
        }
        if (i < args.size()) {
            return runOther(task, args.subList(i, args.size()));
        }
        StringBuilder text = new StringBuilder();
        task.env()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return say(task, text.toString());
    }

    private static int printenv(Task task) throws IOException, InterruptedException {
        List<String> args = arguments(task);
        if (args.isEmpty()) {
            return env(task);
        }
        int code = 0;
        for (String name : args) {
            if (task.env().containsKey(name)) {
                task.println(task.env(name));
            } else {
                code = 1;
            }
        }
        return code;
    }

    private static int uname(Task task) throws IOException {
        String host = task.container().spec().hostname();
        boolean all = FileTools.has(task, 'a');
        String release = task.container().spec().machine().kernel();
        if (all) {
            return say(task, "Linux " + host + " " + release + " #1 SMP x86_64 GNU/Linux\n");
        }
        return say(
                task,
                (FileTools.has(task, 'r')
                                ? release
                                : FileTools.has(task, 'm') ? "x86_64" : FileTools.has(task, 'n') ? host : "Linux")
                        + "\n");
    }

    private static int date(Task task) throws IOException {
        String format = arguments(task).stream()
                .filter(a -> a.startsWith("+"))
                .findFirst()
                .orElse("");
        java.time.Instant now = task.container().clock().now();
        if (format.isEmpty()) {
            return say(task, DATE.format(now) + "\n");
        }
        StringBuilder out = new StringBuilder();
        String text = format.substring(1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char field = text.charAt(++i);
            if (field == 's') {
                out.append(now.getEpochSecond());
                continue;
            }
            String pattern =
                    switch (field) {
                        case 'Y' -> "yyyy";
                        case 'm' -> "MM";
                        case 'd' -> "dd";
                        case 'H' -> "HH";
                        case 'M' -> "mm";
                        case 'S' -> "ss";
                        case 'F' -> "yyyy-MM-dd";
                        case 'T' -> "HH:mm:ss";
                        case 'N' -> "nnnnnnnnn";
                        case 'b' -> "MMM";
                        case 'a' -> "EEE";
                        case 'Z' -> "'UTC'";
                        default -> "'%" + field + "'";
                    };
            out.append(DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(now));
        }
        return say(task, out + "\n");
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

    private static int seq(Task task) throws IOException {
        List<Long> numbers =
                FileTools.operands(task).stream().map(Long::parseLong).toList();
        long from = numbers.size() > 1 ? numbers.get(0) : 1;
        long step = numbers.size() > 2 ? numbers.get(1) : 1;
        StringBuilder out = new StringBuilder();
        for (long i = from;
                step > 0 ? i <= numbers.get(numbers.size() - 1) : i >= numbers.get(numbers.size() - 1);
                i += step) {
            out.append(i).append('\n');
        }
        return say(task, out.toString());
    }

    private static int expr(Task task) throws IOException {
        Shell shell = new Shell(task);
        long value = shell.arithmetic(String.join(" ", arguments(task)));
        task.println(Long.toString(value));
        return value == 0 ? 1 : 0;
    }

    private static String base(Task task) {
        List<String> args = arguments(task);
        String name = args.get(0).replaceFirst("/+$", "").replaceFirst(".*/", "");
        return args.size() > 1 && name.endsWith(args.get(1))
                ? name.substring(0, name.length() - args.get(1).length())
                : name;
    }

    private static String directory(String path) {
        int slash = path.replaceFirst("/+$", "").lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
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
