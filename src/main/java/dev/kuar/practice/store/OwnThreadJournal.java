package dev.kuar.practice.store;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A journal that does its work on a thread of its own, so that interrupting a writer does not close its file.
 *
 * <p>A file channel closes itself when a thread is interrupted in the middle of it. Callers wait until their work is done
 * and find their interruption afterwards.
 */
final class OwnThreadJournal implements Journal {
    private final Journal journal;
    private final ExecutorService thread;

    OwnThreadJournal(Journal journal) {
        this.journal = journal;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "journal");
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public long replay(Consumer<LogRecord> reader) {
        return journal.replay(reader);
    }

    @Override
    public void append(List<LogRecord> batch) {
        await(() -> journal.append(batch));
    }

    /** Does nothing once the journal is closed: the next compaction makes up for it. */
    @Override
    public void compact(long compactedRevision, List<LogRecord> superseded) {
        try {
            await(() -> journal.compact(compactedRevision, superseded));
        } catch (RejectedExecutionException closed) {
            return;
        }
    }

    @Override
    public void defragment() {
        await(journal::defragment);
    }

    @Override
    public Store.Figures figures() {
        Store.Figures[] found = new Store.Figures[1];
        await(() -> found[0] = journal.figures());
        return found[0];
    }

    @Override
    public void close() {
        if (!thread.isShutdown()) {
            await(journal::close);
            thread.shutdown();
        }
    }

    private void await(Runnable work) {
        Future<?> done = thread.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw unwrapped(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
