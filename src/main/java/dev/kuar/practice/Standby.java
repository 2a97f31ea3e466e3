package dev.kuar.practice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the owner of a cluster to leave, on a thread of its own, and costs nothing while it does: the system wakes it when the
 * lock is let go of, also by a process that was killed.
 */
final class Standby implements AutoCloseable {
    private static final long RETRY_MILLIS = 100;

    private final Path directory;
    private final BooleanSupplier takeOver;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private ClusterLock.@Nullable Turn turn;

    private Standby(Path directory, BooleanSupplier takeOver) {
        this.directory = directory;
        this.takeOver = takeOver;
        this.thread = new Thread(this::run, "standby");
        thread.setDaemon(true);
    }

    /** @param takeOver called when nobody owns the cluster; false when somebody was faster, and waiting goes on */
    static Standby start(Path directory, BooleanSupplier takeOver) {
        Standby made = new Standby(directory, takeOver);
        made.thread.start();
        return made;
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                boolean free = queue();
                if (closed.getCount() > 0 && free && takeOver.getAsBoolean()) {
                    return;
                }
                if (!free && closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException gone) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean queue() throws IOException {
        ClusterLock.Turn mine;
        synchronized (this) {
            if (closed.getCount() == 0) {
                return false;
            }
            mine = new ClusterLock.Turn(directory);
            turn = mine;
        }
        return mine.await();
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        ClusterLock.Turn waiting = turn;
        if (waiting != null) {
            waiting.close();
        }
    }
}
