package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services; addresses and node ports are allocated elsewhere. */
final class ServiceRules implements KindRules {
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");

    @Override
    public void check(KubeObject service, FieldErrors errors) {
        String type = service.text("spec", "type");
        List<Map<String, Object>> ports = service.maps("spec", "ports");
        boolean headless = service.text("spec", "clusterIP").equals("None");
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
            errors.required("spec.ports", "");
        }
        if (type.equals("ExternalName")) {
            String name = service.text("spec", "externalName");
            if (name.isEmpty()) {
                errors.required("spec.externalName", "");
            } else {
                errors.syntax("spec.externalName", name, Syntax.subdomain(name.replaceAll("\\.$", "")));
            }
        }
        Set<String> names = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            KubeObject port = KubeObject.of(ports.get(i));
            port(port, "spec.ports[" + i + "]", ports.size() > 1, names, errors);
            String pair = port.number(0, "port") + "/" + port.text("protocol");
            if (!taken.add(pair)) {
                errors.duplicate(
                        "spec.ports[" + i + "]",
                        Map.of("port", port.number(0, "port"), "protocol", port.text("protocol")));
            }
            if (type.equals("ClusterIP") && port.number(0, "nodePort") != 0) {
                errors.forbidden("spec.ports[" + i + "].nodePort", "may not be used when `type` is 'ClusterIP'");
            }
        }
        MetadataRules.labels(service.map("spec", "selector"), "spec.selector", errors);
        errors.oneOf("spec.sessionAffinity", service.at("spec", "sessionAffinity"), List.of("ClientIP", "None"));
        errors.oneOf("spec.type", type, TYPES);
    }

    private static void port(KubeObject port, String field, boolean named, Set<String> names, FieldErrors errors) {
        String name = port.text("name");
        if (named && name.isEmpty()) {
            errors.required(field + ".name", "");
        } else if (!name.isEmpty()) {
            errors.syntax(field + ".name", name, Syntax.label(name));
            if (!names.add(name)) {
                errors.duplicate(field + ".name", name);
            }
        }
        errors.between(field + ".port", port.at("port"), 1, 65535);
        errors.oneOf(field + ".protocol", port.at("protocol"), List.of("SCTP", "TCP", "UDP"));
        Object target = port.at("targetPort");
        errors.between(field + ".targetPort", target, 1, 65535);
        if (target instanceof String text) {
            errors.syntax(field + ".targetPort", text, Syntax.portName(text));
        }
    }

    @Override
    public void change(KubeObject service, KubeObject old, FieldErrors errors) {
        String before = old.text("spec", "clusterIP");
        boolean wasExternal = old.text("spec", "type").equals("ExternalName");
        boolean isExternal = service.text("spec", "type").equals("ExternalName");
        if (!before.isEmpty() && !wasExternal && !isExternal) {
            if (!before.equals(service.text("spec", "clusterIP"))) {
                errors.invalid("spec.clusterIPs[0]", service.at("spec", "clusterIPs"), "may not change once set");
            }
        }
    }
}
