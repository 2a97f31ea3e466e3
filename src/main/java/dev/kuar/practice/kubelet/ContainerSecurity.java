package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Confinement;
import dev.kuar.practice.container.Image;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the security contexts of a container and its pod say together: the container's own settings come first. */
final class ContainerSecurity {
    private final KubeObject pod;
    private final KubeObject container;

    ContainerSecurity(KubeObject pod, KubeObject container) {
        this.pod = pod;
        this.container = container;
    }

    private @Nullable Object setting(String field) {
        Object own = container.at("securityContext", field);
        return own == null ? pod.at("spec", "securityContext", field) : own;
    }

    /** {@code uid[:gid]}; empty for the image's. */
    String user() {
        Object uid = setting("runAsUser");
        Object gid = setting("runAsGroup");
        return uid == null ? gid == null ? "" : "0:" + gid : uid + (gid == null ? "" : ":" + gid);
    }

    /** Why it would run as root though it must not; empty where it would not. */
    String rootProblem(Image image) {
        Object uid = setting("runAsUser");
        if (!Boolean.TRUE.equals(setting("runAsNonRoot"))) {
            return "";
        }
        if (uid != null) {
            return uid instanceof Number number && number.longValue() == 0
                    ? "container's runAsUser breaks non-root policy"
                    : "";
        }
        if (image.user().isEmpty() || image.user().equals("0") || image.user().equals("root")) {
            return "container has runAsNonRoot and image will run as root";
        }
        return image.user().split(":")[0].matches("\\d+")
                ? ""
                : "container has runAsNonRoot and image has non-numeric user (" + image.user()
                        + "), cannot verify user is non-root";
    }

    /** The supplementary groups that the pod asks for. */
    List<Integer> groups() {
        Set<Integer> groups = new LinkedHashSet<>();
        if (pod.at("spec", "securityContext", "fsGroup") instanceof Number number) {
            groups.add(number.intValue());
        }
        if (pod.at("spec", "securityContext", "supplementalGroups") instanceof List<?> more) {
            more.forEach(group -> groups.add(((Number) group).intValue()));
        }
        return new ArrayList<>(groups);
    }

    /** Whether the user's groups in the image count too, as they do where nothing is said. */
    boolean hasImageGroups() {
        return !pod.text("spec", "securityContext", "supplementalGroupsPolicy").equals("Strict");
    }

    private KubeObject seccomp() {
        KubeObject own = KubeObject.of(container.map("securityContext", "seccompProfile"));
        return own.text("type").isEmpty() ? KubeObject.of(pod.map("spec", "securityContext", "seccompProfile")) : own;
    }

    /** The profile of seccomp on the node's disk that it wants, relative to the kubelet's; empty for none. */
    String seccompFile() {
        return !container.flag("securityContext", "privileged")
                        && seccomp().text("type").equals("Localhost")
                ? seccomp().text("localhostProfile")
                : "";
    }

    Confinement confinement() {
        Object escalation = container.at("securityContext", "allowPrivilegeEscalation");
        String seccomp = seccomp().text("type");
        Confinement made = Confinement.of(
                container.flag("securityContext", "privileged"),
                Boolean.FALSE.equals(escalation),
                seccomp.equals("RuntimeDefault") || seccomp.equals("Localhost"),
                container.texts("securityContext", "capabilities", "add"),
                container.texts("securityContext", "capabilities", "drop"));
        return Boolean.FALSE.equals(pod.at("spec", "hostUsers")) ? made.withUsers(firstUser()) : made;
    }

    /** The kubelet gives each such pod 65536 users of the node, behind the node's own. */
    private long firstUser() {
        return (1 + Math.floorMod(pod.uid().hashCode(), 65534)) * 65536L;
    }
}
