package dev.kuar.practice;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.ClusterPki;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The certificate requests that kubelets leave behind when they join a cluster made with {@code kubeadm}: the first asks in
 * its own name, the others with the cluster's bootstrap token.
 */
final class NodeRequests {
    private static final GroupResource REQUESTS = GroupResource.of("certificates.k8s.io", "certificatesigningrequests");
    private static final GroupResource SECRETS = GroupResource.core("secrets");
    private static final String TOKENS = "bootstrap-token-";

    private final ApiClient client;

    NodeRequests(ApiClient client) {
        this.client = client;
    }

    /** Asks for the node that {@code kubeadm init} has made. */
    void first(String node) {
        ask(node, UserInfo.of("system:node:" + node, "system:nodes", "system:authenticated"));
    }

    /** Asks for a node that {@code kubeadm join} brings; does nothing where the cluster has no bootstrap token. */
    void joining(String node) {
        client.list(SECRETS, "kube-system", ApiClient.ListOptions.ALL).items().stream()
                .map(KubeObject::name)
                .filter(name -> name.startsWith(TOKENS))
                .findFirst()
                .ifPresent(name -> ask(
                        node,
                        UserInfo.of(
                                "system:bootstrap:" + name.substring(TOKENS.length()),
                                "system:bootstrappers",
                                "system:bootstrappers:kubeadm:default-node-token",
                                "system:authenticated")));
    }

    private void ask(String node, UserInfo user) {
        KubeObject request = KubeObject.create("certificates.k8s.io/v1", "CertificateSigningRequest", "", "");
        request.set("csr-", "metadata", "generateName");
        String pem = ClusterPki.request("system:nodes", "system:node:" + node);
        request.set(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)), "spec", "request");
        request.set("kubernetes.io/kube-apiserver-client-kubelet", "spec", "signerName");
        request.set(List.of("digital signature", "client auth"), "spec", "usages");
        client.as(user, "kubelet").create(REQUESTS, "", request);
    }
}
