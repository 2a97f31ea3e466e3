package dev.kuar.kube;

import dev.kuar.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The lock that kubectl and its kin hold while they edit a kubeconfig: {@code FILE.lock}, made where there is none.
 *
 * <p>kubectl gives up where it finds one; this waits for five seconds. A lock of a kuar that was killed is taken over: it holds that
 * kuar's process id.
 */
final class KubeconfigLock implements AutoCloseable {
    private static final int TRIES = 250;
    private static final int PAUSE_MILLIS = 20;
    private static final String OURS = "kuar ";

    private final Path lock;

    private KubeconfigLock(Path lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock of {@code file}, whose folder exists.
     *
     * @throws UserException where another program keeps it
     * @throws IOException where it cannot be made
     */
    static KubeconfigLock take(Path file) throws IOException {
        return take(file, TRIES);
    }

    static KubeconfigLock take(Path file, int tries) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        for (int i = 0; i < tries; i++) {
            try {
                Files.writeString(
                        lock,
                        OURS + ProcessHandle.current().pid(),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                return new KubeconfigLock(lock);
            } catch (FileAlreadyExistsException held) {
                if (!isAbandoned(lock)) {
                    pause(lock);
                } else {
                    Files.deleteIfExists(lock);
                }
            }
        }
        throw UserException.saying(KubeReason.KUBECONFIG_LOCKED, "reason.locked", file, lock);
    }

    private static boolean isAbandoned(Path lock) {
        try {
            String holder = Files.readString(lock, StandardCharsets.UTF_8);
            return holder.matches(OURS + "[0-9]{1,18}")
                    && ProcessHandle.of(Long.parseLong(holder.substring(OURS.length())))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty();
        } catch (IOException goneOrUnreadable) {
            return false;
        }
    }

    private static void pause(Path lock) throws IOException {
        try {
            var unused = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + lock, e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(lock);
    }
}
