package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a running shell remembers: variables, functions, arguments, options, descriptors. */
class ShellState {
    static final String BASH_VERSION = "5.2.37(1)-release";

    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, ShellNode> functions = new HashMap<>();
    private final Map<Integer, String> traps = new TreeMap<>();
    private final Deque<List<String>> frames = new ArrayDeque<>();
    private final Set<String> constants = new TreeSet<>();
    private final Set<String> exported = new HashSet<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final ShellOptions options = new ShellOptions();
    private final Task task;
    Map<Integer, Fd> fds;
    String name = "sh";
    int status;
    boolean bash;
    boolean interactive;
    int line = 1;
    /** The script that {@code .} is reading; empty for none. */
    String sourced = "";
    /** Whether {@code -c} was given a name of its own. */
    boolean isNamed;
    /** What line the first one of what is parsed apart, as a command substitution is, stands in. */
    int from = 1;

    Reads reads = Reads.TEXT;
    int lastJob;
    /** {@code $$}: the shell's own process, also in what it forks. */
    int pid;

    ShellState(Task task) {
        this.task = task;
        this.fds = task.fds();
        this.pid = task.pid();
        frames.push(List.of());
        // Not taken over from the environment.
        task.env().remove("IFS");
        variables.put("IFS", " \t\n");
        variables.put("OPTIND", "1");
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

    /** An error that ends the script; without a message where it was said already. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;
        final int code;
        /** Whether bash gives up the line alone, not the script. */
        final boolean discards;

        Failure(String message, int code) {
            this(message, code, false);
        }

        private Failure(String message, int code, boolean discards) {
            super(message);
            this.code = code;
            this.discards = discards;
        }

        /** A failure for which bash gives up a line. */
        static Failure ofLine(String message) {
            return new Failure(message, 1, true);
        }

        /** The same, once it was said. */
        Failure silent() {
            return new Failure("", code, discards);
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

    Map<String, String> aliases() {
        return aliases;
    }

    /** The names of variables that no longer change. */
    Set<String> constants() {
        return constants;
    }

    ShellOptions options() {
        return options;
    }

    boolean exitsOnError() {
        return options.is("errexit");
    }

    boolean traces() {
        return options.is("xtrace");
    }

    /** Whether an unset variable is an error. */
    boolean isStrict() {
        return options.is("nounset");
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

    /** Sets an option by its letter; whether there is one. */
    boolean option(char letter, boolean on) {
        return options.letter(this, letter, on);
    }

    /** Sets an option by its name, {@code pipefail} or {@code errexit}; whether there is one. */
    boolean named(String option, boolean on) {
        return options.named(this, option, on);
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
                return Integer.toString(pid);
            case "!":
                return lastJob == 0 ? "" : Integer.toString(lastJob);
            case "#":
                return Integer.toString(positional().size());
            case "@", "*":
                return String.join(" ", positional());
            case "0":
                return name;
            case "-":
                return options.shown(this);
            default:
                if (key.matches("\\d+")) {
                    int index = Integer.parseInt(key);
                    return index <= positional().size() ? positional().get(index - 1) : "";
                }
                if (key.equals("RANDOM")) {
                    return Integer.toString((int) (System.nanoTime() >> 5 & 32767));
                }
                if (key.equals("PWD")) {
                    return here();
                }
                if (bash && !isSet(key)) {
                    String own = ShellSpecials.ofBash(this, key);
                    if (own != null) {
                        return own;
                    }
                }
                if (isStrict() && !isSet(key)) {
                    throw bash
                            ? new Failure(key + ": unbound variable", reads == Reads.TEXT ? 127 : 1)
                            : new Failure(key + ": parameter not set", 2);
                }
                return variable(key);
        }
    }

    void assign(String key, String value) throws Failure {
        if (constants.contains(key)) {
            throw bash ? new Failure(key + ": readonly variable", 1) : new Failure(key + ": is read only", 2);
        }
        if (task.env().containsKey(key) || exported.contains(key) || options.is("allexport")) {
            task.env().put(key, value);
            variables.remove(key);
        } else {
            variables.put(key, value);
        }
    }

    /** From here on programs get the variable, once it has a value. */
    void export(String key) {
        exported.add(key);
        String value = variables.remove(key);
        if (value != null) {
            task.env().put(key, value);
        }
    }

    void unexport(String key) {
        exported.remove(key);
        String value = task.env().remove(key);
        if (value != null) {
            variables.put(key, value);
        }
    }

    void remove(String key) {
        variables.remove(key);
        task.env().remove(key);
        exported.remove(key);
    }

    void shift(int by) {
        List<String> top = frames.pop();
        frames.push(top.subList(Math.min(by, top.size()), top.size()));
    }

    void replaceArguments(List<String> words) {
        frames.pop();
        frames.push(List.copyOf(words));
    }

    /** A function begins, with these arguments. */
    void push(List<String> arguments) {
        frames.push(List.copyOf(arguments));
    }

    void pop() {
        frames.pop();
    }

    /** The directory it is in, by the way that it was gone. */
    String here() {
        String real = files().directory();
        String told = variable("PWD");
        if (!told.startsWith("/") || told.equals(real)) {
            return real;
        }
        FileView looks = files().copy();
        try {
            looks.changeDirectory(told);
        } catch (FileError gone) {
            return real;
        }
        return looks.directory().equals(real) ? told : real;
    }

    /** Whether it is Debian's {@code sh}, whose {@code echo} is not busybox'. */
    boolean isDash() {
        return !bash && task.container().spec().image().flavour().equals("gnu");
    }

    /** What an error message begins with: the shell or script, and the line as each shell tells it. */
    String where() {
        if (isDash()) {
            return name + ": " + line + ": " + (sourced.isEmpty() ? "" : sourced + ": ");
        }
        if (!sourced.isEmpty()) {
            return (bash ? "" : name + ": ") + sourced + ": line " + line + ": ";
        }
        if (bash) {
            String text = reads == Reads.TEXT && frames.size() > 1 ? "environment" : name;
            return text + ": " + (reads == Reads.PROMPT ? "" : "line " + line + ": ");
        }
        boolean counted = reads == Reads.FILE || reads == Reads.TEXT && isNamed;
        return name + ": " + (counted ? "line " + (reads == Reads.TEXT ? line - 1 : line) + ": " : "");
    }

    /** What an error message of a builtin begins with; ash counts the lines of {@code -c} from 0. */
    String where(String builtin) {
        if (bash || isDash()) {
            return where() + builtin + ": ";
        }
        int counted = reads == Reads.TEXT ? line - 1 : line;
        return name + ": " + builtin + ": " + (reads == Reads.PROMPT ? "" : "line " + counted + ": ");
    }

    /**
     * An error of a builtin that ends a script of dash and ash, while bash goes on.
     *
     * @param code in bash
     * @return the code, where it goes on
     */
    int fatal(String builtin, String words, int code) throws IOException {
        error(where(builtin) + words);
        if (!bash) {
            throw new Failure("", 2);
        }
        return code;
    }

    /** Says what failed where it is not said yet. */
    Failure said(Failure failure) throws IOException {
        say(failure);
        return failure.silent();
    }

    void say(Failure failure) throws IOException {
        String words = String.valueOf(failure.getMessage());
        if (!words.isEmpty()) {
            error(where() + words);
        }
    }

    void error(String message) throws IOException {
        complain(message + "\n");
    }

    /** As {@link #error}, without a newline at its end. */
    void complain(String text) throws IOException {
        Fd err = fds.getOrDefault(2, Fd.NULL);
        if (err.out() != null) {
            err.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void print(String text) throws IOException {
        Fd out = fds.getOrDefault(1, Fd.NULL);
        if (out.out() != null) {
            out.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
