package dev.kuar.practice.network;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The zone {@code cluster.local} and its reverse zones, from Services and EndpointSlices; Kubernetes' DNS specification
 * 1.1 as CoreDNS' kubernetes plugin serves it. Other names are not known here: there is no outer world.
 */
final class ClusterDns implements DnsPort {
    private static final String ZONE = "cluster.local";
    private static final GroupResource SERVICES = GroupResource.core("services");
    private static final GroupResource NAMESPACES = GroupResource.core("namespaces");
    private static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");

    private final ApiClient api;

    ClusterDns(ApiClient api) {
        this.api = api;
    }

    @Override
    public DnsAnswer answer(String asked, String type) {
        String name = asked.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.endsWith(".in-addr.arpa")) {
            return reverse(name);
        }
        if (!name.equals(ZONE) && !name.endsWith("." + ZONE)) {
            return none(name);
        }
        List<String> labels = new ArrayList<>(Arrays.asList(name.split("\\.")));
        int depth = labels.size() - 2;
        if (depth == 0) {
            return data(name, List.of());
        }
        String branch = labels.get(depth - 1);
        if (branch.equals("pod")) {
            return pod(name, labels, depth, type);
        }
        if (!branch.equals("svc")) {
            return none(name);
        }
        if (depth == 1) {
            return data(name, List.of());
        }
        String namespace = labels.get(depth - 2);
        if (depth == 2) {
            return api.informer(NAMESPACES).find("", namespace).isPresent() ? data(name, List.of()) : none(name);
        }
        String service = labels.get(depth - 3);
        return api.informer(SERVICES)
                .find(namespace, service)
                .map(found -> service(asked, found, labels.subList(0, depth - 3), type))
                .orElseGet(() -> none(asked));
    }

    private DnsAnswer service(String name, KubeObject service, List<String> prefix, String type) {
        if (service.text("spec", "type").equals("ExternalName")) {
            String other = service.text("spec", "externalName");
            return type.equals("CNAME") ? data(name, List.of(other)) : answer(other, type);
        }
        boolean headless = service.text("spec", "clusterIP").equals("None");
        if (prefix.size() == 2 && prefix.get(0).startsWith("_") && prefix.get(1).startsWith("_")) {
            return ports(name, service, prefix, headless, type);
        }
        if (prefix.size() > 1) {
            return none(name);
        }
        List<String> addresses = new ArrayList<>();
        if (!headless) {
            if (!prefix.isEmpty()) {
                return none(name);
            }
            addresses.add(service.text("spec", "clusterIP"));
        } else {
            for (Endpoint endpoint : endpoints(service)) {
                if (prefix.isEmpty() || prefix.get(0).equals(endpoint.host())) {
                    addresses.add(endpoint.ip());
                }
            }
            if (addresses.isEmpty()) {
                return none(name);
            }
        }
        return data(name, type.equals("A") ? addresses : List.of());
    }

    private DnsAnswer ports(String name, KubeObject service, List<String> prefix, boolean headless, String type) {
        String base = service.name() + "." + service.namespace() + ".svc." + ZONE;
        List<String> records = new ArrayList<>();
        for (Map<String, Object> entry : service.maps("spec", "ports")) {
            KubeObject port = KubeObject.of(entry);
            String protocol = port.text("protocol").isEmpty() ? "tcp" : port.text("protocol");
            if (!prefix.get(0).equals("_" + port.text("name"))
                    || !prefix.get(1).equals("_" + protocol.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (headless) {
                endpoints(service)
                        .forEach(e -> records.add("0 100 " + port.number(0, "port") + " " + e.host() + "." + base));
            } else {
                records.add("0 100 " + port.number(0, "port") + " " + base);
            }
        }
        return records.isEmpty() ? none(name) : data(name, type.equals("SRV") ? records : List.of());
    }

    private DnsAnswer pod(String name, List<String> labels, int depth, String type) {
        if (depth < 3) {
            return data(name, List.of());
        }
        String ip = labels.get(depth - 3).replace('-', '.');
        if (depth > 3
                || !ip.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || api.informer(NAMESPACES).find("", labels.get(depth - 2)).isEmpty()) {
            return none(name);
        }
        return data(name, type.equals("A") ? List.of(ip) : List.of());
    }

    private DnsAnswer reverse(String name) {
        List<String> parts = new ArrayList<>(Arrays.asList(
                name.substring(0, name.length() - ".in-addr.arpa".length()).split("\\.")));
        java.util.Collections.reverse(parts);
        String ip = String.join(".", parts);
        for (KubeObject service : api.informer(SERVICES).all()) {
            String base = service.name() + "." + service.namespace() + ".svc." + ZONE;
            if (ip.equals(service.text("spec", "clusterIP"))) {
                return data(name, List.of(base));
            }
            for (Endpoint endpoint : endpoints(service)) {
                if (endpoint.ip().equals(ip)) {
                    return data(name, List.of(endpoint.host() + "." + base));
                }
            }
        }
        return none(name);
    }

    private List<Endpoint> endpoints(KubeObject service) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (KubeObject slice : api.informer(SLICES)
                .labelled(service.namespace(), Map.of("kubernetes.io/service-name", service.name()))) {
            if (!service.name().equals(slice.labels().get("kubernetes.io/service-name"))) {
                continue;
            }
            for (Map<String, Object> entry : slice.maps("endpoints")) {
                KubeObject endpoint = KubeObject.of(entry);
                if (Boolean.FALSE.equals(endpoint.at("conditions", "ready"))) {
                    continue;
                }
                for (String ip : endpoint.texts("addresses")) {
                    String host = endpoint.text("hostname");
                    endpoints.add(new Endpoint(ip, host.isEmpty() ? ip.replace('.', '-') : host));
                }
            }
        }
        return endpoints;
    }

    private static DnsAnswer data(String name, List<String> records) {
        return new DnsAnswer(DnsAnswer.Code.NOERROR, name, records);
    }

    private static DnsAnswer none(String name) {
        return new DnsAnswer(DnsAnswer.Code.NXDOMAIN, name, List.of());
    }

    /** A ready endpoint and the name that it has below its service. */
    private record Endpoint(String ip, String host) {}
}
