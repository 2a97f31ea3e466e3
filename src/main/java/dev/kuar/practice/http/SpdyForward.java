package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Port-forward over SPDY: for each connection a stream of data and one of errors, told apart by their request id. */
final class SpdyForward implements SpdySession.Listener {
    private static final Logger LOG = Logger.getLogger(SpdyForward.class.getName());

    private final SpdySession spdy;
    private final KubeObject pod;
    private final NodeConnector nodes;
    private final Map<String, Integer> errorStreams = new HashMap<>();
    private final Map<Integer, ForwardedPort> connections = new HashMap<>();

    SpdyForward(SpdySession spdy, KubeObject pod, NodeConnector nodes) {
        this.spdy = spdy;
        this.pod = pod;
        this.nodes = nodes;
    }

    /** Until the client goes away. */
    void run() {
        try {
            spdy.read(this);
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        } finally {
            connections.values().forEach(ForwardedPort::close);
        }
    }

    @Override
    public void opened(int stream, Map<String, String> headers) throws IOException {
        String request = headers.getOrDefault("requestid", headers.getOrDefault("port", ""));
        if (headers.getOrDefault("streamtype", "").equals("error")) {
            errorStreams.put(request, stream);
            return;
        }
        int errors = errorStreams.getOrDefault(request, 0);
        ForwardedPort connection = new ForwardedPort(new Streams(stream, errors));
        connections.put(stream, connection);
        connection.open(pod, port(headers.getOrDefault("port", "")), nodes);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    @Override
    public void data(int stream, byte[] bytes, boolean last) {
        ForwardedPort connection = connections.get(stream);
        if (connection != null) {
            connection.toPod(bytes, last);
        }
    }

    @Override
    public void reset(int stream) {
        ForwardedPort connection = connections.remove(stream);
        if (connection != null) {
            connection.close();
        }
    }

    /** The two streams of one connection. */
    private final class Streams implements ForwardedPort.Output {
        private final int data;
        private final int errors;

        Streams(int data, int errors) {
            this.data = data;
            this.errors = errors;
        }

        @Override
        public void data(byte[] bytes, int length) throws IOException {
            if (length > 0) {
                spdy.send(data, bytes, length, false);
            }
        }

        @Override
        public void failed(String why) throws IOException {
            if (errors > 0) {
                byte[] bytes = why.getBytes(StandardCharsets.UTF_8);
                spdy.send(errors, bytes, bytes.length, true);
            }
        }

        @Override
        public void ended() throws IOException {
            if (errors > 0) {
                spdy.finish(errors);
            }
            spdy.finish(data);
        }
    }
}
