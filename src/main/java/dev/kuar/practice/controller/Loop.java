package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A work queue and the reconciler that empties it: keys are kept once each, a key that fails comes back after a while, 5 ms
 * where nothing else is said, twice that, and so on up to a longest, 1000 s.
 *
 * <p>Thread-safe. The work is done on the shared executor, several keys at a time, one key never twice at once.
 */
final class Loop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final int WORKERS = 2;

    private final String name;
    private final Reconciler reconciler;
    private final Executor executor;
    private final ClusterClock clock;
    private final Duration first;
    private final Duration longest;

    private final Object lock = new Object();
    private final Deque<Key> ready = new ArrayDeque<>();
    private final Set<Key> queued = new HashSet<>();
    private final Set<Key> running = new HashSet<>();
    private final Map<Key, Integer> failures = new HashMap<>();
    private final Map<Key, Planned> planned = new HashMap<>();
    private int workers;
    private boolean closed;

    private record Planned(Instant when, ClusterClock.Timeout timeout) {}

    Loop(String name, Reconciler reconciler, Executor executor, ClusterClock clock) {
        this(name, reconciler, executor, clock, Duration.ofMillis(5), Duration.ofSeconds(1000));
    }

    Loop(String name, Reconciler reconciler, Executor executor, ClusterClock clock, Duration first, Duration longest) {
        this.name = name;
        this.reconciler = reconciler;
        this.executor = executor;
        this.clock = clock;
        this.first = first;
        this.longest = longest;
    }

    void add(Key key) {
        boolean start = false;
        synchronized (lock) {
            if (closed || !queued.add(key)) {
                return;
            }
            if (!running.contains(key)) {
                ready.add(key);
                start = mayStart();
            }
        }
        if (start) {
            start();
        }
    }

    void addAfter(Key key, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            add(key);
            return;
        }
        Instant when = clock.now().plus(delay);
        synchronized (lock) {
            Planned before = planned.get(key);
            if (closed || (before != null && !before.when().isAfter(when))) {
                return;
            }
            if (before != null) {
                before.timeout().cancel();
            }
            planned.put(key, new Planned(when, clock.after(delay, () -> due(key))));
        }
    }

    private void due(Key key) {
        synchronized (lock) {
            planned.remove(key);
        }
        add(key);
    }

    private boolean mayStart() {
        if (workers < WORKERS) {
            workers++;
            return true;
        }
        return false;
    }

    private void start() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    /** Works on one key, then steps aside for other controllers. */
    private void work() {
        Key key;
        synchronized (lock) {
            key = ready.poll();
            if (key == null || closed) {
                workers--;
                return;
            }
            queued.remove(key);
            running.add(key);
        }
        run(key);
        synchronized (lock) {
            running.remove(key);
            if (queued.contains(key)) {
                ready.add(key);
            }
            if (ready.isEmpty() || closed) {
                workers--;
                return;
            }
        }
        start();
    }

    private void run(Key key) {
        try {
            Next next = reconciler.reconcile(key);
            synchronized (lock) {
                failures.remove(key);
            }
            if (!next.after().isNegative()) {
                addAfter(key, next.after().isZero() ? Duration.ofMillis(1) : next.after());
            }
        } catch (ApiException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> name + " " + key + ": " + e.getMessage());
            addAfter(key, backOff(key));
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, name + " " + key, e);
                addAfter(key, backOff(key));
            }
        }
    }

    private Duration backOff(Key key) {
        synchronized (lock) {
            int count = failures.merge(key, 1, Integer::sum);
            return Duration.ofMillis(Math.min(longest.toMillis(), first.toMillis() << Math.min(count - 1, 30)));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            planned.values().forEach(plan -> plan.timeout().cancel());
            planned.clear();
            ready.clear();
        }
    }
}
