package dev.kuar.practice.pki;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Authorities whose clients are believed to be who their certificates say. Immutable. */
public final class ClientTrust {
    /** Of nobody's. */
    public static final ClientTrust NONE = new ClientTrust(List.of());

    private final List<X509Certificate> authorities;

    private ClientTrust(List<X509Certificate> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    /** @param pem certificates; what is none is left out */
    public static ClientTrust of(String pem) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            found.addAll(KeyStores.certificates(pem));
        } catch (GeneralSecurityException unreadable) {
            return NONE;
        }
        return new ClientTrust(found);
    }

    /** Whether one of them signed a client's certificate that is valid now. */
    public boolean vouchesFor(X509Certificate client, Instant now) {
        return authorities.stream().anyMatch(authority -> isSigned(client, authority, now));
    }

    private static boolean isSigned(X509Certificate client, X509Certificate authority, Instant now) {
        try {
            client.checkValidity(Date.from(now));
            authority.checkValidity(Date.from(now));
            client.verify(authority.getPublicKey());
            List<String> purposes = client.getExtendedKeyUsage();
            return client.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                    && (purposes == null || purposes.contains("1.3.6.1.5.5.7.3.2") || purposes.contains("2.5.29.37.0"));
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }
}
