package dev.kuar.practice;

import dev.kuar.practice.kubelet.HostKeys;
import dev.kuar.practice.pki.ClusterPki;
import dev.kuar.practice.pki.ClusterPki.Identity;
import dev.kuar.practice.profile.NodeSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The certificates and kubeconfigs of kubeadm on the nodes' disks.
 *
 * <p>Clients' certificates are the cluster's own and work: whoever may read a control plane's disk is its master, as on a real
 * one. What would let somebody pass for the API server on this machine's loopback, or sign for others, is not there: the keys of the
 * authority, of the API server and of service-account tokens are keys that belong to nothing.
 */
final class HostCredentials implements HostKeys {
    private static final String DIRECTORY = "etc/kubernetes/";
    private static final String PKI = DIRECTORY + "pki/";
    private static final String KUBELET = "var/lib/kubelet/pki/kubelet-client-current.pem";

    private final ClusterPki pki;
    private final String server;
    private final Supplier<Instant> now;
    private final Map<String, Identity> identities = new HashMap<>();

    /** @param server where nodes reach the API server */
    HostCredentials(ClusterPki pki, String server, Supplier<Instant> now) {
        this.pki = pki;
        this.server = server;
        this.now = now;
    }

    @Override
    public Map<String, Supplier<String>> files(NodeSpec node) {
        Map<String, Supplier<String>> files = new LinkedHashMap<>();
        String user = "system:node:" + node.name();
        files.put(PKI + "ca.crt", pki::authorityPem);
        files.put(KUBELET, () -> {
            Identity own = client("system:nodes", user);
            return own.certificate() + own.key();
        });
        files.put(
                DIRECTORY + "kubelet.conf",
                () -> NodeKubeconfig.of(server, pki.authorityPem(), user, "/" + KUBELET, Optional.empty()));
        if (!node.controlPlane()) {
            return files;
        }
        config(files, "admin", "kubeadm:cluster-admins", "kubernetes-admin");
        config(files, "super-admin", "system:masters", "kubernetes-super-admin");
        config(files, "controller-manager", "", "system:kube-controller-manager");
        config(files, "scheduler", "", "system:kube-scheduler");
        String own = "kube-apiserver-kubelet-client";
        files.put(PKI + "apiserver-kubelet-client.crt", () -> client("kubeadm:cluster-admins", own)
                .certificate());
        files.put(PKI + "apiserver-kubelet-client.key", () -> client("kubeadm:cluster-admins", own)
                .key());
        files.put(PKI + "apiserver.crt", pki::serverCertificatePem);
        files.put(PKI + "sa.pub", pki::serviceAccountPublicPem);
        for (String name : new String[] {"ca", "apiserver", "sa"}) {
            files.put(PKI + name + ".key", ClusterPki::looseKeyPem);
        }
        return files;
    }

    private void config(Map<String, Supplier<String>> files, String file, String organization, String user) {
        files.put(
                DIRECTORY + file + ".conf",
                () -> NodeKubeconfig.of(server, pki.authorityPem(), user, "", Optional.of(client(organization, user))));
    }

    private synchronized Identity client(String organization, String user) {
        return identities.computeIfAbsent(user, name -> pki.client(organization, name, now.get()));
    }
}
