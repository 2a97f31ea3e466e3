package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens a store's file and sees to it that all that was acknowledged is in it.
 *
 * <p>MVStore appends chunks and overwrites only what has been unused for a while, so what was synced outlives a write that a
 * loss of power cuts off; where such a write looks whole to MVStore and is not, it is dropped ({@link TornEnd}). Damage to
 * what was acknowledged is noticed: each record has a checksum, revisions have no gaps, and an {@link AcknowledgedMark}
 * knows where they end. Such a file is set aside, never written to again, and opening is refused, then and later.
 */
final class MvOpening {
    private static final Logger LOG = Logger.getLogger(MvOpening.class.getName());
    /** Chunks that compaction writes between two syncs, at most. */
    private static final int UNSYNCED = 8;

    private final Path path;
    private final String name;
    private final AcknowledgedMark mark;

    MvOpening(Path path, String name, AcknowledgedMark mark) {
        this.path = path;
        this.name = name;
        this.mark = mark;
    }

    /** A file, and all that it holds in revision order. */
    record Opened(MvFile file, List<LogRecord> records) {}

    /** @throws StoreException when it is damaged, gone, locked or cannot be read */
    Opened open() throws IOException {
        if (!Files.exists(path) && mark.revision() > 0) {
            Path aside = StoreFiles.lastAside(path);
            String known = aside.equals(path) ? "" : "; it was damaged and is kept as " + aside.getFileName();
            throw new StoreException(StoreException.Kind.DAMAGED, path + " is gone" + known);
        }
        try {
            return read(name);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            if (!MvFile.isDamage(failed) || !Files.exists(path)) {
                throw StoreFiles.failure("open", path, failed);
            }
            Optional<Opened> mended = mend();
            if (mended.isPresent()) {
                return mended.get();
            }
            String what = failed instanceof IllegalStateException ? failed.getMessage() : "part of it cannot be read";
            Path aside = StoreFiles.setAside(path);
            throw new StoreException(
                    StoreException.Kind.DAMAGED,
                    path + " is damaged: " + what + "; it is kept as " + aside.getFileName(),
                    failed);
        }
    }

    private Opened read(String from) {
        MvFile file = new MvFile(from);
        boolean whole = false;
        try {
            List<LogRecord> records = file.read();
            boolean another = file.newest() > 0 && mark.store() != file.identity();
            if (!another && file.newest() < mark.revision()) {
                throw new IllegalStateException("its end is missing: revision " + mark.revision()
                        + " was acknowledged, and it ends at " + Math.max(1, file.newest()));
            }
            whole = true;
            return new Opened(file, records);
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    /** The file without a write that nobody was told of, where that makes it whole. */
    private Optional<Opened> mend() throws IOException {
        Path copy = path.resolveSibling(path.getFileName() + ".mending");
        try {
            Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            for (int dropped = 1; dropped <= UNSYNCED && TornEnd.blank(copy); dropped++) {
                if (isWhole(copy)) {
                    Files.move(copy, path, StandardCopyOption.REPLACE_EXISTING);
                    StoreFiles.syncNames(path);
                    LOG.warning(
                            "the last write to " + path + " was cut off before it was acknowledged, and is dropped");
                    return Optional.of(read(name));
                }
            }
            return Optional.empty();
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private boolean isWhole(Path copy) {
        try {
            read(copy.toString()).file().close();
            return true;
        } catch (RuntimeException | StackOverflowError still) {
            LOG.log(Level.FINE, "not whole without its newest chunk", still);
            return false;
        }
    }
}
