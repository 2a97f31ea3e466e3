package dev.kuar.practice.http;

import java.io.IOException;

/** Exec and attach over a WebSocket whose messages name their channel. */
final class WebSocketPeer implements ExecPeer {
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private final ChannelProtocol protocol;
    private final WebSocketConnection socket;

    WebSocketPeer(ChannelProtocol protocol, WebSocketConnection socket) {
        this.protocol = protocol;
        this.socket = socket;
    }

    @Override
    public void send(int channel, byte[] data, int length) throws IOException {
        WebSocketConnection.Message message = protocol.frame(channel, data, length);
        socket.send(message.opcode(), message.payload());
    }

    @Override
    public void finish(int channel) {}

    /** Upstream's first message is always an empty one on standard output. */
    @Override
    public void read(ExecSession session) throws IOException {
        for (WebSocketConnection.Message message = socket.read(); message != null; message = socket.read()) {
            ChannelProtocol.Incoming incoming = protocol.parse(message.payload());
            if (incoming == null) {
                continue;
            }
            if (incoming.channel() == 0) {
                session.input(incoming.data());
            } else if (incoming.channel() == RESIZE) {
                session.resize(incoming.data());
            } else if (incoming.channel() == CLOSE && protocol.closesChannels()) {
                byte[] which = incoming.data();
                if (which.length > 0 && which[0] == 0) {
                    session.closeInput();
                }
            }
        }
    }

    @Override
    public void end() throws IOException {
        socket.sendClose();
        socket.close();
    }
}
