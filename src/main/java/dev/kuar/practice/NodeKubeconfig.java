package dev.kuar.practice;

import dev.kuar.practice.pki.ClusterPki.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A kubeconfig as kubeadm writes it onto a node's disk. */
final class NodeKubeconfig {
    private NodeKubeconfig() {}

    /**
     * @param file where certificate and key of the user lie together; used where there is no {@code identity}
     * @param identity the user's certificate and key, to be written into the kubeconfig
     */
    static String of(String server, String caPem, String user, String file, Optional<Identity> identity) {
        String[] login = identity.map(own -> new String[] {
                    "client-certificate-data: " + base64(own.certificate()), "client-key-data: " + base64(own.key())
                })
                .orElse(new String[] {"client-certificate: " + file, "client-key: " + file});
        return """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %1$s
                    server: %2$s
                  name: kubernetes
                contexts:
                - context:
                    cluster: kubernetes
                    user: %3$s
                  name: %3$s@kubernetes
                current-context: %3$s@kubernetes
                kind: Config
                users:
                - name: %3$s
                  user:
                    %4$s
                    %5$s
                """.formatted(base64(caPem), server, user, login[0], login[1]);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
