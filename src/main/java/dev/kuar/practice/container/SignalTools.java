package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** pgrep, pkill, killall, pidof: processes of a container by their names. */
final class SignalTools {
    /** The kernel keeps no more of a program's name. */
    private static final int NAME_LENGTH = 15;

    private SignalTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put("pgrep", Options.tool("flnovxacP:s:u:d:", SignalTools::pgrep));
        tools.put("pkill", SignalTools::pkill);
        tools.put("killall", SignalTools::killall);
        tools.put("pidof", Options.tool("so:", SignalTools::pidof));
    }

    static String name(Task task) {
        String name = task.name();
        return name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) : name;
    }

    private static String line(Task task) {
        return task.title();
    }

    /** The processes that are asked for, without who asks, by ascending number. */
    @SuppressWarnings("ReferenceEquality") // a process is itself alone
    private static List<Task> chosen(Task task, Options options, Pattern pattern) {
        Predicate<Task> fits = each -> {
            String text = options.has('f') ? line(each) : name(each);
            return options.has('x')
                    ? pattern.matcher(text).matches()
                    : pattern.matcher(text).find();
        };
        String parent = options.value('P', "");
        List<Task> found = new ArrayList<>();
        for (Task each : task.container().snapshot()) {
            boolean asked = fits.test(each) && (parent.isEmpty() || parent.equals(Integer.toString(each.parent())));
            if (each != task && asked != options.has('v')) {
                found.add(each);
            }
        }
        found.sort(Comparator.comparingInt(Task::pid));
        if (found.size() > 1 && (options.has('n') || options.has('o'))) {
            return List.of(found.get(options.has('n') ? found.size() - 1 : 0));
        }
        return found;
    }

    private static int wrongPattern(Task task, PatternSyntaxException e) throws IOException {
        return task.fail(1, "bad regex '" + e.getPattern() + "': " + e.getDescription());
    }

    private static int pgrep(Task task, Options options) throws IOException {
        boolean bySomethingElse = options.has('P') || options.has('s') || options.has('u');
        if (options.operands().size() != 1 && !bySomethingElse) {
            return tooFew(task);
        }
        try {
            Pattern pattern = Pattern.compile(String.join("", options.operands()));
            List<Task> found = chosen(task, options, pattern);
            if (options.has('c')) {
                task.println(Integer.toString(found.size()));
                return found.isEmpty() ? 1 : 0;
            }
            List<String> rows = new ArrayList<>();
            for (Task each : found) {
                boolean whole = options.has('a') || options.has('l') && options.has('f') && !Options.gnu(task);
                rows.add(each.pid() + (whole ? " " + line(each) : options.has('l') ? " " + name(each) : ""));
            }
            if (!rows.isEmpty()) {
                task.println(String.join(options.value('d', "\n"), rows));
            }
            return rows.isEmpty() ? 1 : 0;
        } catch (PatternSyntaxException e) {
            return wrongPattern(task, e);
        }
    }

    private static int tooFew(Task task) throws IOException {
        int code = Options.tooFew(
                task,
                2,
                "no matching criteria specified",
                task.name().equals("pgrep")
                        ? "[-flanovx] [-s SID|-P PPID|PATTERN]\n\nDisplay process(es) selected by regex PATTERN"
                        : "[-l|-SIGNAL] [-xfvnoe] [-s SID|-P PPID|PATTERN]\n\nSend signal to processes selected by regex PATTERN");
        return code;
    }

    /** A command line without {@code -SIGNAL} and {@code -s SIGNAL}; the signal comes first. */
    private record Signalled(int signal, List<String> words, String wrong) {
        static Signalled of(List<String> words, boolean separate) {
            int signal = Signal.TERM;
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                boolean apart = separate && word.equals("-s") && i + 1 < words.size();
                String name = apart
                        ? words.get(++i)
                        : word.startsWith("--signal=") ? word.substring(9) : word.replaceFirst("^-", "");
                boolean dashed = apart || word.startsWith("--signal=") || word.matches("-([A-Z][A-Z0-9]+|\\d+)");
                if (!dashed) {
                    rest.add(word);
                    continue;
                }
                OptionalInt known = Signal.parse(name);
                if (known.isEmpty()) {
                    return new Signalled(0, rest, name);
                }
                signal = known.getAsInt();
            }
            return new Signalled(signal, rest, "");
        }
    }

    private static int pkill(Task task) throws IOException, InterruptedException {
        Signalled asked = Signalled.of(SystemTools.arguments(task), false);
        if (!asked.wrong().isEmpty()) {
            return task.fail(1, "bad signal name '" + asked.wrong() + "'");
        }
        Options.Body body = (own, options) -> {
            if (options.has('l')) {
                return signals(own);
            }
            if (options.operands().size() != 1 && !options.has('P')) {
                return tooFew(own);
            }
            try {
                Pattern pattern = Pattern.compile(String.join("", options.operands()));
                List<Task> found = chosen(own, options, pattern);
                for (Task each : found) {
                    if (options.has('e')) {
                        own.println(name(each) + " killed (pid " + each.pid() + ")");
                    }
                    each.signalFromWithin(asked.signal());
                }
                return found.isEmpty() ? 1 : 0;
            } catch (PatternSyntaxException e) {
                return wrongPattern(own, e);
            }
        };
        return Options.run(task, "flnovxeP:", asked.words(), body);
    }

    private static int signals(Task task) throws IOException {
        for (int number = 1; number < 32; number++) {
            String name = Signal.name(number).orElse("");
            if (!name.isEmpty()) {
                task.println(String.format(java.util.Locale.ROOT, "%2d) %s", number, name));
            }
        }
        return 0;
    }

    private static int killall(Task task) throws IOException, InterruptedException {
        Signalled asked = Signalled.of(SystemTools.arguments(task), true);
        if (asked.words().contains("-l")) {
            return signals(task);
        }
        if (!asked.wrong().isEmpty()) {
            return task.fail(1, "bad signal name '" + asked.wrong() + "'");
        }
        return Options.run(task, "oq", asked.words(), (own, options) -> {
            if (options.operands().isEmpty()) {
                return own.fail(1, "you need to specify whom to kill");
            }
            int code = 0;
            for (String name : options.operands()) {
                List<Task> found = named(own, name);
                if (found.isEmpty()) {
                    code = options.has('q') ? 1 : own.fail(1, name + ": no process killed");
                }
                found.forEach(each -> each.signalFromWithin(asked.signal()));
            }
            return code;
        });
    }

    /** Those of exactly this name, or of this path. */
    @SuppressWarnings("ReferenceEquality") // a process is itself alone
    private static List<Task> named(Task task, String name) {
        List<Task> found = new ArrayList<>();
        for (Task each : task.container().snapshot()) {
            boolean called = name.contains("/")
                    ? !each.args().isEmpty() && each.args().get(0).equals(name)
                    : each.name().equals(name);
            if (each != task && called) {
                found.add(each);
            }
        }
        return found;
    }

    /** The newest first. */
    private static int pidof(Task task, Options options) throws IOException {
        List<String> pids = new ArrayList<>();
        for (String name : options.operands()) {
            List<Task> found = named(task, name);
            Collections.reverse(found);
            for (Task each : found) {
                String pid = Integer.toString(each.pid());
                boolean left = options.values('o').stream()
                        .anyMatch(o -> o.equals(pid) || o.equals("%PPID") && each.pid() == task.parent());
                if (!left && !(options.has('s') && !pids.isEmpty())) {
                    pids.add(pid);
                }
            }
        }
        if (pids.isEmpty()) {
            return 1;
        }
        task.println(String.join(" ", pids));
        return 0;
    }
}
