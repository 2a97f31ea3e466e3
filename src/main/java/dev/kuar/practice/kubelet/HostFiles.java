package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.profile.NodeSpec;
import dev.kuar.practice.schema.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files that a node's own disk comes with: certificates, CNI configuration, kubeconfigs. */
final class HostFiles {
    private static final String PKI = "etc/kubernetes/pki/";

    /** Of authorities that nobody asks anything of here: etcd's and the aggregation layer's. */
    private static final List<String> LOOK_ALIKES = List.of(
            "front-proxy-ca",
            "etcd/ca",
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
            "var/lib/kubelet/pki",
            "var/lib/kubelet/plugins",
            "var/lib/kubelet/plugins_registry",
            "var/lib/kubelet/pods",
            "var/log/containers",
            "var/log/pods",
            "var/run/containerd");

    private HostFiles() {}

    /** The directory that the kubelet takes static pods from. */
    static final String MANIFESTS = "etc/kubernetes/manifests";

    /**
     * @param statics the node's static pods, as in their files
     * @param keys the credentials that lie on the disk
     */
    static VolumeContent disk(NodeSpec node, List<KubeObject> statics, HostKeys keys, Instant now) {
        VolumeContent disk = VolumeContent.machine();
        DIRECTORIES.forEach(path -> disk.sub(path, now));
        disk.with("etc/cni/net.d/10-kindnet.conflist", cni(node.podCidr()), now)
                .with("etc/hostname", node.name() + "\n", now)
                .with("etc/hosts", hosts(node), now)
                .with("etc/os-release", release(node.node().text("status", "nodeInfo", "osImage")), now)
                .with("etc/machine-id", node.node().text("status", "nodeInfo", "machineID") + "\n", now)
                .with(
                        "var/lib/kubelet/config.yaml",
                        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
                        now)
                .with("run/xtables.lock", "", now);
        disk.sub(MANIFESTS, now);
        for (KubeObject pod : statics) {
            disk.with(MANIFESTS + "/" + manifestName(pod), 0600, memo(() -> manifest(pod)), now);
        }
        keys.files(node)
                .forEach((path, text) -> disk.with(
                        path,
                        path.endsWith(".crt") || path.endsWith(".pub") ? 0644 : 0600,
                        memo(() -> bytes(text.get())),
                        now));
        if (!node.controlPlane()) {
            return disk;
        }
        for (String name : LOOK_ALIKES) {
            disk.with(PKI + name + ".crt", pem("CERTIFICATE", name), now)
                    .with(PKI + name + ".key", 0600, memo(() -> bytes(pem("RSA PRIVATE KEY", name))), now);
        }
        disk.with("var/lib/etcd/member/snap/db", "practice\n", now).with("var/lib/etcd/member/wal/0.tmp", "", now);
        return disk;
    }

    private static String hosts(NodeSpec node) {
        return "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\n"
                + "ff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n" + node.internalIp() + "\t"
                + node.name() + "\n";
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

    /** The name of a static pod's file. */
    static String manifestName(KubeObject pod) {
        return pod.name() + ".yaml";
    }

    /** As kubeadm writes it: sorted keys, and a status without anything. */
    private static byte[] manifest(KubeObject pod) {
        KubeObject written = pod.copy();
        written.set(new LinkedHashMap<>(), "status");
        return YamlWriter.write(written.tree());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Made when it is first read, and the same from then on. */
    private static Supplier<byte[]> memo(Supplier<byte[]> maker) {
        return new Supplier<>() {
            private byte @Nullable [] made;

            @Override
            public synchronized byte[] get() {
                byte[] there = made;
                if (there == null) {
                    there = maker.get();
                    made = there;
                }
                return there;
            }
        };
    }

    /** Looks like PEM and says what it is: nobody verifies these, etcdctl only compares the files by their place. */
    private static String pem(String kind, String name) {
        String body = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(
                        ("practice " + kind + " of " + name + ". ".repeat(60)).getBytes(StandardCharsets.UTF_8));
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
