package dev.kuar.practice.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Identities from PEM texts of others: certificates with their chain, keys in PKCS#1, SEC 1 or PKCS#8. */
public final class KeyStores {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";

    private KeyStores() {}

    /** What a server shows that has {@code key}, and {@code certificates} beginning with its own; asks nobody who they are. */
    public static SSLContext server(String certificates, String key) throws GeneralSecurityException {
        return context(certificates, key, null);
    }

    /**
     * The same for a server that asks its clients who they are and lets any of them in: what they show is judged later.
     *
     * @param authorities named as those that it knows, as PEM; empty for none
     */
    public static SSLContext asking(String certificates, String key, String authorities)
            throws GeneralSecurityException {
        return context(certificates, key, new TrustManager[] {ServerIdentity.asksAll(certificates(authorities))});
    }

    /** What a client shows and trusts. */
    static SSLContext client(String certificates, String key, TrustManager trust) throws GeneralSecurityException {
        return context(certificates, key, new TrustManager[] {trust});
    }

    /** All certificates of a text; none for an empty one. */
    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        if (pem.contains("-----BEGIN CERTIFICATE")) {
            for (Certificate each : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                found.add((X509Certificate) each);
            }
        }
        return found;
    }

    private static SSLContext context(String certificates, String key, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)))
                .toArray(new Certificate[0]);
        if (chain.length == 0) {
            throw new GeneralSecurityException("no certificate");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", privateKey(key, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust, null);
            return context;
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** @param algorithm {@code RSA} or {@code EC} */
    static PrivateKey privateKey(String text, String algorithm) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("no private key");
        }
        byte[] body = Base64.getMimeDecoder().decode(block.group(2).strip());
        byte[] encoded =
                switch (block.group(1)) {
                    case "RSA PRIVATE KEY" -> wrapped(Der.sequence(Der.oid(RSA), new byte[] {5, 0}), body);
                    case "EC PRIVATE KEY" -> wrapped(Der.sequence(Der.oid(EC), curve(body)), body);
                    default -> body;
                };
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static byte[] wrapped(byte[] algorithm, byte[] body) {
        return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octets(body));
    }

    /** The object identifier behind the tag [0] of an ECPrivateKey. Source: RFC 5915. */
    private static byte[] curve(byte[] body) throws GeneralSecurityException {
        for (int i = 0; i < body.length - 4; i++) {
            int length = body[i + 3];
            if ((body[i] & 0xff) == 0xa0
                    && body[i + 1] == length + 2
                    && body[i + 2] == 6
                    && i + 4 + length <= body.length) {
                return java.util.Arrays.copyOfRange(body, i + 2, i + 4 + length);
            }
        }
        throw new GeneralSecurityException("a private key without its curve");
    }
}
