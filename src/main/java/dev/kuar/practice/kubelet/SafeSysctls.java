package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.KernelSettings;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which parameters of the kernel a pod may set where nobody has allowed more. Models {@code pkg/kubelet/sysctl} of Kubernetes 1.36. */
final class SafeSysctls {
    private static final Set<String> SAFE = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");

    private SafeSysctls() {}

    /** Why a pod may not set what it wants to; empty where it may. */
    static Optional<String> refusal(KubeObject pod) {
        for (Map<String, Object> each : pod.maps("spec", "securityContext", "sysctls")) {
            String name = KernelSettings.normal(String.valueOf(each.get("name")));
            if (!SAFE.contains(name)) {
                return Optional.of("\"" + name + "\" not allowlisted");
            }
            boolean network = name.startsWith("net.");
            if (pod.flag("spec", network ? "hostNetwork" : "hostIPC")) {
                return Optional.of("\"" + name + "\" not allowed with host " + (network ? "Net" : "IPC") + " enabled");
            }
        }
        return Optional.empty();
    }
}
