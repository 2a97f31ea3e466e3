package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.ByteChannelPair;
import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.ExitStatus;
import dev.kuar.practice.api.NodeConnector.LogRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.api.NodeRefusal;
import dev.kuar.practice.container.BytePipe;
import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.ExecSession;
import dev.kuar.practice.container.PipeWire;
import dev.kuar.practice.container.RuntimeError;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.network.Unreachable;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The streaming side of the kubelet: logs, exec, attach, port-forward; its refusals worded as it words them. */
final class PodStreams {
    private final ClusterNetwork network;

    PodStreams(ClusterNetwork network) {
        this.network = network;
    }

    private static ApiException plain(int code, String text) {
        return new NodeRefusal(code, text);
    }

    private static ApiException badRequest(String text) {
        return new ApiException(Status.failure(400, "BadRequest", text));
    }

    static ApiException unreachable(KubeObject pod) {
        String host = pod.text("status", "hostIP");
        return new ApiException(Status.failure(
                500, "", "error dialing backend: dial tcp " + host + ":10250: connect: no route to host"));
    }

    static ApiException podNotFound(KubeObject pod) {
        return plain(500, "pod not found (\"" + pod.name() + "_" + pod.namespace() + "\")");
    }

    InputStream logs(KubeObject pod, PodWorker worker, LogRequest request) {
        ContainerRecord record = worker.record(request.container())
                .orElseThrow(() -> badRequest(
                        "container \"" + request.container() + "\" in pod \"" + pod.name() + "\" is not available"));
        synchronized (worker) {
            String which = "container \"" + record.name() + "\" in pod \"" + pod.name() + "\"";
            ContainerLog log = record.log;
            if (request.previous()) {
                if (record.before() == null) {
                    throw badRequest("previous terminated " + which + " not found");
                }
                // Where it waits to be started again the newest log is that of the run before.
                ContainerLog before = record.isRunning() || record.isSeenTerminated() ? record.previousLog : log;
                return before == null
                        ? new ByteArrayInputStream(("unable to retrieve container logs for containerd://" + record.id)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        : before.read(request);
            }
            if (log != null && (record.isRunning() || record.isTerminated())) {
                return log.read(request);
            }
            if (record.isRunning() || record.isTerminated()) {
                return InputStream.nullInputStream();
            }
            throw badRequest(which + " is waiting to start: "
                    + switch (record.waitingReason()) {
                        case "ErrImagePull" -> "image can't be pulled";
                        case "ImagePullBackOff" -> "trying and failing to pull image";
                        default -> record.waitingReason();
                    });
        }
    }

    private static Container running(PodWorker worker, String name) {
        Container container = worker.record(name)
                .filter(ContainerRecord::isRunning)
                .map(r -> r.container)
                .orElse(null);
        if (container == null || !container.isRunning()) {
            throw plain(500, "container not found (\"" + name + "\")");
        }
        return container;
    }

    RemoteProcess exec(PodWorker worker, ExecRequest request) {
        requireStreams(request);
        Container container = running(worker, request.container());
        try {
            return new Remote(container.exec(request.command(), request.stdin(), request.tty()));
        } catch (RuntimeError e) {
            return new Failed("error executing command in container: " + e.getMessage());
        }
    }

    RemoteProcess attach(PodWorker worker, ExecRequest request) {
        requireStreams(request);
        Container container = running(worker, request.container());
        KubeObject spec = worker.record(request.container()).orElseThrow().spec();
        boolean tty = spec.flag("tty");
        if (tty && request.stderr()) {
            throw plain(500, "rpc error: code = InvalidArgument desc = tty and stderr cannot both be true");
        }
        return request.tty() == tty
                ? new Remote(container.attach(request.stdin(), spec.flag("stdinOnce")))
                : new Mismatched();
    }

    private static void requireStreams(ExecRequest request) {
        if (!request.stdin() && !request.stdout() && !request.stderr()) {
            throw plain(400, "you must specify at least 1 of stdin, stdout, stderr");
        }
    }

    static void checkForward(KubeObject pod, PodWorker worker) {
        if (worker.network() == null) {
            throw podNotFound(pod);
        }
    }

    ByteChannelPair portForward(KubeObject pod, PodWorker worker, int port) throws IOException {
        NetworkNamespace stack = worker.network();
        if (stack == null) {
            throw podNotFound(pod);
        }
        BytePipe answers = new BytePipe();
        try {
            Wire wire = network.dial(stack, "127.0.0.1", port).accept(new PipeWire(answers.out()), "127.0.0.1");
            return new ByteChannelPair(answers.in(), new WireStream(wire));
        } catch (Unreachable e) {
            String sandbox = pod.uid().replace("-", "") + pod.uid().replace("-", "");
            throw new IOException(
                    "error forwarding port " + port + " to pod " + sandbox
                            + ", uid : failed to execute portforward in network namespace \"/var/run/netns/cni-"
                            + pod.uid()
                            + "\": failed to connect to localhost:" + port + " inside namespace \"" + sandbox
                            + "\", IPv4: dial tcp4 127.0.0.1:" + port
                            + ": connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found ",
                    e);
        }
    }

    /** @param address {@code ip:port}; failures are worded as Go's dialler words them */
    ByteChannelPair connect(NetworkNamespace from, String address) throws IOException {
        int colon = address.lastIndexOf(':');
        BytePipe answers = new BytePipe();
        try {
            Wire wire = network.dial(from, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))
                    .accept(new PipeWire(answers.out()), from.ip());
            return new ByteChannelPair(answers.in(), new WireStream(wire));
        } catch (Unreachable e) {
            throw new IOException(
                    "dial tcp " + address + ": connect: " + e.words().toLowerCase(java.util.Locale.ROOT), e);
        }
    }

    /** Sends what is written. */
    private static final class WireStream extends OutputStream {
        private final Wire wire;

        WireStream(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void write(int b) {
            wire.send(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            wire.send(java.util.Arrays.copyOfRange(bytes, offset, offset + count));
        }

        @Override
        public void close() {
            wire.end();
        }
    }

    /** A process of the runtime. */
    private record Remote(ExecSession session) implements RemoteProcess {
        @Override
        public OutputStream stdin() {
            return session.stdin();
        }

        @Override
        public InputStream stdout() {
            return session.stdout();
        }

        @Override
        public InputStream stderr() {
            return session.stderr();
        }

        @Override
        public void resize(int columns, int rows) {
            session.resize(columns, rows);
        }

        @Override
        public CompletionStage<ExitStatus> exit() {
            return session.exit().thenApply(code -> new ExitStatus(code, ""));
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** A process that the runtime could not start. */
    private record Failed(String message) implements RemoteProcess {
        @Override
        public OutputStream stdin() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream stdout() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream stderr() {
            return InputStream.nullInputStream();
        }

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public CompletionStage<ExitStatus> exit() {
            return CompletableFuture.completedFuture(new ExitStatus(126, message));
        }

        @Override
        public void close() {}
    }
}
