package dev.kuar.practice.python;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an interpreter needs of the process that it is. */
public interface PythonHost {
    /** To standard output (1) or standard error (2). */
    void write(int descriptor, String text);

    boolean isTerminal(int descriptor);

    /** A line of standard input with its end; null at the end. */
    @Nullable
    String line();

    /** The same, edited at a terminal behind a prompt. */
    @Nullable
    String line(String prompt);

    /** The environment as it is; what is put there is seen by programs that are started later. */
    Map<String, String> environment();

    /** By the cluster's clock; returns early when the process is interrupted. */
    void sleep(Duration time);

    Instant now();

    /** Called once around every loop and by every call. */
    void turn();

    /** Whether somebody pressed Ctrl-C since it was asked last. */
    boolean interrupted();

    int pid();

    int uid();

    String hostname();

    String directory();

    byte[] read(String path) throws SystemFault;

    void save(String path, byte[] data, boolean append) throws SystemFault;

    /** Names in no order. */
    List<String> list(String path) throws SystemFault;

    void makeDirectory(String path) throws SystemFault;

    void remove(String path) throws SystemFault;

    void changeDirectory(String path) throws SystemFault;

    /** {@code file}, {@code directory}; empty where nothing is. */
    String kind(String path);

    boolean isLink(String path);

    Instant modified(String path);

    /** The address of a host; empty where nobody knows it. */
    String resolve(String name);

    /** Fetches a URL, redirects not followed. */
    Fetched fetch(String method, String url, Map<String, String> headers, byte[] body) throws SystemFault;

    /** Runs another program. */
    Ran run(List<String> arguments, byte @Nullable [] input);

    /** An answer; header names as sent. */
    record Fetched(int status, String reason, Map<String, String> headers, byte[] body) {}

    /** How a program ended; {@code code} is negative where there is no such program. */
    record Ran(int code, byte[] output, byte[] errors) {}

    /** What the kernel refuses: an errno with its words. */
    final class SystemFault extends Exception {
        private static final long serialVersionUID = 1L;

        private final int number;

        public SystemFault(int number, String words) {
            super(words);
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** As {@code strerror} has it. */
        public String words() {
            return String.valueOf(getMessage());
        }
    }
}
