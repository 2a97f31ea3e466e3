package dev.kuar.practice;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ownership of a cluster's directory: held by one process, and let go of by the system when that process ends.
 *
 * <p>On Linux a process loses its locks on a file when it closes any channel of that file, so this process never opens the file
 * of a lock that it has: {@link #HELD} is as wide as such a lock, the whole process.
 */
final class ClusterLock implements AutoCloseable {
    private static final String NAME = "owner.lock";
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private ClusterLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /** The lock, or empty where another has it, in this process too. */
    static Optional<ClusterLock> tryTake(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.toRealPath().resolve(NAME);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException waitedFor) {
            lock = null;
        } finally {
            if (lock == null) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
        return lock == null || channel == null ? Optional.empty() : Optional.of(new ClusterLock(file, channel, lock));
    }

    /** Whether somebody has it. */
    static boolean isHeld(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(NAME))) {
            return false;
        }
        Optional<ClusterLock> mine = tryTake(directory);
        mine.ifPresent(ClusterLock::close);
        return mine.isEmpty();
    }

    /** A place in the queue for the lock. */
    static final class Turn implements AutoCloseable {
        private final Path file;
        private volatile boolean closed;
        private final FileChannel open;

        Turn(Path directory) throws IOException {
            file = directory.toRealPath().resolve(NAME);
            open = FileChannel.open(file, StandardOpenOption.WRITE);
        }

        /**
         * Blocks until nobody has the lock; it is free then for whoever takes it first. False where waiting is not possible,
         * because this very process has it, or no longer wanted.
         */
        boolean await() throws IOException {
            if (HELD.contains(file)) {
                return false;
            }
            try (FileLock ours = open.lock()) {
                return ours.isValid() && !closed;
            } catch (ClosedChannelException | OverlappingFileLockException over) {
                return false;
            } finally {
                open.close();
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                open.close();
            } catch (IOException gone) {
                throw new java.io.UncheckedIOException(gone);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        } finally {
            HELD.remove(file);
        }
    }
}
