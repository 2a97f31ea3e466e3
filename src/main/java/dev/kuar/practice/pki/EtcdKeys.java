package dev.kuar.practice.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys of a cluster's etcd as kubeadm makes them: an authority of its own, {@code etcd-ca}, and the client's certificate
 * that checks of its health use. Kept like the cluster's own keys.
 */
public final class EtcdKeys {
    /** The names of the files in the folder, beside {@code ca.key}. */
    public static final String AUTHORITY = "ca.crt";

    public static final String CERTIFICATE = "healthcheck-client.crt";
    public static final String KEY = "healthcheck-client.key";

    private static final Duration LIFE = Duration.ofDays(3650);

    private final String authority;
    private final KeyFiles.Leaf client;
    private final SSLContext serverContext;

    private EtcdKeys(String authority, KeyFiles.Leaf client, SSLContext serverContext) {
        this.authority = authority;
        this.client = client;
        this.serverContext = serverContext;
    }

    /**
     * Reads the keys in {@code directory}, and makes those that are not there.
     *
     * @param names that the server answers to
     * @throws IOException when a file cannot be read or written, or holds something else than it should
     */
    public static EtcdKeys open(Optional<Path> directory, List<String> names, Instant now) throws IOException {
        KeyFiles files = new KeyFiles(directory);
        Instant from = now.minus(Duration.ofMinutes(5));
        Instant to = now.plus(LIFE);
        try {
            CertificateAuthority authority = files.authority(() -> {
                KeyPair pair = ClusterPki.newPair();
                return CertificateAuthority.create(pair.getPrivate(), pair.getPublic(), "etcd-ca", from, to);
            });
            KeyFiles.Leaf client = files.leaf("healthcheck-client", () -> {
                KeyPair pair = ClusterPki.newPair();
                X509Certificate certificate =
                        authority.issue(pair.getPublic(), "", "kube-etcd-healthcheck-client", List.of(), from, to);
                return new KeyFiles.Leaf(Pem.of(certificate), Pem.of(pair.getPrivate()));
            });
            KeyPair server = ClusterPki.newPair();
            X509Certificate serving = authority.issue(server.getPublic(), "", names.get(0), names, from, to);
            SSLContext context = ServerIdentity.asking(server.getPrivate(), serving, trusting(authority.certificate()));
            return new EtcdKeys(Pem.of(authority.certificate()), client, context);
        } catch (GeneralSecurityException broken) {
            throw new IOException(
                    "etcd's keys in " + directory.map(Path::toString).orElse("memory") + " are damaged: "
                            + broken.getMessage(),
                    broken);
        }
    }

    private static TrustManagerFactory trusting(X509Certificate authority)
            throws GeneralSecurityException, IOException {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry("etcd-ca", authority);
        TrustManagerFactory trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(known);
        return trusting;
    }

    public String authorityPem() {
        return authority;
    }

    public String clientCertificatePem() {
        return client.certificate();
    }

    public String clientKeyPem() {
        return client.key();
    }

    /** For a listener that asks for certificates; what the authority has not signed is refused in the handshake. */
    public SSLContext serverContext() {
        return serverContext;
    }
}
