package dev.kuar.practice.container;

import dev.kuar.practice.etcd.Etcd;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The containerd of a practice cluster, for all its nodes. Threads are made as processes need them and are daemons. */
public final class ContainerRuntime implements AutoCloseable {
    private final ClusterClock clock;
    private final @Nullable ClusterNetwork network;
    private final ClusterServices services;
    private final Launcher launcher;
    private final ExecutorService threads;
    private final SecureRandom random = new SecureRandom();

    /** @param network null for containers without a network, in tests */
    public ContainerRuntime(ClusterClock clock, @Nullable ClusterNetwork network, ClusterServices services) {
        this.clock = clock;
        this.network = network;
        this.services = services;
        this.launcher = new Launcher(new Programs());
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(null, work, "process-" + count.incrementAndGet(), 256 * 1024);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * What simulated processes of the control plane stand in front of.
     *
     * @param apiServer answers HTTPS requests of pods to the API server; null where there is none
     * @param etcd the store as etcd shows it; null where there is none
     * @param certificates what a server that was given no certificate makes for itself, by common name
     */
    public record ClusterServices(
            @Nullable HttpHandler apiServer, @Nullable Etcd etcd, Function<String, SSLContext> certificates) {
        public static final ClusterServices NONE = new ClusterServices(null, null, name -> {
            throw new IllegalStateException("there are no certificates here");
        });
    }

    /** A container that is not started yet. */
    public Container create(ContainerSpec spec, LogSink log) {
        return create(spec, log, PidNamespace.own());
    }

    /** @param pids where its processes live, with those of others perhaps */
    public Container create(ContainerSpec spec, LogSink log, PidNamespace pids) {
        return new Container(this, spec, log, pids);
    }

    /** 64 hexadecimal digits. */
    public String newId() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    ClusterClock clock() {
        return clock;
    }

    @Nullable
    ClusterNetwork network() {
        return network;
    }

    ClusterServices services() {
        return services;
    }

    Launcher launcher() {
        return launcher;
    }

    /** Begins a task: at once for a program that waits, else on a thread. */
    void run(Task task, Tool tool) {
        if (tool instanceof Tool.Waiting waiting) {
            try {
                waiting.begin(task);
            } catch (IOException | FileError e) {
                task.end(1);
            } catch (RuntimeException e) {
                // Whoever waits for the process must hear of its end.
                complain(task, String.valueOf(e.getMessage()));
            }
            return;
        }
        threads.execute(() -> runHere(task, tool));
    }

    /** Runs work of a simulated process on a thread of its own. */
    void execute(Runnable work) {
        threads.execute(work);
    }

    private void runHere(Task task, Tool tool) {
        Tool current = tool;
        while (true) {
            try {
                task.end(task.host(current));
                return;
            } catch (ExecInstead e) {
                task.become(e);
                task.clearHandlers();
                current = e.tool();
                if (current instanceof Tool.Waiting) {
                    run(task, current);
                    return;
                }
            } catch (BytePipe.BrokenPipe e) {
                task.end(128 + Signal.PIPE);
                return;
            } catch (FileError e) {
                complain(task, e.path() + ": " + e.words());
                return;
            } catch (IOException | InterruptedException | RuntimeException e) {
                complain(task, String.valueOf(e.getMessage()));
                return;
            } catch (Error fault) {
                // Whoever waits for the process must hear of its end, whatever ended it.
                task.end(128 + Signal.ABRT);
                throw fault;
            }
        }
    }

    private static void complain(Task task, String message) {
        try {
            task.end(task.fail(1, message));
        } catch (IOException e) {
            task.end(1);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
