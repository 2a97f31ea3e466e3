package dev.kuar.practice.container;

import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A container: a file tree and the processes in it, from {@link #start} until the main one ends. */
public final class Container {
    private final ContainerRuntime runtime;
    private final ContainerSpec spec;
    private final LogSink log;
    private final FileTree tree;
    private final Credentials user;
    private final Map<String, String> env;
    private final PidNamespace pids;
    private final AtomicLong memory = new AtomicLong();
    private final Processor processor;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final List<Attached> attached = new CopyOnWriteArrayList<>();
    private final BytePipe input = new BytePipe();
    private volatile @Nullable Task main;
    private volatile @Nullable Tty terminal;
    private volatile boolean over;
    private volatile boolean outOfMemory;
    private volatile Share share;
    private volatile @Nullable Instant startedAt;

    Container(ContainerRuntime runtime, ContainerSpec spec, LogSink log, PidNamespace pids) {
        this.pids = pids;
        this.runtime = runtime;
        this.spec = spec;
        this.log = log;
        this.share = spec.share();
        this.processor = new Processor(runtime.clock(), share.cpuLimit());
        this.env = environment(spec);
        this.tree = ContainerFiles.tree(this, spec, runtime.clock().now());
        this.user = ContainerFiles.credentials(spec, tree);
        if (!env.containsKey("HOME")) {
            env.put("HOME", ContainerFiles.home(user.uid(), tree));
        }
    }

    /**
     * How a container ended.
     *
     * @param reason {@code Completed}, {@code Error} or {@code OOMKilled}
     */
    public record Exit(int code, String reason, Instant at) {}

    private static Map<String, String> environment(ContainerSpec spec) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", Launcher.DEFAULT_PATH);
        env.put("HOSTNAME", spec.hostname());
        if (spec.tty()) {
            env.put("TERM", "xterm");
        }
        env.putAll(spec.image().env());
        return Variables.copyOf(spec.env()).over(env);
    }

    public ContainerSpec spec() {
        return spec;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    ClusterClock clock() {
        return runtime.clock();
    }

    FileTree tree() {
        return tree;
    }

    /** What the container's processes write over its image, without what is mounted. */
    public VolumeContent layer() {
        return VolumeContent.of(tree.layer());
    }

    Credentials user() {
        return user;
    }

    public int uid() {
        return user.uid();
    }

    public int gid() {
        return user.gid();
    }

    /** Supplementary groups, the primary one first. */
    public List<Integer> groups() {
        return user.groups();
    }

    NetworkNamespace network() {
        return spec.network();
    }

    /** Its own processes. */
    Collection<Task> tasks() {
        return pids.of(this);
    }

    /** The process of a number that its processes see; null where there is none. */
    @Nullable
    Task task(int pid) {
        return pids.find(pid);
    }

    /** The process that it lives as long as; null before it is started. */
    @Nullable
    Task main() {
        return main;
    }

    /** The processes that its own see. */
    public PidNamespace pids() {
        return pids;
    }

    int nextPid() {
        return pids.nextPid();
    }

    /** What comes when the main process has ended, as a command does that was begun just before, ends with the others. */
    void add(Task task) {
        pids.add(task);
        if (over) {
            task.die(128 + Signal.KILL);
        }
    }

    public CompletableFuture<Exit> exit() {
        return exit;
    }

    public boolean isRunning() {
        return startedAt != null && !exit.isDone();
    }

    /** Starts the main process. */
    public void start() throws RuntimeError {
        List<String> argv = spec.argv();
        if (argv.isEmpty()) {
            throw new RuntimeError("no command specified");
        }
        FileView files = view(spec.workingDirectory().isEmpty() ? spec.image().workdir() : spec.workingDirectory());
        Launcher.Found found = runtime.launcher().find(files, argv.get(0), env.getOrDefault("PATH", ""));
        Tool tool = found.tool();
        if (tool == null && spec.image().servers().containsKey("*")) {
            tool = new ServerTool();
        }
        if (tool == null) {
            throw new RuntimeError(
                    "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create"
                            + " failed: unable to start container process: "
                            + Launcher.words(argv.get(0), found.failure()));
        }
        startedAt = clock().now();
        Map<Integer, Fd> fds = new LinkedHashMap<>();
        if (spec.tty()) {
            Tty tty = new Tty(bytes -> emit("stdout", bytes, 0, bytes.length));
            terminal = tty;
            for (int i = 0; i < 3; i++) {
                fds.put(i, Fd.terminal(tty));
            }
        } else {
            fds.put(0, spec.stdin() ? Fd.reading(input.in()) : Fd.NULL);
            fds.put(1, Fd.writing(new LogStream("stdout")));
            fds.put(2, Fd.writing(new LogStream("stderr")));
        }
        pids.enter(this);
        Task first = new Task(this, nextPid(), 0, Launcher.argv(found, argv), env, fds, seen(found, files));
        main = first;
        add(first);
        runtime.run(first, tool);
    }

    FileView view(String directory) {
        String path = directory.isEmpty() ? "/" : directory;
        FileView files = new FileView(tree, user, "/", () -> clock().now().toEpochMilli());
        if (!files.exists(path)) {
            try {
                new FileView(tree, Credentials.ROOT, "/", () -> clock().now().toEpochMilli()).makeDirectory(path, 0755);
            } catch (FileError e) {
                return files;
            }
        }
        files.changeDirectory(path);
        return files;
    }

    private void emit(String stream, byte[] bytes, int offset, int count) {
        log.write(stream, bytes, offset, count);
        attached.forEach(each -> each.printed(stream, bytes, offset, count));
    }

    /** Called by every task as it ends. */
    @SuppressWarnings("ReferenceEquality") // a process is itself alone
    void ended(Task task) {
        pids.remove(task);
        if (task != main) {
            return;
        }
        int code = task.exit().getNow(0);
        over = true;
        pids.of(this).forEach(t -> t.die(128 + Signal.KILL));
        String reason = outOfMemory ? "OOMKilled" : code == 0 ? "Completed" : "Error";
        exit.complete(new Exit(code, reason, clock().now()));
    }

    /** Sends a signal to the main process. */
    public void signal(int signal) {
        Task first = main;
        if (first != null) {
            first.signal(signal);
        }
    }

    /** Asks the main process to end by the image's stop signal. */
    public void stop() {
        signal(Signal.parse(spec.image().stopSignal()).orElse(Signal.TERM));
    }

    /** Ends everything at once. */
    public void kill() {
        Task first = main;
        if (first != null) {
            first.die(128 + Signal.KILL);
        }
    }

    /** Uses more memory; kills the container where that is over its limit, and others where the machine has no more. */
    void allocate(long bytes) {
        long limit = share.memoryLimit();
        if (memory.addAndGet(bytes) > limit && limit > 0) {
            runOutOfMemory();
        } else if (spec.machine().memoryUsed() > spec.machine().memory()) {
            spec.machine().runOut();
        }
    }

    /** Ends everything as the kernel does where there is no memory. */
    public void runOutOfMemory() {
        outOfMemory = true;
        kill();
    }

    /** Changes what it may use while it runs. */
    public void resize(Share now) {
        share = now;
        processor.limit(now.cpuLimit());
    }

    /** What it may use now. */
    public Share share() {
        return share;
    }

    /** The files as a program of this container sees them, which may run as its owner. */
    FileView seen(Launcher.Found found, FileView files) {
        return Launcher.seen(found, files, spec.confinement());
    }

    /** In bytes, for metrics. */
    public long memoryUsage() {
        return spec.image().memory() + memory.get();
    }

    Processor processor() {
        return processor;
    }

    /** Seconds of a core that work took, beyond what the image always uses. */
    public double burntSeconds() {
        return processor.seconds();
    }

    /** Runs a command beside the main process. */
    public ExecSession exec(List<String> argv, boolean stdin, boolean tty) throws RuntimeError {
        String failed = "failed to exec in container: failed to start exec \"" + runtime.newId()
                + "\": OCI runtime exec failed: exec failed: ";
        if (argv.isEmpty()) {
            throw new RuntimeError(failed + "args must not be empty");
        }
        FileView files = view(spec.workingDirectory().isEmpty() ? spec.image().workdir() : spec.workingDirectory());
        Launcher.Found found = runtime.launcher().find(files, argv.get(0), env.getOrDefault("PATH", ""));
        Tool tool = found.tool();
        if (tool == null) {
            throw new RuntimeError(
                    failed + "unable to start container process: " + Launcher.words(argv.get(0), found.failure()));
        }
        ProcessSession session = new ProcessSession(stdin, tty);
        Map<String, String> own = Variables.copyOf(env);
        if (tty) {
            own.put("TERM", "xterm");
        }
        Task task = new Task(this, nextPid(), 0, Launcher.argv(found, argv), own, session.fds(), seen(found, files));
        session.joins(task);
        add(task);
        runtime.run(task, tool);
        return session;
    }

    /**
     * Joins the main process.
     *
     * @param once whether the input of the container ends with its first client
     */
    public ExecSession attach(boolean stdin, boolean once) {
        return new AttachSession(this, stdin, once);
    }

    BytePipe input() {
        return input;
    }

    @Nullable
    Tty terminal() {
        return terminal;
    }

    void addAttached(Attached client) {
        attached.add(client);
    }

    void removeAttached(Attached client) {
        attached.remove(client);
    }

    /** What stands in a small file of the container; empty where there is none. */
    public String readFile(String path) {
        try {
            return new FileView(tree, Credentials.ROOT, "/", () -> 0).readText(path);
        } catch (FileError e) {
            return "";
        }
    }

    /** The tasks as {@code ps} shows them. */
    List<Task> snapshot() {
        return pids.all();
    }

    /** Ends when it is interrupted, as a blocked write does. */
    private final class LogStream extends OutputStream {
        private final String stream;

        LogStream(String stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            emit(stream, bytes, offset, count);
        }
    }

    static InputStream empty() {
        return InputStream.nullInputStream();
    }
}
