package dev.kuar.awk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** What is around a program: its streams, files, commands and variables. */
public interface AwkHost {
    InputStream input();

    OutputStream output();

    OutputStream error();

    /** Whether somebody watches the output, so that it may not wait in a buffer. */
    boolean isWatched();

    /** Opens a file to read. */
    InputStream open(String path) throws Refused, IOException;

    /** Opens a file to write, made where it is missing. */
    OutputStream create(String path, boolean append) throws Refused, IOException;

    /** Runs a line of the shell to its end; the exit code. May be called by threads of the program's own. */
    int run(String command, InputStream input, OutputStream output) throws IOException, InterruptedException;

    Map<String, String> environment();

    /** The time of day in seconds since 1970. */
    long seconds();

    /** Is called now and then by a program that runs on; the place to end it. */
    void turn() throws InterruptedException;

    /** A file that cannot be opened; the message is what strerror(3) says. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        public Refused(String words) {
            super(words);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** What a command gets that writes to a program that has closed its end. */
    final class Gone extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
