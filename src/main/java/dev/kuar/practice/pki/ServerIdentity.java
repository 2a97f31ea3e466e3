package dev.kuar.practice.pki;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS server shows, and what it lets clients show.
 *
 * <p>Any client certificate passes the handshake, as with Go's {@code RequestClientCert}: whether it is one of ours is
 * decided by authentication, which answers 401 instead of breaking the connection.
 */
final class ServerIdentity {
    private static final String ALIAS = "server";

    private ServerIdentity() {}

    static SSLContext context(PrivateKey key, X509Certificate certificate, X509Certificate authority)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new KeyManager[] {new OneKey(key, certificate)},
                new TrustManager[] {asksAll(List.of(authority))},
                null);
        return context;
    }

    /** For a server that lets nobody in whom {@code trusting} does not know. */
    static SSLContext asking(PrivateKey key, X509Certificate certificate, TrustManagerFactory trusting)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(key, certificate)}, trusting.getTrustManagers(), null);
        return context;
    }

    /** For a server that is indifferent to who its clients are. */
    static SSLContext unasking(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(key, certificate)}, new TrustManager[0], null);
        return context;
    }

    /** Asks for a certificate of one of {@code authorities} and refuses nobody. */
    static TrustManager asksAll(List<X509Certificate> authorities) {
        return new AskAll(authorities);
    }

    /** Always the same key. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate certificate;

        OneKey(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        private boolean fits(String type) {
            return type.startsWith(key.getAlgorithm());
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            return fits(type) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return fits(type) ? ALIAS : null;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return fits(type) ? new String[] {ALIAS} : new String[0];
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    /** Names the authorities in the certificate request and refuses nobody. */
    private static final class AskAll extends X509ExtendedTrustManager {
        private final List<X509Certificate> authorities;

        AskAll(List<X509Certificate> authorities) {
            this.authorities = List.copyOf(authorities);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.toArray(new X509Certificate[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    }
}
