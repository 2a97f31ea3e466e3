package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeConnector.ByteChannelPair;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection to a port of a pod, with what is to be done with its bytes. */
final class ForwardedPort {
    private static final Logger LOG = Logger.getLogger(ForwardedPort.class.getName());

    private final Output output;
    private @Nullable ByteChannelPair pair;

    /** Where what the pod says goes. */
    interface Output {
        void data(byte[] bytes, int length) throws IOException;

        /** The connection could not be made. */
        void failed(String why) throws IOException;

        /** The pod has closed its half. */
        void ended() throws IOException;
    }

    ForwardedPort(Output output) {
        this.output = output;
    }

    /** Connects and begins to carry; a refusal goes to the output. */
    void open(KubeObject pod, int port, NodeConnector nodes) throws IOException {
        try {
            ByteChannelPair opened = nodes.portForward(pod, port);
            pair = opened;
            Thread thread = new Thread(() -> pump(opened), "forward-" + port);
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | ApiException refused) {
            output.failed(String.valueOf(refused.getMessage()));
            output.ended();
        }
    }

    private void pump(ByteChannelPair from) {
        byte[] piece = new byte[16 * 1024];
        try {
            for (int n = from.fromPod().read(piece); n >= 0; n = from.fromPod().read(piece)) {
                output.data(piece, n);
            }
            output.ended();
        } catch (IOException gone) {
            LOG.log(Level.FINE, "a forwarded connection broke", gone);
        }
    }

    /** Passes on what the client says; a pod that has closed hears nothing. */
    void toPod(byte[] bytes, boolean last) {
        ByteChannelPair open = pair;
        if (open == null) {
            return;
        }
        try {
            if (bytes.length > 0) {
                open.toPod().write(bytes);
                open.toPod().flush();
            }
            if (last) {
                open.toPod().close();
            }
        } catch (IOException closed) {
            LOG.log(Level.FINER, "the pod does not listen any more", closed);
        }
    }

    void close() {
        ByteChannelPair open = pair;
        if (open == null) {
            return;
        }
        try {
            open.toPod().close();
            open.fromPod().close();
        } catch (IOException already) {
            LOG.log(Level.FINER, "closed before", already);
        }
    }
}
