package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A journal in a file of H2's MVStore, synced to disk at each append.
 *
 * <p>After a failure (disk full) the file is opened anew at the next append, and whatever of the failed one got through is
 * dropped, because nobody was told of it.
 */
final class MvJournal implements Journal {
    private final Path path;
    private final String name;
    private final AcknowledgedMark mark;
    private final List<LogRecord> superseded = new ArrayList<>();
    private List<LogRecord> read;
    private MvFile file;
    private Store.Figures figures;
    private long lastKept;
    private boolean broken;
    private boolean full;

    private MvJournal(Path path, String name, AcknowledgedMark mark, MvOpening.Opened opened) {
        this.path = path;
        this.name = name;
        this.mark = mark;
        this.file = opened.file();
        this.read = opened.records();
        this.lastKept = file.newest();
        this.figures = file.figures();
    }

    /** @throws StoreException see {@link MvOpening} */
    static MvJournal open(Path path) {
        return open(path, path.toString());
    }

    /** @param name how MVStore finds the file: its path, or one with a scheme of MVStore's before it */
    static MvJournal open(Path path, String name) {
        AcknowledgedMark mark = null;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            boolean fresh = !Files.exists(path);
            mark = AcknowledgedMark.open(path.resolveSibling("store.acknowledged"));
            MvJournal journal = new MvJournal(path, name, mark, new MvOpening(path, name, mark).open());
            if (fresh) {
                StoreFiles.makePrivate(path);
                StoreFiles.syncNames(path);
            }
            mark = null;
            return journal;
        } catch (IOException e) {
            throw StoreFiles.failure("make", path, e);
        } finally {
            if (mark != null) {
                mark.close();
            }
        }
    }

    @Override
    public long replay(Consumer<LogRecord> reader) {
        read.forEach(reader);
        read = List.of();
        file.countOpening();
        return file.compacted();
    }

    @Override
    public void append(List<LogRecord> batch) {
        if (batch.isEmpty()) {
            return;
        }
        attempt(() -> file.append(batch));
        lastKept = batch.get(batch.size() - 1).revision();
        mark.write(file.identity(), lastKept);
    }

    /** Does something with the file, opened anew where that failed before. */
    private void attempt(Runnable work) {
        boolean done = false;
        try {
            if (broken) {
                reopen();
            }
            work.run();
            figures = file.figures();
            done = true;
        } catch (StoreException known) {
            full = known.kind() == StoreException.Kind.FULL;
            throw known;
        } catch (RuntimeException failed) {
            StoreException known = StoreFiles.failure("write", path, failed);
            full = known.kind() == StoreException.Kind.FULL;
            throw known;
        } finally {
            broken = !done;
            full &= broken;
        }
    }

    private void reopen() {
        file.close();
        file = new MvFile(name);
        if (file.newest() < lastKept) {
            throw new StoreException(
                    StoreException.Kind.FILE,
                    path + " ends at " + file.newest() + ", and revision " + lastKept + " was acknowledged");
        }
        file.dropAfter(lastKept);
    }

    /** Where that fails, the next compaction makes up for it. */
    @Override
    public void compact(long compactedRevision, List<LogRecord> dropped) {
        superseded.addAll(dropped);
        try {
            attempt(() -> {
                superseded.forEach(file::remove);
                file.compacted(compactedRevision);
                file.shrink();
            });
            superseded.clear();
        } catch (StoreException later) {
            return;
        }
    }

    @Override
    public void defragment() {
        attempt(() -> file.defragment());
    }

    @Override
    public Store.Figures figures() {
        return broken ? figures.whenFull(full) : file.figures();
    }

    /** Writes records, in the order of revisions and parts, to a new file that {@link #open} opens. */
    static void write(Path target, List<LogRecord> all, long compacted) {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw StoreFiles.failure("make", target, e);
        }
        try (MvFile copy = new MvFile(target.toString())) {
            copy.compacted(compacted);
            copy.append(all);
        } catch (RuntimeException e) {
            throw StoreFiles.failure("write", target, e);
        }
    }

    @Override
    public void close() {
        file.close();
        mark.close();
    }
}
