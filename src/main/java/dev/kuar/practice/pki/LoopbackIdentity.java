package dev.kuar.practice.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * An authority of its own with a certificate for a server on 127.0.0.1; the keys live in memory only.
 *
 * @param context for the listener
 * @param authorityPem what its clients trust
 */
public record LoopbackIdentity(SSLContext context, String authorityPem) {
    private static final Duration LIFE = Duration.ofDays(365);

    /** Makes the keys. */
    public static LoopbackIdentity create(String name, Instant now) throws IOException {
        try {
            Instant from = now.minus(Duration.ofMinutes(5));
            KeyPair top = ClusterPki.newPair();
            CertificateAuthority authority =
                    CertificateAuthority.create(top.getPrivate(), top.getPublic(), name, from, now.plus(LIFE));
            KeyPair server = ClusterPki.newPair();
            X509Certificate serving = authority.issue(
                    server.getPublic(), "", name, List.of("127.0.0.1", "localhost"), from, now.plus(LIFE));
            return new LoopbackIdentity(
                    ServerIdentity.context(server.getPrivate(), serving, authority.certificate()),
                    Pem.of(authority.certificate()));
        } catch (GeneralSecurityException broken) {
            throw new IOException("cannot make keys: " + broken.getMessage(), broken);
        }
    }
}
