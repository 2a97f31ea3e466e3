package dev.kuar.kubectl.rest;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of one run: Ctrl-C closes what the run holds open and wakes what it waits for. */
public final class Cancellation {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /** Closes {@code resource} when the run is cancelled; at once if it already is. */
    public void closeOnCancel(Closeable resource) {
        open.add(resource);
        if (isCancelled()) {
            close(resource);
        }
    }

    public void forget(Closeable resource) {
        open.remove(resource);
    }

    public boolean isCancelled() {
        return ended.getCount() == 0;
    }

    public void cancel() {
        ended.countDown();
        open.forEach(resource -> close(resource));
    }

    /** Waits; true when the run was cancelled meanwhile. */
    public boolean pause(Duration duration) {
        try {
            return ended.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean close(Closeable resource) {
        try {
            resource.close();
            return true;
        } catch (IOException alreadyGone) {
            return false;
        }
    }
}
