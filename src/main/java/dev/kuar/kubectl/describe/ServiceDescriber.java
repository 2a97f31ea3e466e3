package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes services, with the endpoints of their slices. */
final class ServiceDescriber implements Describer {
    @Override
    public void describe(Tree service, Sheet sheet, Cluster cluster) {
        Tree spec = service.at("spec");
        sheet.field(0, "Name", service.name());
        sheet.field(0, "Namespace", service.namespace());
        sheet.labels(service.textMap("metadata", "labels"));
        sheet.annotations(service.textMap("metadata", "annotations"));
        Map<String, String> selector = spec.textMap("selector");
        sheet.field(0, "Selector", selector.isEmpty() ? "<none>" : Cluster.selector(selector));
        sheet.field(0, "Type", spec.text("type"));
        if (spec.has("ipFamilyPolicy")) {
            sheet.field(0, "IP Family Policy", spec.text("ipFamilyPolicy"));
        }
        if (!spec.items("ipFamilies").isEmpty()) {
            sheet.field(0, "IP Families", String.join(",", spec.texts("ipFamilies")));
        } else {
            sheet.field(0, "IP Families", "<none>");
        }
        sheet.field(0, "IP", spec.text("clusterIP"));
        List<String> ips = spec.texts("clusterIPs");
        sheet.field(0, "IPs", ips.isEmpty() ? "<none>" : String.join(",", ips));
        optional(sheet, "External IPs", String.join(",", spec.texts("externalIPs")));
        optional(sheet, "Desired LoadBalancer IP", spec.text("loadBalancerIP"));
        optional(sheet, "External Name", spec.text("externalName"));
        optional(
                sheet,
                "LoadBalancer Ingress",
                service.items("status", "loadBalancer", "ingress").stream()
                        .map(each -> each.has("ip")
                                ? each.text("ip") + (each.has("ipMode") ? " (" + each.text("ipMode") + ")" : "")
                                : each.text("hostname"))
                        .collect(Collectors.joining(", ")));
        List<Tree> slices = cluster.listOrNone(Urls.query(
                "/apis/discovery.k8s.io/v1/namespaces/" + Urls.encode(service.namespace()) + "/endpointslices",
                Map.of("labelSelector", "kubernetes.io/service-name=" + service.name())));
        for (Tree port : spec.items("ports")) {
            port(port, slices, sheet);
        }
        sheet.field(0, "Session Affinity", spec.text("sessionAffinity"));
        optional(sheet, "External Traffic Policy", spec.text("externalTrafficPolicy"));
        optional(sheet, "Internal Traffic Policy", spec.text("internalTrafficPolicy"));
        optional(sheet, "Traffic Distribution", spec.text("trafficDistribution"));
        if (spec.number(0, "healthCheckNodePort") != 0) {
            sheet.field(0, "HealthCheck NodePort", spec.text("healthCheckNodePort"));
        }
        optional(sheet, "LoadBalancer Source Ranges", String.join(",", spec.texts("loadBalancerSourceRanges")));
        Events.show(service, sheet, cluster);
    }

    private static void optional(Sheet sheet, String label, String value) {
        if (!value.isEmpty()) {
            sheet.field(0, label, value);
        }
    }

    private static void port(Tree port, List<Tree> slices, Sheet sheet) {
        String name = port.textOr("<unset>", "name");
        String protocol = port.text("protocol");
        sheet.field(0, "Port", name + "  " + port.text("port") + "/" + protocol);
        sheet.field(0, "TargetPort", port.textOr("0", "targetPort") + "/" + protocol);
        if (port.number(0, "nodePort") != 0) {
            sheet.field(0, "NodePort", name + "  " + port.text("nodePort") + "/" + protocol);
        }
        List<String> endpoints = new ArrayList<>();
        for (Tree slice : slices) {
            for (Tree slicePort : slice.items("ports")) {
                if (slicePort.text("name").equals(port.text("name"))) {
                    for (Tree endpoint : slice.items("endpoints")) {
                        if (!Boolean.FALSE.equals(
                                endpoint.at("conditions", "ready").value())) {
                            endpoint.texts("addresses")
                                    .forEach(address ->
                                            endpoints.add((address.contains(":") ? "[" + address + "]" : address) + ":"
                                                    + slicePort.text("port")));
                        }
                    }
                }
            }
        }
        String shown = endpoints.stream().limit(3).collect(Collectors.joining(","));
        int more = endpoints.size() - 3;
        sheet.field(0, "Endpoints", shown + (more > 0 ? " + " + more + " more..." : ""));
    }
}
