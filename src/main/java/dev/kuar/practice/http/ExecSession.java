package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.ExitStatus;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A process in a container at one end, a client at the other: exec and attach. */
final class ExecSession {
    private static final Logger LOG = Logger.getLogger(ExecSession.class.getName());
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int PIECE = 32 * 1024;

    private final RemoteProcess process;
    private final ExecRequest request;
    private final ChannelProtocol protocol;
    private final ExecPeer peer;

    ExecSession(RemoteProcess process, ExecRequest request, ChannelProtocol protocol, ExecPeer peer) {
        this.process = process;
        this.request = request;
        this.protocol = protocol;
        this.peer = peer;
    }

    /** Runs until the process ends or the client goes. */
    void run() {
        try (process) {
            peer.send(STDOUT, new byte[0], 0);
            start();
            peer.read(this);
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        }
    }

    /** Begins to send what the process writes, and in the end how it ended. */
    void start() {
        CompletableFuture<Void> out = request.stdout() ? pump(process.stdout(), STDOUT) : done();
        CompletableFuture<Void> errors = request.stderr() && !request.tty() ? pump(process.stderr(), STDERR) : done();
        Thread waiter = new Thread(
                () -> {
                    ExitStatus status = process.exit().toCompletableFuture().join();
                    out.join();
                    errors.join();
                    end(status);
                },
                "exec-end");
        waiter.setDaemon(true);
        waiter.start();
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> pump(InputStream from, int channel) {
        CompletableFuture<Void> finished = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    byte[] piece = new byte[PIECE];
                    try {
                        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
                            if (n > 0) {
                                peer.send(channel, piece, n);
                            }
                        }
                        peer.finish(channel);
                    } catch (IOException gone) {
                        LOG.log(Level.FINE, "a stream broke", gone);
                    } finally {
                        finished.complete(null);
                    }
                },
                "stream-" + channel);
        thread.setDaemon(true);
        thread.start();
        return finished;
    }

    /** A process that does not read any more loses what is sent to it, as behind a broken pipe. */
    void input(byte[] data) {
        if (!request.stdin()) {
            return;
        }
        try {
            process.stdin().write(data);
            process.stdin().flush();
        } catch (IOException brokenPipe) {
            LOG.log(Level.FINER, "standard input is closed", brokenPipe);
        }
    }

    void closeInput() {
        try {
            process.stdin().close();
        } catch (IOException already) {
            LOG.log(Level.FINER, "standard input is closed", already);
        }
    }

    void resize(byte[] json) {
        try {
            Map<String, Object> size = JsonReader.readMap(json);
            if (size.get("Width") instanceof Number width && size.get("Height") instanceof Number height) {
                process.resize(width.intValue(), height.intValue());
            }
        } catch (RuntimeException damaged) {
            LOG.log(Level.FINER, "a size that is none", damaged);
        }
    }

    private void end(ExitStatus status) {
        try {
            byte[] told = told(status);
            if (told.length > 0) {
                peer.send(ERROR, told, told.length);
            }
            peer.end();
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        }
    }

    private byte[] told(ExitStatus status) {
        boolean well = status.error().isEmpty() && status.code() == 0;
        if (!protocol.tellsStatus()) {
            return (well ? "" : message(status, "command terminated with non-zero exit code: "))
                    .getBytes(StandardCharsets.UTF_8);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metadata", new LinkedHashMap<>());
        tree.put("status", well ? "Success" : "Failure");
        if (!well) {
            boolean started = status.error().isEmpty();
            String message = message(status, "command terminated with non-zero exit code: ");
            tree.put("message", message);
            tree.put("reason", started ? "NonZeroExitCode" : "InternalError");
            Map<String, Object> cause = new LinkedHashMap<>();
            if (started) {
                cause.put("reason", "ExitCode");
            }
            cause.put(
                    "message",
                    started ? String.valueOf(status.code()) : message.substring("Internal error occurred: ".length()));
            tree.put("details", new LinkedHashMap<>(Map.of("causes", new ArrayList<>(List.of(cause)))));
            if (!started) {
                tree.put("code", 500L);
            }
        }
        return JsonWriter.write(tree);
    }

    private String message(ExitStatus status, String prefix) {
        if (!status.error().isEmpty()) {
            String once = "Internal error occurred: " + status.error();
            return protocol.closesChannels() ? "Internal error occurred: " + once : once;
        }
        if (protocol.closesChannels()) {
            return prefix + "command terminated with exit code " + status.code();
        }
        return prefix + "error executing command [" + String.join(" ", request.command()) + "], exit code "
                + status.code();
    }
}
