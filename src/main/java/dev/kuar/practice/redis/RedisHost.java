package dev.kuar.practice.redis;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Unreachable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process that a redis server is: its files, its log, its network. */
public interface RedisHost {
    /** Takes a line of the log, without its end. */
    void log(String line);

    /** The bytes of a file; empty where there is none or it can't be read. */
    Optional<byte[]> read(String path);

    /** Replaces a file; the exception's message is the kernel's word. */
    void write(String path, byte[] data) throws IOException;

    /** Adds to the end of a file, which is made where it is missing. */
    void append(String path, byte[] data) throws IOException;

    /** Makes a directory that may be there. */
    void directory(String path) throws IOException;

    /** Who answers at a name or address; null where the name is unknown. */
    @Nullable
    PortService dial(String host, int port) throws Unreachable;

    /** The process's own address. */
    String ip();

    /** The directory that it was started in. */
    String directory();

    int pid();

    /** As {@code redis_version} has it. */
    String version();

    /** What the process holds grew by so many bytes, or shrank. */
    void grow(long bytes);

    /** Ends the process. */
    void end(int code);
}
