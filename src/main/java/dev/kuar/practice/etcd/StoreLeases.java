package dev.kuar.practice.etcd;

import dev.kuar.practice.time.ClusterClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Leases that clients were granted. They live as long as the process that serves the cluster: unlike etcd's they are not stored. */
final class StoreLeases implements Leases {
    /** An election and a half, rounded up. */
    private static final long LEAST_SECONDS = 2;

    private static final long MOST_SECONDS = 9_000_000_000L;

    private final ClusterClock clock;
    private final Consumer<List<String>> remove;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Granted> leases = new TreeMap<>();
    private final Map<String, Long> attached = new HashMap<>();
    private final Map<String, Map<Long, Long>> written = new HashMap<>();
    private long changes;

    StoreLeases(ClusterClock clock, Consumer<List<String>> remove) {
        this.clock = clock;
        this.remove = remove;
    }

    /** What was granted, and until when. */
    private record Granted(long seconds, Instant until) {}

    @Override
    public synchronized long grant(long wanted, long seconds) {
        if (wanted != 0 && leases.containsKey(wanted)) {
            throw new EtcdException(EtcdException.Code.FAILED_PRECONDITION, "etcdserver: lease already exists");
        }
        if (seconds > MOST_SECONDS) {
            throw new EtcdException(EtcdException.Code.OUT_OF_RANGE, "etcdserver: too large lease TTL");
        }
        long id = wanted != 0 ? wanted : random.nextLong() & Long.MAX_VALUE;
        renew(id, Math.max(LEAST_SECONDS, seconds));
        changes++;
        return id;
    }

    private void renew(long id, long seconds) {
        leases.put(id, new Granted(seconds, clock.now().plusSeconds(seconds)));
        clock.after(Duration.ofSeconds(seconds), () -> expire(id));
    }

    private void expire(long id) {
        synchronized (this) {
            Granted granted = leases.get(id);
            if (granted == null || granted.until().isAfter(clock.now())) {
                return;
            }
        }
        revoke(id);
    }

    @Override
    public boolean revoke(long id) {
        List<String> keys;
        synchronized (this) {
            changes++;
            if (leases.remove(id) == null) {
                return false;
            }
            keys = keys(id);
            keys.forEach(attached::remove);
        }
        remove.accept(keys);
        return true;
    }

    @Override
    public synchronized long keepAlive(long id) {
        Granted granted = leases.get(id);
        if (granted == null) {
            return 0;
        }
        renew(id, granted.seconds());
        return granted.seconds();
    }

    @Override
    public synchronized Optional<Lease> find(long id) {
        return Optional.ofNullable(leases.get(id))
                .map(granted -> new Lease(
                        id,
                        granted.seconds(),
                        Duration.between(clock.now(), granted.until()).toSeconds(),
                        keys(id)));
    }

    @Override
    public synchronized List<Long> ids() {
        return new ArrayList<>(leases.keySet());
    }

    private List<String> keys(long id) {
        TreeSet<String> keys = new TreeSet<>();
        attached.forEach((key, lease) -> {
            if (lease == id) {
                keys.add(key);
            }
        });
        return List.copyOf(keys);
    }

    /** A key belongs to a lease from a revision on, or to none. */
    synchronized void attach(String key, long lease, long revision) {
        if (lease == 0) {
            attached.remove(key);
        } else {
            attached.put(key, lease);
            written.computeIfAbsent(key, fresh -> new HashMap<>()).put(revision, lease);
        }
    }

    /** The lease that a key was written with at a revision; 0 for none. */
    synchronized long of(String key, long revision) {
        return written.getOrDefault(key, Map.of()).getOrDefault(revision, 0L);
    }

    /** The lease that a key belongs to; 0 for none. */
    synchronized long of(String key) {
        return attached.getOrDefault(key, 0L);
    }

    synchronized void check(long lease) {
        if (lease != 0 && !leases.containsKey(lease)) {
            throw EtcdException.noLease();
        }
    }

    /** Grants and revocations so far. */
    synchronized long changes() {
        return changes;
    }
}
