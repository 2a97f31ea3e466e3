package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.List;

/** {@code kubectl cluster-info}: where the control plane and the cluster's services are. */
final class ClusterInfoCommand {
    private ClusterInfoCommand() {}

    static int run(Run run) {
        if (!run.arguments().isEmpty()) {
            throw Failure.plain("error: unknown command \"" + String.join(" ", run.arguments())
                    + "\"\nSee 'kubectl cluster-info -h' for help and examples");
        }
        String server = run.client().settings().server().replaceFirst("/+$", "");
        Tree services = run.client()
                .get("/api/v1/namespaces/kube-system/services?labelSelector=kubernetes.io%2Fcluster-service%3Dtrue");
        line(run, "Kubernetes control plane", server);
        for (Tree service : services.items("items")) {
            line(run, label(service), link(service, server));
        }
        run.report("v1", "Service", "kube-system", "");
        run.line("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
        return 0;
    }

    private static String label(Tree service) {
        String name = service.textMap("metadata", "labels").getOrDefault("kubernetes.io/name", "");
        return name.isEmpty() ? service.name() : name;
    }

    private static String link(Tree service, String server) {
        List<Tree> ingress = service.items("status", "loadBalancer", "ingress");
        if (!ingress.isEmpty()) {
            String host = ingress.get(0).textOr(ingress.get(0).text("hostname"), "ip");
            StringBuilder links = new StringBuilder();
            service.items("spec", "ports").forEach(port -> links.append("http://")
                    .append(host)
                    .append(':')
                    .append(port.text("port"))
                    .append(' '));
            return links.toString();
        }
        List<Tree> ports = service.items("spec", "ports");
        String name = service.name();
        if (!ports.isEmpty()) {
            String port = ports.get(0).text("name");
            boolean secure = "https".equals(port) || "443".equals(ports.get(0).text("port"));
            name = (secure ? "https:" : "") + name + (secure || !port.isEmpty() ? ":" + port : "");
        }
        return server + "/api/v1/namespaces/" + service.namespace() + "/services/" + name + "/proxy";
    }

    private static void line(Run run, String name, String link) {
        if (run.invocation().terminal().color() && run.invocation().terminal().outputIsTerminal()) {
            run.invocation()
                    .output()
                    .print("\u001b[0;32m" + name + "\u001b[0m is running at \u001b[0;33m" + link + "\u001b[0m\n");
        } else {
            run.line(name + " is running at " + link);
        }
    }
}
