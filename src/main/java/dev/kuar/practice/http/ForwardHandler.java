package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeRefusal;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code pods/portforward}: over SPDY, over SPDY inside a WebSocket, or in the older way over a WebSocket's channels. */
final class ForwardHandler {
    private static final String SPDY = "portforward.k8s.io";
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final List<String> CHANNELS = List.of("v4.channel.k8s.io", "v4.base64.channel.k8s.io");

    Handled handle(Call call, KubeObject pod, KubeObject options, NodeConnector nodes) throws IOException {
        boolean webSocket = WebSocketUpgrade.isAskedFor(call);
        if (!webSocket && !SpdyUpgrade.isAskedFor(call)) {
            throw Statuses.badRequest("Upgrade request required");
        }
        if (pod.text("spec", "nodeName").isEmpty()) {
            throw Statuses.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        nodes.checkForward(pod);
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
        List<Integer> ports = listed(options);
        String protocol = WebSocketConnection.choose(call, CHANNELS);
        if (protocol == null) {
            UpgradeReply.handshake(call, 403, "");
            return Handled.DONE;
        }
        ChannelProtocol channels = new ChannelProtocol(protocol);
        WebSocketConnection.accept(
                call, protocol, socket -> new ChannelForward(socket, channels, pod, nodes, ports).run());
        return Handled.DONE;
    }

    /** The ports of a request's options. */
    static List<Object> ports(Call call) {
        List<Object> ports = new ArrayList<>();
        for (String list : call.query().getOrDefault("ports", List.of())) {
            for (String text : list.split(",", -1)) {
                ports.add(port(text));
            }
        }
        return ports;
    }

    /** As Go reads a number of 16 bits. */
    private static long port(String text) {
        String wrong = "cannot convert to []int32: strconv.ParseUint: parsing " + JsonWriter.text(text);
        if (!text.matches("[0-9]+")) {
            throw Statuses.badRequest(wrong + ": invalid syntax");
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > 16) {
            throw Statuses.badRequest(wrong + ": value out of range");
        }
        return number.longValue();
    }

    /** What a kubelet makes of the ports of an older client. */
    private static List<Integer> listed(KubeObject options) {
        List<Integer> ports = new ArrayList<>();
        for (Object port : options.tree().get("ports") instanceof List<?> all ? all : List.of()) {
            int number = ((Number) port).intValue();
            if (number < 1) {
                throw new NodeRefusal(400, "port \"" + number + "\" must be > 0");
            }
            ports.add(number);
        }
        if (ports.isEmpty()) {
            throw new NodeRefusal(400, "query parameter \"port\" is required");
        }
        return ports;
    }
}
