package dev.kuar.awk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A command of the shell that runs beside the program, at the other end of a pipe. */
final class Command {
    private static final int INTERRUPTED = 130;

    private final Thread thread;
    private volatile int code = INTERRUPTED;

    private Command(AwkHost host, String line, InputStream in, OutputStream out, Runnable after) {
        thread = new Thread(
                () -> {
                    try {
                        code = host.run(line, in, out);
                    } catch (IOException | InterruptedException e) {
                        code = INTERRUPTED;
                    } finally {
                        after.run();
                    }
                },
                "awk-command");
        thread.setDaemon(true);
    }

    /** What a command writes, to be read. */
    static Command reading(AwkHost host, String line, Pipe pipe) {
        return new Command(host, line, host.input(), pipe.sink, () -> close(pipe.sink)).begin();
    }

    /** A command that reads what the program writes. */
    static Command writing(AwkHost host, String line, Pipe pipe) {
        return new Command(host, line, pipe.source, host.output(), () -> close(pipe.source)).begin();
    }

    private Command begin() {
        thread.start();
        return this;
    }

    private static void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; the exit code. */
    int await() throws InterruptedException {
        try {
            thread.join();
            return code;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    void interrupt() {
        thread.interrupt();
    }
}
