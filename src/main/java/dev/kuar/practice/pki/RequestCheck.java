package dev.kuar.practice.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a text is a PKCS#10 request that is signed with the key it is for, and what Go's library says where it is not. */
public final class RequestCheck {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private record Scheme(String signature, String key, String failure) {}

    private static final Map<String, Scheme> SCHEMES = Map.of(
            "1.2.840.113549.1.1.11", new Scheme("SHA256withRSA", "RSA", "crypto/rsa: verification error"),
            "1.2.840.113549.1.1.12", new Scheme("SHA384withRSA", "RSA", "crypto/rsa: verification error"),
            "1.2.840.113549.1.1.13", new Scheme("SHA512withRSA", "RSA", "crypto/rsa: verification error"),
            "1.2.840.10045.4.3.2", new Scheme("SHA256withECDSA", "EC", "x509: ECDSA verification failure"),
            "1.2.840.10045.4.3.3", new Scheme("SHA384withECDSA", "EC", "x509: ECDSA verification failure"),
            "1.2.840.10045.4.3.4", new Scheme("SHA512withECDSA", "EC", "x509: ECDSA verification failure"),
            "1.3.101.112", new Scheme("Ed25519", "Ed25519", "x509: Ed25519 verification failure"));

    private RequestCheck() {}

    /** What is wrong with a request; empty where nothing is. */
    public static String complaint(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find() || !block.group(1).equals("CERTIFICATE REQUEST")) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2).getBytes(StandardCharsets.US_ASCII));
            return signature(new DerElement(der, 0));
        } catch (IndexOutOfBoundsException cut) {
            return "asn1: syntax error: data truncated";
        } catch (IllegalArgumentException noBase64) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
    }

    private static String signature(DerElement request) {
        byte[] info = request.child(0).whole();
        byte[] key = request.child(0).child(2).whole();
        byte[] algorithm = request.child(1).child(0).whole();
        byte[] bits = request.child(2).body();
        for (Map.Entry<String, Scheme> each : SCHEMES.entrySet()) {
            if (Arrays.equals(Der.oid(each.getKey()), algorithm)) {
                return isSigned(each.getValue(), info, key, Arrays.copyOfRange(bits, 1, bits.length))
                        ? ""
                        : each.getValue().failure();
            }
        }
        return "x509: cannot verify signature: algorithm unimplemented";
    }

    private static boolean isSigned(Scheme scheme, byte[] info, byte[] key, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(scheme.signature());
            signature.initVerify(KeyFactory.getInstance(scheme.key()).generatePublic(new X509EncodedKeySpec(key)));
            signature.update(info);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKeyOrForm) {
            return false;
        }
    }
}
