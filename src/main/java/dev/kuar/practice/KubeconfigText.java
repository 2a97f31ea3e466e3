package dev.kuar.practice;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A kubeconfig of one cluster, one user and one context that all have the same name, as kind and minikube write it. */
final class KubeconfigText {
    private KubeconfigText() {}

    /** @param context the name of all three, {@code kind-my-cluster} */
    static String of(String context, String server, String caPem, String certificatePem, String keyPem) {
        return """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %2$s
                    server: %3$s
                  name: %1$s
                contexts:
                - context:
                    cluster: %1$s
                    user: %1$s
                  name: %1$s
                current-context: %1$s
                kind: Config
                preferences: {}
                users:
                - name: %1$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                """.formatted(context, base64(caPem), server, base64(certificatePem), base64(keyPem));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
