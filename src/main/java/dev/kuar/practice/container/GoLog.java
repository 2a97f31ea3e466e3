package dev.kuar.practice.container;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What Go programs write on standard error: {@code log.Printf}, and klog's form of it. */
final class GoLog {
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss ", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter KLOG =
            DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Task task;

    GoLog(Task task) {
        this.task = task;
    }

    void print(String text) {
        write(PLAIN.format(task.container().clock().now()) + text);
    }

    /**
     * A line as klog writes it.
     *
     * @param level {@code I}, {@code E} or {@code F}
     * @param from {@code file.go:12}
     */
    void klog(char level, String from, String text) {
        write(level + KLOG.format(task.container().clock().now()) + String.format(Locale.ROOT, " %7d ", task.pid())
                + from + "] " + text);
    }

    private void write(String line) {
        try {
            task.printError(line.endsWith("\n") ? line : line + "\n");
        } catch (IOException gone) {
            // A log that nobody takes any more is no reason to end.
            return;
        }
    }
}
