package dev.kuar.practice.http;

import dev.kuar.practice.api.ApiRequest;
import dev.kuar.practice.api.ApiServer;
import dev.kuar.practice.api.Body;
import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeConnector.ExecRequest;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.api.NodeRefusal;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        ApiRequest named = request.named(ProxyHandler.objectName(path));
        Map<String, Object> asked = options(call, path);
        KubeObject target = api.connect(path.subresource().equals("log") ? named : named.with(Body.tree(asked)));
        KubeObject options = KubeObject.of(asked);
        return switch (path.subresource()) {
            case "log" -> logs.handle(call, target, nodes.get());
            case "proxy" -> proxy.handle(call, path, target);
            case "exec", "attach", "portforward" -> upgrade(call, path, target, options);
            default -> throw Statuses.badRequest("Upgrade request required");
        };
    }

    /** What admission sees of a connection, and may change. */
    private static Map<String, Object> options(Call call, RequestPath path) {
        String kind =
                switch (path.subresource()) {
                    case "exec" -> "PodExecOptions";
                    case "attach" -> "PodAttachOptions";
                    case "portforward" -> "PodPortForwardOptions";
                    default ->
                        path.resource().equals("pods")
                                ? "PodProxyOptions"
                                : path.resource().equals("nodes") ? "NodeProxyOptions" : "ServiceProxyOptions";
                };
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("kind", kind);
        options.put("apiVersion", "v1");
        if (kind.endsWith("ProxyOptions")) {
            options.put("path", path.rest().isEmpty() ? "/" : path.rest());
        } else if (path.subresource().equals("portforward")) {
            List<Object> ports = ForwardHandler.ports(call);
            if (!ports.isEmpty()) {
                options.put("ports", ports);
            }
        } else {
            for (String name : List.of("stdin", "stdout", "stderr", "tty")) {
                if (call.flag(name)) {
                    options.put(name, true);
                }
            }
            if (!call.query("container").isEmpty()) {
                options.put("container", call.query("container"));
            }
            if (path.subresource().equals("exec")) {
                options.put("command", new ArrayList<Object>(call.query().getOrDefault("command", List.of())));
            }
        }
        return options;
    }

    private Handled upgrade(Call call, RequestPath path, KubeObject pod, KubeObject options) throws IOException {
        try {
            return path.subresource().equals("portforward")
                    ? forwards.handle(call, pod, options, nodes.get())
                    : stream(call, path, pod, options);
        } catch (NodeRefusal refused) {
            UpgradeReply.refuse(call, refused);
            return Handled.DONE;
        }
    }

    private Handled stream(Call call, RequestPath path, KubeObject pod, KubeObject options) throws IOException {
        if (!call.header("Connection").toLowerCase(java.util.Locale.ROOT).contains("upgrade")) {
            throw Statuses.badRequest("Upgrade request required");
        }
        if (WebSocketUpgrade.isAskedFor(call) && !call.method().equals("GET")) {
            UpgradeReply.handshake(call, 405, "bad method");
            return Handled.DONE;
        }
        String container = ContainerChoice.of(pod, options.text("container"));
        if (pod.text("spec", "nodeName").isEmpty()) {
            throw Statuses.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        boolean tty = options.flag("tty");
        ExecRequest exec = new ExecRequest(
                container,
                options.texts("command"),
                options.flag("stdin"),
                options.flag("stdout"),
                options.flag("stderr") && !tty,
                tty);
        if (!exec.stdin() && !exec.stdout() && !exec.stderr()) {
            UpgradeReply.text(call, 400, "you must specify at least 1 of stdin, stdout, stderr");
            return Handled.DONE;
        }
        boolean attach = path.subresource().equals("attach");
        if (SpdyUpgrade.isAskedFor(call)) {
            return overSpdy(call, pod, exec, attach);
        }
        String protocol = WebSocketConnection.choose(call, ChannelProtocol.STREAMS);
        if (protocol == null || !WebSocketUpgrade.isAskedFor(call)) {
            UpgradeReply.handshake(call, 403, "");
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
}
