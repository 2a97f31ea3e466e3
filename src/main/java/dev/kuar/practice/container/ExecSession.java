package dev.kuar.practice.container;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A process inside a container, seen from outside; the same for a new one and for joining the main one. */
public interface ExecSession extends AutoCloseable {
    /** Never blocks for long; closing it is end of file. */
    OutputStream stdin();

    InputStream stdout();

    /** Empty with a terminal. */
    InputStream stderr();

    void resize(int columns, int rows);

    /** The exit code, after all output was written; 0 when one merely leaves an attachment. */
    CompletableFuture<Integer> exit();

    /** The client goes away. */
    @Override
    void close();
}
