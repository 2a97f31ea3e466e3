package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a running shell remembers: variables, functions, arguments, options, descriptors. */
class ShellState {
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, ShellNode> functions = new HashMap<>();
    private final Map<Integer, String> traps = new TreeMap<>();
    private final Deque<List<String>> frames = new ArrayDeque<>();
    private final List<Task> jobs = new ArrayList<>();
    private final Task task;
    Map<Integer, Fd> fds;
    String name = "sh";
    int status;
    boolean exitOnError;
    boolean traces;
    boolean strict;
    boolean bash;
    boolean interactive;
    boolean pipesFail;
    int line = 1;
    /** What line the first one of what is parsed apart, as a command substitution is, stands in. */
    int from = 1;

    Reads reads = Reads.TEXT;
    int lastJob;

    ShellState(Task task) {
        this.task = task;
        this.fds = task.fds();
        frames.push(List.of());
    }

    /** Where a shell has its commands from: the argument of {@code -c}, a file, standard input, a terminal. */
    enum Reads {
        TEXT,
        FILE,
        INPUT,
        PROMPT
    }

    /** Unwinds loops, functions and the shell itself. */
    static final class Jump extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final String kind;
        final int value;

        Jump(String kind, int value) {
            super(kind, null, false, false);
            this.kind = kind;
            this.value = value;
        }
    }

    /** An error that ends the script. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;
        final int code;

        Failure(String message, int code) {
            super(message);
            this.code = code;
        }
    }

    Task task() {
        return task;
    }

    FileView files() {
        return task.files();
    }

    Map<Integer, Fd> fds() {
        return fds;
    }

    Map<Integer, String> traps() {
        return traps;
    }

    Map<String, String> variables() {
        return variables;
    }

    Map<String, ShellNode> functions() {
        return functions;
    }

    List<Task> jobs() {
        return jobs;
    }

    void setArguments(String zero, List<String> arguments) {
        name = zero;
        frames.pop();
        frames.push(List.copyOf(arguments));
    }

    List<String> positional() {
        List<String> top = frames.peek();
        return top == null ? List.of() : top;
    }

    boolean option(char letter, boolean on) {
        switch (letter) {
            case 'e' -> exitOnError = on;
            case 'x' -> traces = on;
            case 'u' -> strict = on;
            case 'o', 'c', 'i', 'l', 's', 'f', 'a', 'm' -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    /** An option by its name: {@code pipefail}, {@code errexit}. */
    void named(String option, boolean on) {
        switch (option) {
            case "pipefail" -> pipesFail = on;
            case "errexit" -> exitOnError = on;
            case "xtrace" -> traces = on;
            case "nounset" -> strict = on;
            default -> {}
        }
    }

    int status() {
        return status;
    }

    String variable(String key) {
        String first = arrayFirst(key);
        if (first != null) {
            return first;
        }
        String own = variables.get(key);
        return own != null ? own : task.env().getOrDefault(key, "");
    }

    /** The first element of an array; null where the shell has no array of that name. */
    @Nullable
    String arrayFirst(String key) {
        return null;
    }

    boolean isSet(String key) {
        if (arrayFirst(key) != null) {
            return true;
        }
        if (key.matches("\\d+")) {
            return Integer.parseInt(key) <= positional().size();
        }
        return key.matches("[@*#?$!-]")
                || variables.containsKey(key)
                || task.env().containsKey(key);
    }

    String parameter(String key) throws Failure {
        switch (key) {
            case "?":
                return Integer.toString(status);
            case "$":
                return Integer.toString(task.pid());
            case "!":
                return lastJob == 0 ? "" : Integer.toString(lastJob);
            case "#":
                return Integer.toString(positional().size());
            case "@", "*":
                return String.join(" ", positional());
            case "0":
                return name;
            case "-":
                return exitOnError ? "e" : "";
            default:
                if (key.matches("\\d+")) {
                    int index = Integer.parseInt(key);
                    return index <= positional().size() ? positional().get(index - 1) : "";
                }
                if (key.equals("RANDOM")) {
                    return Integer.toString((int) (System.nanoTime() >> 5 & 32767));
                }
                if (key.equals("PWD")) {
                    return files().directory();
                }
                if (bash && !isSet(key)) {
                    String own = ofBash(key);
                    if (own != null) {
                        return own;
                    }
                }
                if (strict && !isSet(key)) {
                    throw bash
                            ? new Failure(key + ": unbound variable", reads == Reads.TEXT ? 127 : 1)
                            : new Failure(key + ": parameter not set", 2);
                }
                return variable(key);
        }
    }

    /** What bash sets by itself; null for other variables. */
    private @Nullable String ofBash(String key) {
        return switch (key) {
            case "HOSTNAME" -> task.container().spec().hostname();
            case "UID", "EUID" -> Integer.toString(task.who().uid());
            case "LINENO" -> Integer.toString(line);
            case "BASH_VERSION" -> "5.2.37(1)-release";
            case "SECONDS" ->
                Long.toString(Duration.between(
                                task.started(), task.container().clock().now())
                        .toSeconds());
            default -> null;
        };
    }

    void assign(String key, String value) {
        if (task.env().containsKey(key)) {
            task.env().put(key, value);
        } else {
            variables.put(key, value);
        }
    }

    void shift(int by) {
        List<String> top = frames.pop();
        frames.push(top.subList(Math.min(by, top.size()), top.size()));
    }

    void replaceArguments(List<String> words) {
        frames.pop();
        frames.push(List.copyOf(words));
    }

    void push(List<String> arguments) {
        frames.push(List.copyOf(arguments));
    }

    void pop() {
        frames.pop();
    }

    /** Whether it is Debian's {@code sh}, whose {@code echo} is not busybox'. */
    boolean isDash() {
        return !bash && task.container().spec().image().flavour().equals("gnu");
    }

    /** What an error message begins with: the shell or script, and the line as each shell tells it. */
    String where() {
        if (isDash()) {
            return name + ": " + line + ": ";
        }
        boolean counted = bash ? reads == Reads.TEXT || reads == Reads.FILE : reads == Reads.FILE;
        return name + ": " + (counted ? "line " + line + ": " : "");
    }

    /** What an error message of a builtin begins with; ash counts the lines of {@code -c} from 0. */
    String where(String builtin) {
        if (bash || isDash()) {
            return where() + builtin + ": ";
        }
        int counted = reads == Reads.TEXT ? line - 1 : line;
        return name + ": " + builtin + ": " + (reads == Reads.PROMPT ? "" : "line " + counted + ": ");
    }

    void error(String message) throws IOException {
        Fd err = fds.getOrDefault(2, Fd.NULL);
        if (err.out() != null) {
            err.out().write((message + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    void print(String text) throws IOException {
        Fd out = fds.getOrDefault(1, Fd.NULL);
        if (out.out() != null) {
            out.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
