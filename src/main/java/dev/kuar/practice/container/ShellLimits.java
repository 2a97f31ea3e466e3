package dev.kuar.practice.container;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code umask} and {@code ulimit}. */
final class ShellLimits {
    private static final String BASH_USAGE = "ulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]";

    private static final Map<Character, Limit> USUAL = new LinkedHashMap<>();

    static {
        put('t', "time(seconds)", "cpu time (seconds)", "cpu time", "seconds, -t", "unlimited");
        put('f', "file(blocks)", "file size (blocks)", "file size", "blocks, -f", "unlimited");
        put('d', "data(kbytes)", "data seg size (kb)", "data seg size", "kbytes, -d", "unlimited");
        put('s', "stack(kbytes)", "stack size (kb)", "stack size", "kbytes, -s", "8192");
        put('c', "coredump(blocks)", "core file size (blocks)", "core file size", "blocks, -c", "unlimited");
        put('m', "memory(kbytes)", "max memory size (kb)", "max memory size", "kbytes, -m", "unlimited");
        put('l', "locked memory(kbytes)", "max locked memory (kb)", "max locked memory", "kbytes, -l", "8192");
        put('p', "process", "pipe size (512 bytes)", "pipe size", "512 bytes, -p", "8");
        put('n', "nofiles", "open files", "open files", "-n", "1048576");
        put('v', "vmemory(kbytes)", "address space (kb)", "virtual memory", "kbytes, -v", "unlimited");
        put('w', "locks", "locks", "file locks", "-x", "unlimited");
        put('u', "processes", "processes", "max user processes", "-u", "unlimited");
        put('r', "rtprio", "real-time priority", "real-time priority", "-r", "0");
    }

    private final Shell shell;
    /** Those that this shell has changed. */
    private final Map<Character, String> own = new HashMap<>();

    ShellLimits(Shell shell) {
        this.shell = shell;
    }

    /** A limit in the words of dash, ash and bash. */
    private record Limit(String dash, String ash, String bash, String unit, String value) {}

    private static void put(char letter, String dash, String ash, String bash, String unit, String value) {
        USUAL.put(letter, new Limit(dash, ash, bash, unit, value));
    }

    int ulimit(List<String> args) throws IOException {
        char chosen = 'f';
        boolean all = false;
        int i = 0;
        while (i < args.size() && args.get(i).matches("-.+")) {
            for (char letter : args.get(i).substring(1).toCharArray()) {
                if (letter == 'a') {
                    all = true;
                } else if (letter != 'S' && letter != 'H') {
                    if (!USUAL.containsKey(letter) || shell.isDash() && letter == 'u') {
                        return wrong(letter);
                    }
                    chosen = letter;
                }
            }
            i++;
        }
        if (all) {
            for (Map.Entry<Character, Limit> each : USUAL.entrySet()) {
                if (!shell.isDash() || each.getKey() != 'u') {
                    shell.print(line(each.getKey(), each.getValue()));
                }
            }
            return 0;
        }
        Limit limit = USUAL.getOrDefault(chosen, new Limit("", "", "", "", "unlimited"));
        String now = own.getOrDefault(chosen, limit.value());
        if (i >= args.size()) {
            shell.print(now + "\n");
            return 0;
        }
        String value = args.get(i);
        if (!value.equals("unlimited") && !value.matches("\\d{1,15}")) {
            shell.error(shell.where("ulimit") + (shell.bash ? value + ": invalid number" : "bad number"));
            return shell.bash ? 1 : 2;
        }
        boolean more =
                !now.equals("unlimited") && (value.equals("unlimited") || Long.parseLong(value) > Long.parseLong(now));
        if (more) {
            shell.error(shell.where("ulimit")
                    + (shell.bash
                            ? limit.bash() + ": cannot modify limit: Operation not permitted"
                            : shell.isDash()
                                    ? "error setting limit (Operation not permitted)"
                                    : "error setting limit: Operation not permitted"));
            return shell.bash ? 1 : 2;
        }
        own.put(chosen, value);
        return 0;
    }

    private String line(char letter, Limit limit) {
        String now = own.getOrDefault(letter, limit.value());
        return shell.isDash()
                ? "%-20s %s\n".formatted(limit.dash(), now)
                : shell.bash
                        ? "%-20s %12s %s\n".formatted(limit.bash(), "(" + limit.unit() + ")", now)
                        : "%-32s(-%c) %s\n".formatted(limit.ash(), letter, now);
    }

    private int wrong(char letter) throws IOException {
        shell.error(
                shell.isDash()
                        ? shell.where("ulimit") + "Illegal option -" + letter
                        : shell.bash
                                ? shell.where("ulimit") + "-" + letter + ": invalid option\n" + BASH_USAGE
                                : "ulimit: invalid option -- '" + letter + "'");
        return shell.isDash() || shell.bash ? 2 : 1;
    }

    int umask(List<String> given) throws IOException {
        boolean symbolic = given.contains("-S");
        List<String> args = given.stream()
                .filter(arg -> !arg.equals("-S") && !arg.equals("-p"))
                .toList();
        int mask = shell.files().umask();
        if (args.isEmpty()) {
            shell.print(
                    symbolic
                            ? "u=" + letters(~mask >> 6) + ",g=" + letters(~mask >> 3) + ",o=" + letters(~mask) + "\n"
                            : "%04o\n".formatted(mask));
            return 0;
        }
        String mode = args.get(0);
        if (mode.matches("\\d+")) {
            if (!mode.matches("[0-7]{1,4}")) {
                return badMask(
                        shell.isDash()
                                ? "Illegal number: " + mode
                                : shell.bash ? mode + ": octal number out of range" : "illegal mode: " + mode);
            }
            shell.files().setUmask(Integer.parseInt(mode, 8) & 0777);
            return 0;
        }
        if (!mode.matches("[ugoa]*[-+=][rwx]*(,[ugoa]*[-+=][rwx]*)*")) {
            String operator = mode.replaceFirst("^[ugoa]*", "");
            String first = operator.isEmpty() ? "" : operator.substring(0, 1);
            return badMask(
                    shell.isDash()
                            ? "Illegal mode: " + mode
                            : shell.bash ? "`" + first + "': invalid symbolic mode operator" : "illegal mode: " + mode);
        }
        shell.files().setUmask(~ModeTools.changed(~mask & 0777, false, mode, 0) & 0777);
        return 0;
    }

    private int badMask(String words) throws IOException {
        shell.error(shell.where("umask") + words);
        return shell.bash ? 1 : 2;
    }

    private static String letters(int bits) {
        return ((bits & 4) != 0 ? "r" : "") + ((bits & 2) != 0 ? "w" : "") + ((bits & 1) != 0 ? "x" : "");
    }
}
