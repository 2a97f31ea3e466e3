package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.container.ContainerRuntime.ClusterServices;
import dev.kuar.practice.time.ManualClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What processes in a container may do, and the parameters of the kernel that they see. */
final class ConfinementTest {
    private static final Confinement PRIVILEGED = Confinement.of(true, false, false, List.of(), List.of());

    private final ManualClock clock = new ManualClock();
    private final ContainerRuntime runtime = new ContainerRuntime(clock, null, ClusterServices.NONE);
    private final KernelSettings machine = KernelSettings.ofMachine();

    @AfterEach
    void stop() {
        runtime.close();
    }

    private Container container(String image, String user, Confinement confinement, KernelSettings kernel)
            throws Exception {
        return Box.container(runtime, image, user, List.of(), confinement, kernel, "sleep", "3600");
    }

    private String run(Confinement confinement, String script) throws Exception {
        return Box.run(container("busybox:1.36", "", confinement, machine), "sh", "-c", script);
    }

    @Test
    void a_program_with_the_set_user_id_bit_runs_as_its_owner_unless_that_is_forbidden() throws Exception {
        String image = "registry.k8s.io/e2e-test-images/nonewprivs:1.4";
        Container free = container(image, "1000", Confinement.DEFAULT, machine);
        Container bound = container(image, "1000", Confinement.of(false, true, false, List.of(), List.of()), machine);
        assertThat(Box.run(free, "nnp")).isEqualTo("Effective uid: 0\n");
        assertThat(Box.run(free, "sh", "-c", "nnp; id -u")).isEqualTo("Effective uid: 0\n1000\n");
        assertThat(Box.run(bound, "nnp")).isEqualTo("Effective uid: 1000\n");
        assertThat(Box.run(bound, "sh", "-c", "exec nnp")).isEqualTo("Effective uid: 1000\n");
        assertThat(Box.run(bound, "grep", "NoNewPrivs", "/proc/1/status")).isEqualTo("NoNewPrivs:\t1\n");
    }

    @Test
    void the_groups_that_the_image_gives_its_user_come_to_the_others() throws Exception {
        Container agnhost =
                container("registry.k8s.io/e2e-test-images/agnhost:2.63.0", "1000", Confinement.DEFAULT, machine);
        assertThat(Box.run(agnhost, "id", "-G")).isEqualTo("1000 50000\n");
        assertThat(agnhost.groups()).containsExactly(1000, 50000);
    }

    @Test
    void capabilities_are_those_of_containerd_and_what_is_added_and_dropped() {
        assertThat(Confinement.DEFAULT.mask()).isEqualTo(0xa80425fbL);
        assertThat(PRIVILEGED.mask()).isEqualTo(0x1ffffffffffL);
        assertThat(Confinement.of(false, false, false, List.of("NET_ADMIN", "SYS_TIME"), List.of("ALL"))
                        .mask())
                .isEqualTo(1L << 12 | 1L << 25);
        assertThat(Confinement.of(false, false, false, List.of("ALL"), List.of("CAP_CHOWN"))
                        .mask())
                .isEqualTo(0x1fffffffffeL);
    }

    @Test
    void what_takes_a_capability_is_refused_without_it() throws Exception {
        assertThat(run(Confinement.DEFAULT, "ip link add dummy0 type dummy"))
                .isEqualTo("!ip: RTNETLINK answers: Operation not permitted\n=2");
        assertThat(run(PRIVILEGED, "ip link add dummy0 type dummy && ip link del dummy0 && echo done"))
                .isEqualTo("done\n");
        Confinement bare = Confinement.of(false, false, true, List.of(), List.of("CHOWN"));
        assertThat(run(bare, "touch /tmp/f; chown 1:1 /tmp/f"))
                .isEqualTo("!chown: /tmp/f: Operation not permitted\n=1");
        assertThat(run(bare, "grep -c 'Seccomp:\t2' /proc/self/status")).isEqualTo("1\n");
        assertThat(run(PRIVILEGED, "mount -t cgroup2")).endsWith("(rw,relatime)\n");
    }

    @Test
    void a_pod_has_some_parameters_of_the_kernel_for_itself() throws Exception {
        KernelSettings pod = machine.ofPod(Map.of("kernel/shm_rmid_forced", "1"), false);
        Container own = container("busybox:1.36", "", Confinement.DEFAULT, pod);
        Container other = container("busybox:1.36", "", PRIVILEGED, machine.ofPod(Map.of(), false));
        assertThat(Box.run(own, "sysctl", "kernel.shm_rmid_forced")).isEqualTo("kernel.shm_rmid_forced = 1\n");
        assertThat(Box.run(own, "sysctl", "kernel/shm_rmid_forced")).isEqualTo("kernel.shm_rmid_forced = 1\n");
        assertThat(Box.run(own, "cat", "/proc/sys/kernel/shm_rmid_forced")).isEqualTo("1\n");
        assertThat(Box.run(other, "sysctl", "-n", "kernel.shm_rmid_forced")).isEqualTo("0\n");
        assertThat(Box.run(own, "sysctl", "-w", "vm.max_map_count=262144"))
                .isEqualTo("!sysctl: error setting key 'vm.max_map_count': Read-only file system\n=1");
        assertThat(Box.run(other, "sysctl", "-w", "vm.max_map_count=262144")).isEqualTo("vm.max_map_count = 262144\n");
        assertThat(Box.run(own, "sysctl", "-n", "vm.max_map_count")).isEqualTo("262144\n");
        assertThat(Box.run(own, "sysctl", "no.such")).isEqualTo("!sysctl: error: 'no.such' is an unknown key\n=1");
        assertThat(KernelSettings.normal("net/ipv4/conf/eth0.5/forwarding"))
                .isEqualTo("net.ipv4.conf.eth0/5.forwarding");
    }

    @Test
    void shares_of_the_cpu_become_weights_as_runc_computes_them() {
        assertThat(new Share(0, 0, 0, 0).cpuWeight()).isEqualTo(1);
        assertThat(new Share(1000, 0, 0, 0).cpuWeight()).isEqualTo(100);
        assertThat(new Share(100, 0, 0, 0).cpuWeight()).isEqualTo(17);
        assertThat(new Share(1_000_000, 0, 0, 0).cpuWeight()).isEqualTo(10_000);
        assertThat(new Share(0, 5, 0, 0).cpuMax()).isEqualTo("1000 100000");
        assertThat(new Share(0, 1500, 0, 0).cpuMax()).isEqualTo("150000 100000");
        assertThat(new Share(0, 0, 0, 0).memoryMax()).isEqualTo("max");
    }

    @Test
    void users_are_the_nodes_or_its_own() throws Exception {
        String script = "readlink /proc/self/ns/user; cat /proc/self/uid_map";
        assertThat(run(Confinement.DEFAULT, script)).isEqualTo("user:[4026531837]\n         0          0 4294967295\n");
        assertThat(run(Confinement.DEFAULT.withUsers(131072), script))
                .isEqualTo("user:[4026532002]\n         0     131072      65536\n");
    }
}
