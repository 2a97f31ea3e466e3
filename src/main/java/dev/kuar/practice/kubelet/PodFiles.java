package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.ContainerSpec.Volume;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that the kubelet and the runtime make for every pod: hosts, hostname, resolv.conf. */
final class PodFiles {
    private static final String CLUSTER_DNS = "10.96.0.10";

    private static final int MOST_NAME = 63;

    private PodFiles() {}

    static List<Volume> generated(NodeAgent node, KubeObject pod, NetworkNamespace network) {
        return List.of(
                file("/etc/hosts", hosts(node, pod, network)),
                file("/etc/hostname", hostname(node, pod) + "\n"),
                file("/etc/resolv.conf", resolver(node, pod)));
    }

    private static Volume file(String path, String text) {
        return new Volume(path, VolumeContent.file(() -> text), "", false);
    }

    /** What a process finds itself called. */
    static String hostname(NodeAgent node, KubeObject pod) {
        if (pod.flag("spec", "hostNetwork")) {
            return node.name();
        }
        String domain = domain(pod);
        return pod.flag("spec", "setHostnameAsFQDN") && !domain.isEmpty()
                ? shortName(pod) + "." + domain
                : shortName(pod);
    }

    private static String shortName(KubeObject pod) {
        String override = pod.text("spec", "hostnameOverride");
        String given = override.isEmpty() ? pod.text("spec", "hostname") : override;
        String name = given.isEmpty() ? pod.name() : given;
        return name.length() > MOST_NAME ? name.substring(0, MOST_NAME).replaceFirst("[-.]+$", "") : name;
    }

    private static String domain(KubeObject pod) {
        String subdomain = pod.text("spec", "subdomain");
        return subdomain.isEmpty() || !pod.text("spec", "hostnameOverride").isEmpty()
                ? ""
                : subdomain + "." + pod.namespace() + ".svc.cluster.local";
    }

    /** Where a pod stands in its node's network, the node's own file. */
    private static String hosts(NodeAgent node, KubeObject pod, NetworkNamespace network) {
        StringBuilder text = new StringBuilder();
        if (pod.flag("spec", "hostNetwork")) {
            text.append("# Kubernetes-managed hosts file (host network).\n")
                    .append(node.store().disk(node.name()).textAt("etc/hosts").orElse(""));
        } else {
            String domain = domain(pod);
            String name = shortName(pod);
            text.append("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                    .append("::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n")
                    .append("fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n")
                    .append(network.ip())
                    .append('\t')
                    .append(domain.isEmpty() ? "" : name + "." + domain + "\t")
                    .append(name)
                    .append('\n');
        }
        List<Map<String, Object>> aliases = pod.maps("spec", "hostAliases");
        if (!aliases.isEmpty()) {
            text.append("\n# Entries added by HostAliases.\n");
            for (Map<String, Object> entry : aliases) {
                KubeObject alias = KubeObject.of(entry);
                text.append(alias.text("ip"))
                        .append('\t')
                        .append(String.join("\t", alias.texts("hostnames")))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String resolver(NodeAgent node, KubeObject pod) {
        String policy = pod.text("spec", "dnsPolicy");
        boolean host = pod.flag("spec", "hostNetwork");
        boolean cluster = policy.equals("ClusterFirstWithHostNet")
                || !host && !policy.equals("Default") && !policy.equals("None");
        List<String> servers = new ArrayList<>();
        List<String> searches = new ArrayList<>();
        List<String> options = new ArrayList<>();
        if (cluster) {
            servers.add(node.api()
                    .informer(Resources.SERVICES)
                    .find("kube-system", "kube-dns")
                    .map(s -> s.text("spec", "clusterIP"))
                    .orElse(CLUSTER_DNS));
            String ns = pod.namespace();
            searches.addAll(List.of(ns + ".svc.cluster.local", "svc.cluster.local", "cluster.local"));
            options.add("ndots:5");
        } else if (!policy.equals("None")) {
            servers.add(node.gateway());
            options.addAll(List.of("edns0", "trust-ad", "ndots:0"));
        }
        KubeObject config = KubeObject.of(pod.map("spec", "dnsConfig"));
        servers.addAll(config.texts("nameservers"));
        searches.addAll(config.texts("searches"));
        for (Map<String, Object> entry : config.maps("options")) {
            KubeObject option = KubeObject.of(entry);
            options.removeIf(o -> o.equals(option.text("name")) || o.startsWith(option.text("name") + ":"));
            options.add(
                    option.text("value").isEmpty()
                            ? option.text("name")
                            : option.text("name") + ":" + option.text("value"));
        }
        StringBuilder text = new StringBuilder();
        if (!searches.isEmpty()) {
            text.append("search ").append(String.join(" ", searches)).append('\n');
        }
        servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!options.isEmpty()) {
            text.append("options ").append(String.join(" ", options)).append('\n');
        }
        return text.toString();
    }
}
