package dev.kuar.kubectl.command;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Heads of klog lines: {@code E1122 19:06:53.123456   12345 }. */
final class LogLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT);

    private LogLine() {}

    static String head(String severity, Clock clock) {
        return severity
                + TIME.format(clock.instant().atZone(clock.getZone()))
                + String.format(Locale.ROOT, " %7d ", ProcessHandle.current().pid());
    }
}
