package dev.kuar.practice.api;

import dev.kuar.practice.admission.ServiceSockets;
import java.security.KeyPair;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an API server is told at its start.
 *
 * @param serviceAccountKeys signs and verifies service account tokens (RSA); asked for once, at the first token
 * @param issuer the {@code iss} of those tokens
 * @param audiences whom tokens are for when a request names nobody
 * @param serviceCidr where cluster IPs come from, for instance {@code 10.96.0.0/16}
 * @param etcdValues makes what {@code etcdctl} sees of an object
 * @param webhookSockets connects to webhooks that run in pods
 * @param requestFaults what is wrong with a PEM certificate request; empty where nothing is
 */
public record ApiServerConfig(
        Supplier<KeyPair> serviceAccountKeys,
        String issuer,
        List<String> audiences,
        String serviceCidr,
        StoredValueEncoder etcdValues,
        ServiceSockets webhookSockets,
        UnaryOperator<String> requestFaults) {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    public ApiServerConfig {
        audiences = List.copyOf(audiences);
    }

    /** As kubeadm configures it. */
    public static ApiServerConfig defaults(KeyPair serviceAccountKeys) {
        return defaults(() -> serviceAccountKeys);
    }

    /** As kubeadm configures it, with keys that may still be in the making. */
    public static ApiServerConfig defaults(Supplier<KeyPair> serviceAccountKeys) {
        return new ApiServerConfig(
                serviceAccountKeys,
                ISSUER,
                List.of(ISSUER),
                "10.96.0.0/16",
                StoredValueEncoder.JSON,
                ServiceSockets.NONE,
                pem -> "");
    }

    public ApiServerConfig withEtcdValues(StoredValueEncoder encoder) {
        return new ApiServerConfig(
                serviceAccountKeys, issuer, audiences, serviceCidr, encoder, webhookSockets, requestFaults);
    }

    public ApiServerConfig withServiceCidr(String cidr) {
        return new ApiServerConfig(
                serviceAccountKeys, issuer, audiences, cidr, etcdValues, webhookSockets, requestFaults);
    }

    public ApiServerConfig withWebhookSockets(ServiceSockets sockets) {
        return new ApiServerConfig(
                serviceAccountKeys, issuer, audiences, serviceCidr, etcdValues, sockets, requestFaults);
    }

    public ApiServerConfig withRequestFaults(UnaryOperator<String> faults) {
        return new ApiServerConfig(
                serviceAccountKeys, issuer, audiences, serviceCidr, etcdValues, webhookSockets, faults);
    }
}
