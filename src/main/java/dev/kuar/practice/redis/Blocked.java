package dev.kuar.practice.redis;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clients that wait for an element of a list or a sorted set, longest first. Guarded by the server's lock. */
final class Blocked {
    private final RedisServer server;
    private final List<Waiter> waiters = new ArrayList<>();

    Blocked(RedisServer server) {
        this.server = server;
    }

    int size() {
        return waiters.size();
    }

    void add(Call call, double seconds, Reply otherwise, Supplier<@Nullable Reply> attempt) {
        Waiter waiter = new Waiter(call, attempt);
        waiters.add(waiter);
        call.session().setBlocked(true);
        if (seconds > 0) {
            waiter.timeout = server.clock()
                    .after(
                            Duration.ofMillis((long) (seconds * 1000)),
                            () -> server.run(() -> {
                                if (waiters.remove(waiter)) {
                                    release(waiter, otherwise);
                                }
                            }));
        }
    }

    /** Answers those who need wait no more. */
    void serve() {
        boolean more = !waiters.isEmpty();
        while (more) {
            more = false;
            for (Waiter waiter : List.copyOf(waiters)) {
                Reply reply = waiter.call.session().isOver() ? null : attempt(waiter);
                if (reply != null && waiters.remove(waiter)) {
                    more = true;
                    release(waiter, reply);
                }
            }
        }
    }

    private @Nullable Reply attempt(Waiter waiter) {
        long before = server.keys().changes();
        try {
            Reply reply = waiter.attempt.get();
            if (server.keys().changes() > before) {
                server.propagate(waiter.call);
            }
            return reply;
        } catch (RedisError otherKind) {
            return null;
        }
    }

    private static void release(Waiter waiter, Reply reply) {
        ClusterClock.Timeout timeout = waiter.timeout;
        if (timeout != null) {
            timeout.cancel();
        }
        waiter.call.session().unblock(reply);
    }

    /** Forgets a client that has gone. */
    void leave(RedisSession session) {
        waiters.removeIf(waiter -> waiter.call.session() == session);
    }

    private static final class Waiter {
        final Call call;
        final Supplier<@Nullable Reply> attempt;

        ClusterClock.@Nullable Timeout timeout;

        Waiter(Call call, Supplier<@Nullable Reply> attempt) {
            this.call = call;
            this.attempt = attempt;
        }
    }
}
