package dev.kuar.practice.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Certificates and keys as the text between BEGIN and END lines. */
public final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** A certificate, an unencrypted PKCS#8 private key or a public key; ends with a newline. */
    public static String of(X509Certificate certificate) throws GeneralSecurityException {
        return block("CERTIFICATE", certificate.getEncoded());
    }

    /** A key; see {@link #of(X509Certificate)}. */
    public static String of(Key key) {
        return block(key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY", key.getEncoded());
    }

    /** A PKCS#10 request. */
    static String request(byte[] encoded) {
        return block("CERTIFICATE REQUEST", encoded);
    }

    static X509Certificate certificate(String text) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** @param algorithm {@code EC} or {@code RSA} */
    static PrivateKey privateKey(String text, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(body(text)));
    }

    static PublicKey publicKey(String text, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(body(text)));
    }

    private static String block(String label, byte[] body) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(body) + "\n-----END " + label + "-----\n";
    }

    private static byte[] body(String text) throws GeneralSecurityException {
        int from = text.indexOf("-----\n");
        int to = text.indexOf("\n-----END");
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("not a PEM block");
        }
        return Base64.getMimeDecoder().decode(text.substring(from + 6, to));
    }
}
