package dev.kuar.practice.container;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The signals of Linux by number and name. */
public final class Signal {
    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int USER_1 = 10;
    public static final int ABRT = 6;
    public static final int KILL = 9;
    public static final int PIPE = 13;
    public static final int TERM = 15;

    private static final List<String> BY_NUMBER = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private static final Map<Integer, String> NAMES = new TreeMap<>();

    static {
        for (int i = 0; i < BY_NUMBER.size(); i++) {
            NAMES.put(i + 1, BY_NUMBER.get(i));
        }
    }

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "Hangup"),
            Map.entry(3, "Quit"),
            Map.entry(4, "Illegal instruction"),
            Map.entry(5, "Trace/breakpoint trap"),
            Map.entry(6, "Aborted"),
            Map.entry(7, "Bus error"),
            Map.entry(8, "Floating point exception"),
            Map.entry(9, "Killed"),
            Map.entry(10, "User defined signal 1"),
            Map.entry(11, "Segmentation fault"),
            Map.entry(12, "User defined signal 2"),
            Map.entry(14, "Alarm clock"),
            Map.entry(15, "Terminated"),
            Map.entry(16, "Stack fault"),
            Map.entry(24, "CPU time limit exceeded"),
            Map.entry(25, "File size limit exceeded"),
            Map.entry(26, "Virtual timer expired"),
            Map.entry(27, "Profiling timer expired"),
            Map.entry(29, "I/O possible"),
            Map.entry(30, "Power failure"),
            Map.entry(31, "Bad system call"));

    private Signal() {}

    /** From {@code 15}, {@code TERM} or {@code SIGTERM}. */
    public static OptionalInt parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.matches("\\d{1,2}")) {
            return OptionalInt.of(Integer.parseInt(name));
        }
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        return NAMES.entrySet().stream()
                .filter(e -> e.getValue().equals(bare))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    /** Without SIG. */
    public static Optional<String> name(int signal) {
        return Optional.ofNullable(NAMES.get(signal));
    }

    /** As lists of signals name them, those of real time too. */
    static Optional<String> listed(int signal) {
        if (signal >= 34 && signal <= 64) {
            String name = signal <= 49 ? "RTMIN" : "RTMAX";
            int apart = signal <= 49 ? signal - 34 : signal - 64;
            return Optional.of(apart == 0 ? name : name + (apart > 0 ? "+" : "") + apart);
        }
        return name(signal);
    }

    /** How a shell tells that a process ended so. */
    static String words(int signal) {
        return WORDS.getOrDefault(signal, "Signal " + signal);
    }

    /** Whether a process without a handler goes on. */
    static boolean isHarmless(int signal) {
        return signal == 0 || signal >= 17 && signal <= 20 || signal == 23 || signal == 28;
    }
}
