package dev.kuar.kubectl.rest;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS contexts of client settings: own authorities, client certificates in RSA, EC and Ed25519, unchecked servers. */
final class Tls {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END", Pattern.DOTALL);

    private Tls() {}

    static SSLContext contextOf(ClientSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(settings), trustManagers(settings), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException failure) {
            throw Failure.error("tls: failed to find any PEM data in certificate input", failure);
        }
    }

    private static javax.net.ssl.KeyManager @Nullable [] keyManagers(ClientSettings settings)
            throws GeneralSecurityException, java.io.IOException {
        if (settings.certificate().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = certificates(settings.certificate()).toArray(new Certificate[0]);
        store.setKeyEntry("client", key(settings.key()), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(ClientSettings settings)
            throws GeneralSecurityException, java.io.IOException {
        if (settings.insecure()) {
            return new TrustManager[] {new TrustEverything()};
        }
        if (settings.authority().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(settings.authority())) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            switch (block.group(1)) {
                case "RSA PRIVATE KEY" -> {
                    return anyOf(List.of("RSA"), wrap(der, "300d06092a864886f70d0101010500"));
                }
                case "EC PRIVATE KEY" -> {
                    return anyOf(List.of("EC"), wrap(der, "301306072a8648ce3d0201" + curve(der)));
                }
                case "PRIVATE KEY" -> {
                    return anyOf(List.of("RSA", "EC", "Ed25519"), der);
                }
                default -> {}
            }
        }
        throw new GeneralSecurityException("no private key");
    }

    private static PrivateKey anyOf(List<String> algorithms, byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no key");
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException other) {
                last = other;
            }
        }
        throw last;
    }

    /** The object identifier of the curve that an EC key in SEC1 form names, in hex. */
    private static String curve(byte[] der) {
        String hex = java.util.HexFormat.of().formatHex(der);
        int named = hex.indexOf("06052b8104002");
        return named >= 0 ? hex.substring(named, named + 14) : "06082a8648ce3d030107";
    }

    /** A PKCS#8 envelope around a bare key. */
    private static byte[] wrap(byte[] key, String algorithmHex) {
        byte[] algorithm = java.util.HexFormat.of().parseHex(algorithmHex);
        if (algorithm[1] != algorithm.length - 2) {
            algorithm[1] = (byte) (algorithm.length - 2);
        }
        byte[] octets = tlv(0x04, key);
        byte[] body = new byte[3 + algorithm.length + octets.length];
        body[0] = 2;
        body[1] = 1;
        System.arraycopy(algorithm, 0, body, 3, algorithm.length);
        System.arraycopy(octets, 0, body, 3 + algorithm.length, octets.length);
        return tlv(0x30, body);
    }

    private static byte[] tlv(int tag, byte[] body) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(tag);
        if (body.length < 128) {
            out.write(body.length);
        } else {
            out.write(0x82);
            out.write(body.length >> 8);
            out.write(body.length);
        }
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** For {@code --insecure-skip-tls-verify}. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
