package dev.kuar.practice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks at what other processes do with a cluster. */
final class Owners {
    private static final int CONNECT_MILLIS = 500;
    private static final long PAUSE_MILLIS = 25;

    private Owners() {}

    /** Whether something listens on a port of loopback. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Whether a process has the lock of a cluster's directory. */
    static boolean isOwned(Path directory) {
        try {
            return Files.isDirectory(directory) && ClusterLock.isHeld(directory);
        } catch (IOException unreadable) {
            throw new ClusterException(
                    ClusterException.Kind.FILES,
                    "cannot read " + directory + ": " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** @throws ClusterException when somebody still has it after {@code limit} */
    static void awaitFree(Path directory, Duration limit) {
        for (long end = System.nanoTime() + limit.toNanos(); System.nanoTime() < end; pause()) {
            if (!isOwned(directory)) {
                return;
            }
        }
        throw new ClusterException(
                ClusterException.Kind.OWNED, "the kuar that runs " + directory.getFileName() + " does not end it");
    }

    /** Waits until nobody has it; false when {@code over} is true first. */
    static boolean awaitTurn(Path directory, BooleanSupplier over) {
        while (!over.getAsBoolean() && isOwned(directory)) {
            pause();
        }
        return !over.getAsBoolean();
    }

    /** Has the owner, if there is one, end the cluster. */
    static void end(Path directory, Duration limit) {
        if (isOwned(directory)) {
            var unused = OwnerPost.ask(directory, new OwnerPost.Question("close", ""), limit);
            awaitFree(directory, limit);
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ClusterException.Kind.OWNED, "interrupted", stopped);
        }
    }
}
