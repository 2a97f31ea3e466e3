package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a container over and over how it is, and tells when the answer turns, as the prober of the kubelet does.
 *
 * <p>A kubelet's probers tick from before their container is there: startup and liveness are first asked about at the first
 * tick after the initial delay, so one period after the start at the earliest. Readiness is asked about once the container is
 * seen to run, within a second; here it is asked about at once, and until that second is over failures are not told and
 * looked at again soon, so that a cluster is ready as soon as its pods are.
 */
final class ProbeLoop {
    private static final Duration SECOND_LOOK = Duration.ofMillis(100);
    private static final Duration UNSEEN = Duration.ofSeconds(1);

    private final Type type;
    private final KubeObject spec;
    private final ClusterClock clock;
    private final Executor executor;
    private final Supplier<CompletableFuture<Outcome>> probe;
    private final Consumer<Outcome> onResult;
    private final Consumer<Boolean> onTurn;
    private int successes;
    private int failures;
    private @Nullable Boolean current;
    private Instant told = Instant.MIN;
    private volatile boolean stopped;
    private ClusterClock.@Nullable Timeout next;

    /** Which of the three. */
    enum Type {
        STARTUP("startup", "Startup"),
        LIVENESS("liveness", "Liveness"),
        READINESS("readiness", "Readiness");

        private final String lower;
        private final String title;

        Type(String lower, String title) {
            this.lower = lower;
            this.title = title;
        }

        String field() {
            return lower + "Probe";
        }

        String lower() {
            return lower;
        }

        String title() {
            return title;
        }
    }

    /**
     * One answer.
     *
     * @param known false when the probe itself could not be run, which counts neither way
     * @param doubtful good, with a warning
     */
    record Outcome(boolean good, boolean known, boolean doubtful, String output) {
        static Outcome good(String output) {
            return new Outcome(true, true, false, output);
        }

        static Outcome doubtful(String output) {
            return new Outcome(true, true, true, output);
        }

        static Outcome bad(String output) {
            return new Outcome(false, true, false, output);
        }

        static Outcome unknown(String output) {
            return new Outcome(false, false, false, output);
        }
    }

    /**
     * A loop that is not started.
     *
     * @param onResult hears every answer
     * @param onTurn hears when thresholds were reached and the verdict changed
     */
    ProbeLoop(
            Type type,
            KubeObject spec,
            ClusterClock clock,
            Executor executor,
            Supplier<CompletableFuture<Outcome>> probe,
            Consumer<Outcome> onResult,
            Consumer<Boolean> onTurn) {
        this.type = type;
        this.spec = spec;
        this.clock = clock;
        this.executor = executor;
        this.probe = probe;
        this.onResult = onResult;
        this.onTurn = onTurn;
    }

    Type type() {
        return type;
    }

    /** @param since when the container was started; the initial delay counts from there */
    synchronized void start(Instant since) {
        long delay = spec.number(0, "initialDelaySeconds");
        if (type != Type.READINESS) {
            delay = period() * Math.max(1, (delay + period() - 1) / period());
        }
        told = since.plusSeconds(delay).plus(UNSEEN);
        plan(Duration.between(clock.now(), since.plusSeconds(delay)));
    }

    private long period() {
        return Math.max(1, spec.number(10, "periodSeconds"));
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private synchronized void plan(Duration delay) {
        if (stopped) {
            return;
        }
        if (delay.isZero() || delay.isNegative()) {
            executor.execute(this::look);
        } else {
            next = clock.after(delay, () -> executor.execute(this::look));
        }
    }

    private void look() {
        if (!stopped) {
            CompletableFuture<Void> unused = answer().exceptionally(
                            failed -> Outcome.unknown(String.valueOf(failed.getMessage())))
                    .thenAccept(this::hear);
        }
    }

    private CompletableFuture<Outcome> answer() {
        try {
            return probe.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private void hear(Outcome outcome) {
        Boolean turned = null;
        synchronized (this) {
            if (stopped) {
                return;
            }
            if (type == Type.READINESS
                    && current == null
                    && !outcome.good()
                    && clock.now().isBefore(told)) {
                plan(SECOND_LOOK);
                return;
            }
            if (outcome.known()) {
                turned = count(outcome);
            }
        }
        onResult.accept(outcome);
        if (turned != null) {
            onTurn.accept(turned);
        }
        plan(Duration.ofSeconds(period()));
    }

    /** The new verdict where a threshold was reached; null where nothing turned. */
    private @Nullable Boolean count(Outcome outcome) {
        successes = outcome.good() ? successes + 1 : 0;
        failures = outcome.good() ? 0 : failures + 1;
        Boolean turned = null;
        if (outcome.good() && successes >= spec.number(1, "successThreshold")) {
            turned = true;
        } else if (!outcome.good() && failures >= spec.number(3, "failureThreshold")) {
            turned = false;
        }
        if (turned == null || turned.equals(current)) {
            return null;
        }
        current = turned;
        return turned;
    }
}
