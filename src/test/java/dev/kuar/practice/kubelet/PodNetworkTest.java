package dev.kuar.practice.kubelet;

import static dev.kuar.practice.kubelet.KubeletBench.container;
import static dev.kuar.practice.kubelet.KubeletBench.pod;
import static dev.kuar.practice.kubelet.KubeletBench.shell;
import static dev.kuar.practice.kubelet.KubeletBench.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pod's containers find in their network and in their hosts file: ports of their node, names, aliases. */
final class PodNetworkTest {
    private static final String AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.63.0";

    private final KubeletBench bench = new KubeletBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private String nodeIp() {
        return bench.now("host").text("status", "hostIP");
    }

    /** A pod that serves its name on port 8080, at a port of its node. */
    private void serve(String name, String ip, String protocol) {
        Map<String, Object> server = container("main", AGNHOST);
        server.put(
                "args",
                protocol.equals("TCP")
                        ? List.of("netexec", "--http-port=8080", "--udp-port=-1")
                        : List.of("netexec", "--http-port=8008", "--udp-port=8080"));
        server.put(
                "ports",
                List.of(Map.of("containerPort", 8080L, "hostPort", 54323L, "hostIP", ip, "protocol", protocol)));
        bench.run(with(pod(name), "containers", server));
        bench.eventually(() -> bench.isReady(name));
    }

    private void startHost() {
        KubeObject host = with(pod("host"), "containers", container("main", AGNHOST));
        host.set(true, "spec", "hostNetwork");
        bench.run(host);
        bench.eventually(() -> bench.isReady("host"));
    }

    @Test
    void a_port_of_the_node_leads_to_the_pod_that_asked_for_it_by_address_and_protocol() {
        startHost();
        serve("loop", "127.0.0.1", "TCP");
        serve("node", nodeIp(), "TCP");
        serve("datagrams", nodeIp(), "UDP");

        String port = ":54323/hostname";
        String out = bench.output(
                "host",
                "main",
                "curl -g -s --connect-timeout 5 --interface " + nodeIp() + " http://127.0.0.1" + port
                        + "; echo; curl -s http://" + nodeIp() + port + "; echo; echo hostname | nc -u -w 5 " + nodeIp()
                        + " 54323");

        assertThat(out).isEqualTo("loop\nnode\ndatagrams");

        bench.api.delete(Resources.PODS, "default", "node", dev.kuar.practice.api.ApiClient.DeleteOptions.NOW);
        bench.eventually(() ->
                bench.output("host", "main", "curl http://" + nodeIp() + port).contains("Could not connect to server"));
    }

    @Test
    void a_pod_in_its_nodes_network_has_its_nodes_hosts_file() {
        Map<String, Object> main = shell("main", "sleep 1d");
        main.put("volumeMounts", List.of(Map.of("name", "hosts", "mountPath", "/etc/hosts-original")));
        KubeObject pod = with(pod("host"), "containers", main);
        pod.set(true, "spec", "hostNetwork");
        pod.set(
                new ArrayList<>(List.of(
                        Map.of("name", "hosts", "hostPath", Map.of("path", "/etc/hosts", "type", "FileOrCreate")))),
                "spec",
                "volumes");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("host"));

        String original = bench.output("host", "main", "cat /etc/hosts-original");
        assertThat(original).startsWith("127.0.0.1\tlocalhost\n").endsWith(nodeIp() + "\tmy-cluster-worker\n");
        assertThat(bench.output("host", "main", "cat /etc/hosts"))
                .isEqualTo("# Kubernetes-managed hosts file (host network).\n" + original);
    }

    @Test
    void the_kubelet_leaves_a_hosts_file_alone_that_a_container_mounts() {
        Map<String, Object> own = shell("own", "sleep 1d");
        own.put("volumeMounts", List.of(Map.of("name", "hosts", "mountPath", "/etc/hosts")));
        KubeObject pod = with(with(pod("p"), "containers", shell("main", "sleep 1d")), "containers", own);
        pod.set(
                new ArrayList<>(List.of(Map.of("name", "hosts", "hostPath", Map.of("path", "/etc/hosts")))),
                "spec",
                "volumes");
        pod.set(
                new ArrayList<>(List.of(Map.of("ip", "10.1.2.3", "hostnames", List.of("foo", "bar")))),
                "spec",
                "hostAliases");
        pod.set("named", "spec", "hostname");
        pod.set("sub", "spec", "subdomain");
        bench.run(pod);
        bench.eventually(() -> bench.isReady("p"));

        String ip = bench.now("p").text("status", "podIP");
        assertThat(bench.output("p", "main", "cat /etc/hosts"))
                .startsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                .endsWith(ip + "\tnamed.sub.default.svc.cluster.local\tnamed\n"
                        + "\n# Entries added by HostAliases.\n10.1.2.3\tfoo\tbar\n");
        assertThat(bench.output("p", "own", "cat /etc/hosts")).startsWith("127.0.0.1\tlocalhost\n");
    }
}
