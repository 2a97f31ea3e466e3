package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A process inside a container. */
final class Task {
    private final Container container;
    private final int pid;
    private final int parent;
    private final Instant started;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Map<Integer, IntConsumer> handlers = new ConcurrentHashMap<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean ending;
    private final Object hosting = new Object();
    private final Set<String> sockets = ConcurrentHashMap.newKeySet();
    private volatile int niceness;
    private volatile List<String> args;
    private volatile String title = "";
    private final Map<String, String> env;
    private final Map<Integer, Fd> fds;
    private volatile FileView files;
    private @Nullable Thread thread;

    Task(
            Container container,
            int pid,
            int parent,
            List<String> args,
            Map<String, String> env,
            Map<Integer, Fd> fds,
            FileView files) {
        this.container = container;
        this.pid = pid;
        this.parent = parent;
        this.args = List.copyOf(args);
        this.env = Variables.copyOf(env);
        this.fds = new TreeMap<>(fds);
        this.files = files;
        this.started = container.clock().now();
    }

    Container container() {
        return container;
    }

    int pid() {
        return pid;
    }

    int parent() {
        return parent;
    }

    Instant started() {
        return started;
    }

    /** The name it was called by, then its arguments. */
    List<String> args() {
        return args;
    }

    /** Another program takes its place. */
    void become(ExecInstead next) {
        args = next.args();
        files = next.files();
    }

    /** How nice it is to others: -20 to 19. */
    int niceness() {
        return niceness;
    }

    void renice(int wanted) {
        niceness = wanted;
    }

    /** Notes that it listens on a port. */
    void listensOn(String protocol, int port) {
        sockets.add(protocol + port);
    }

    boolean hasSocket(String protocol, int port) {
        return sockets.contains(protocol + port);
    }

    /** Calls itself something else in lists of processes. */
    void retitle(String shown) {
        title = shown;
    }

    /** As lists of processes show it. */
    String title() {
        return title.isEmpty() ? String.join(" ", args) : title;
    }

    /** The last part of the name it was called by. */
    String name() {
        String called = args.isEmpty() ? "" : args.get(0);
        return called.substring(called.lastIndexOf('/') + 1);
    }

    Map<String, String> env() {
        return env;
    }

    String env(String name) {
        return env.getOrDefault(name, "");
    }

    Map<Integer, Fd> fds() {
        return fds;
    }

    FileView files() {
        return files;
    }

    Credentials who() {
        return files.who();
    }

    Fd fd(int number) {
        return fds.getOrDefault(number, Fd.NULL);
    }

    InputStream in() {
        InputStream in = fd(0).in();
        return in == null ? InputStream.nullInputStream() : in;
    }

    OutputStream out() {
        OutputStream out = fd(1).out();
        return out == null ? OutputStream.nullOutputStream() : out;
    }

    /** The terminal that a descriptor is; null when it is none. */
    @Nullable
    Tty tty(int number) {
        return fd(number).tty();
    }

    void print(String text) throws IOException {
        out().write(text.getBytes(StandardCharsets.UTF_8));
    }

    void println(String text) throws IOException {
        print(text + "\n");
    }

    void printError(String text) throws IOException {
        OutputStream err = fd(2).out();
        if (err != null) {
            err.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Complains as tools do, {@code NAME: MESSAGE}, and gives the exit code back. */
    int fail(int code, String message) throws IOException {
        printError(name() + ": " + message + "\n");
        return code;
    }

    /** Writes a file; where the path is one of the process's own streams, to that. */
    void save(String path, byte[] data) throws IOException {
        if (files.exists(path)
                && files.stat(path) instanceof Inode.DeviceNode device
                && device.name().startsWith("fd")) {
            OutputStream out = fd(Integer.parseInt(device.name().substring(2))).out();
            if (out != null) {
                out.write(data);
            }
            return;
        }
        files.write(path, data);
    }

    byte[] readAllInput() throws IOException {
        return in().readAllBytes();
    }

    /** Completes with the exit code, 128 and the signal for one that was killed. */
    CompletableFuture<Integer> exit() {
        return exit;
    }

    boolean isOver() {
        return exit.isDone();
    }

    /** Ends the process, once. */
    void end(int code) {
        if (!exit.complete(code)) {
            return;
        }
        List<Runnable> actions;
        synchronized (atEnd) {
            ending = true;
            actions = new ArrayList<>(atEnd);
        }
        actions.forEach(Runnable::run);
        container.ended(this);
    }

    /** Runs {@code action} once, when the process ends; at once if it has ended. */
    void atEnd(Runnable action) {
        synchronized (atEnd) {
            if (!ending) {
                atEnd.add(action);
                return;
            }
        }
        action.run();
    }

    /** Handles a signal by itself. */
    void handle(int signal, IntConsumer handler) {
        handlers.put(signal, handler);
    }

    /** Back to what a process does that never asked. */
    void unhandle(int signal) {
        handlers.remove(signal);
    }

    void clearHandlers() {
        handlers.clear();
    }

    /** Delivers a signal: a handler's, or the kernel's way, which spares process 1. */
    void signal(int signal) {
        IntConsumer handler = handlers.get(signal);
        if (signal == Signal.KILL) {
            die(128 + signal);
        } else if (handler != null) {
            handler.accept(signal);
        } else if (pid != 1 && !Signal.isHarmless(signal)) {
            die(128 + signal);
        }
    }

    /** Ends it whatever it does. */
    /** As another process of its list sends it: nothing there can kill the first. */
    void signalFromWithin(int signal) {
        if (pid != 1 || signal != Signal.KILL) {
            signal(signal);
        }
    }

    void die(int code) {
        end(code);
        interrupt();
    }

    /** Wakes the thread that runs it, if one does. */
    void interrupt() {
        synchronized (hosting) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Runs a tool on this thread; the exit code, also when it was killed meanwhile. */
    int host(Tool tool) throws IOException, InterruptedException {
        synchronized (hosting) {
            thread = Thread.currentThread();
        }
        try {
            if (isOver()) {
                // It was killed before this thread came to it, which nobody could interrupt then.
                return exit.getNow(1);
            }
            int code = tool.run(this);
            return isOver() ? exit.getNow(code) : code;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (isOver()) {
                return exit.getNow(1);
            }
            throw e;
        } finally {
            synchronized (hosting) {
                thread = null;
                if (isOver()) {
                    Thread.interrupted();
                }
            }
        }
    }

    /** Waits for the end. */
    int await() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            return 1;
        }
    }
}
