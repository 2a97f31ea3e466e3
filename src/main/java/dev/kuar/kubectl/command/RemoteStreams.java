package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.WebSocket;
import dev.kuar.process.TerminalView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The streams of a process in a container over a WebSocket: input, output, errors, status and terminal size. */
final class RemoteStreams {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private final Run run;
    private final boolean stdin;
    private final boolean tty;
    private final InputStream input;

    RemoteStreams(Run run, boolean stdin, boolean tty) {
        this(run, stdin, tty, run.invocation().input());
    }

    /** With other input than the run's. */
    RemoteStreams(Run run, boolean stdin, boolean tty, InputStream input) {
        this.input = input;
        this.run = run;
        this.stdin = stdin;
        this.tty = tty;
    }

    /** Runs until the other side ends; returns the process's exit code. */
    int run(String path, OutputStream output, OutputStream error) {
        try (WebSocket socket = open(path)) {
            run.cancellation().closeOnCancel(socket);
            TerminalView terminal = run.invocation().terminal();
            if (!tty) {
                return exchange(socket, output, error);
            }
            return inRawMode(socket, terminal, output, error);
        } catch (IOException cut) {
            if (run.cancellation().isCancelled()) {
                throw Failure.exit(130, "");
            }
            throw Failure.error("error reading from error stream: " + cut.getMessage(), cut);
        }
    }

    private int inRawMode(WebSocket socket, TerminalView terminal, OutputStream output, OutputStream error)
            throws IOException {
        TerminalView.RawInput raw = terminal.enterRawMode();
        AutoCloseable resize = terminal.onResize(() -> resize(socket));
        try {
            resize(socket);
            return exchange(socket, output, error);
        } finally {
            raw.close();
            closeQuietly(resize);
        }
    }

    /** Whether the listener could be taken away. */
    private static boolean closeQuietly(AutoCloseable listener) {
        try {
            listener.close();
            return true;
        } catch (Exception gone) {
            return false;
        }
    }

    private WebSocket open(String path) {
        try {
            return run.client().webSocket(path, "v5.channel.k8s.io", "v4.channel.k8s.io");
        } catch (Failure failure) {
            if ("BadRequest".equals(failure.reason()) || "InternalError".equals(failure.reason())) {
                throw Failure.error("unable to upgrade connection: " + failure.bare());
            }
            throw failure;
        }
    }

    private void resize(WebSocket socket) {
        TerminalView terminal = run.invocation().terminal();
        String size = "{\"Width\":" + terminal.columns() + ",\"Height\":" + terminal.rows() + "}";
        byte[] bytes = size.getBytes(StandardCharsets.US_ASCII);
        send(socket, RESIZE, bytes, bytes.length);
    }

    private static boolean send(WebSocket socket, int channel, byte[] bytes, int length) {
        try {
            socket.send(channel, bytes, length);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    private int exchange(WebSocket socket, OutputStream output, OutputStream error) throws IOException {
        if (stdin) {
            Thread pump = new Thread(() -> pump(socket), "kubectl stdin");
            pump.setDaemon(true);
            pump.start();
        }
        for (Optional<byte[]> message = socket.receive(); message.isPresent(); message = socket.receive()) {
            byte[] bytes = message.get();
            if (bytes.length == 0) {
                continue;
            }
            switch (bytes[0]) {
                case STDOUT -> {
                    output.write(bytes, 1, bytes.length - 1);
                    output.flush();
                }
                case STDERR -> {
                    error.write(bytes, 1, bytes.length - 1);
                    error.flush();
                }
                case STATUS -> {
                    return status(new Tree(Json.parse(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8))));
                }
                default -> {}
            }
        }
        return 0;
    }

    private void pump(WebSocket socket) {
        InputStream in = input;
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!send(socket, STDIN, buffer, count)) {
                    return;
                }
            }
        } catch (IOException closed) {
            return;
        }
        if (socket.protocol().startsWith("v5")) {
            send(socket, CLOSE, new byte[] {STDIN}, 1);
        }
    }

    private int status(Tree status) {
        if ("Success".equals(status.text("status"))) {
            return 0;
        }
        if ("NonZeroExitCode".equals(status.text("reason"))) {
            for (Tree cause : status.items("details", "causes")) {
                if ("ExitCode".equals(cause.text("reason"))) {
                    int code = Integer.parseInt(cause.text("message"));
                    run.error("command terminated with exit code " + code);
                    return code;
                }
            }
        }
        throw Failure.error(status.text("message"));
    }
}
