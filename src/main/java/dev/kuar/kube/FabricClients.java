package dev.kuar.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes fabric8 clients.
 *
 * <p>Client keys in PKCS#8, elliptic curves among them, are read here: fabric8 reads such only with another library.
 */
final class FabricClients {
    private static final char[] PASSWORD = "in-memory".toCharArray();

    private FabricClients() {}

    /** A client for the configuration, which is changed on the way. */
    static KubernetesClient of(Config config) {
        try {
            Optional<KeyManager[]> keys = keyManagers(config);
            if (keys.isEmpty()) {
                return new KubernetesClientBuilder().withConfig(config).build();
            }
            config.setClientCertData(null);
            config.setClientKeyData(null);
            TrustManager[] trust = SSLUtils.trustManagers(config);
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientBuilderConsumer(builder -> builder.sslContext(keys.get(), trust))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new KubernetesClientException("cannot read the client certificate: " + e.getMessage(), e);
        }
    }

    /** A configuration of PEM texts, and of nothing else that lies around. */
    static Config configuration(String server, String caPem, String certificatePem, String keyPem) {
        Config config = Config.empty();
        config.setMasterUrl(server);
        config.setCaCertData(encoded(caPem));
        config.setClientCertData(encoded(certificatePem));
        config.setClientKeyData(encoded(keyPem));
        return config;
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<KeyManager[]> keyManagers(Config config) throws GeneralSecurityException, IOException {
        String certificate = decoded(config.getClientCertData());
        String key = decoded(config.getClientKeyData());
        if (certificate.isEmpty() || !key.contains("BEGIN PRIVATE KEY")) {
            return Optional.empty();
        }
        Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("client", privateKey(key), PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return Optional.of(factory.getKeyManagers());
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException notElliptic) {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        }
    }

    private static String decoded(@Nullable String data) {
        return data == null || data.isEmpty()
                ? ""
                : new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
    }
}
