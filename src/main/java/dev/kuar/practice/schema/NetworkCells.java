package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Addresses and ports of services, ingresses, endpoints and slices. */
final class NetworkCells {
    private NetworkCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("service.clusterIP", service -> {
            List<String> ips = service.texts("spec", "clusterIPs");
            return Cells.orNone(ips.isEmpty() ? service.text("spec", "clusterIP") : ips.get(0));
        });
        cells.put("service.externalIP", service -> externalIp(service));
        cells.put("service.ports", service -> ports(service));
        cells.put("ingress.class", ingress -> {
            String old = ingress.annotations().getOrDefault("kubernetes.io/ingress.class", "");
            return Cells.orNone(old.isEmpty() ? ingress.text("spec", "ingressClassName") : old);
        });
        cells.put("ingress.hosts", ingress -> hosts(ingress));
        cells.put("ingress.address", ingress -> String.join(",", balancer(ingress)));
        cells.put("ingress.ports", ingress -> ingress.maps("spec", "tls").isEmpty() ? "80" : "80, 443");
        cells.put("ingressclass.parameters", each -> parameters(each));
        cells.put("endpoints", endpoints -> endpoints(endpoints));
        cells.put("slice.ports", slice -> slicePorts(slice));
        cells.put("slice.endpoints", slice -> {
            List<String> addresses = new ArrayList<>();
            slice.maps("endpoints")
                    .forEach(each -> addresses.addAll(KubeObject.of(each).texts("addresses")));
            return Cells.some(addresses, 3, Cells.UNSET);
        });
        cells.put("ipaddress.parent", each -> {
            KubeObject parent = KubeObject.of(each.map("spec", "parentRef"));
            String group = parent.text("group");
            String resource = parent.text("resource") + (group.isEmpty() ? "" : "." + group);
            String namespace = parent.text("namespace");
            return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + parent.text("name");
        });
    }

    private static String externalIp(KubeObject service) {
        List<String> own = service.texts("spec", "externalIPs");
        return switch (service.text("spec", "type")) {
            case "ExternalName" -> service.text("spec", "externalName");
            case "LoadBalancer" -> {
                Set<String> all = new LinkedHashSet<>(balancer(service));
                all.addAll(own);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            default -> own.isEmpty() ? Cells.NONE : String.join(",", own);
        };
    }

    private static List<String> balancer(KubeObject object) {
        List<String> points = new ArrayList<>();
        for (Map<String, Object> each : object.maps("status", "loadBalancer", "ingress")) {
            KubeObject point = KubeObject.of(each);
            points.add(point.text("ip").isEmpty() ? point.text("hostname") : point.text("ip"));
        }
        return points;
    }

    private static String ports(KubeObject service) {
        List<String> ports = new ArrayList<>();
        for (Map<String, Object> each : service.maps("spec", "ports")) {
            KubeObject port = KubeObject.of(each);
            long node = port.number(0, "nodePort");
            ports.add(port.number(0, "port") + (node > 0 ? ":" + node : "") + "/" + port.text("protocol"));
        }
        return Cells.orNone(String.join(",", ports));
    }

    private static String hosts(KubeObject ingress) {
        List<String> hosts = new ArrayList<>();
        for (Map<String, Object> rule : ingress.maps("spec", "rules")) {
            String host = KubeObject.of(rule).text("host");
            hosts.add(host.isEmpty() ? "*" : host);
        }
        return Cells.some(hosts, 3, "*");
    }

    private static String parameters(KubeObject ingressClass) {
        KubeObject parameters = KubeObject.of(ingressClass.map("spec", "parameters"));
        if (parameters.kind().isEmpty()) {
            return Cells.NONE;
        }
        String group = parameters.text("apiGroup");
        return parameters.kind() + (group.isEmpty() ? "" : "." + group) + "/" + parameters.text("name");
    }

    private static String endpoints(KubeObject endpoints) {
        List<String> all = new ArrayList<>();
        for (Map<String, Object> each : endpoints.maps("subsets")) {
            KubeObject subset = KubeObject.of(each);
            List<Map<String, Object>> ports = subset.maps("ports");
            for (Map<String, Object> port : ports.isEmpty() ? List.of(Map.<String, Object>of()) : ports) {
                for (Map<String, Object> address : subset.maps("addresses")) {
                    String ip = KubeObject.of(address).text("ip");
                    all.add(port.isEmpty() ? ip : ip + ":" + port.get("port"));
                }
            }
        }
        return Cells.some(all, 3, Cells.NONE);
    }

    private static String slicePorts(KubeObject slice) {
        List<String> ports = new ArrayList<>();
        for (Map<String, Object> each : slice.maps("ports")) {
            ports.add(each.get("port") == null ? "*" : String.valueOf(each.get("port")));
        }
        return Cells.some(ports, 3, Cells.UNSET);
    }
}
