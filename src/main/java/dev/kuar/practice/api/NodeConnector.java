package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the API server asks of kubelets: the streams behind logs, exec, attach, port-forward and proxy.
 *
 * <p>The pod is the stored object. Refusals are {@code ApiException}s, worded as the kubelet words them and thrown before
 * anything is streamed; the API server has already checked that the pod exists, has a node, and that the container is
 * named rightly.
 */
public interface NodeConnector {
    /** The log text, ready to be sent; with {@code follow} it ends when the container does or when closed. */
    InputStream logs(KubeObject pod, LogRequest request);

    /** Starts a command in a running container. */
    RemoteProcess exec(KubeObject pod, ExecRequest request);

    /** Joins the main process of a running container. */
    RemoteProcess attach(KubeObject pod, ExecRequest request);

    /** @throws NodeRefusal where the pod is none whose ports can be reached */
    void checkForward(KubeObject pod);

    /** Connects to a port inside the pod. */
    ByteChannelPair portForward(KubeObject pod, int port) throws IOException;

    /** A plain HTTP request to a pod's port or to a kubelet's own endpoint, for the proxy subresources. */
    HttpReply proxy(HttpCall call) throws IOException;

    /**
     * A plain HTTP request to some ready endpoint of a service.
     *
     * @param portName the name of the service's port; empty for the one without a name
     * @return empty where no endpoint is ready
     */
    Optional<HttpReply> proxyToService(KubeObject service, String portName, HttpCall call) throws IOException;

    /**
     * Connects to some ready endpoint of a service, from a node.
     *
     * @param portName the name of the service's port; empty for the one without a name
     * @return empty where no endpoint is ready
     */
    Optional<ByteChannelPair> connectToService(KubeObject service, String portName) throws IOException;

    /**
     * Which lines of a log.
     *
     * @param container the container's name, never empty
     * @param tailLines negative for all
     * @param limitBytes negative for all
     * @param since null for from the beginning
     */
    record LogRequest(
            String container,
            boolean follow,
            boolean previous,
            boolean timestamps,
            long tailLines,
            long limitBytes,
            @Nullable Instant since) {}

    /** What to run, or with an empty command what to attach to. */
    record ExecRequest(
            String container, List<String> command, boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

    /** A process inside a container, seen from outside. */
    interface RemoteProcess extends AutoCloseable {
        /** Closing it is end of file for the process. */
        OutputStream stdin();

        InputStream stdout();

        /** Empty with a TTY. */
        InputStream stderr();

        void resize(int columns, int rows);

        /** Completes when the process ends, after all output was written. */
        CompletionStage<ExitStatus> exit();

        /** Ends the process as the runtime does when the client goes away. */
        @Override
        void close();
    }

    /**
     * How a process ended.
     *
     * @param code the exit code
     * @param error empty, or the runtime's own message when the process could not be started
     */
    record ExitStatus(int code, String error) {}

    /** Both directions of one connection. */
    record ByteChannelPair(InputStream fromPod, OutputStream toPod) {}

    /**
     * A request through the proxy.
     *
     * @param namespace empty for a node
     * @param name of the pod or the node
     * @param tls whether to speak TLS; the server's certificate is not looked at
     * @param port the port; 0 for the default
     */
    record HttpCall(
            boolean tls,
            String namespace,
            String name,
            int port,
            String method,
            String pathAndQuery,
            Map<String, List<String>> headers,
            byte[] body) {}

    /** Its answer. */
    record HttpReply(int status, Map<String, List<String>> headers, byte[] body) {}
}
