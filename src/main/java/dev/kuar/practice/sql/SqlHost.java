package dev.kuar.practice.sql;

import java.util.List;
import java.util.Optional;

/** The process that an SQL server is. */
public interface SqlHost {
    /** Takes a line of the log, without its end. */
    void log(String line);

    /** The text of a file; empty where there is none or it can't be read. */
    Optional<String> read(String path);

    /** Replaces a file, and makes the directories above it; what can't be written is lost. */
    void write(String path, String text);

    /** The names in a directory; empty where it is none. */
    List<String> list(String path);

    /** Removes a file or a whole directory that may be there. */
    void remove(String path);

    /** As the server tells it to its clients. */
    String version();
}
