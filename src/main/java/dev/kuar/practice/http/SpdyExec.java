package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs an exec or attach over SPDY: the process begins to talk when the client has opened its streams. */
final class SpdyExec {
    private static final Logger LOG = Logger.getLogger(SpdyExec.class.getName());

    private SpdyExec() {}

    static void run(ByteLink link, RemoteProcess process, ExecRequest request, ChannelProtocol protocol) {
        SpdySession spdy = new SpdySession(link);
        Starter starter = new Starter(process, request, protocol);
        SpdyPeer peer = new SpdyPeer(spdy, request, protocol.resizes(), starter);
        starter.peer = peer;
        try (process) {
            spdy.read(peer);
        } catch (IOException gone) {
            LOG.log(Level.FINE, "the client went away", gone);
        }
    }

    /** Starts the output once. */
    private static final class Starter implements Runnable {
        private final RemoteProcess process;
        private final ExecRequest request;
        private final ChannelProtocol protocol;
        private @Nullable SpdyPeer peer;

        Starter(RemoteProcess process, ExecRequest request, ChannelProtocol protocol) {
            this.process = process;
            this.request = request;
            this.protocol = protocol;
        }

        @Override
        public void run() {
            SpdyPeer target = peer;
            if (target != null) {
                ExecSession session = new ExecSession(process, request, protocol, target);
                session.start();
                target.begin(session);
            }
        }
    }
}
