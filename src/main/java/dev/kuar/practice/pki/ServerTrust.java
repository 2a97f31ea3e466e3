package dev.kuar.practice.pki;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which server a client takes for the one it wants; refusals are worded as Go's {@code crypto/x509} words them. */
public final class ServerTrust extends X509ExtendedTrustManager {
    private final @Nullable X509TrustManager chains;
    private final String host;

    private ServerTrust(@Nullable X509TrustManager chains, String host) {
        this.chains = chains;
        this.host = host;
    }

    /** Takes anybody. */
    public static ServerTrust blind() {
        return new ServerTrust(null, "");
    }

    /**
     * Takes who has a certificate of one of some authorities, for a name.
     *
     * @param authorities as PEM; empty for those that this machine knows
     * @throws GeneralSecurityException for text that holds no certificates
     */
    public static ServerTrust of(String authorities, String host) throws GeneralSecurityException {
        KeyStore known = null;
        if (!authorities.isEmpty()) {
            known = KeyStore.getInstance(KeyStore.getDefaultType());
            try {
                known.load(null, null);
            } catch (IOException impossible) {
                throw new GeneralSecurityException(impossible);
            }
            for (X509Certificate each : KeyStores.certificates(authorities)) {
                known.setCertificateEntry("authority-" + known.size(), each);
            }
            if (known.size() == 0) {
                throw new GeneralSecurityException(
                        "unable to load root certificates: unable to parse bytes as PEM block");
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(known);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager chains) {
                return new ServerTrust(chains, host);
            }
        }
        throw new GeneralSecurityException("this JDK checks no certificates");
    }

    private void check(X509Certificate[] chain, String type) throws CertificateException {
        if (chains == null) {
            return;
        }
        try {
            chain[0].checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException outdated) {
            throw new CertificateException("certificate has expired or is not yet valid", outdated);
        }
        try {
            chains.checkServerTrusted(chain, type);
        } catch (CertificateException refused) {
            throw new CertificateException("certificate signed by unknown authority", refused);
        }
        List<String> names = names(chain[0]);
        if (names.stream().noneMatch(this::covers)) {
            throw new CertificateException(
                    names.isEmpty()
                            ? "certificate relies on legacy Common Name field, use SANs instead"
                            : "certificate is valid for " + String.join(", ", names) + ", not " + host);
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        List<String> names = new ArrayList<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            certificate.getSubjectAlternativeNames().forEach(entry -> names.add(String.valueOf(entry.get(1))));
        }
        return names;
    }

    private boolean covers(String name) {
        int dot = host.indexOf('.');
        return name.equalsIgnoreCase(host)
                || dot > 0 && name.startsWith("*.") && name.substring(1).equalsIgnoreCase(host.substring(dot));
    }

    /** What a handshake failed for, as Go's client words it; empty where it was not the certificate. */
    public static String words(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException && cause.getMessage() != null) {
                return "tls: failed to verify certificate: x509: " + cause.getMessage();
            }
        }
        return "";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no client is checked here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
