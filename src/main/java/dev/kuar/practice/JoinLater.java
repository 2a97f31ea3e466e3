package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets the other nodes of a new cluster join once the first one has its pods, as with {@code kubeadm init} and
 * {@code kubeadm join}: the pods of the system's Deployments are on the first node because of it.
 */
final class JoinLater implements AutoCloseable {
    private static final Duration AT_LATEST = Duration.ofSeconds(2);

    private final Informer deployments;
    private final Informer pods;
    private final Runnable join;
    private final AtomicBoolean joined = new AtomicBoolean();
    private @Nullable AutoCloseable subscription;

    private JoinLater(Informer deployments, Informer pods, Runnable join) {
        this.deployments = deployments;
        this.pods = pods;
        this.join = join;
    }

    static JoinLater of(ApiClient client, ClusterClock clock, Runnable join) {
        JoinLater waiting = new JoinLater(
                client.informer(GroupResource.of("apps", "deployments")),
                client.informer(GroupResource.core("pods")),
                join);
        waiting.subscription = waiting.pods.onChange((old, now) -> waiting.look());
        clock.after(AT_LATEST, waiting::join);
        return waiting;
    }

    private void look() {
        if (joined.get()) {
            return;
        }
        long wanted = deployments.all().stream()
                .mapToLong(each -> each.number(1, "spec", "replicas"))
                .sum();
        long bound = pods.all().stream()
                .filter(pod -> pod.ownerReferences().stream().anyMatch(owner -> "ReplicaSet".equals(owner.get("kind"))))
                .filter(pod -> !pod.text("spec", "nodeName").isEmpty())
                .count();
        if (bound >= wanted) {
            join();
        }
    }

    private void join() {
        if (joined.compareAndSet(false, true)) {
            join.run();
        }
    }

    /** Nobody joins any more. */
    @Override
    public void close() throws Exception {
        joined.set(true);
        AutoCloseable open = subscription;
        if (open != null) {
            open.close();
        }
    }
}
