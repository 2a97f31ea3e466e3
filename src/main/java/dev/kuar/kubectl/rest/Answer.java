package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer of the server whose body is still to be read; closing it returns or ends its connection. */
public final class Answer implements Closeable {
    /** What follows the last chunk with content. */
    private static final String END = "\r\n0\r\n\r\n";

    private final HttpConnection.Head head;
    private final InputStream body;
    private final HttpConnection connection;
    private final ConnectionPool pool;
    private final Cancellation cancellation;
    private boolean closed;

    Answer(
            HttpConnection.Head head,
            InputStream body,
            HttpConnection connection,
            ConnectionPool pool,
            Cancellation cancellation) {
        this.head = head;
        this.body = body;
        this.connection = connection;
        this.pool = pool;
        this.cancellation = cancellation;
    }

    public int status() {
        return head.status();
    }

    public String header(String name) {
        return head.header(name);
    }

    public List<String> headers(String name) {
        return head.headers().getOrDefault(name, List.of());
    }

    /** The names of its headers. */
    public java.util.Set<String> headerNames() {
        return head.headers().keySet();
    }

    public InputStream body() {
        return body;
    }

    /** The whole body; closes. */
    public byte[] bytes() {
        try (this) {
            return body.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The whole body as JSON; closes. */
    public Tree tree() {
        return new Tree(Json.parse(bytes()));
    }

    /** Where to write after an upgrade; what is read then is {@link #body}. */
    public java.io.OutputStream output() {
        return connection.output();
    }

    /** Ends the connection under the answer at once, from any thread. */
    public void abort() {
        connection.closeQuietly();
    }

    HttpConnection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        cancellation.forget(connection);
        if (body instanceof HttpBody framed && !framed.isEnded()) {
            if (framed.available() > 0 || !drained(framed)) {
                connection.close();
                return;
            }
        }
        pool.giveBack(connection);
    }

    /** Reads the end of the body where it has arrived; a watch that goes on has none, and is not waited for. */
    private boolean drained(HttpBody framed) throws IOException {
        if (connection.input().available() < END.length()) {
            return false;
        }
        return framed.read() < 0 && framed.isEnded();
    }
}
