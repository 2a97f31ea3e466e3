package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all controllers share: client, clock, threads; and what they started, to be closed with them. */
final class ControllerContext implements AutoCloseable {
    static final String AGENT = "kube-controller-manager";

    private final ApiClient client;
    private final ClusterClock clock;
    private final Executor executor;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    ControllerContext(ApiClient client, ClusterClock clock, Executor executor) {
        this.client = client;
        this.clock = clock;
        this.executor = executor;
    }

    /** The client as one controller's service account, {@code deployment-controller}. */
    ApiClient clientFor(String account) {
        return client.as(
                UserInfo.of(
                        "system:serviceaccount:kube-system:" + account,
                        "system:serviceaccounts",
                        "system:serviceaccounts:kube-system",
                        "system:authenticated"),
                AGENT);
    }

    /** The client as the controller manager itself. */
    ApiClient client() {
        return client;
    }

    ClusterClock clock() {
        return clock;
    }

    Executor executor() {
        return executor;
    }

    /** To the second, as objects carry it. */
    String now() {
        return clock.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    Instant instant() {
        return clock.now();
    }

    /** See {@link ClusterClock#due}. */
    Instant due(Instant since, long seconds) {
        return since.equals(Instant.MIN) || since.equals(Instant.MAX)
                ? since
                : clock.due(since, Duration.ofSeconds(seconds));
    }

    Informer informer(GroupResource resource) {
        return client.informer(resource);
    }

    EventRecorder events(String component) {
        return new EventRecorder(client, clock, executor, component);
    }

    Loop loop(String name, Reconciler reconciler) {
        return keep(new Loop(name, reconciler, executor, clock));
    }

    /** One whose failures come back after {@code first}, twice that, and so on up to {@code longest}. */
    Loop loop(String name, Reconciler reconciler, Duration first, Duration longest) {
        return keep(new Loop(name, reconciler, executor, clock, first, longest));
    }

    /** Adds the object itself to the loop at every change. */
    void watch(GroupResource resource, Loop loop) {
        watch(resource, object -> Optional.of(Key.of(object)), loop);
    }

    /** Adds the key that the object leads to, as it was and as it is. */
    void watch(GroupResource resource, Function<KubeObject, Optional<Key>> keyOf, Loop loop) {
        listen(resource, (old, now) -> {
            if (old != null) {
                keyOf.apply(old).ifPresent(loop::add);
            }
            if (now != null) {
                keyOf.apply(now).ifPresent(loop::add);
            }
        });
    }

    void listen(GroupResource resource, Informer.Listener listener) {
        keep(informer(resource).onChange(listener));
    }

    /** Writes a status if it differs; the object as it then is, or null when nothing was written. */
    static @Nullable KubeObject writeStatus(
            ApiClient client, GroupResource resource, KubeObject before, Object status) {
        if (status.equals(before.at("status"))) {
            return null;
        }
        KubeObject changed = before.copy();
        changed.set(status, "status");
        return client.updateSubresource(resource, "status", changed);
    }

    <T extends AutoCloseable> T keep(T closeable) {
        synchronized (open) {
            open.push(closeable);
        }
        return closeable;
    }

    @Override
    public void close() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    System.getLogger(ControllerContext.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
                }
            }
        }
    }
}
