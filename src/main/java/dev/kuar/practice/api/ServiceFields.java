package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of a Service follow from which others, and which of them go with its type. */
final class ServiceFields {
    private ServiceFields() {}

    /** A name of something outside, which needs no address. */
    static boolean isElsewhere(KubeObject service) {
        return type(service).equals("ExternalName");
    }

    private static String type(KubeObject service) {
        return service.text("spec", "type");
    }

    /** Defaults that hang on several fields. */
    static void complete(KubeObject service) {
        if (service.text("spec", "sessionAffinity").equals("None")) {
            service.set(null, "spec", "sessionAffinityConfig");
        }
        if (isOpen(service) && service.text("spec", "externalTrafficPolicy").isEmpty()) {
            service.set("Cluster", "spec", "externalTrafficPolicy");
        }
        if (isElsewhere(service)
                && Set.of("Cluster", "Local").contains(service.text("spec", "internalTrafficPolicy"))) {
            service.set(null, "spec", "internalTrafficPolicy");
        }
        if (isBalanced(service)) {
            for (Map<String, Object> point : service.maps("status", "loadBalancer", "ingress")) {
                if (!KubeObject.of(point).text("ip").isEmpty()) {
                    point.putIfAbsent("ipMode", "VIP");
                }
            }
        }
    }

    /** Who names one of {@code clusterIP} and {@code clusterIPs} alone means both. */
    static void normalize(KubeObject service, @Nullable KubeObject old) {
        String address = service.text("spec", "clusterIP");
        List<String> all = service.texts("spec", "clusterIPs");
        if (old == null) {
            if (!address.isEmpty() && all.isEmpty()) {
                addresses(service, List.of(address));
            }
            return;
        }
        String was = old.text("spec", "clusterIP");
        List<String> were = old.texts("spec", "clusterIPs");
        if (address.equals(was)) {
            if (all.isEmpty() && !were.isEmpty()) {
                addresses(service, were);
            }
        } else if (all.equals(were)) {
            addresses(service, address.isEmpty() ? List.of() : List.of(address));
        }
    }

    private static void addresses(KubeObject service, List<String> addresses) {
        service.set(addresses.isEmpty() ? null : new ArrayList<Object>(addresses), "spec", "clusterIPs");
    }

    /** What was given and is not mentioned is meant to stay. */
    static void patch(KubeObject service, KubeObject old) {
        if (!isElsewhere(old) && !isElsewhere(service)) {
            if (service.text("spec", "clusterIP").isEmpty()) {
                keep(service, old, "clusterIP");
            }
            if (service.texts("spec", "clusterIPs").isEmpty()) {
                keep(service, old, "clusterIPs");
            }
        }
        if (takesPorts(old) && takesPorts(service)) {
            patchPorts(service, old);
        }
        if (isHealthAsked(old) && isHealthAsked(service) && service.number(0, "spec", "healthCheckNodePort") == 0) {
            keep(service, old, "healthCheckNodePort");
        }
    }

    private static void keep(KubeObject service, KubeObject old, String field) {
        service.set(KubeObject.copyOrNull(old.at("spec", field)), "spec", field);
    }

    private static void patchPorts(KubeObject service, KubeObject old) {
        Set<Long> used = new HashSet<>(nodePorts(old));
        used.retainAll(nodePorts(service));
        Map<String, Long> byName = new HashMap<>();
        for (Map<String, Object> port : old.maps("spec", "ports")) {
            byName.put(name(port), nodePort(port));
        }
        for (Map<String, Object> port : service.maps("spec", "ports")) {
            long was = byName.getOrDefault(name(port), 0L);
            if (nodePort(port) == 0 && was != 0 && !used.contains(was)) {
                port.put("nodePort", was);
            }
        }
    }

    private static String name(Map<String, Object> port) {
        return KubeObject.of(port).text("name");
    }

    static long nodePort(Map<String, Object> port) {
        return KubeObject.of(port).number(0, "nodePort");
    }

    /** Those that are set. */
    static List<Long> nodePorts(KubeObject service) {
        return service.maps("spec", "ports").stream()
                .map(ServiceFields::nodePort)
                .filter(port -> port != 0)
                .toList();
    }

    /** What its old type had and the new one has no use for goes, unless it was changed too, which is an error. */
    static void drop(KubeObject service, KubeObject old) {
        if (isElsewhere(service) && !isElsewhere(old)) {
            if (isSame(service, old, "clusterIP") && isSame(service, old, "clusterIPs")) {
                drop(service, "clusterIP", "clusterIPs");
            }
            dropIfSame(service, old, "ipFamilies");
            dropIfSame(service, old, "ipFamilyPolicy");
        }
        if (isOnNodes(old) && !isOnNodes(service) && nodePorts(old).containsAll(nodePorts(service))) {
            service.maps("spec", "ports").forEach(port -> port.remove("nodePort"));
        }
        if (isHealthAsked(old) && !isHealthAsked(service)) {
            dropIfSame(service, old, "healthCheckNodePort");
        }
        if (isBalanced(old) && !isBalanced(service)) {
            dropIfSame(service, old, "allocateLoadBalancerNodePorts");
            dropIfSame(service, old, "loadBalancerClass");
        }
        if (isOpen(old) && !isOpen(service)) {
            dropIfSame(service, old, "externalTrafficPolicy");
        }
        if (!isBalanced(service) && !service.map("status", "loadBalancer").isEmpty()) {
            service.set(new HashMap<>(), "status", "loadBalancer");
        }
    }

    private static boolean isSame(KubeObject service, KubeObject old, String field) {
        return Objects.equals(service.at("spec", field), old.at("spec", field));
    }

    private static void dropIfSame(KubeObject service, KubeObject old, String field) {
        if (isSame(service, old, field)) {
            drop(service, field);
        }
    }

    private static void drop(KubeObject service, String... fields) {
        for (String field : fields) {
            service.set(null, "spec", field);
        }
    }

    static boolean isBalanced(KubeObject service) {
        return type(service).equals("LoadBalancer");
    }

    static boolean isOnNodes(KubeObject service) {
        return type(service).equals("NodePort") || isBalanced(service);
    }

    /** Whether its ports get node ports by themselves. */
    static boolean takesPorts(KubeObject service) {
        return type(service).equals("NodePort")
                || isBalanced(service) && !Boolean.FALSE.equals(service.at("spec", "allocateLoadBalancerNodePorts"));
    }

    /** Whether a balancer asks each node if it has a pod of it. */
    static boolean isHealthAsked(KubeObject service) {
        return isBalanced(service)
                && service.text("spec", "externalTrafficPolicy").equals("Local");
    }

    /** Whether it can be reached from outside. */
    private static boolean isOpen(KubeObject service) {
        return isOnNodes(service)
                || type(service).equals("ClusterIP")
                        && !service.texts("spec", "externalIPs").isEmpty();
    }
}
