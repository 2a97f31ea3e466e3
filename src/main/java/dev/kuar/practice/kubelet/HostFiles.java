package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.profile.NodeSpec;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The files that a node's own disk comes with: certificates, CNI configuration, kubeconfigs. */
final class HostFiles {
    private static final List<String> AUTHORITIES = List.of("ca", "front-proxy-ca", "etcd/ca");
    private static final List<String> LEAVES = List.of(
            "apiserver",
            "apiserver-kubelet-client",
            "apiserver-etcd-client",
            "front-proxy-client",
            "etcd/server",
            "etcd/peer",
            "etcd/healthcheck-client");

    private static final List<String> DIRECTORIES = List.of(
            "boot",
            "dev",
            "etc/ca-certificates",
            "etc/ssl/certs",
            "home",
            "lib/modules",
            "media",
            "mnt",
            "opt/cni/bin",
            "proc",
            "root",
            "run/containerd",
            "run/systemd",
            "srv",
            "sys/fs/cgroup",
            "tmp",
            "usr/bin",
            "usr/lib",
            "usr/local/bin",
            "usr/share/ca-certificates",
            "var/lib/containerd",
            "var/lib/kube-proxy",
            "var/lib/kubelet/device-plugins",
            "var/lib/kubelet/plugins",
            "var/lib/kubelet/plugins_registry",
            "var/lib/kubelet/pods",
            "var/log/containers",
            "var/log/pods",
            "var/run/containerd");

    private HostFiles() {}

    static VolumeContent disk(NodeSpec node, Instant now) {
        VolumeContent disk = VolumeContent.machine();
        DIRECTORIES.forEach(path -> disk.sub(path, now));
        disk.with("etc/cni/net.d/10-kindnet.conflist", cni(node.podCidr()), now)
                .with("etc/hostname", node.name() + "\n", now)
                .with("etc/os-release", release(node.node().text("status", "nodeInfo", "osImage")), now)
                .with("etc/machine-id", node.node().text("status", "nodeInfo", "machineID") + "\n", now)
                .with(
                        "var/lib/kubelet/config.yaml",
                        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
                        now)
                .with("run/xtables.lock", "", now);
        if (!node.controlPlane()) {
            return disk;
        }
        for (String name : AUTHORITIES) {
            pair(disk, name, now);
        }
        for (String name : LEAVES) {
            pair(disk, name, now);
        }
        disk.with("etc/kubernetes/pki/sa.pub", pem("PUBLIC KEY", "sa"), now)
                .with("etc/kubernetes/pki/sa.key", pem("RSA PRIVATE KEY", "sa"), now)
                .with("etc/kubernetes/admin.conf", "apiVersion: v1\nkind: Config\n", now)
                .with("etc/kubernetes/controller-manager.conf", "apiVersion: v1\nkind: Config\n", now)
                .with("etc/kubernetes/scheduler.conf", "apiVersion: v1\nkind: Config\n", now)
                .with("var/lib/etcd/member/snap/db", "practice\n", now)
                .with("var/lib/etcd/member/wal/0.tmp", "", now);
        return disk;
    }

    /** As os-release(5) has it, from what the node says of its system: {@code Debian GNU/Linux 12 (bookworm)}. */
    private static String release(String system) {
        String name = system.replaceFirst(" [v\\d(].*", "");
        String version = system.substring(name.length()).strip();
        return "PRETTY_NAME=\"" + system + "\"\nNAME=\"" + name + "\"\n"
                + (version.isEmpty()
                        ? ""
                        : "VERSION_ID=\"" + version.split(" ")[0] + "\"\nVERSION=\"" + version + "\"\n")
                + "ID=" + name.split("[ /-]")[0].toLowerCase(Locale.ROOT) + "\n";
    }

    private static void pair(VolumeContent disk, String name, Instant now) {
        disk.with("etc/kubernetes/pki/" + name + ".crt", pem("CERTIFICATE", name), now)
                .with("etc/kubernetes/pki/" + name + ".key", pem("RSA PRIVATE KEY", name), now);
    }

    /** Looks like PEM and says what it is: nobody verifies these, etcdctl only compares the files by their place. */
    private static String pem(String kind, String name) {
        String body = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(("practice " + kind + " of " + name + ". ".repeat(60))
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static String cni(String cidr) {
        return "\n{\n\t\"cniVersion\": \"0.3.1\",\n\t\"name\": \"kindnet\",\n\t\"plugins\": [\n\t{\n\t\t\"type\": \"ptp\",\n\t\t\"ipMasq\": false,\n"
                + "\t\t\"ipam\": {\n\t\t\t\"type\": \"host-local\",\n\t\t\t\"dataDir\": \"/run/cni-ipam-state\",\n\t\t\t\"routes\": [\n"
                + "\t\t\t\t{ \"dst\": \"0.0.0.0/0\" }\n\t\t\t],\n\t\t\t\"ranges\": [\n\t\t\t\t[ { \"subnet\": \"" + cidr
                + "\" } ]\n\t\t\t]\n\t\t},\n\t\t\"mtu\": 1500\n\t},\n\t{\n\t\t\"type\": \"portmap\",\n\t\t\"capabilities\": {\n"
                + "\t\t\t\"portMappings\": true\n\t\t}\n\t}\n\t]\n}\n";
    }
}
