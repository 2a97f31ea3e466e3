package dev.kuar.practice.api;

import java.util.Optional;

/**
 * A running watch as its reader sees it.
 *
 * <p>Events wait in a bounded queue. A reader that does not keep up costs nobody anything: when the queue is full the watch
 * ends, as upstream ends slow watchers, and the client begins anew from what it saw last.
 */
public interface WatchStream extends AutoCloseable {
    /** The next event, or empty when there is none at the moment or ever again ({@link #isOver()} tells which). */
    Optional<WatchEvent> poll();

    /** Waits for the next event; empty when the watch is over. */
    Optional<WatchEvent> take() throws InterruptedException;

    /** Whether it has ended, with or without something left to be read. */
    boolean isEnding();

    /** Whether it has ended (timeout, error, overflow, close) and everything has been read. */
    boolean isOver();

    /**
     * Calls {@code wake} once when there is something to poll or the watch is over, at once if that is so now. Called on a
     * thread of the API server: hand the work to another. Replaces an earlier call that was not answered yet.
     */
    void whenReady(Runnable wake);

    /** Calls {@code ended} once when it ends, at once if it has, whatever is left to be read. On whatever thread ends it. */
    void whenEnding(Runnable ended);

    /** Ends it; harmless when it has ended. */
    @Override
    void close();
}
