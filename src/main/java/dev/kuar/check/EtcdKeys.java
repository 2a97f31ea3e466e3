package dev.kuar.check;

import dev.kuar.kube.ReadException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads keys through {@code etcdctl} in the etcd pod of a control plane; any member is right.
 *
 * <p>Which certificates to use is read from the flags of the pod itself, since kubeadm and minikube keep them in
 * different folders. Keys that change all the time (events, leases, masterleases) are left out.
 */
final class EtcdKeys {
    private static final List<String> RESTLESS =
            List.of("/registry/events/", "/registry/leases/", "/registry/masterleases/", "/registry/peerserverleases/");

    private EtcdKeys() {}

    static List<String> read(Reading reading, String prefix) {
        Map<String, Object> pod = member(reading);
        List<String> command = List.of(
                "etcdctl",
                "--endpoints=https://127.0.0.1:2379",
                "--cacert=" + flag(pod, "--trusted-ca-file"),
                "--cert=" + flag(pod, "--cert-file"),
                "--key=" + flag(pod, "--key-file"),
                "get",
                prefix,
                "--prefix",
                "--keys-only");
        List<String> keys = new ArrayList<>();
        for (String line :
                Words.lines(reading.exec("kube-system", Trees.text(pod, "metadata", "name"), "etcd", command))) {
            if (RESTLESS.stream().noneMatch(line::startsWith)) {
                keys.add(line);
            }
        }
        return keys;
    }

    private static Map<String, Object> member(Reading reading) {
        return reading.list("v1", "Pod", "kube-system").stream()
                .filter(p -> Trees.text(p, "metadata", "labels", "component").equals("etcd"))
                .filter(Columns::ready)
                .findFirst()
                .orElseThrow(() ->
                        new ReadException(ReadException.Cause.EXEC_FAILED, "no ready etcd pod in kube-system", null));
    }

    private static String flag(Map<String, Object> pod, String name) {
        for (Object container : Trees.items(pod, "spec", "containers")) {
            for (Object word : Trees.items(container, "command")) {
                if (word.toString().startsWith(name + "=")) {
                    return word.toString().substring(name.length() + 1);
                }
            }
        }
        throw new ReadException(ReadException.Cause.EXEC_FAILED, "the etcd pod has no flag " + name, null);
    }
}
