package dev.kuar.practice.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What the aggregation layer shows to the servers behind it: an authority of its own, {@code front-proxy-ca}, and the
 * certificate of {@link #USER}. Who holds that may speak for anybody, so nothing else is ever signed by this authority.
 */
public final class FrontProxyKeys {
    /** Whose certificate may speak for others. */
    public static final String USER = "front-proxy-client";

    private final CertificateAuthority authority;
    private final KeyFiles.Leaf client;

    private FrontProxyKeys(CertificateAuthority authority, KeyFiles.Leaf client) {
        this.authority = authority;
        this.client = client;
    }

    static FrontProxyKeys open(KeyFiles files, Instant from, Instant to) throws GeneralSecurityException, IOException {
        CertificateAuthority authority = files.authority("front-proxy-ca", () -> {
            KeyPair pair = ClusterPki.newPair();
            return CertificateAuthority.create(pair.getPrivate(), pair.getPublic(), "front-proxy-ca", from, to);
        });
        KeyFiles.Leaf client = files.leaf(USER, () -> {
            KeyPair pair = ClusterPki.newPair();
            X509Certificate certificate = authority.issue(pair.getPublic(), "", USER, List.of(), from, to);
            return new KeyFiles.Leaf(Pem.of(certificate), Pem.of(pair.getPrivate()));
        });
        return new FrontProxyKeys(authority, client);
    }

    public CertificateAuthority authority() {
        return authority;
    }

    /** The authority's certificate, for {@code extension-apiserver-authentication}. */
    public String authorityPem() {
        try {
            return Pem.of(authority.certificate());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a certificate that was read cannot be written", broken);
        }
    }

    /**
     * For a connection to one server.
     *
     * @param trust says which server may answer, see {@link ServerTrust}
     */
    public SSLContext clientContext(X509ExtendedTrustManager trust) {
        try {
            return KeyStores.client(client.certificate(), client.key(), trust);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a key that was read cannot be used", broken);
        }
    }
}
