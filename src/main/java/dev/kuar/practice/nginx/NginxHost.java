package dev.kuar.practice.nginx;

import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine that nginx runs on. */
public interface NginxHost {
    /** A file or a directory. {@code failure} is the errno and its words, {@code (2: No such file or directory)}; empty where it is there. */
    record Stat(boolean directory, long size, Instant modified, String failure) {
        boolean isFile() {
            return failure.isEmpty() && !directory;
        }

        boolean isDirectory() {
            return failure.isEmpty() && directory;
        }
    }

    Stat stat(String path);

    /** The content of a file; null where it cannot be read, which {@link #whyUnreadable} then words. */
    byte @Nullable [] read(String path);

    /** As in {@link Stat#failure}; empty for a file that can be read. */
    String whyUnreadable(String path);

    /** Names in a directory, in order; empty where it is none. */
    List<String> list(String path);

    /** Adds a line to a log file. */
    void append(String path, String line);

    /** The IPv4 addresses of a name; empty where it has none. */
    List<String> resolve(String name);

    /**
     * Sends a request to another server.
     *
     * @param host what TLS and logs call it
     */
    HttpResponse send(
            boolean tls,
            String host,
            String address,
            int port,
            String method,
            String target,
            Map<String, String> headers,
            byte[] body)
            throws Unreachable;

    void sleep(Duration time) throws InterruptedException;

    Instant now();

    String hostname();

    String ip();

    /** Of this nginx, {@code 1.27.5}. */
    String version();
}
