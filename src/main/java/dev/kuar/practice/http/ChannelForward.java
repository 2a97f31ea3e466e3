package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Port-forward over a WebSocket's channels: for the n-th port 2n carries data and 2n + 1 errors, each opened by the server
 * with the port in two bytes, the lower first.
 */
final class ChannelForward {
    private static final Logger LOG = Logger.getLogger(ChannelForward.class.getName());

    private final WebSocketConnection socket;
    private final ChannelProtocol protocol;
    private final KubeObject pod;
    private final NodeConnector nodes;
    private final List<Integer> ports;
    private final List<ForwardedPort> connections = new ArrayList<>();
    private int open;

    ChannelForward(
            WebSocketConnection socket,
            ChannelProtocol protocol,
            KubeObject pod,
            NodeConnector nodes,
            List<Integer> ports) {
        this.socket = socket;
        this.protocol = protocol;
        this.pod = pod;
        this.nodes = nodes;
        this.ports = ports;
        this.open = ports.size();
    }

    void run() {
        try {
            for (int i = 0; i < ports.size(); i++) {
                byte[] port = {(byte) (int) ports.get(i), (byte) (ports.get(i) >> 8)};
                send(2 * i, port, 2);
                send(2 * i + 1, port, 2);
            }
            for (int i = 0; i < ports.size(); i++) {
                ForwardedPort connection = new ForwardedPort(new Channels(2 * i));
                connections.add(connection);
                connection.open(pod, ports.get(i), nodes);
            }
            read();
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        } finally {
            connections.forEach(ForwardedPort::close);
        }
    }

    private void read() throws IOException {
        for (WebSocketConnection.Message message = socket.read(); message != null; message = socket.read()) {
            ChannelProtocol.Incoming incoming = protocol.parse(message.payload());
            if (incoming != null && incoming.channel() % 2 == 0 && incoming.channel() / 2 < connections.size()) {
                connections.get(incoming.channel() / 2).toPod(incoming.data(), false);
            }
        }
    }

    private void send(int channel, byte[] data, int length) throws IOException {
        WebSocketConnection.Message message = protocol.frame(channel, data, length);
        socket.send(message.opcode(), message.payload());
    }

    private synchronized boolean isLast() {
        open--;
        return open == 0;
    }

    /** The two channels of one port. */
    private final class Channels implements ForwardedPort.Output {
        private final int data;

        Channels(int data) {
            this.data = data;
        }

        @Override
        public void data(byte[] bytes, int length) throws IOException {
            send(data, bytes, length);
        }

        @Override
        public void failed(String why) throws IOException {
            byte[] bytes = why.getBytes(StandardCharsets.UTF_8);
            send(data + 1, bytes, bytes.length);
        }

        @Override
        public void ended() throws IOException {
            if (isLast()) {
                socket.sendClose();
                socket.close();
            }
        }
    }
}
