package dev.kuar.practice.container;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** {@code ps -elf} as procps has it. */
final class LongListing {
    private static final DateTimeFormatter STARTED =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MMMdd", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private LongListing() {}

    static String of(Task task) {
        StringBuilder text =
                new StringBuilder("F S UID        PID  PPID  C PRI  NI ADDR SZ WCHAN  STIME TTY          TIME CMD\n");
        Instant now = task.container().clock().now();
        for (Task each : task.container().snapshot()) {
            boolean recent = Duration.between(each.started(), now).toHours() < 24;
            text.append(String.format(
                    Locale.ROOT,
                    "%d %s %-8s %5d %5d  0  80   0 -  1127 -      %5s %-8s 00:00:00 %s\n",
                    each.pid() == 1 ? 4 : 0,
                    each.pid() == task.pid() ? "R" : "S",
                    shortened(IdentityTools.owner(each, task)),
                    each.pid(),
                    each.parent(),
                    (recent ? STARTED : DAY).format(each.started()),
                    each.tty(0) == null ? "?" : "pts/0",
                    each.title()));
        }
        return text.toString();
    }

    private static String shortened(String user) {
        return user.length() > 8 ? user.substring(0, 7) + "+" : user;
    }
}
