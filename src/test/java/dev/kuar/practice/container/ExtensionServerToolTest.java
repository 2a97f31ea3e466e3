package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.time.SystemClusterClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample API server's flags, and an etcd of a pod's own. */
final class ExtensionServerToolTest {
    private final SystemClusterClock clock = SystemClusterClock.realTime();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ContainerRuntime.ClusterServices.NONE);

    @AfterEach
    void stop() {
        runtime.close();
        clock.close();
    }

    private Container container(String image, String... command) throws Exception {
        return Box.container(runtime, image, "", List.of(), command);
    }

    @Test
    void the_server_refuses_flags_that_it_does_not_have_and_wants_an_etcd() throws Exception {
        Container box = container("registry.k8s.io/e2e-test-images/sample-apiserver:1.29.2", "sleep", "1000");

        assertThat(Box.run(box, "/sample-apiserver", "--colour=red"))
                .isEqualTo("!Usage:\n   [flags]\n\nError: unknown flag: --colour\n=1");
        assertThat(Box.run(box, "/sample-apiserver", "--etcd-servers=http://127.0.0.1:2379", "--secure-port=many"))
                .contains("Error: invalid argument \"many\" for \"--secure-port\" flag");
        assertThat(Box.run(box, "/sample-apiserver", "--audit-log-path=-", "-v=4"))
                .contains("run.go:74] \"command failed\" err=\"--etcd-servers must be specified\"")
                .endsWith("=1");
        assertThat(Box.run(box, "/sample-apiserver", "--help"))
                .contains("--tls-cert-file\n", "--secure-port   (default 443)\n");
    }

    @Test
    void etcdctl_finds_the_etcd_of_its_own_pod() throws Exception {
        Container box = container(
                "registry.k8s.io/etcd:3.5.15-0",
                "/usr/local/bin/etcd",
                "--listen-client-urls",
                "http://127.0.0.1:2379");

        assertThat(Box.run(box, "etcdctl", "put", "a", "b")).isEqualTo("OK\n");
        assertThat(Box.run(box, "etcdctl", "get", "a")).isEqualTo("a\nb\n");
        assertThat(Box.run(box, "etcdctl", "get", "--prefix", "/registry")).isEmpty();
    }
}
