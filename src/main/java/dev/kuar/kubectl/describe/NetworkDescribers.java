package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Describers of ingresses and network policies. */
final class NetworkDescribers {
    private NetworkDescribers() {}

    static void ingress(Tree ingress, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", ingress.name());
        sheet.labels(ingress.textMap("metadata", "labels"));
        sheet.field(0, "Namespace", ingress.namespace());
        sheet.field(
                0,
                "Address",
                String.join(
                        ",",
                        ingress.items("status", "loadBalancer", "ingress").stream()
                                .map(each -> each.textOr(each.text("hostname"), "ip"))
                                .toList()));
        sheet.field(0, "Ingress Class", ingress.textOr("<none>", "spec", "ingressClassName"));
        Tree standard = ingress.at("spec", "defaultBackend");
        sheet.field(0, "Default backend", standard.isMap() ? backend(standard, ingress, cluster) : "<default>");
        List<Tree> tls = ingress.items("spec", "tls");
        if (!tls.isEmpty()) {
            sheet.line(0, "TLS:");
            tls.forEach(each -> sheet.line(
                    1,
                    each.textOr("SNI routes", "secretName") + " terminates " + String.join(",", each.texts("hosts"))));
        }
        sheet.line(0, "Rules:\n  Host\tPath\tBackends\n  ----\t----\t--------");
        for (Tree rule : ingress.items("spec", "rules")) {
            sheet.line(1, rule.textOr("*", "host") + "\t");
            for (Tree path : rule.items("http", "paths")) {
                sheet.line(1, "\t" + path.text("path") + " \t" + backend(path.at("backend"), ingress, cluster));
            }
        }
        sheet.annotations(ingress.textMap("metadata", "annotations"));
        Events.show(ingress, sheet, cluster);
    }

    private static String backend(Tree backend, Tree ingress, Cluster cluster) {
        if (!backend.has("service")) {
            Tree resource = backend.at("resource");
            return "APIGroup: " + resource.text("apiGroup") + ", Kind: " + resource.text("kind") + ", Name: "
                    + resource.text("name");
        }
        String name = backend.text("service", "name");
        String port = backend.textOr(backend.text("service", "port", "name"), "service", "port", "number");
        String base = "/namespaces/" + Urls.encode(ingress.namespace());
        String found;
        if (cluster.find("/api/v1" + base + "/services/" + Urls.encode(name)).isEmpty()) {
            found = "<error: services \"" + name + "\" not found>";
        } else {
            List<String> ends = new ArrayList<>();
            for (Tree slice : cluster.listOrNone(Urls.query(
                    "/apis/discovery.k8s.io/v1" + base + "/endpointslices",
                    Map.of("labelSelector", "kubernetes.io/service-name=" + name)))) {
                String number = slice.items("ports").isEmpty()
                        ? ""
                        : slice.items("ports").get(0).text("port");
                slice.items("endpoints")
                        .forEach(end -> end.texts("addresses").forEach(ip -> ends.add(ip + ":" + number)));
            }
            found = String.join(",", ends);
        }
        return name + ":" + port + " (" + found + ")";
    }

    static void policy(Tree policy, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", policy.name());
        sheet.field(0, "Namespace", policy.namespace());
        sheet.field(
                0,
                "Created on",
                policy.text("metadata", "creationTimestamp").replace("T", " ").replace("Z", " +0000 UTC"));
        sheet.labels(policy.textMap("metadata", "labels"));
        sheet.annotations(policy.textMap("metadata", "annotations"));
        Tree spec = policy.at("spec");
        sheet.line(0, "Spec:");
        String pods = Selectors.query(spec.at("podSelector"));
        sheet.line(
                1,
                "PodSelector:     "
                        + (pods.isEmpty()
                                ? "<none> (Allowing the specific traffic to all pods in this namespace)"
                                : pods));
        List<String> types = spec.texts("policyTypes");
        direction(spec, sheet, "ingress", "From", types.contains("Ingress"));
        direction(spec, sheet, "egress", "To", types.contains("Egress"));
        sheet.line(1, "Policy Types: " + String.join(", ", types));
    }

    private static void direction(Tree spec, Sheet sheet, String way, String preposition, boolean affected) {
        if (!affected) {
            sheet.line(1, "Not affecting " + way + " traffic");
            return;
        }
        sheet.line(1, "Allowing " + way + " traffic:");
        List<Tree> rules = spec.items(way);
        if (rules.isEmpty()) {
            sheet.line(2, "<none> (Selected pods are isolated for " + way + " connectivity)");
        }
        for (int i = 0; i < rules.size(); i++) {
            Tree rule = rules.get(i);
            if (rule.items("ports").isEmpty()) {
                sheet.line(2, "To Port: <any> (traffic allowed to all ports)");
            }
            rule.items("ports")
                    .forEach(port -> sheet.line(
                            2, "To Port: " + port.textOr("<any>", "port") + "/" + port.textOr("TCP", "protocol")));
            List<Tree> peers = rule.items(preposition.toLowerCase(java.util.Locale.ROOT));
            if (peers.isEmpty()) {
                sheet.line(
                        2,
                        preposition + ": <any> (traffic not restricted by "
                                + ("From".equals(preposition) ? "source" : "destination") + ")");
            }
            for (Tree peer : peers) {
                sheet.line(2, preposition + ":");
                if (peer.has("namespaceSelector")) {
                    sheet.line(3, "NamespaceSelector: " + Selectors.text(peer.at("namespaceSelector")));
                }
                if (peer.has("podSelector")) {
                    sheet.line(3, "PodSelector: " + Selectors.text(peer.at("podSelector")));
                }
                if (peer.has("ipBlock")) {
                    sheet.line(3, "IPBlock:\n        CIDR: " + peer.text("ipBlock", "cidr"));
                    sheet.line(4, "Except: " + String.join(", ", peer.texts("ipBlock", "except")));
                }
            }
            if (i < rules.size() - 1) {
                sheet.line(2, "----------");
            }
        }
    }
}
