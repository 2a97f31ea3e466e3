package dev.kuar.tutor;

import dev.kuar.error.Edge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lines that are interrupted, as by Ctrl-C, when they take longer than a limit of the wall clock.
 *
 * <p>Such a line ends with 124, as {@code timeout} does, and is not among what ran. Closing is left to the owner of the
 * lines behind it.
 */
final class LineLimit implements LineRunner {
    private static final int TIMED_OUT = 124;

    private final LineRunner lines;
    private final Duration limit;

    LineLimit(LineRunner lines, Duration limit) {
        this.lines = lines;
        this.limit = limit;
    }

    @Override
    public Result run(String line) throws InterruptedException {
        return limited(() -> lines.run(line));
    }

    @Override
    public Result runElsewhere(String line) throws InterruptedException {
        return limited(() -> lines.runElsewhere(line));
    }

    @Override
    public Path folder() {
        return lines.folder();
    }

    @Override
    public void close() {
        // the lines are another's
    }

    @Edge("measures the wall clock, because what hangs may be the cluster with its clock")
    private Result limited(Line line) throws InterruptedException {
        Alarm alarm = new Alarm(Thread.currentThread());
        CompletableFuture<Void> armed = new CompletableFuture<Void>()
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(alarm::ring);
        try {
            Result result = line.run();
            return alarm.off() ? tooLong() : result;
        } catch (InterruptedException interrupted) {
            if (alarm.off()) {
                return tooLong();
            }
            throw interrupted;
        } finally {
            alarm.off();
            armed.cancel(false);
        }
    }

    private Result tooLong() {
        return new Result(TIMED_OUT, "timed out after " + limit.toSeconds() + " s\n", List.of());
    }

    /** One line, run. */
    @FunctionalInterface
    private interface Line {
        Result run() throws InterruptedException;
    }

    /** Interrupts a thread at most once, and never after it was put off. */
    private static final class Alarm {
        private final Thread thread;
        private boolean rang;
        private boolean isOff;

        Alarm(Thread thread) {
            this.thread = thread;
        }

        synchronized void ring() {
            if (!isOff) {
                rang = true;
                thread.interrupt();
            }
        }

        /** Puts it off; whether it had rung. What it interrupted is interrupted no longer. */
        synchronized boolean off() {
            if (rang && !isOff) {
                Thread.interrupted();
            }
            isOff = true;
            return rang;
        }
    }
}
