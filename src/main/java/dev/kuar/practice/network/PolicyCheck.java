package dev.kuar.practice.network;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether NetworkPolicies let a connection through: allowed unless a policy selects the pod and none allows. */
final class PolicyCheck {
    private static final GroupResource POLICIES = GroupResource.of("networking.k8s.io", "networkpolicies");
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource NAMESPACES = GroupResource.core("namespaces");

    private final ApiClient api;

    PolicyCheck(ApiClient api) {
        this.api = api;
    }

    /** @param protocol {@code TCP} or {@code UDP} */
    boolean allows(NetworkNamespace from, NetworkNamespace to, int port, String protocol) {
        Packet packet = new Packet(to, port, protocol);
        return from == to
                || side(from, to, packet, "Egress", "egress", "to")
                        && side(to, from, packet, "Ingress", "ingress", "from");
    }

    private record Packet(NetworkNamespace to, int port, String protocol) {}

    private boolean side(
            NetworkNamespace own, NetworkNamespace peer, Packet packet, String type, String rules, String peers) {
        if (own.podNamespace().isEmpty()) {
            return true;
        }
        boolean selected = false;
        for (KubeObject policy : api.informer(POLICIES).inNamespace(own.podNamespace())) {
            if (!applies(policy, type) || !matches(policy.map("spec", "podSelector"), own.podLabels())) {
                continue;
            }
            selected = true;
            for (Map<String, Object> rule : policy.maps("spec", rules)) {
                KubeObject r = KubeObject.of(rule);
                if (portIn(r.maps("ports"), packet) && peerIn(r.maps(peers), own, peer)) {
                    return true;
                }
            }
        }
        return !selected;
    }

    private static boolean applies(KubeObject policy, String type) {
        List<String> types = policy.texts("spec", "policyTypes");
        return types.isEmpty() ? type.equals("Ingress") || policy.at("spec", "egress") != null : types.contains(type);
    }

    private boolean portIn(List<Map<String, Object>> ports, Packet packet) {
        if (ports.isEmpty()) {
            return true;
        }
        for (Map<String, Object> entry : ports) {
            KubeObject p = KubeObject.of(entry);
            String protocol = p.text("protocol");
            if (!(protocol.isEmpty() ? "TCP" : protocol).equals(packet.protocol()) && packet.port() != 53) {
                continue;
            }
            if (p.at("port") instanceof String name) {
                if (isNamed(name, packet)) {
                    return true;
                }
                continue;
            }
            long low = p.number(-1, "port");
            if (p.at("port") == null || low <= packet.port() && packet.port() <= p.number(low, "endPort")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pod that the packet goes to calls the port so. */
    private boolean isNamed(String name, Packet packet) {
        return api.informer(PODS).inNamespace(packet.to().podNamespace()).stream()
                .filter(pod -> pod.text("status", "podIP").equals(packet.to().ip()))
                .flatMap(pod -> Stream.concat(
                        pod.maps("spec", "containers").stream(), pod.maps("spec", "initContainers").stream()))
                .flatMap(container -> KubeObject.of(container).maps("ports").stream())
                .map(KubeObject::of)
                .anyMatch(port -> port.text("name").equals(name)
                        && port.number(0, "containerPort") == packet.port()
                        && (port.text("protocol").isEmpty() ? "TCP" : port.text("protocol")).equals(packet.protocol()));
    }

    private boolean peerIn(List<Map<String, Object>> peers, NetworkNamespace own, NetworkNamespace peer) {
        if (peers.isEmpty()) {
            return true;
        }
        for (Map<String, Object> entry : peers) {
            KubeObject p = KubeObject.of(entry);
            if (p.at("ipBlock") != null) {
                if (inBlock(p, peer.ip())) {
                    return true;
                }
                continue;
            }
            boolean namespaceFits = p.at("namespaceSelector") == null
                    ? peer.podNamespace().equals(own.podNamespace())
                    : matches(p.map("namespaceSelector"), labelsOf(peer.podNamespace()));
            if (!peer.podNamespace().isEmpty() && namespaceFits && matches(p.map("podSelector"), peer.podLabels())) {
                return true;
            }
        }
        return false;
    }

    private static boolean inBlock(KubeObject peer, String ip) {
        if (!contains(peer.text("ipBlock", "cidr"), ip)) {
            return false;
        }
        for (String except : peer.texts("ipBlock", "except")) {
            if (contains(except, ip)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(String cidr, String ip) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || ip.indexOf(':') >= 0 || cidr.indexOf(':') >= 0) {
            return false;
        }
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        long mask = bits == 0 ? 0 : 0xffffffffL << (32 - bits) & 0xffffffffL;
        return (number(cidr.substring(0, slash)) & mask) == (number(ip) & mask);
    }

    private static long number(String ip) {
        long number = 0;
        for (String part : ip.split("\\.")) {
            number = number << 8 | Long.parseLong(part);
        }
        return number;
    }

    private Map<String, String> labelsOf(String namespace) {
        Optional<KubeObject> found = api.informer(NAMESPACES).find("", namespace);
        return found.map(KubeObject::labels).orElse(Map.of());
    }

    private static boolean matches(Map<String, Object> selector, Map<String, String> labels) {
        KubeObject s = KubeObject.of(selector);
        for (Map.Entry<String, String> wanted : s.textMap("matchLabels").entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Map<String, Object> entry : s.maps("matchExpressions")) {
            KubeObject e = KubeObject.of(entry);
            String value = labels.get(e.text("key"));
            boolean fits =
                    switch (e.text("operator")) {
                        case "In" -> value != null && e.texts("values").contains(value);
                        case "NotIn" -> value == null || !e.texts("values").contains(value);
                        case "Exists" -> value != null;
                        default -> value == null;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
