package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code pods/portforward}: over SPDY, over SPDY inside a WebSocket, or in the older way over a WebSocket's channels. */
final class ForwardHandler {
    private static final String SPDY = "portforward.k8s.io";
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final List<String> CHANNELS = List.of("v4.channel.k8s.io", "v4.base64.channel.k8s.io");

    Handled handle(Call call, KubeObject pod, NodeConnector nodes) throws IOException {
        boolean webSocket = WebSocketUpgrade.isAskedFor(call);
        if (!webSocket && !SpdyUpgrade.isAskedFor(call)) {
            throw Statuses.badRequest("Upgrade request required");
        }
        if (pod.text("spec", "nodeName").isEmpty()) {
            throw Statuses.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        if (!webSocket) {
            Optional<String> protocol = SpdyUpgrade.choose(call, List.of(SPDY));
            protocol.ifPresent(chosen ->
                    SpdyUpgrade.accept(call, chosen, link -> new SpdyForward(new SpdySession(link), pod, nodes).run()));
            return Handled.DONE;
        }
        if (WebSocketUpgrade.offered(call).contains(TUNNEL)) {
            WebSocketConnection.accept(
                    call, TUNNEL, socket -> new SpdyForward(new SpdySession(ByteLink.of(socket)), pod, nodes).run());
            return Handled.DONE;
        }
        List<Integer> ports = ports(call);
        String protocol = WebSocketConnection.choose(call, CHANNELS);
        if (protocol == null) {
            ConnectHandler.refuseProtocol(call);
            return Handled.DONE;
        }
        ChannelProtocol channels = new ChannelProtocol(protocol);
        WebSocketConnection.accept(
                call, protocol, socket -> new ChannelForward(socket, channels, pod, nodes, ports).run());
        return Handled.DONE;
    }

    private static List<Integer> ports(Call call) {
        List<Integer> ports = new ArrayList<>();
        for (String list : call.query().getOrDefault("ports", List.of())) {
            for (String text : list.split(",", -1)) {
                try {
                    int port = Integer.parseInt(text.trim());
                    if (port < 1 || port > 65535) {
                        throw Statuses.badRequest("port " + text + " must be a positive number");
                    }
                    ports.add(port);
                } catch (NumberFormatException none) {
                    throw Statuses.badRequest("unable to parse \"" + text
                            + "\" as a port: strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
                }
            }
        }
        if (ports.isEmpty()) {
            throw Statuses.badRequest("query parameter \"port\" is required");
        }
        return ports;
    }
}
