package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The pod security standards of Kubernetes 1.36 over a pod's metadata and spec, with upstream's words. */
final class PodSecurityChecks {
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final Set<String> SAFE_SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final Set<String> VOLUMES = Set.of(
            "name",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private final KubeObject pod;
    private final List<Map<String, Object>> containers;
    private final List<Violation> found = new ArrayList<>();

    /** @param pod anything with {@code spec} as a pod has it */
    private PodSecurityChecks(KubeObject pod) {
        this.pod = pod;
        this.containers = new ArrayList<>(pod.maps("spec", "initContainers"));
        containers.addAll(pod.maps("spec", "containers"));
        containers.addAll(pod.maps("spec", "ephemeralContainers"));
    }

    /** One check that failed: what for, and where. */
    record Violation(String reason, String detail) {
        @Override
        public String toString() {
            return detail.isEmpty() ? reason : reason + " (" + detail + ")";
        }
    }

    /** In upstream's order; empty for the level {@code privileged}. */
    static List<Violation> of(KubeObject pod, String level) {
        PodSecurityChecks checks = new PodSecurityChecks(pod);
        boolean restricted = level.equals("restricted");
        if (restricted || level.equals("baseline")) {
            checks.run(restricted);
        }
        return checks.found;
    }

    private void run(boolean restricted) {
        if (restricted) {
            each(
                    "allowPrivilegeEscalation != false",
                    "must set securityContext.allowPrivilegeEscalation=false",
                    c -> !Boolean.FALSE.equals(c.at("securityContext", "allowPrivilegeEscalation")));
        }
        capabilities(restricted);
        hostNamespaces();
        if (!restricted) {
            hostPaths();
        }
        hostPorts();
        each(
                "privileged",
                "must not set securityContext.privileged=true",
                c -> c.flag("securityContext", "privileged"));
        each("procMount", "must not set securityContext.procMount to \"Unmasked\"", c -> c.text(
                        "securityContext", "procMount")
                .equals("Unmasked"));
        if (restricted) {
            restrictedVolumes();
            nonRoot();
            rootUser();
        }
        seccomp(restricted);
        sysctls();
    }

    private void add(String reason, String detail) {
        found.add(new Violation(reason, detail));
    }

    private void each(String reason, String rule, Predicate<KubeObject> bad) {
        List<String> names = names(bad);
        if (!names.isEmpty()) {
            add(reason, containers(names) + " " + rule);
        }
    }

    private List<String> names(Predicate<KubeObject> bad) {
        return containers.stream()
                .map(KubeObject::of)
                .filter(bad)
                .map(c -> "\"" + c.text("name") + "\"")
                .toList();
    }

    private static String containers(List<String> names) {
        return (names.size() == 1 ? "container " : "containers ") + String.join(", ", names);
    }

    private void capabilities(boolean restricted) {
        Set<String> allowed = restricted ? Set.of("NET_BIND_SERVICE") : DEFAULT_CAPABILITIES;
        List<String> undropped = restricted
                ? names(c -> !c.texts("securityContext", "capabilities", "drop").contains("ALL"))
                : List.of();
        Set<String> added = new LinkedHashSet<>();
        List<String> adders = names(c -> {
            List<String> extra = new ArrayList<>(c.texts("securityContext", "capabilities", "add"));
            extra.removeAll(allowed);
            extra.forEach(each -> added.add("\"" + each + "\""));
            return !extra.isEmpty();
        });
        List<String> details = new ArrayList<>();
        if (!undropped.isEmpty()) {
            details.add(containers(undropped) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adders.isEmpty()) {
            details.add(containers(adders) + " must not include " + String.join(", ", added)
                    + " in securityContext.capabilities.add");
        }
        if (!details.isEmpty()) {
            add(restricted ? "unrestricted capabilities" : "non-default capabilities", String.join("; ", details));
        }
    }

    private void hostNamespaces() {
        List<String> used = new ArrayList<>();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (pod.flag("spec", field)) {
                used.add(field + "=true");
            }
        }
        if (!used.isEmpty()) {
            add("host namespaces", String.join(", ", used));
        }
    }

    private void hostPaths() {
        List<String> names = pod.maps("spec", "volumes").stream()
                .filter(volume -> volume.containsKey("hostPath"))
                .map(volume -> "\"" + volume.get("name") + "\"")
                .toList();
        if (!names.isEmpty()) {
            add("hostPath volumes", (names.size() == 1 ? "volume " : "volumes ") + String.join(", ", names));
        }
    }

    private void hostPorts() {
        Set<String> ports = new LinkedHashSet<>();
        List<String> names = names(c -> {
            List<String> own = c.maps("ports").stream()
                    .map(port -> KubeObject.of(port).number(0, "hostPort"))
                    .filter(port -> port != 0)
                    .map(String::valueOf)
                    .toList();
            ports.addAll(own);
            return !own.isEmpty();
        });
        if (!names.isEmpty()) {
            add(
                    "hostPort",
                    containers(names)
                            + (names.size() == 1 ? " uses " : " use ")
                            + (ports.size() == 1 ? "hostPort " : "hostPorts ")
                            + String.join(", ", ports));
        }
    }

    private void restrictedVolumes() {
        List<String> names = new ArrayList<>();
        Set<String> types = new LinkedHashSet<>();
        for (Map<String, Object> volume : pod.maps("spec", "volumes")) {
            volume.keySet().stream().filter(type -> !VOLUMES.contains(type)).forEach(type -> {
                names.add("\"" + volume.get("name") + "\"");
                types.add("\"" + type + "\"");
            });
        }
        if (!names.isEmpty()) {
            add(
                    "restricted volume types",
                    (names.size() == 1 ? "volume " : "volumes ") + String.join(", ", names)
                            + (names.size() == 1 ? " uses " : " use ") + "restricted volume "
                            + (types.size() == 1 ? "type " : "types ") + String.join(", ", types));
        }
    }

    private void nonRoot() {
        Object ofPod = pod.at("spec", "securityContext", "runAsNonRoot");
        List<String> explicit = names(c -> Boolean.FALSE.equals(c.at("securityContext", "runAsNonRoot")));
        List<String> implicit = names(c -> c.at("securityContext", "runAsNonRoot") == null);
        List<String> setters = new ArrayList<>();
        if (Boolean.FALSE.equals(ofPod)) {
            setters.add("pod");
        }
        if (!explicit.isEmpty()) {
            setters.add(containers(explicit));
        }
        if (!setters.isEmpty()) {
            add(
                    "runAsNonRoot != true",
                    String.join(" and ", setters) + " must not set securityContext.runAsNonRoot=false");
        } else if (ofPod == null && !implicit.isEmpty()) {
            add(
                    "runAsNonRoot != true",
                    "pod or " + containers(implicit) + " must set securityContext.runAsNonRoot=true");
        }
    }

    private void rootUser() {
        List<String> setters = new ArrayList<>();
        if (pod.number(-1, "spec", "securityContext", "runAsUser") == 0) {
            setters.add("pod");
        }
        List<String> names = names(c -> c.number(-1, "securityContext", "runAsUser") == 0);
        if (!names.isEmpty()) {
            setters.add(containers(names));
        }
        if (!setters.isEmpty()) {
            add("runAsUser=0", String.join(" and ", setters) + " must not set runAsUser=0");
        }
    }

    private void seccomp(boolean restricted) {
        String ofPod = pod.text("spec", "securityContext", "seccompProfile", "type");
        List<String> setters = new ArrayList<>();
        if (ofPod.equals("Unconfined")) {
            setters.add("pod");
        }
        List<String> open =
                names(c -> c.text("securityContext", "seccompProfile", "type").equals("Unconfined"));
        if (!open.isEmpty()) {
            setters.add(containers(open));
        }
        List<String> implicit =
                names(c -> c.text("securityContext", "seccompProfile", "type").isEmpty());
        if (!setters.isEmpty()) {
            add(
                    "seccompProfile",
                    String.join(" and ", setters)
                            + " must not set securityContext.seccompProfile.type to \"Unconfined\"");
        } else if (restricted && ofPod.isEmpty() && !implicit.isEmpty()) {
            add(
                    "seccompProfile",
                    "pod or " + containers(implicit)
                            + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
        }
    }

    private void sysctls() {
        List<String> names = pod.maps("spec", "securityContext", "sysctls").stream()
                .map(each -> String.valueOf(each.get("name")))
                .filter(name -> !SAFE_SYSCTLS.contains(name))
                .toList();
        if (!names.isEmpty()) {
            add("forbidden sysctls", String.join(", ", names));
        }
    }
}
