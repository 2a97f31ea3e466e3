package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * The newest acknowledged revision, in a small file of its own beside the store's: it tells a store that lost its end from
 * one that is whole.
 *
 * <p>Written after the store was synced and not synced itself: after a loss of power it may be older than the store, which
 * does no harm, and never newer. It names the store, so that a store that was put in place of another is not measured by
 * the other's mark.
 */
final class AcknowledgedMark implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AcknowledgedMark.class.getName());
    private static final int LENGTH = 2 * Long.BYTES + Integer.BYTES;

    private final FileChannel channel;
    private final long store;
    private final long revision;

    private AcknowledgedMark(FileChannel channel, long store, long revision) {
        this.channel = channel;
        this.store = store;
        this.revision = revision;
    }

    /** What the file says; a file that is missing or cannot be understood says revision 0 of store 0. */
    static AcknowledgedMark open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        StoreFiles.makePrivate(file);
        try {
            ByteBuffer read = ByteBuffer.wrap(Files.readAllBytes(file));
            long store = read.getLong();
            long revision = read.getLong();
            if (read.getInt() == sum(store, revision)) {
                return new AcknowledgedMark(channel, store, revision);
            }
        } catch (BufferUnderflowException tooShort) {
            return new AcknowledgedMark(channel, 0, 0);
        }
        return new AcknowledgedMark(channel, 0, 0);
    }

    /** The store that it was written for; 0 when it says nothing. */
    long store() {
        return store;
    }

    long revision() {
        return revision;
    }

    /** Replaces what it says; where that fails it stays older than the store, which does no harm. */
    void write(long newStore, long newRevision) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .putLong(newStore)
                .putLong(newRevision)
                .putInt(sum(newStore, newRevision))
                .flip();
        try {
            channel.write(bytes, 0);
        } catch (IOException full) {
            LOG.log(Level.FINE, "the mark beside the store stays as it was", full);
        }
    }

    private static int sum(long store, long revision) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(store)
                .putLong(revision)
                .flip());
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException lost) {
            LOG.log(Level.FINE, "the mark beside the store", lost);
        }
    }
}
