package dev.kuar.practice.etcd;

import java.util.List;
import java.util.Optional;

/** Leases: keys attached to one are removed, at one revision, when it runs out. */
public interface Leases {
    /**
     * Grants one, of two seconds at least; its id.
     *
     * @param id 0 for any
     * @throws EtcdException where there is one with that id, or it would last too long
     */
    long grant(long id, long seconds);

    /** False where there is none. */
    boolean revoke(long id);

    /** Renews it; the seconds granted, 0 where there is none. */
    long keepAlive(long id);

    Optional<Lease> find(long id);

    List<Long> ids();

    /** A lease: seconds granted and left, keys in order. */
    record Lease(long id, long granted, long left, List<String> keys) {}
}
