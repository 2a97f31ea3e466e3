package dev.kuar.kubectl.rest;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The warm connections of one set of settings; safe for many threads. */
public final class ConnectionPool implements Closeable {
    private static final int MOST_IDLE = 8;

    private final ClientSettings settings;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private @Nullable SSLContext context;

    public ConnectionPool(ClientSettings settings) {
        this.settings = settings;
    }

    /** An idle connection, or null. */
    @Nullable
    HttpConnection idle() {
        return idle.pollFirst();
    }

    HttpConnection open(ClientSettings settings) throws IOException {
        return HttpConnection.open(settings, settings.server().startsWith("https:") ? context(settings) : null);
    }

    private synchronized SSLContext context(ClientSettings wanted) {
        boolean own = wanted.certificate().equals(settings.certificate());
        if (!own) {
            return Tls.contextOf(wanted);
        }
        SSLContext made = context;
        if (made == null) {
            made = Tls.contextOf(settings);
            context = made;
        }
        return made;
    }

    void giveBack(HttpConnection connection) throws IOException {
        if (connection.isReusable() && idle.size() < MOST_IDLE) {
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public void close() {
        for (HttpConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.closeQuietly();
        }
    }
}
