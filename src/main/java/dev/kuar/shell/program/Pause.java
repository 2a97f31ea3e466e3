package dev.kuar.shell.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for a time that only an interruption ends sooner. */
final class Pause {
    private Pause() {}

    static void of(Duration time) throws InterruptedException {
        boolean ended = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}
