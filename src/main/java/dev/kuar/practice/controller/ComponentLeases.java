package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Holds the leader election lease of one component and renews it every two seconds. */
final class ComponentLeases implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final ApiClient client;
    private final ClusterClock clock;
    private final EventRecorder events;
    private final String component;
    private final String identity;
    private volatile boolean closed;

    ComponentLeases(ApiClient client, ClusterClock clock, EventRecorder events, String component, String node) {
        this.events = events;
        this.client =
                client.as(dev.kuar.practice.auth.UserInfo.of("system:" + component, "system:authenticated"), component);
        this.clock = clock;
        this.component = component;
        this.identity = node + "_" + UUID.randomUUID();
    }

    void start() {
        clock.after(Duration.ZERO, this::renew);
    }

    private void renew() {
        if (closed) {
            return;
        }
        try {
            write();
        } catch (RuntimeException e) {
            System.getLogger(ComponentLeases.class.getName()).log(System.Logger.Level.DEBUG, "lease", e);
        }
        clock.after(EVERY, this::renew);
    }

    private void write() {
        String now = clock.now().truncatedTo(ChronoUnit.MICROS).toString();
        KubeObject lease = client.find(Kinds.LEASES, "kube-system", component).orElse(null);
        if (lease == null) {
            KubeObject fresh = KubeObject.create("coordination.k8s.io/v1", "Lease", "kube-system", component);
            fresh.set(spec(now, now, 0), "spec");
            elected(client.create(Kinds.LEASES, "kube-system", fresh));
            return;
        }
        KubeObject changed = lease.copy();
        boolean mine = identity.equals(lease.text("spec", "holderIdentity"));
        changed.set(
                spec(
                        mine ? lease.text("spec", "acquireTime") : now,
                        now,
                        lease.number(0, "spec", "leaseTransitions") + (mine ? 0 : 1)),
                "spec");
        KubeObject written = client.update(Kinds.LEASES, changed);
        if (!mine) {
            elected(written);
        }
    }

    private void elected(KubeObject lease) {
        events.normal(lease, "LeaderElection", identity + " became leader");
    }

    private Object spec(String acquired, String renewed, long transitions) {
        return Trees.map(
                "acquireTime", acquired,
                "holderIdentity", identity,
                "leaseDurationSeconds", 15L,
                "leaseTransitions", transitions,
                "renewTime", renewed);
    }

    @Override
    public void close() {
        closed = true;
    }
}
