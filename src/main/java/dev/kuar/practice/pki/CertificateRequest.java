package dev.kuar.practice.pki;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A PKCS#10 request, as far as it is needed to sign it.
 *
 * @param subject the encoded name
 * @param key the key that the certificate is for
 * @param names DNS names and IPv4 addresses that it asks for; empty for none
 */
record CertificateRequest(byte[] subject, PublicKey key, List<String> names) {
    private static final byte[] ALTERNATIVE_NAMES = Der.oid("2.5.29.17");

    /** @throws IllegalArgumentException when it cannot be read */
    static CertificateRequest parse(String pem) {
        try {
            String body = pem.replaceAll("-----[A-Z ]+-----", "");
            DerElement info = new DerElement(
                            Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII)), 0)
                    .child(0);
            byte[] key = info.child(2).whole();
            String algorithm = contains(key, Der.oid("1.2.840.10045.2.1")) ? "EC" : "RSA";
            PublicKey publicKey = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(key));
            return new CertificateRequest(info.child(1).whole(), publicKey, names(info.whole()));
        } catch (GeneralSecurityException | IndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("not a certificate request", damaged);
        }
    }

    /** Asks for a certificate for {@code name}, an encoded name, signed with the key that it is for. */
    static String write(KeyPair pair, byte[] name) throws GeneralSecurityException {
        byte[] info = Der.sequence(
                Der.integer(BigInteger.ZERO), name, pair.getPublic().getEncoded(), Der.tagged(0xa0));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(info);
        byte[] algorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
        return Pem.request(Der.sequence(info, algorithm, Der.bits(signature.sign(), 0)));
    }

    private static List<String> names(byte[] info) {
        List<String> names = new ArrayList<>();
        int at = DerElement.indexOf(info, ALTERNATIVE_NAMES);
        if (at < 0) {
            return names;
        }
        DerElement octets = new DerElement(info, at + ALTERNATIVE_NAMES.length);
        for (DerElement each : new DerElement(octets.body(), 0).children()) {
            byte[] body = each.body();
            if (each.tag() == 0x82) {
                names.add(new String(body, StandardCharsets.US_ASCII));
            } else if (each.tag() == 0x87 && body.length == 4) {
                names.add((body[0] & 0xff) + "." + (body[1] & 0xff) + "." + (body[2] & 0xff) + "." + (body[3] & 0xff));
            }
        }
        return names;
    }

    private static boolean contains(byte[] all, byte[] part) {
        return DerElement.indexOf(all, part) >= 0;
    }
}
