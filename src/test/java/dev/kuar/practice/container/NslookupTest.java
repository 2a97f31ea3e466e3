package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.FakeApiClient;
import dev.kuar.practice.network.ClusterNetwork;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ManualClock;
import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code nslookup} prints, by who wrote it. */
final class NslookupTest {
    private static final String FULL = "web.default.svc.cluster.local";

    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final FakeApiClient api = new FakeApiClient(new ManualClock());
    private final ClusterNetwork network = new ClusterNetwork(api, false);
    private final ContainerRuntime runtime =
            new ContainerRuntime(clock, network, ContainerRuntime.ClusterServices.NONE);

    @BeforeEach
    void serve() {
        NetworkNamespace dns = new NetworkNamespace("10.244.9.9", "node");
        dns.listen(53, network.dns());
        network.attach(dns);
        KubeObject service = KubeObject.create("v1", "Service", "default", "web");
        service.set("10.96.7.7", "spec", "clusterIP");
        api.create(GroupResource.core("services"), "default", service);
    }

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private String ask(String image, String name) throws Exception {
        return ask(image, "nslookup", name);
    }

    private String ask(String image, String program, String name) throws Exception {
        Container box = Box.container(runtime, image, "", List.of(), "sleep", "infinity");
        network.attach(box.network());
        Box.run(
                box,
                "sh",
                "-c",
                "echo nameserver 10.244.9.9 > /etc/resolv.conf;"
                        + " echo search default.svc.cluster.local svc.cluster.local >> /etc/resolv.conf;"
                        + " echo options ndots:5 >> /etc/resolv.conf");
        return Box.run(box, program, name);
    }

    @Test
    void of_busybox() throws Exception {
        String head = "Server:\t\t10.244.9.9\nAddress:\t10.244.9.9:53\n\n";
        assertThat(ask("busybox:1.36", "web")).isEqualTo(head + "Name:\t" + FULL + "\nAddress: 10.96.7.7\n\n");
        assertThat(ask("busybox:1.36", "no"))
                .isEqualTo(head + "** server can't find no.default.svc.cluster.local: NXDOMAIN\n\n"
                        + "** server can't find no.svc.cluster.local: NXDOMAIN\n\n"
                        + "** server can't find no: NXDOMAIN\n\n=1");
    }

    @Test
    void of_an_old_busybox() throws Exception {
        String head = "Server:    10.244.9.9\nAddress 1: 10.244.9.9\n\n";
        assertThat(ask("busybox:1.28", "web")).isEqualTo(head + "Name:      web\nAddress 1: 10.96.7.7 " + FULL + "\n");
        assertThat(ask("busybox:1.28", "no")).isEqualTo(head + "!nslookup: can't resolve 'no'\n=1");
    }

    @Test
    void of_bind() throws Exception {
        String image = "registry.k8s.io/e2e-test-images/agnhost:2.39";
        String head = "Server:\t\t10.244.9.9\nAddress:\t10.244.9.9#53\n\n";
        assertThat(ask(image, "web")).isEqualTo(head + "Name:\t" + FULL + "\nAddress: 10.96.7.7\n\n");
        assertThat(ask(image, "10.96.7.7")).isEqualTo("7.7.96.10.in-addr.arpa\tname = " + FULL + ".\n\n");
        assertThat(ask(image, "no")).isEqualTo(head + "** server can't find no: NXDOMAIN\n\n=1");
    }

    @Test
    void host_says_it_in_a_line() throws Exception {
        String image = "nicolaka/netshoot:latest";
        assertThat(ask(image, "host", "web")).isEqualTo(FULL + " has address 10.96.7.7\n");
        assertThat(ask(image, "host", "10.96.7.7"))
                .isEqualTo("7.7.96.10.in-addr.arpa domain name pointer " + FULL + ".\n");
        assertThat(ask(image, "host", "no")).isEqualTo("Host no not found: 3(NXDOMAIN)\n=1");
    }
}
