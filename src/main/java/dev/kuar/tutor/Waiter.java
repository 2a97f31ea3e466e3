package dev.kuar.tutor;

import dev.kuar.error.Edge;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The one place where the tutor waits: asks again and again until something holds. */
public final class Waiter {
    private static final long PAUSE_MILLIS = 25;

    private Waiter() {}

    /** Whether {@code condition} held within {@code limit}. */
    @Edge("waits on the wall clock")
    public static boolean until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }
}
