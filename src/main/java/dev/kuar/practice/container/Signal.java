package dev.kuar.practice.container;

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

    private static final Map<Integer, String> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(6, "ABRT"),
            Map.entry(9, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"),
            Map.entry(17, "CHLD"),
            Map.entry(18, "CONT"),
            Map.entry(19, "STOP"),
            Map.entry(20, "TSTP"),
            Map.entry(28, "WINCH")));

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

    /** Whether a process without a handler goes on. */
    static boolean isHarmless(int signal) {
        return signal == 0 || signal >= 17 && signal <= 20 || signal == 23 || signal == 28;
    }
}
