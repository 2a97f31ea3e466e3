package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The subresources that are connections to pods and nodes: log, exec, attach, portforward, proxy. */
final class ConnectHandler {
    private final ApiServer api;
    private final Supplier<NodeConnector> nodes;
    private final LogHandler logs;
    private final ProxyHandler proxy;
    private final ForwardHandler forwards = new ForwardHandler();

    ConnectHandler(FrontParts parts) {
        this.api = parts.api();
        this.nodes = parts.nodes();
        this.logs = new LogHandler(parts.clock());
        this.proxy = new ProxyHandler(parts);
    }

    Handled handle(Call call, RequestPath path, ApiRequest request) throws IOException {
        KubeObject target = api.connect(request.named(ProxyHandler.objectName(path)));
        return switch (path.subresource()) {
            case "log" -> {
                FrontRouter.requireGet(call);
                yield logs.handle(call, target, nodes.get());
            }
            case "proxy" -> proxy.handle(call, path, target);
            case "exec", "attach" -> stream(call, path, target);
            case "portforward" -> forwards.handle(call, target, nodes.get());
            default -> throw Statuses.badRequest("Upgrade request required");
        };
    }

    private Handled stream(Call call, RequestPath path, KubeObject pod) throws IOException {
        if (!call.header("Connection").toLowerCase(java.util.Locale.ROOT).contains("upgrade")) {
            throw Statuses.badRequest("Upgrade request required");
        }
        if (WebSocketUpgrade.isAskedFor(call) && !call.method().equals("GET")) {
            close(call, 405, "bad method");
            return Handled.DONE;
        }
        String container = ContainerChoice.of(pod, call.query("container"));
        if (pod.text("spec", "nodeName").isEmpty()) {
            throw Statuses.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        boolean tty = call.flag("tty");
        ExecRequest exec = new ExecRequest(
                container,
                call.query().getOrDefault("command", List.of()),
                call.flag("stdin"),
                call.flag("stdout"),
                call.flag("stderr") && !tty,
                tty);
        if (!exec.stdin() && !exec.stdout() && !exec.stderr()) {
            Reply.bytes(
                    call,
                    400,
                    Reply.TEXT,
                    "you must specify at least 1 of stdin, stdout, stderr"
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return Handled.DONE;
        }
        boolean attach = path.subresource().equals("attach");
        if (SpdyUpgrade.isAskedFor(call)) {
            return overSpdy(call, pod, exec, attach);
        }
        String protocol = WebSocketConnection.choose(call, ChannelProtocol.STREAMS);
        if (protocol == null || !WebSocketUpgrade.isAskedFor(call)) {
            refuseProtocol(call);
            return Handled.DONE;
        }
        RemoteProcess process =
                attach ? nodes.get().attach(pod, exec) : nodes.get().exec(pod, exec);
        ChannelProtocol channels = new ChannelProtocol(protocol);
        WebSocketConnection.accept(call, protocol, socket -> {
            ExecPeer peer = new WebSocketPeer(channels, socket);
            new ExecSession(process, exec, channels, peer).run();
        });
        return Handled.DONE;
    }

    private Handled overSpdy(Call call, KubeObject pod, ExecRequest exec, boolean attach) throws IOException {
        Optional<String> protocol = SpdyUpgrade.choose(call, ChannelProtocol.SPDY);
        if (protocol.isEmpty()) {
            return Handled.DONE;
        }
        NodeConnector connector = nodes.get();
        RemoteProcess process = attach ? connector.attach(pod, exec) : connector.exec(pod, exec);
        ChannelProtocol channels = new ChannelProtocol(protocol.get());
        SpdyUpgrade.accept(call, protocol.get(), link -> SpdyExec.run(link, process, exec, channels));
        return Handled.DONE;
    }

    /** 403 without a body, as for protocols that nobody speaks. */
    static void refuseProtocol(Call call) throws IOException {
        close(call, 403, "");
    }

    private static void close(Call call, int code, String body) throws IOException {
        call.exchange().setPersistent(false);
        call.setHeader("Connection", "close");
        Reply.bytes(call, code, "", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
