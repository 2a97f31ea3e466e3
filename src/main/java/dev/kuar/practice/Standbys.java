package dev.kuar.practice;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The clusters of others that this process would take over; one waiting thread each. */
final class Standbys implements AutoCloseable {
    private final Predicate<String> takeOver;
    private final Map<String, Standby> waiting = new HashMap<>();
    private boolean closed;

    /** @param takeOver called with a cluster's name when its owner left; false when another process was faster */
    Standbys(Predicate<String> takeOver) {
        this.takeOver = takeOver;
    }

    /** Idempotent. */
    synchronized void start(String name, Path directory) {
        if (!closed && !waiting.containsKey(name)) {
            waiting.put(name, Standby.start(directory, () -> isOver(name)));
        }
    }

    private boolean isOver(String name) {
        boolean over = takeOver.test(name);
        if (over) {
            end(name);
        }
        return over;
    }

    synchronized void end(String name) {
        Standby standby = waiting.remove(name);
        if (standby != null) {
            standby.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(waiting.keySet()).forEach(this::end);
    }
}
