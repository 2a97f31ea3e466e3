package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server needs of the process that it is. */
public interface ZooKeeperHost {
    /** To standard output, with the end of the line. */
    void print(String line);

    Optional<byte[]> read(String path);

    void write(String path, byte[] data) throws IOException;

    /** Adds to the end of a file, which is made where it is missing. */
    void append(String path, byte[] data) throws IOException;

    /** Makes a directory that may be there, and those above it. */
    void directory(String path) throws IOException;

    /** The names in a directory; none where it is missing. */
    List<String> list(String path);

    void remove(String path);

    boolean listen(int port, PortService service);

    void release(int port, PortService service);

    /** Who answers at a name or address; null where nobody knows the name. */
    @Nullable
    PortService dial(String host, int port) throws Unreachable;

    String ip();

    String hostname();

    /** {@code 3.4.10}. */
    String version();

    void end(int code);
}
