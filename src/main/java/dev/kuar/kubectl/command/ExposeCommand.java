package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl expose}: a service before what runs. */
final class ExposeCommand {
    static final String FLAGS = Results.FLAGS + """
            cluster-ip string ClusterIP to be assigned to the service.
            external-ip string Additional external IP address to accept for the service.
            field-manager string=kubectl-expose Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files identifying the resource to expose a service.
            kustomize,k string Process the kustomization directory.
            labels,l string Labels to apply to the service created by this call.
            load-balancer-ip string IP to assign to the LoadBalancer.
            name string The name for the newly created object.
            overrides string An inline JSON override for the generated object.
            port string The port that the service should serve on.
            protocol string The network protocol for the service to be created. Default is 'TCP'.
            recursive,R bool Process the directory used in -f, --filename recursively.
            save-config bool Save the configuration of current object in its annotation.
            selector string A label selector to use for this service.
            session-affinity string If non-empty, set the session affinity for the service to this.
            target-port string Name or number for the port on the container to direct traffic to.
            type string Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName.
            """;

    private ExposeCommand() {}

    static int run(Run run) {
        ResourceBuilder builder = new ResourceBuilder(run);
        if (run.arguments().isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("You must provide one or more resources by argument or filename.");
        }
        List<Info> infos =
                builder.fetch(new Manifests(run).isGiven() ? builder.files() : builder.named(run.arguments()));
        builder.raise();
        for (Info info : infos) {
            CreateCommand.exposed(run, service(run, info));
        }
        return 0;
    }

    private static Map<String, Object> service(Run run, Info info) {
        Tree object = info.object();
        Map<String, Object> selector = new LinkedHashMap<>();
        String given = run.text("selector");
        if (!given.isEmpty()) {
            for (String pair : given.split(",")) {
                selector.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        } else {
            selector.putAll(
                    switch (info.resource().kind()) {
                        case "Pod" -> object.textMap("metadata", "labels");
                        case "Service" -> object.textMap("spec", "selector");
                        case "Deployment", "ReplicaSet" -> object.textMap("spec", "selector", "matchLabels");
                        case "ReplicationController" -> object.textMap("spec", "selector");
                        default ->
                            throw Failure.error(
                                    "cannot expose a " + info.resource().kind() + "."
                                            + info.resource().group());
                    });
        }
        if (selector.isEmpty()) {
            throw Failure.error("couldn't retrieve selectors via --selector flag or introspection: the "
                    + info.resource().singular() + " has no labels and cannot be exposed");
        }
        List<String> numbers = ports(run, info);
        String protocol = run.text("protocol").isEmpty() ? "TCP" : run.text("protocol");
        List<Object> ports = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            String target = run.text("target-port").isEmpty() ? numbers.get(i) : run.text("target-port");
            ports.add(Tree.mapOf(
                    "name",
                    numbers.size() > 1 ? "port-" + (i + 1) : null,
                    "port",
                    Long.valueOf(numbers.get(i)),
                    "protocol",
                    protocol,
                    "targetPort",
                    target.matches("[0-9]+") ? (Object) Long.valueOf(target) : target));
        }
        Map<String, Object> labels = new LinkedHashMap<>(object.map("metadata", "labels"));
        String type = run.text("type");
        return Tree.mapOf(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Tree.mapOf(
                        "labels", labels.isEmpty() ? null : labels,
                        "name", run.text("name").isEmpty() ? info.name() : run.text("name")),
                "spec",
                Tree.mapOf(
                        "clusterIP", run.text("cluster-ip").isEmpty() ? null : run.text("cluster-ip"),
                        "externalIPs", run.text("external-ip").isEmpty() ? null : Tree.listOf(run.text("external-ip")),
                        "ports", ports,
                        "selector", selector,
                        "sessionAffinity", run.text("session-affinity").isEmpty() ? null : run.text("session-affinity"),
                        "type", type.isEmpty() ? null : type),
                "status",
                Tree.mapOf("loadBalancer", new LinkedHashMap<String, Object>()));
    }

    private static List<String> ports(Run run, Info info) {
        if (!run.text("port").isEmpty()) {
            return List.of(run.text("port").split(","));
        }
        List<String> found = new ArrayList<>();
        Tree spec = "Pod".equals(info.resource().kind())
                ? info.object().at("spec")
                : info.object().at("spec", "template", "spec");
        spec.items("containers")
                .forEach(container -> container.items("ports").forEach(port -> found.add(port.text("containerPort"))));
        if (found.isEmpty()) {
            throw Failure.error("couldn't find port via --port flag or introspection");
        }
        return found;
    }
}
