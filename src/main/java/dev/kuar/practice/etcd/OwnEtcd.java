package dev.kuar.practice.etcd;

import dev.kuar.practice.store.Store;
import dev.kuar.practice.store.Stores;
import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An etcd that is not the cluster's: a process with a store of its own in memory, which ends with it. Thread-safe. */
public final class OwnEtcd implements AutoCloseable {
    private final Store store = Stores.open(Optional.empty());
    private final Etcd etcd;
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean ended;

    private OwnEtcd(ClusterClock clock) {
        this.etcd = Etcd.over(store, StoredForm.PLAIN, clock);
    }

    public static OwnEtcd start(ClusterClock clock) {
        return new OwnEtcd(clock);
    }

    /** As its clients see it. */
    public Etcd etcd() {
        return etcd;
    }

    /** For clients in this process; closed when it ends. */
    public Store store() {
        return store;
    }

    /** Runs {@code action} before it ends; at once if it has ended. */
    public void atEnd(Runnable action) {
        synchronized (this) {
            if (!ended) {
                atEnd.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void close() {
        List<Runnable> actions;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            actions = List.copyOf(atEnd);
        }
        actions.forEach(Runnable::run);
        store.close();
    }
}
