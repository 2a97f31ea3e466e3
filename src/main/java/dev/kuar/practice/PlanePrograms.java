package dev.kuar.practice;

import dev.kuar.practice.kubelet.ControlPlane;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The programs of the control plane that run while the containers of their static pods do: without its manifest there is no
 * scheduler. Thread-safe; what it hears before {@link #begin} counts from then on.
 */
final class PlanePrograms implements ControlPlane, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PlanePrograms.class.getName());

    private final Map<String, Supplier<AutoCloseable>> programs = new LinkedHashMap<>();
    private final Map<String, AutoCloseable> running = new LinkedHashMap<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(action -> {
        Thread thread = new Thread(action, "control-plane");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /**
     * Starts programs, one after the other.
     *
     * @param all each by the name of its image
     * @param wanted whether one is to run from the beginning
     */
    synchronized void begin(Map<String, Supplier<AutoCloseable>> all, Predicate<String> wanted) {
        programs.putAll(all);
        all.keySet().stream().filter(wanted).forEach(program -> change(program, true));
    }

    @Override
    public void running(String program, boolean up) {
        try {
            executor.execute(() -> change(program, up));
        } catch (RejectedExecutionException closing) {
            return;
        }
    }

    private synchronized void change(String program, boolean up) {
        Supplier<AutoCloseable> start = programs.get(program);
        if (closed || start == null || up == running.containsKey(program)) {
            return;
        }
        if (up) {
            running.put(program, start.get());
        } else {
            end(running.remove(program));
        }
    }

    private static void end(AutoCloseable program) {
        try {
            program.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a program of the control plane could not be ended", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        synchronized (this) {
            closed = true;
            running.values().forEach(PlanePrograms::end);
            running.clear();
        }
    }
}
