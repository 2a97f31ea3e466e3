package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generators of services and ingresses. */
final class ServiceGenerators {
    private static final Pattern RULE = Pattern.compile("([^/=]*)(/[^=]*)?=([^:,]+):([^,]+)(,tls(?:=(.*))?)?");

    private ServiceGenerators() {}

    static int service(Run run) {
        String name = GeneratorCommands.name(run);
        String type =
                switch (run.command().word()) {
                    case "nodeport" -> "NodePort";
                    case "loadbalancer" -> "LoadBalancer";
                    case "externalname" -> "ExternalName";
                    default -> "ClusterIP";
                };
        String address = run.text("clusterip");
        List<Object> ports = new ArrayList<>();
        for (String pair : run.flags().list("tcp")) {
            String[] parts = pair.split(":", 2);
            if (!parts[0].matches("[0-9]+")) {
                throw Failure.error("parsing port: strconv.Atoi: parsing \"" + parts[0] + "\": invalid syntax");
            }
            String target = parts[parts.length - 1];
            long node = run.flags().number("node-port");
            ports.add(Tree.mapOf(
                    "name", parts[0].equals(pair) ? parts[0] : pair.replace(':', '-'),
                    "nodePort", node == 0 ? null : Long.valueOf(node),
                    "port", Long.valueOf(parts[0]),
                    "protocol", "TCP",
                    "targetPort", target.matches("[0-9]+") ? (Object) Long.valueOf(target) : target));
        }
        boolean external = "ExternalName".equals(type);
        if (external && run.text("external-name").isEmpty()) {
            throw GeneratorCommands.required("external-name");
        }
        if (ports.isEmpty() && !external && !"None".equals(address)) {
            throw Failure.error("at least one tcp port specifier must be provided");
        }
        Map<String, Object> labels = Tree.mapOf("app", name);
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Tree.mapOf("labels", labels, "name", name),
                        "spec",
                        Tree.mapOf(
                                "clusterIP", address.isEmpty() ? null : address,
                                "externalName", external ? run.text("external-name") : null,
                                "ports", ports.isEmpty() ? null : ports,
                                "selector", labels,
                                "type", type),
                        "status",
                        Tree.mapOf("loadBalancer", new LinkedHashMap<String, Object>())));
    }

    static int ingress(Run run) {
        String name = GeneratorCommands.name(run);
        Map<String, List<Object>> hosts = new LinkedHashMap<>();
        List<Object> tls = new ArrayList<>();
        for (String text : run.flags().list("rule")) {
            Matcher rule = RULE.matcher(text);
            if (!rule.matches()) {
                throw Failure.error("rule " + text
                        + " is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]");
            }
            String path = rule.group(2) == null ? "/" : rule.group(2);
            boolean prefix = path.endsWith("*");
            hosts.computeIfAbsent(rule.group(1), host -> new ArrayList<>())
                    .add(Tree.mapOf(
                            "backend", backend(rule.group(3), rule.group(4)),
                            "path", prefix ? path.substring(0, path.length() - 1) : path,
                            "pathType", prefix ? "Prefix" : "Exact"));
            if (rule.group(5) != null) {
                String secret = rule.group(6);
                tls.add(Tree.mapOf(
                        "hosts", rule.group(1).isEmpty() ? null : Tree.listOf(rule.group(1)),
                        "secretName", secret == null || secret.isEmpty() ? null : secret));
            }
        }
        String standard = run.text("default-backend");
        if (hosts.isEmpty() && standard.isEmpty()) {
            throw Failure.error(
                    "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)");
        }
        List<Object> rules = new ArrayList<>();
        hosts.forEach((host, paths) ->
                rules.add(Tree.mapOf("host", host.isEmpty() ? null : host, "http", Tree.mapOf("paths", paths))));
        Map<String, Object> annotations = new LinkedHashMap<>();
        run.flags().list("annotation").forEach(pair -> annotations.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "networking.k8s.io/v1",
                        "kind",
                        "Ingress",
                        "metadata",
                        Tree.mapOf("annotations", annotations.isEmpty() ? null : annotations, "name", name),
                        "spec",
                        Tree.mapOf(
                                "defaultBackend",
                                        standard.isEmpty()
                                                ? null
                                                : backend(standard.split(":")[0], standard.split(":")[1]),
                                "ingressClassName", run.text("class").isEmpty() ? null : run.text("class"),
                                "rules", rules.isEmpty() ? null : rules,
                                "tls", tls.isEmpty() ? null : tls),
                        "status",
                        Tree.mapOf("loadBalancer", new LinkedHashMap<String, Object>())));
    }

    private static Map<String, Object> backend(String service, String port) {
        boolean number = port.matches("[0-9]+");
        return Tree.mapOf(
                "service",
                Tree.mapOf(
                        "name",
                        service,
                        "port",
                        Tree.mapOf(number ? "number" : "name", number ? (Object) Long.valueOf(port) : port)));
    }
}
